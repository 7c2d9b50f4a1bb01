"""The settings of short messages and of WeCom robots: whole or off, and what contradicts is named on one line."""

import json
from pathlib import Path

import pytest

from config.settings import SettingsError, enter, load
from tests.conftest import ENVIRONMENT

TEMPLATE = {"id": "1", "text": "{1}有{2}", "variables": ["who", "kind"]}
WHOLE = {
    **ENVIRONMENT, "SMS_PROVIDER": "tencent", "SMS_APP_ID": "1400000001", "SMS_ACCESS_KEY": "AKID", "SMS_SECRET_KEY": "s",
    "SMS_SIGNATURE": "凤凰办事处", "SMS_TEMPLATES": json.dumps({"*": TEMPLATE}),
}  # fmt: skip
ALIYUN = {
    **{name: value for name, value in WHOLE.items() if name != "SMS_APP_ID"}, "SMS_PROVIDER": "aliyun",
    "SMS_TEMPLATES": json.dumps({"*": {**TEMPLATE, "text": "${a}有${b}"}}),
}  # fmt: skip


def refused(given: dict[str, str], process: str = "command line") -> str:
    with pytest.raises(SettingsError) as raised:
        load(given, process)
    assert "\n" not in str(raised.value)
    return str(raised.value)


@pytest.mark.parametrize("given", [WHOLE, ALIYUN], ids=["tencent", "aliyun"])
def test_a_whole_account_is_taken(given: dict[str, str]) -> None:
    assert load(given).sms_templates["*"].variables == ("who", "kind")


@pytest.mark.parametrize(
    "name", ["SMS_APP_ID", "SMS_ACCESS_KEY", "SMS_SECRET_KEY", "SMS_SIGNATURE", "SMS_TEMPLATES", "SMS_PROVIDER"]
)
def test_what_is_missing_of_an_account_is_named(name: str) -> None:
    assert refused({key: value for key, value in WHOLE.items() if key != name}).startswith(f"{name}: ")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SMS_PROVIDER", "huawei"), ("SMS_API_URL", "127.0.0.1:8001"), ("SMS_API_URL", "http://a/b"),
        ("SMS_API_URL", "ftp://a"), ("SMS_API_URL", "http://a:x"), ("SMS_API_URL", "http://u@a"),
        ("SMS_SIGNATURE", "【凤凰办事处】"), ("SMS_TEMPLATES", "{"), ("SMS_TEMPLATES", "/no/such/file"),
        ("SMS_TEMPLATES", json.dumps({"*": {**TEMPLATE, "variables": ["who"]}})),
        ("SMS_TEMPLATES", json.dumps({"*": {**TEMPLATE, "variables": ["who", "place"]}})),
        ("SMS_TEMPLATES", json.dumps({"orders": TEMPLATE})), ("SMS_TEMPLATES", json.dumps({"*": {"id": "1"}})),
        ("SMS_RECEIPT_PATH", "short"), ("SMS_RECEIPT_PATH", "a/" * 20), ("WECOM_ROBOTS", '{"第一支部": "key"}'),
        ("WECOM_ROBOTS", "["), ("WECOM_API_URL", "qyapi"),
    ],
)  # fmt: skip
def test_a_wrong_value_is_named_on_one_line(name: str, value: str) -> None:
    assert refused({**WHOLE, name: value}).startswith(name)


def test_an_application_is_tencents_alone() -> None:
    assert refused({**ALIYUN, "SMS_APP_ID": "1"}).startswith("SMS_APP_ID: ")


def test_a_place_that_stands_twice_is_one_variable() -> None:
    template = {**TEMPLATE, "text": "${a}有${b}，${a}"}
    assert load({**ALIYUN, "SMS_TEMPLATES": json.dumps({"*": template})})


def test_templates_and_robots_may_lie_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "t.json").write_text(json.dumps({"*": TEMPLATE}))
    (tmp_path / "r.json").write_text('{"*": "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=1"}')
    files = {"SMS_TEMPLATES": str(tmp_path / "t.json"), "WECOM_ROBOTS_FILE": str(tmp_path / "r.json")}
    known = load({**WHOLE, **files})
    assert known.sms_templates["*"].id == "1"
    assert known.wecom_robots["*"].endswith("key=1")


@pytest.mark.parametrize("process", ["web", "clock"])
def test_only_the_worker_has_the_keys_and_needs_them(process: str, monkeypatch: pytest.MonkeyPatch) -> None:
    bare = {name: value for name, value in WHOLE.items() if not name.endswith("_KEY") or not name.startswith("SMS_")}
    assert load(bare, process).sms_provider == "tencent"
    assert refused(bare, "worker") == "SMS_ACCESS_KEY: is required and missing; SMS_SECRET_KEY: is required and missing"
    for name, value in {**WHOLE, "WECOM_ROBOTS": '{"*": "https://a/?key=1"}'}.items():
        monkeypatch.setenv(name, value)
    known = enter(process)
    assert (known.sms_access_key, known.sms_secret_key, known.wecom_robots) == ("", "", {})


def test_the_secret_of_receipts_is_for_the_web_process_alone() -> None:
    given = {**WHOLE, "SMS_RECEIPT_PATH": "r" * 24}
    assert load(given, "web").sms_receipt_path == "r" * 24
    assert load(given, "worker").sms_receipt_path == ""
