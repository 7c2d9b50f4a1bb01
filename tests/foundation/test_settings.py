"""The environment: read once, wrong or missing values named on one line."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from config.settings import FIELDS, KEYS, REQUIRED, ROOT, SECRETS, SettingsError, enter, load
from tests.conftest import ENVIRONMENT
from tests.conftest import REQUIRED as VALUES


@pytest.mark.parametrize("name", sorted(VALUES))
def test_a_missing_value_is_named(name: str) -> None:
    with pytest.raises(SettingsError, match=f"^{name}: is required and missing$"):
        load({key: value for key, value in ENVIRONMENT.items() if key != name})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("WECHAT_AES_KEY", "short"), ("DATA_KEY", "!!!"), ("DATA_KEY", "c2hvcnQ="), ("BOX_KEY", "c2hvcnQ="),
        ("SECRET_KEY", "short"),
        ("DATABASE_URL", "mysql://x"), ("PORT", "x"), ("PORT", "70000"), ("SEND_PARALLEL", "0"), ("LOG_LEVEL", "LOUD"),
        ("WECHAT_TEMPLATES", "{"), ("WECHAT_TEMPLATES", '{"order": {}}'), ("DUTY_PHONES", " , "),
        ("WECHAT_TEMPLATES", "/no/such/file"), ("TRUSTED_PROXIES", "nginx"), ("MESSAGES_PER_MINUTE", "0"), ("WEBHOOK_FRESH_SECONDS", "0"),
        ("SEND_HOURS", "8-20"), ("SEND_HOURS", "20:30-08:30"), ("SEND_HOURS", "08:30-24:30"),
    ],
)  # fmt: skip
def test_a_wrong_value_is_named_on_one_line(name: str, value: str) -> None:
    with pytest.raises(SettingsError) as raised:
        load({**ENVIRONMENT, name: value})
    assert name in str(raised.value)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ('{"order": 1}', "order: must be a JSON object"), ('{"order": {"kind": "template", "fields": {}}}', "order.id: is required and missing"),
        ('{"*": {"id": "T", "kind": "card", "fields": {}}}', "*.kind: must be template or subscribe"),
        ('{"*": {"id": "T", "kind": "template"}}', "*.fields: is required and missing"),
        ('{"*": {"id": "T", "kind": "template", "fields": {"thing1": 1}}}', "*.fields.thing1: must be text"),
    ],
)  # fmt: skip
def test_what_is_wrong_within_json_is_named_with_its_place(value: str, told: str) -> None:
    with pytest.raises(SettingsError) as raised:
        load({**ENVIRONMENT, "WECHAT_TEMPLATES": value})
    assert str(raised.value) == f"WECHAT_TEMPLATES: {told}"


def test_all_that_is_wrong_is_told_at_once() -> None:
    given = {name: value for name, value in ENVIRONMENT.items() if name != "GAS_PHONE"}
    with pytest.raises(SettingsError) as raised:
        load({**given, "PORT": "70000", "LOG_LEVEL": "LOUD"})
    assert set(str(raised.value).split("; ")) == {
        "GAS_PHONE: is required and missing", "PORT: must be a whole number from 1 to 65535",
        "LOG_LEVEL: must be DEBUG or INFO or WARNING or ERROR or CRITICAL",
    }  # fmt: skip


def test_a_secret_may_lie_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("f" * 40 + "\n")
    given = {key: value for key, value in ENVIRONMENT.items() if key != "SECRET_KEY"}
    assert load({**given, "SECRET_KEY_FILE": str(tmp_path / "key")}).secret_key == "f" * 40
    with pytest.raises(SettingsError, match="SECRET_KEY_FILE"):
        load({**given, "SECRET_KEY_FILE": str(tmp_path / "none")})


def test_templates_may_lie_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "t.json").write_text('{"*": {"id": "T", "kind": "template", "fields": {"thing1": "what"}}}')
    assert load({**ENVIRONMENT, "WECHAT_TEMPLATES": str(tmp_path / "t.json")}).wechat_templates["*"].id == "T"


def test_what_is_not_set_has_its_default(tmp_path: Path) -> None:
    settings = load({**ENVIRONMENT, "VAR_DIR": str(tmp_path), "PORT": "9000", "DUTY_PHONES": "1，2、3"})
    assert settings.database == f"sqlite:///{tmp_path}/wutong.db"
    assert settings.public == "http://127.0.0.1:9000"
    assert settings.duty_phones == ("1", "2", "3")


def test_every_key_is_a_setting_of_its_own_and_no_process_gets_all_of_them() -> None:
    keys = {name for name in FIELDS if name.endswith(("_key", "_key_previous", "_secret", "_token"))}
    assert keys | {"sms_receipt_path", "wecom_robots"} == SECRETS
    assert all(known < SECRETS for known in KEYS.values())


@pytest.mark.parametrize("process", sorted(KEYS))
def test_a_process_neither_reads_nor_asks_for_keys_that_it_does_not_need(process: str) -> None:
    hidden = {name.upper() for name in SECRETS - KEYS[process]}
    assert load({name: value for name, value in ENVIRONMENT.items() if name not in hidden}, process)
    known = load({**ENVIRONMENT, "WECHAT_AES_KEY": "A" * 43}, process)
    assert {name for name in SECRETS - KEYS[process] if getattr(known, name)} == set()
    for name in sorted({"DATA_KEY", "SECRET_KEY", "WECHAT_TOKEN", "WECHAT_APP_SECRET"} - hidden):
        with pytest.raises(SettingsError, match=f"^{name}: is required and missing$"):
            load({key: value for key, value in ENVIRONMENT.items() if key != name}, process)


@pytest.mark.parametrize("process", sorted(KEYS))
def test_what_a_process_does_not_need_is_gone_from_its_environment(
    process: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {**ENVIRONMENT, "WECHAT_APP_SECRET_FILE": "", "SECRET_KEY_FILE": ""}.items():
        monkeypatch.setenv(name, value)
    enter(process)
    left = {name for name in SECRETS if os.environ.get(name.upper()) is not None}
    assert left == KEYS[process] & REQUIRED
    assert ("SECRET_KEY_FILE" in os.environ) is (process == "web")


@pytest.mark.parametrize("process", sorted(KEYS.keys() - {"training"}))  # a worker starts that one
def test_the_procfile_starts_a_process_without_keys_that_it_does_not_need(process: str) -> None:
    line = re.search(rf"^{process}: (.*)$", (ROOT / "Procfile").read_text("utf-8"), re.MULTILINE)
    assert line
    assert set(re.findall(r"-u (\w+)", line[1])) == {name.upper() for name in SECRETS - KEYS[process]}


@pytest.mark.parametrize(
    ("module", "name"), [("", "worker"), (".clock", ""), (".round", "round"), (".training", "training")]
)
def test_every_process_ends_with_one_line_where_a_value_is_wrong(module: str, name: str) -> None:
    started = subprocess.run(
        [sys.executable, "-m", f"workers{module}", "2026-11-24"], cwd=ROOT, env={**ENVIRONMENT, "DATA_KEY": "short"},
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert started.returncode == 1
    assert re.fullmatch(rf"wutong ?{name}: DATA_KEY: [^\n]+\n", started.stderr)
