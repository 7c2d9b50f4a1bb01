"""`setup` writes an environment that the service starts with, keeps keys, and refuses what cannot work."""

import stat
from collections.abc import Iterator
from pathlib import Path

import honcho.environ
import pytest
from click.testing import CliRunner, Result

from bot.cli.setup import command, env_file
from bot.cli.setup.questions import ASKED, MADE
from config import settings
from tests.cli import account
from tests.cli.account import Account

TOLD = {
    "PUBLIC_URL": "https://wutong.example.cn", "WECHAT_APP_ID": "wx0123456789abcdef", "WECHAT_APP_SECRET": "the-secret",
    "DUTY_PHONES": "0519-85550101,0519-85550102", "GAS_PHONE": "96777", "WATER_PHONE": "0519-88880101", "POWER_PHONE": "95598",
}  # fmt: skip


@pytest.fixture
def platform() -> Iterator[Account]:
    with account.running() as found:
        yield found


def setup(file: Path, *words: str, told: dict[str, str] = TOLD, typed: str = "") -> Result:
    given = [word for name, value in told.items() for word in ("--set", f"{name}={value}")]
    return CliRunner().invoke(command, ["--file", str(file), *given, *words], input=typed)


def test_the_written_environment_is_one_that_the_service_starts_with_and_only_its_owner_may_read_it(
    tmp_path: Path,
) -> None:
    file = tmp_path / ".env"
    done = setup(file, "--yes", "--offline")
    assert done.exit_code == 0, done.output
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    known = settings.load(env_file.read(file))
    assert (known.public, known.duty_phones) == (TOLD["PUBLIC_URL"], ("0519-85550101", "0519-85550102"))
    assert (len(known.wechat_aes_key), known.host, len(known.data_key[0])) == (43, "127.0.0.1", 32)
    assert known.data_key != known.box_key


def test_a_second_run_keeps_every_key_and_changes_only_what_is_given(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    setup(file, "--yes", "--offline")
    before = env_file.read(file)
    setup(file, "--yes", "--offline", told={"GAS_PHONE": "0519-66660101", "SEND_PARALLEL": "8"})
    assert env_file.read(file) == before | {"GAS_PHONE": "0519-66660101", "SEND_PARALLEL": "8"}


def test_only_keys_that_were_made_are_to_be_written_down(tmp_path: Path) -> None:
    made, key = setup(tmp_path / "one", "--yes", "--offline").output, env_file.read(tmp_path / "one")["DATA_KEY"]
    assert "已生成新密钥：DATA_KEY、BOX_KEY、BACKUP_KEY。" in made
    told = setup(tmp_path / "two", "--yes", "--offline", told=TOLD | {"DATA_KEY": key}).output
    assert "已生成新密钥：BOX_KEY、BACKUP_KEY。" in told


def test_no_two_installations_have_a_key_in_common(tmp_path: Path) -> None:
    for name in ("one", "two"):
        setup(tmp_path / name, "--yes", "--offline")
    one, two = env_file.read(tmp_path / "one"), env_file.read(tmp_path / "two")
    assert [name for name in (*MADE, "WECHAT_TOKEN", "WECHAT_AES_KEY") if one[name] == two[name]] == []


@pytest.mark.parametrize("name", [question.name for question in ASKED if question.name in TOLD])
def test_without_a_value_that_only_the_office_knows_nothing_is_written(tmp_path: Path, name: str) -> None:
    done = setup(
        tmp_path / ".env", "--yes", "--offline", told={key: value for key, value in TOLD.items() if key != name}
    )
    assert (done.exit_code, done.stderr) == (1, f"{name}：必须填写。\n")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("WECHAT_AES_KEY", "short"),
        ("PORT", "70000"),
        ("DATA_KEY", "eA=="),
        ("DATABASE_URL", "mysql://x"),
        ("SEND_PARALLEL", "0"),
    ],
)
def test_a_value_that_cannot_be_right_is_named_and_nothing_is_written(tmp_path: Path, name: str, value: str) -> None:
    done = setup(tmp_path / ".env", "--yes", "--offline", told=TOLD | {name: value})
    assert done.exit_code == 1
    assert done.stderr.startswith(f"{name}: ")
    assert list(tmp_path.iterdir()) == []


def test_who_is_asked_and_answers_nonsense_is_asked_again(tmp_path: Path) -> None:
    told = {key: value for key, value in TOLD.items() if key != "GAS_PHONE"}
    typed = "\n\n\n96777\n" + "\n" * 9  # token, key, then nothing once where a number is needed
    done = setup(tmp_path / ".env", "--offline", told=told, typed=typed)
    assert done.exit_code == 0, done.output
    assert env_file.read(tmp_path / ".env")["GAS_PHONE"] == "96777"


def test_credentials_that_work_are_tried_once_and_written(tmp_path: Path, platform: Account, redis_server: str) -> None:
    done = setup(tmp_path / ".env", "--yes", told=TOLD | {"WECHAT_API_URL": platform.base, "REDIS_URL": redis_server})
    assert done.exit_code == 0, done.output
    assert platform.asked == ["/cgi-bin/stable_token"]


@pytest.mark.parametrize(
    ("code", "words"),
    [(40164, "IP 白名单"), (40125, "AppSecret 不对"), (40013, "AppID 不对"), (-1, "系统繁忙"), (12345, "错误 12345")],
)
def test_what_the_platform_refuses_is_said_in_words_and_nothing_is_written(
    tmp_path: Path, platform: Account, redis_server: str, code: int, words: str
) -> None:
    platform.token = {"errcode": code, "errmsg": "invalid ip 203.0.113.9"}
    done = setup(tmp_path / ".env", "--yes", told=TOLD | {"WECHAT_API_URL": platform.base, "REDIS_URL": redis_server})
    assert done.exit_code == 1
    assert words in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_an_address_a_database_and_a_redis_that_cannot_be_reached_are_all_named(
    tmp_path: Path, platform: Account
) -> None:
    told = TOLD | {
        "PUBLIC_URL": "http://127.0.0.1:8000", "WECHAT_API_URL": platform.base, "REDIS_URL": f"unix://{tmp_path}/none.sock",
        "DATABASE_URL": "postgresql+psycopg://nobody:A-PASSWORD@127.0.0.1:1/none",
    }  # fmt: skip
    done = setup(tmp_path / ".env", "--yes", told=told)
    said = done.stderr
    assert all(words in said for words in ("PUBLIC_URL 是本机地址", "连不上数据库", "连不上 Redis"))
    assert "A-PASSWORD" not in said


def sms(tmp_path: Path, **changed: str) -> dict[str, str]:
    templates = tmp_path / "templates.json"
    templates.write_text('{"*": {"id": "1", "text": "{1}有{2}", "variables": ["who", "kind"]}}')
    return TOLD | {
        "SMS_PROVIDER": "tencent", "SMS_APP_ID": "1400000001", "SMS_ACCESS_KEY": "AKID", "SMS_SECRET_KEY": "secret",
        "SMS_SIGNATURE": "凤凰办事处", "SMS_TEMPLATES": str(templates), **changed,
    }  # fmt: skip


def test_an_account_for_short_messages_is_written_with_a_new_secret_for_its_receipts(tmp_path: Path) -> None:
    done = setup(tmp_path / ".env", "--yes", "--offline", told=sms(tmp_path))
    assert done.exit_code == 0, done.output
    known = settings.load(env_file.read(tmp_path / ".env"))
    assert (known.sms_provider, len(known.sms_receipt_path)) == ("tencent", 48)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("SMS_SIGNATURE", "", "SMS_SIGNATURE：必须填写"), ("SMS_APP_ID", "", "SMS_APP_ID：必须填写"),
        ("SMS_PROVIDER", "huawei", "SMS_PROVIDER: "), ("SMS_PROVIDER", "aliyun", "SMS_APP_ID: "),
        ("SMS_SIGNATURE", "【凤凰】", "SMS_SIGNATURE: "), ("SMS_PROVIDER", "", "SMS_PROVIDER: "),
    ],
)  # fmt: skip
def test_an_account_for_short_messages_that_is_not_whole_is_not_written(
    tmp_path: Path, name: str, value: str, said: str
) -> None:
    done = setup(tmp_path / ".env", "--yes", "--offline", told=sms(tmp_path, **{name: value}))
    assert done.exit_code == 1
    assert said in done.stderr
    assert not (tmp_path / ".env").exists()


@pytest.mark.parametrize("value", ["a b", 'with "marks"', "a#b", "$HOME", "值班，乙", "a;b&c|d", "per%cent"])
def test_whatever_a_value_holds_is_read_back_as_it_was(tmp_path: Path, value: str) -> None:
    env_file.write(tmp_path / ".env", {"A": value, "B": "2"})
    assert env_file.read(tmp_path / ".env") == {"A": value, "B": "2"}
    assert dict(honcho.environ.parse((tmp_path / ".env").read_text("utf-8"))) == {"A": value, "B": "2"}


@pytest.mark.parametrize("value", ["it's", "back\\slash", "two\nlines"])
def test_a_value_that_systemd_or_honcho_would_read_differently_is_refused_and_the_old_file_stays(
    tmp_path: Path, value: str
) -> None:
    env_file.write(tmp_path / ".env", {"A": "1"})
    with pytest.raises(env_file.Unwritable):
        env_file.write(tmp_path / ".env", {"A": value})
    assert env_file.read(tmp_path / ".env") == {"A": "1"}
    assert [path.name for path in tmp_path.iterdir()] == [".env"]
