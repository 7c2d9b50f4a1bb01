"""What `setup` asks, in this order, and what it makes by itself."""

import base64
import secrets
import string
from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Question:
    """One setting. `make` gives the proposal where the file holds none; `optional`: may stay empty; `of`: asked for these
    providers of short messages alone."""

    name: str
    make: Callable[[], str] = str
    optional: bool = False
    secret: bool = False
    of: tuple[str, ...] = ()


def _key() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()


def _letters(count: int) -> Callable[[], str]:
    return lambda: "".join(secrets.choice(string.ascii_letters + string.digits) for _ in range(count))


BOTH = ("tencent", "aliyun")
ASKED = (
    Question("PUBLIC_URL"),
    Question("WECHAT_APP_ID"),
    Question("WECHAT_APP_SECRET", secret=True),
    Question("WECHAT_TOKEN", _letters(32)),
    Question("WECHAT_AES_KEY", _letters(43)),
    Question("DUTY_PHONES"),
    Question("GAS_PHONE"),
    Question("WATER_PHONE"),
    Question("POWER_PHONE"),
    Question("DATABASE_URL", optional=True, secret=True),
    Question("REDIS_URL", lambda: "redis://127.0.0.1:6379/0", secret=True),
    Question("HOST", lambda: "127.0.0.1"),
    Question("PORT", lambda: "8000"),
    Question("TRUSTED_PROXIES", lambda: "127.0.0.1", optional=True),
    Question("SMS_PROVIDER", optional=True),
    Question("SMS_APP_ID", of=("tencent",)),
    Question("SMS_ACCESS_KEY", of=BOTH),
    Question("SMS_SECRET_KEY", secret=True, of=BOTH),
    Question("SMS_SIGNATURE", of=BOTH),
    Question("SMS_TEMPLATES", of=BOTH),
    Question("SMS_RECEIPT_PATH", _letters(48), secret=True, of=BOTH),
)
MADE: Mapping[str, Callable[[], str]] = {
    "SECRET_KEY": lambda: secrets.token_hex(32), "DATA_KEY": _key, "BOX_KEY": _key, "BACKUP_KEY": _key,
    "METRICS_TOKEN": lambda: secrets.token_urlsafe(32),
}  # fmt: skip
"""Keys: made once, and kept where the file holds them. A new DATA_KEY would make everything unreadable."""


def is_asked(question: Question, values: Mapping[str, str]) -> bool:
    """Whether the question is one for this installation."""
    return not question.of or values.get("SMS_PROVIDER", "") in question.of
