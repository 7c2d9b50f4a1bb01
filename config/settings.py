"""The environment: every setting a deployer may give, read once and checked at start."""

import base64
import binascii
import os
import re
from collections.abc import Mapping
from ipaddress import ip_network
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from config.json_values import json_or_file
from config.sms_settings import SmsSettings

ROOT = Path(__file__).resolve().parent.parent
CONFIG_DIR = ROOT / "config"


class SettingsError(Exception):
    """A value of the environment or of the office's files is missing or wrong; the message is one line that names it."""


class Template(BaseModel):
    """A notice template of the account: its id on the platform, its kind, and which fact fills which field."""

    id: str
    kind: Literal["template", "subscribe"]
    fields: dict[str, str]


class Settings(SmsSettings):
    """All settings; a field is the lower-case form of its name in the environment (see the table in README.md)."""

    model_config = ConfigDict(frozen=True)

    var_dir: Path = ROOT / "var"
    host: str = Field("0.0.0.0", min_length=1)
    port: int = Field(8000, ge=1, le=65535)
    public_url: str = ""
    database_url: str = ""
    redis_url: str = ""
    wechat_token: str = Field("", min_length=1)
    wechat_app_id: str = Field(min_length=1)
    wechat_app_secret: str = Field("", min_length=1)
    wechat_aes_key: str = ""
    wechat_aes_key_previous: str = ""
    wechat_api_url: str = "https://api.weixin.qq.com"
    wechat_open_url: str = "https://open.weixin.qq.com"
    wechat_templates: dict[str, Template] = Field(default_factory=dict)
    secret_key: str = Field("", min_length=32)
    data_key: tuple[bytes, ...] = ()
    box_key: tuple[bytes, ...] = ()
    backup_key: tuple[bytes, ...] = ()
    duty_phones: tuple[str, ...]
    gas_phone: str = Field(min_length=1)
    water_phone: str = Field(min_length=1)
    power_phone: str = Field(min_length=1)
    webhook_fresh_seconds: int = Field(300, ge=1)
    metrics_token: str = Field("", min_length=1)
    trusted_proxies: tuple[str, ...] = ()
    messages_per_minute: int = Field(20, ge=1)
    send_parallel: int = Field(32, ge=1, le=256)
    send_hours: tuple[int, int] = (8 * 60 + 30, 20 * 60 + 30)  # minutes of the day
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"] = "INFO"

    @field_validator("wechat_aes_key", "wechat_aes_key_previous")
    @classmethod
    def _aes_key_is_43_characters(cls, value: str) -> str:
        if value and not (len(value) == 43 and value.isascii() and value.isalnum()):
            raise ValueError("must be the 43 letters and digits shown in the platform's console")
        return value

    @field_validator("wechat_templates", mode="before")
    @classmethod
    def _templates_are_json_or_a_file(cls, value: Any) -> Any:
        return json_or_file(value)

    @field_validator("data_key", "box_key", "backup_key", mode="before")
    @classmethod
    def _keys_are_32_bytes_in_base64(cls, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        try:
            keys = tuple(base64.b64decode(part.strip(), validate=True) for part in value.split(",") if part.strip())
        except binascii.Error as error:
            raise ValueError("is not base64") from error
        if not keys or any(len(key) != 32 for key in keys):
            raise ValueError("must be 32 bytes in base64 (several separated by commas, newest first)")
        return keys

    @field_validator("duty_phones", mode="before")
    @classmethod
    def _phones_are_separated_by_commas(cls, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        phones = tuple(part.strip() for part in value.replace("，", ",").replace("、", ",").split(",") if part.strip())
        if not phones:
            raise ValueError("must name at least one telephone number")
        return phones

    @field_validator("trusted_proxies", mode="before")
    @classmethod
    def _proxies_are_addresses_or_networks(cls, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        return tuple(str(ip_network(part.strip(), strict=False)) for part in value.split(",") if part.strip())

    @field_validator("send_hours", mode="before")
    @classmethod
    def _hours_are_two_times(cls, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        found = re.fullmatch(r"\s*(\d{1,2}):([0-5]\d)\s*-\s*(\d{1,2}):([0-5]\d)\s*", value, re.ASCII)
        minutes = [int(one) for one in found.groups()] if found else [0] * 4
        opens, closes = minutes[0] * 60 + minutes[1], minutes[2] * 60 + minutes[3]
        if not 0 <= opens < closes <= 24 * 60:
            raise ValueError("must be two times of one day, the earlier one first, as in 08:30-20:30")
        return opens, closes

    @field_validator("database_url")
    @classmethod
    def _database_is_one_of_two(cls, value: str) -> str:
        if value and not value.startswith(("sqlite:///", "postgresql+psycopg://")):
            raise ValueError("must begin with sqlite:/// or postgresql+psycopg://")
        return value

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
    values: dict[str, str] = {}
    for field in Settings.model_fields.keys() - (SECRETS - needed):
        name = field.upper()
        if given.get(f"{name}_FILE"):
            try:
                values[field] = Path(given[f"{name}_FILE"]).read_text("utf-8").strip()
            except OSError as error:
                raise SettingsError(f"{name}_FILE: cannot read {given[f'{name}_FILE']}: {error.strerror}") from error
        elif given.get(name):
            values[field] = given[name]
    required = REQUIRED | SMS_KEYS if values.get("sms_provider") else REQUIRED
    missing = [f"{field.upper()}: is required and missing" for field in sorted(required & needed - values.keys())]
    try:
        settings = Settings.model_validate(values)
    except ValidationError as error:
        raise SettingsError("; ".join([*missing, _one_line(error)])) from error
    if missing:
        raise SettingsError("; ".join(missing))
    return settings


def _one_line(error: ValidationError) -> str:
    """The wrong or missing names and why, on one line. What contradicts another value names itself."""
    found = error.errors(include_url=False)
    return "; ".join(f"{_name(e)}: {_reason(e)}" if e["loc"] else _reason(e) for e in found)


def _name(error: Any) -> str:
    head, *rest = error["loc"]
    return ".".join([str(head).upper(), *map(str, rest)])


def _reason(error: Any) -> str:
    return "is required and missing" if error["type"] == "missing" else str(error["msg"]).removeprefix("Value error, ")
