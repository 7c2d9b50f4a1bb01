"""Options of the sandbox, read from the environment and checked once."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.sandbox.users.cast import DEFAULT_CAST, Person, read_cast
from tests.story import FOLDER


class OptionsError(Exception):
    """A value is missing or wrong; the message is one line that names it."""


@dataclass(frozen=True, slots=True)
class Template:
    """A notice template of the account. `fields`: typed key (`thing1`) to the fact that the service puts there."""

    id: str
    kind: str  # "template" or "subscribe"
    name: str  # its key in WECHAT_TEMPLATES: order, reminder, *
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Options:
    """All options. Times in seconds."""

    app_id: str
    secret: str
    token: str
    aes_key: str = ""
    mode: str = "plain"  # plain, compatible or safe
    format: str = "xml"  # of what is pushed: xml or json
    port: int = 8001
    host: str = "127.0.0.1"
    service_url: str = "http://127.0.0.1:8000/wechat"
    account_id: str = "gh_wutong000001"
    account_name: str = "梧桐便民服务号"
    cast: tuple[Person, ...] = DEFAULT_CAST
    templates: tuple[Template, ...] = field(default=())
    stories: Path = FOLDER
    deadline: float = 5.0
    deliveries: int = 3
    sms_access_key: str = "AKIDsandbox"
    sms_secret_key: str = "sandbox"
    sms_app_id: str = "1400000001"
    sms_signature: str = "凤凰办事处"
    sms_texts: Mapping[str, str] = field(default_factory=dict)  # approved texts by the id of their template
    sms_receipts_url: str = ""  # where receipts of short messages are pushed to; empty: nowhere
    markfail_after: int = 10  # failed pushes in a row until the platform pauses for a minute; 0: never

    def __post_init__(self) -> None:
        if self.mode not in ("plain", "compatible", "safe"):
            raise OptionsError("SANDBOX_MODE: one of plain, compatible, safe")
        if self.format not in ("xml", "json"):
            raise OptionsError("SANDBOX_FORMAT: one of xml, json")
        if self.mode != "plain" and len(self.aes_key) != 43:
            raise OptionsError("WECHAT_AES_KEY: 43 characters are needed in compatible and safe mode")


SMS = ("SMS_ACCESS_KEY", "SMS_SECRET_KEY", "SMS_APP_ID", "SMS_SIGNATURE")


def from_environ(environ: Mapping[str, str]) -> Options:
    """Options from the service's own names (WECHAT_…) and the sandbox's (SANDBOX_…). Raises OptionsError."""
    missing = [name for name in ("WECHAT_APP_ID", "WECHAT_APP_SECRET", "WECHAT_TOKEN") if not environ.get(name)]
    if missing:
        raise OptionsError(f"{missing[0]}: is not set")
    aes_key = environ.get("WECHAT_AES_KEY", "")
    try:
        return Options(
            app_id=environ["WECHAT_APP_ID"], secret=environ["WECHAT_APP_SECRET"], token=environ["WECHAT_TOKEN"],
            aes_key=aes_key, mode=environ.get("SANDBOX_MODE") or ("safe" if aes_key else "plain"),
            format=environ.get("SANDBOX_FORMAT") or "xml", port=int(environ.get("SANDBOX_PORT") or 8001), host=environ.get("SANDBOX_HOST") or "127.0.0.1",
            service_url=environ.get("SANDBOX_SERVICE_URL") or "http://127.0.0.1:8000/wechat",
            account_name=environ.get("SANDBOX_ACCOUNT_NAME") or "梧桐便民服务号",
            cast=read_cast(_json("SANDBOX_CAST", environ.get("SANDBOX_CAST", ""))),
            templates=read_templates(_json("WECHAT_TEMPLATES", environ.get("WECHAT_TEMPLATES", ""))),
            stories=Path(environ.get("SANDBOX_STORIES") or FOLDER),
            deadline=float(environ.get("SANDBOX_DEADLINE") or 5), deliveries=int(environ.get("SANDBOX_DELIVERIES") or 3),
            markfail_after=int(environ.get("SANDBOX_MARKFAIL_AFTER") or 10),
            sms_receipts_url=environ.get("SANDBOX_SMS_RECEIPTS", ""),
            sms_texts=read_texts(_json("SMS_TEMPLATES", environ.get("SMS_TEMPLATES", ""))),
            **{name.lower(): environ[name] for name in SMS if environ.get(name)},
        )  # fmt: skip
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise OptionsError(f"a SANDBOX_ or WECHAT_ value cannot be read: {error!r}") from error


def to_environ(options: Options) -> dict[str, str]:
    """The environment that gives the same options again in another process."""
    return {
        "WECHAT_APP_ID": options.app_id, "WECHAT_APP_SECRET": options.secret, "WECHAT_TOKEN": options.token,
        "WECHAT_AES_KEY": options.aes_key, "SANDBOX_MODE": options.mode, "SANDBOX_FORMAT": options.format,
        "SANDBOX_PORT": str(options.port),
        "SANDBOX_HOST": options.host, "SANDBOX_SERVICE_URL": options.service_url,
        "SANDBOX_ACCOUNT_NAME": options.account_name, "SANDBOX_DEADLINE": str(options.deadline),
        "SANDBOX_DELIVERIES": str(options.deliveries), "SANDBOX_MARKFAIL_AFTER": str(options.markfail_after),
        "SANDBOX_STORIES": str(options.stories), "SANDBOX_SMS_RECEIPTS": options.sms_receipts_url,
        **{name: getattr(options, name.lower()) for name in SMS},
        "SMS_TEMPLATES": json.dumps({key: {"id": key, "text": text} for key, text in options.sms_texts.items()}),
        "SANDBOX_CAST": json.dumps([person.as_json() for person in options.cast], ensure_ascii=False),
        "WECHAT_TEMPLATES": json.dumps(
            {t.name: {"id": t.id, "kind": t.kind, "fields": dict(t.fields)} for t in options.templates},
            ensure_ascii=False,
        ),
    }  # fmt: skip


def read_templates(value: Any) -> tuple[Template, ...]:
    """Templates from the JSON of WECHAT_TEMPLATES."""
    return tuple(
        Template(id=str(row["id"]), kind=str(row["kind"]), name=name, fields=dict(row["fields"]))
        for name, row in (value or {}).items()
    )


def read_texts(value: Any) -> Mapping[str, str]:
    """The approved texts, from the JSON of SMS_TEMPLATES."""
    return {str(row["id"]): str(row["text"]) for row in (value or {}).values()}


def _json(name: str, value: str) -> Any:
    """JSON given in place, or the path of a file of it; None when nothing was given."""
    if not value:
        return None
    try:
        text = value if value.lstrip()[:1] in "{[" else Path(value).read_text("utf-8")
        return json.loads(text)
    except (OSError, ValueError) as error:
        raise OptionsError(f"{name}: is neither JSON nor the path of a file of it ({error})") from error
