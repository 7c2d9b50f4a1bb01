"""`doctor` says in words everything that is wrong on a host, and ends with 1 where something is."""

import json
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from redis import Redis
from rq import Worker

from bot.cli import doctor, without_office
from bot.cli.doctor import CHECKS
from bot.cli.doctor.finding import Check
from bot.cli.doctor.rules import rules_of
from bot.services.office import Office, open_office
from bot.services.restricted import upgrading
from bot.services.settings.settings_cache import SettingsCache
from config import heartbeat
from config.queues import connect
from config.settings import SettingsError, load
from tests.cli import account
from tests.cli.account import Account
from tests.conftest import ENVIRONMENT, CountingNudge
from tests.databases import SQLITE

TEMPLATES = {"order": {"id": "T-1", "kind": "template", "fields": {"character_string1": "code", "thing2": "what"}}}
GOOD = {
    "WECHAT_APP_SECRET": "an-app-secret-7f3a9c",
    "DUTY_PHONES": "0519-85550101", "GAS_PHONE": "96777", "WATER_PHONE": "0519-88880101", "POWER_PHONE": "95598",
    "WECHAT_AES_KEY": "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG", "BOX_KEY": "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVowMTIzNDU=",
}  # fmt: skip


@dataclass
class Host:
    """A host on which all is well, and what a test changes on it."""

    environ: dict[str, str]
    account: Account
    backups: Path

    def doctor(self, changed: dict[str, str] | None = None, checks: Sequence[Check] = CHECKS) -> Result:
        settings = load(self.environ | (changed or {}))
        office = open_office(settings, CountingNudge())
        try:
            return self.look(office, checks)
        finally:
            office.db.close()

    def look(self, office: Office, checks: Sequence[Check] = CHECKS) -> Result:
        words = ["--backups", str(self.backups), "--env-file", str(self.backups.parent / ".env")]
        return CliRunner(env={"BACKUP_KEY": "x"}).invoke(doctor.command(office, checks), words)


@pytest.fixture
def host(database_url: str, redis_server: str, tmp_path: Path) -> Iterator[Host]:
    backups = tmp_path / "backups"
    backups.mkdir()
    (backups / "newest").touch()
    (tmp_path / ".env").touch(0o600)
    tmp_path.chmod(0o700)
    for path in tmp_path.glob("*.db"):
        path.chmod(0o600)
    heartbeat.beat(tmp_path)
    redis = connect(redis_server, timeout=2)
    redis.flushall()
    worker = Worker(["notices"], connection=redis, name=f"doctor-{os.getpid()}")
    worker.register_birth()  # type: ignore[no-untyped-call]
    with account.running() as found:
        yield Host(
            {
                **ENVIRONMENT, **GOOD, "VAR_DIR": str(tmp_path), "DATABASE_URL": database_url, "REDIS_URL": redis_server,
                "WECHAT_API_URL": found.base, "PUBLIC_URL": found.base, "WECHAT_TEMPLATES": json.dumps(TEMPLATES),
            },
            found, backups,
        )  # fmt: skip
    redis.flushall()
    redis.close()


def wrong(done: Result) -> list[str]:
    return [line for line in done.output.splitlines() if line.startswith("[错误]")]


ONLY_LOOPBACK = "[错误] PUBLIC_URL 是本机地址"
"""A test's address is no public one; everything else is well."""


def test_on_a_host_where_all_is_well_only_the_test_s_own_address_is_wrong(host: Host) -> None:
    done = host.doctor()
    (only,) = wrong(done)
    assert only.startswith(ONLY_LOOPBACK)
    assert done.exit_code == 1
    assert done.output.count("[正常]") >= 10, done.output


def test_where_nothing_is_wrong_the_command_ends_with_0(host: Host) -> None:
    done = host.doctor(checks=tuple(check for check in CHECKS if check.__name__ != "public_address"))
    assert (done.exit_code, done.output.splitlines()[-1]) == (0, "没有发现错误。")


Break = Callable[[Host], dict[str, str]]


def _phone(host: Host) -> dict[str, str]:
    return {"GAS_PHONE": "010-12345678"}


def _box(host: Host) -> dict[str, str]:
    return {"BOX_KEY": host.environ["DATA_KEY"]}


def _mode(host: Host) -> dict[str, str]:
    (host.backups.parent / ".env").chmod(0o644)
    return {}


def _old_backup(host: Host) -> dict[str, str]:
    long_ago = (datetime.now(UTC) - timedelta(hours=40)).timestamp()
    os.utime(host.backups / "newest", (long_ago, long_ago))
    return {}


def _no_backup(host: Host) -> dict[str, str]:
    (host.backups / "newest").unlink()
    return {}


def _clock(host: Host) -> dict[str, str]:
    long_ago = (datetime.now(UTC) - timedelta(minutes=5)).timestamp()
    os.utime(host.backups.parent / heartbeat.NAME, (long_ago, long_ago))
    return {}


def _worker(host: Host) -> dict[str, str]:
    with Redis.from_url(host.environ["REDIS_URL"]) as redis:
        redis.flushall()
    return {}


def _redis(host: Host) -> dict[str, str]:
    return {"REDIS_URL": f"unix://{host.backups}/none.sock"}


def _skewed(host: Host) -> dict[str, str]:
    host.account.skew = 200.0
    return {}


def _ip(host: Host) -> dict[str, str]:
    host.account.token = {"errcode": 40164, "errmsg": "invalid ip 203.0.113.9, not in whitelist"}
    return {}


def _secret(host: Host) -> dict[str, str]:
    host.account.token = {"errcode": 40125, "errmsg": "invalid appsecret"}
    return {}


def _no_template(host: Host) -> dict[str, str]:
    host.account.templates = []
    return {}


def _field(host: Host) -> dict[str, str]:
    host.account.templates = [{"template_id": "T-1", "content": "{{character_string1.DATA}} {{thing3.DATA}}"}]
    return {}


def _key(host: Host) -> dict[str, str]:
    office = open_office(load(host.environ), CountingNudge())
    upgrading.upgrade(office)
    office.db.close()
    return {"DATA_KEY": "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVowMTIzNDY="}


@SQLITE
@pytest.mark.parametrize(
    ("broken", "said"),
    [
        (_key, "DATA_KEY 打不开数据库里的内容"), (_phone, "GAS_PHONE 的号码“010-12345678”不是真号码"), (_box, "BOX_KEY 与 DATA_KEY 相同"),
        (_mode, "的权限是 0644"), (_old_backup, "最近的备份已是 40 小时前"), (_no_backup, "里没有备份"),
        (_clock, "时钟进程没有运行"), (_worker, "没有 worker 在运行"), (_redis, "Redis 不能读写"),
        (_skewed, "本机时钟与微信相差"), (_ip, "40164：invalid ip 203.0.113.9"), (_secret, "AppSecret 不对"),
        (_no_template, "没有模板 order（T-1）"), (_field, "平台没有 thing2；没有填 thing3"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_with_what_to_do(host: Host, broken: Break, said: str) -> None:
    done = host.doctor(broken(host))
    assert any(said in line and "请" in line for line in wrong(done)), done.output
    assert done.exit_code == 1


SMS = {
    "SMS_PROVIDER": "tencent", "SMS_APP_ID": "1400000001", "SMS_ACCESS_KEY": "AKID-7f3a", "SMS_SECRET_KEY": "sms-7f3a",
    "SMS_SIGNATURE": "凤凰办事处",
    "SMS_TEMPLATES": json.dumps({"*": {"id": "1", "text": "字" * 55 + "{1}", "variables": ["who"]}}),
}  # fmt: skip


@SQLITE
def test_of_short_messages_it_says_whether_they_can_be_sent_and_what_they_count(host: Host) -> None:
    checks = [check for check in CHECKS if check.__name__ == "short_messages"]
    assert "[注意] 没有设 SMS_PROVIDER" in host.doctor(checks=checks).output
    told = host.doctor({**SMS, "SMS_API_URL": host.account.base}, checks).output
    assert f"[正常] 短信接口 {host.account.base} 连得上" in told
    assert "[正常] 短信模板 * 最长 68 个字，按一条计费" in told
    assert "[注意] 没有设 SMS_RECEIPT_PATH" in told
    (only,) = wrong(host.doctor({**SMS, "SMS_API_URL": "http://127.0.0.1:9"}, checks))
    assert "连不上" in only
    assert "7f3a" not in told


@SQLITE
def test_no_key_secret_or_token_is_ever_said(host: Host) -> None:
    said = host.doctor().output + host.doctor(_field(host)).output + host.doctor(_redis(host)).output
    secrets = [value for name, value in host.environ.items() if name.endswith(("_KEY", "_SECRET", "_TOKEN"))]
    assert [secret for secret in (*secrets, "A-SECRET-TOKEN") if secret in said] == []


@SQLITE
def test_a_database_that_is_not_migrated_is_named(host: Host) -> None:
    done = host.doctor({"DATABASE_URL": f"sqlite:///{host.backups.parent / 'other.db'}"})
    assert any("flask --app bot.app db upgrade" in line for line in wrong(done))


@SQLITE
@pytest.mark.parametrize(("years", "said"), [({2026}, "没有 2027 年的节假日"), (set(), "没有 2026 年的节假日")])
def test_a_year_without_holidays_is_named(host: Host, years: set[int], said: str, office: Office) -> None:
    files = replace(office.adjustable.files, calendar=replace(office.calendar, years=frozenset(years)))
    done = host.look(replace(office, adjustable=SettingsCache(office.db, files)))
    this_year = datetime.now(office.calendar.zone).year
    assert any(said.replace("2026", str(this_year)).replace("2027", str(this_year + 1)) in line for line in wrong(done))


@SQLITE
def test_a_year_without_dates_of_festivals_and_a_template_without_its_version_are_named(
    host: Host, office: Office
) -> None:
    (template, *_) = office.templates.by_key.values()
    changed = replace(office.templates, by_key={template.key: replace(template, body="x")})
    done = host.look(replace(office, templates=changed, occasions=replace(office.occasions, moving={})))
    this_year = datetime.now(office.calendar.zone).year
    assert any(f"没有 {this_year} 年的农历节日和清明" in line for line in wrong(done))
    assert any(f"“{template.name}”的文字改了，版本还是 {template.version}" in line for line in wrong(done))


@SQLITE
def test_an_expression_that_is_none_is_named(host: Host, tmp_path: Path, office: Office) -> None:
    (tmp_path / "doors.toml").write_text("[expressions]\nroom = '(a'\n", "utf-8")
    done = host.look(office, [lambda _: rules_of(tmp_path)])
    assert any("doors.toml: room: missing )" in line for line in wrong(done))


def test_where_the_environment_is_wrong_each_wrong_setting_is_named() -> None:
    with pytest.raises(SettingsError) as caught:
        load({**ENVIRONMENT, "WECHAT_TOKEN": "", "PORT": "x"})
    done = CliRunner().invoke(without_office(caught.value).cli, ["doctor"])
    assert done.exit_code == 1
    assert [name for name in ("PORT", "WECHAT_TOKEN") if not any(name in line for line in wrong(done))] == []


def test_every_check_has_a_name_in_words(office: Office) -> None:
    assert [check.__name__ for check in CHECKS if not office.texts.has(f"doctor.check.{check.__name__}")] == []


def test_every_code_that_stops_all_sending_is_explained_and_every_explained_code_is_in_the_workers_table(
    office: Any,
) -> None:
    from bot.errors import Misconfigured
    from workers.wechat.error_codes import ANSWERS

    explained = {int(code) for code in office.texts.sentences["platform"]["code"] if code.lstrip("-").isdigit()}
    stops = {code for code, error in ANSWERS.items() if error is Misconfigured}
    assert stops <= explained <= set(ANSWERS)
