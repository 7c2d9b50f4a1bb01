"""Log format: one JSON line for each event on standard error, with the traceback of an error.

All lines about one message of a resident carry the same `trace`, in the web process and in the worker that sends what it led to.
"""

import hashlib
import json
import logging
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

QUIET = (
    "alembic", "httpx", "httpcore", "urllib3", "requests", "wechatpy", "tencentcloud_sdk_common", "darabonba-core",
)  # fmt: skip
"""They tell whole addresses and bodies below this level; the platform's addresses carry the access token, those of SMS providers
telephone numbers."""
SECRET = re.compile(
    r"""((?:access_token|refresh_token|component_access_token|ticket|secret|appsecret|password|authorization)\\*["']?\s*[=:]\s*\\*["']?(?:bearer\s+)?)"""
    r"""[^\s&"'\\,;)}]{4,}""",
    re.IGNORECASE,
)
"""What stands behind such a name is written by nobody."""
NAMED = ("token", "ticket", "secret", "password", "authorization")
"""One of these is in each such name. Looking for them takes a hundredth of the time that SECRET takes for a line."""
_AS_JSON = json.JSONEncoder(ensure_ascii=False).encode
trace: ContextVar[str] = ContextVar("trace", default="")
"""Of the message in hand, in this thread; empty: none."""


def trace_of(key: str) -> str:
    """A message's trace: the same for its repeats, and nothing of the key can be read from it."""
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:12]


@contextmanager
def about(of: str) -> Iterator[None]:
    """What is logged inside is about the message with this trace."""
    before = trace.set(of)
    try:
        yield
    finally:
        trace.reset(before)


class JsonLine(logging.Formatter):
    """event, level, logger, timestamp, trace, and the traceback where there is one. No library: each costs every process memory."""

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="microseconds")
        line = {
            "event": record.getMessage(), "level": record.levelname.lower(), "logger": record.name,
            "timestamp": at.replace("+00:00", "Z"),
        }  # fmt: skip
        if trace.get():
            line["trace"] = trace.get()
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        if record.stack_info:
            line["stack"] = self.formatStack(record.stack_info)
        return without_secrets(_AS_JSON(line))


def without_secrets(text: str) -> str:
    """The text with `***` for every secret."""
    folded = text.casefold()
    return SECRET.sub(r"\1***", text) if any(name in folded for name in NAMED) else text


def configure(level: str) -> None:
    """Send all records of the standard library's logging to standard error as JSON lines, from this level on."""
    logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False  # a line names none of them
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLine())
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
