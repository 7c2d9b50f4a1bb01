"""The environment: every setting a deployer may give, read once and checked at start."""

import base64
import binascii
import os
import re
from collections.abc import Mapping
from dataclasses import Field, dataclass, fields
from ipaddress import ip_network
from pathlib import Path
from typing import Any

from config.json_values import entries, object_of, text_of, texts
from config.sms_settings import SmsSettings
from config.values import MISSED, listed, matching, number, one_of, read_values, setting, text

ROOT = Path(__file__).resolve().parent.parent
CONFIG_DIR = ROOT / "config"
_AES_KEY = matching(r"[A-Za-z0-9]{43}", "must be the 43 letters and digits shown in the platform's console")
_DATABASE = matching(
    r"(?s)(?:sqlite:///|postgresql\+psycopg://).*", "must begin with sqlite:/// or postgresql+psycopg://"
)


class SettingsError(Exception):
    """A value of the environment or of the office's files is missing or wrong; the message is one line that names it."""


@dataclass(frozen=True, slots=True)
class Template:
    """A notice template of the account: its id on the platform, its kind, and which fact fills which field."""

    id: str
    kind: str
    """"template" or "subscribe"."""
    fields: Mapping[str, str]


def _templates(value: str) -> dict[str, Template]:
    found = dict[str, Template]()
    for name, entry in entries(value).items():
        kind = text_of(entry, "kind", name)
        if kind not in ("template", "subscribe"):
            raise ValueError(f"{name}.kind: must be template or subscribe")
        filled = texts(object_of(entry, "fields", name), f"{name}.fields.")
        found[name] = Template(text_of(entry, "id", name), kind, filled)
    return found


def _keys(value: str) -> tuple[bytes, ...]:
    try:
        keys = tuple(base64.b64decode(part, validate=True) for part in listed(value))
    except binascii.Error as error:
        raise ValueError("is not base64") from error
    if not keys or any(len(key) != 32 for key in keys):
        raise ValueError("must be 32 bytes in base64 (several separated by commas, newest first)")
    return keys


def _phones(value: str) -> tuple[str, ...]:
    phones = tuple(listed(value.replace("，", ",").replace("、", ",")))
    if not phones:
        raise ValueError("must name at least one telephone number")
    return phones


def _networks(value: str) -> tuple[str, ...]:
    return tuple(str(ip_network(part, strict=False)) for part in listed(value))


def _hours(value: str) -> tuple[int, int]:
    found = re.fullmatch(r"\s*(\d{1,2}):([0-5]\d)\s*-\s*(\d{1,2}):([0-5]\d)\s*", value, re.ASCII)
    minutes = [int(one) for one in found.groups()] if found else [0] * 4
    opens, closes = minutes[0] * 60 + minutes[1], minutes[2] * 60 + minutes[3]
    if not 0 <= opens < closes <= 24 * 60:
        raise ValueError("must be two times of one day, the earlier one first, as in 08:30-20:30")
    return opens, closes


@dataclass(frozen=True, kw_only=True)
class Settings(SmsSettings):
    """All settings; a field is the lower-case form of its name in the environment (see the table in README.md)."""

    var_dir: Path = setting(Path, ROOT / "var")
    host: str = setting(text(1), "0.0.0.0")
    port: int = setting(number(1, 65535), 8000)
    public_url: str = setting(text(), "")
    database_url: str = setting(_DATABASE, "")
    redis_url: str = setting(text(), "")
    wechat_token: str = setting(text(1), "")
    wechat_app_id: str = setting(text(1))
    wechat_app_secret: str = setting(text(1), "")
    wechat_aes_key: str = setting(_AES_KEY, "")
    wechat_aes_key_previous: str = setting(_AES_KEY, "")
    wechat_api_url: str = setting(text(), "https://api.weixin.qq.com")
    wechat_open_url: str = setting(text(), "https://open.weixin.qq.com")
    wechat_templates: Mapping[str, Template] = setting(_templates, factory=dict)
    secret_key: str = setting(text(32), "")
    data_key: tuple[bytes, ...] = setting(_keys, ())
    box_key: tuple[bytes, ...] = setting(_keys, ())
    backup_key: tuple[bytes, ...] = setting(_keys, ())
    duty_phones: tuple[str, ...] = setting(_phones)
    gas_phone: str = setting(text(1))
    water_phone: str = setting(text(1))
    power_phone: str = setting(text(1))
    webhook_fresh_seconds: int = setting(number(1), 300)
    metrics_token: str = setting(text(1), "")
    trusted_proxies: tuple[str, ...] = setting(_networks, ())
    messages_per_minute: int = setting(number(1), 20)
    send_parallel: int = setting(number(1, 256), 32)
    send_hours: tuple[int, int] = setting(_hours, (8 * 60 + 30, 20 * 60 + 30))  # minutes of the day
    log_level: str = setting(one_of("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"), "INFO")

    @property
    def database(self) -> str:
        """The database's SQLAlchemy URL; embedded SQLite under VAR_DIR where none was given."""
        return self.database_url or f"sqlite:///{self.var_dir / 'wutong.db'}"

    @property
    def redis(self) -> str:
        """The Redis URL; the socket under VAR_DIR where none was given."""
        return self.redis_url or f"unix://{self.var_dir / 'redis.sock'}"

    @property
    def public(self) -> str:
        """The address under which residents reach the service, without a slash at its end."""
        return (self.public_url or f"http://127.0.0.1:{self.port}").rstrip("/")


FIELDS: Mapping[str, Field[Any]] = {each.name: each for each in fields(Settings)}
# The keys that a process needs; the others are not read, and `enter` takes them out of the environment.
SMS_KEYS = frozenset({"sms_access_key", "sms_secret_key"})  # required where there is a provider
KEYS: Mapping[str, frozenset[str]] = {
    "web": frozenset(
        {
            "wechat_token",
            "wechat_aes_key",
            "wechat_aes_key_previous",
            "secret_key",
            "data_key",
            "box_key",
            "metrics_token",
            "sms_receipt_path",
        }
    ),
    "worker": frozenset({"wechat_app_secret", "data_key", "box_key", "wecom_robots"}) | SMS_KEYS,
    "clock": frozenset({"data_key", "box_key"}),
    "training": frozenset({"data_key", "box_key"}),  # a child of `worker`
}
SECRETS = frozenset({"backup_key"}).union(*KEYS.values())  # backups are taken from the command line alone
OPTIONAL = SMS_KEYS | {
    "wechat_aes_key", "wechat_aes_key_previous", "box_key", "backup_key", "metrics_token", "sms_receipt_path",
    "wecom_robots",
}  # fmt: skip
REQUIRED = SECRETS - OPTIONAL


def enter(process: str) -> Settings:
    """The settings of `web`, `worker`, `clock` or `training`, without keys that it does not need, which are gone from the
    environment afterwards, for its children too; of `command line`: all. SettingsError."""
    settings = load(process=process)
    for field in SECRETS - KEYS.get(process, SECRETS):
        for name in (field.upper(), f"{field.upper()}_FILE"):
            os.environ.pop(name, None)
    return settings


def load(environ: Mapping[str, str] | None = None, process: str = "command line") -> Settings:
    """Read `environ` (None: the process's environment); `NAME_FILE` gives the path of a file that holds the value of
    NAME. Keys that `process` does not need are left out. SettingsError."""
    needed = KEYS.get(process, SECRETS)
    given = os.environ if environ is None else environ
    told: dict[str, str] = {}
    for field in FIELDS.keys() - (SECRETS - needed):
        name = field.upper()
        if given.get(f"{name}_FILE"):
            try:
                told[field] = Path(given[f"{name}_FILE"]).read_text("utf-8").strip()
            except OSError as error:
                raise SettingsError(f"{name}_FILE: cannot read {given[f'{name}_FILE']}: {error.strerror}") from error
        elif given.get(name):
            told[field] = given[name]
    required = REQUIRED | SMS_KEYS if told.get("sms_provider") else REQUIRED
    missing = [f"{field.upper()}: {MISSED}" for field in sorted(required & needed - told.keys())]
    values, wrong = read_values(Settings, told)
    settings = Settings(**values) if not wrong else None
    contradiction = settings.contradiction() if settings is not None else None
    if settings is None or missing or contradiction:
        raise SettingsError("; ".join([*missing, *wrong, *filter(None, (contradiction,))]))
    return settings
