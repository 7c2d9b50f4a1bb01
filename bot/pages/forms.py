"""Forms of pages: each comes with its token, and goes on to an address of our own."""

import re
from urllib.parse import unquote

from flask import Flask, request
from flask_wtf import CSRFProtect

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
NAME = "csrf"  # under which Flask-WTF enters itself

END_OF_PATH = re.compile(r"[?#]")
MOST_ENCODED = 3

_csrf = CSRFProtect()


def register(app: Flask) -> None:
    """Once for an application, however many kinds of pages it has. The cookie of the token is sent with our own forms alone."""
    if NAME in app.extensions:
        return
    app.config.update(
        WTF_CSRF_CHECK_DEFAULT=False, WTF_CSRF_TIME_LIMIT=None, WTF_CSRF_SSL_STRICT=False, SESSION_COOKIE_NAME="wutong_form",
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=app.extensions["office"].settings.public_url.startswith("https://"),
    )  # fmt: skip
    _csrf.init_app(app)


def check() -> None:
    """The form that was sent has its token; else it is refused with 400."""
    _csrf.protect()


def files(name: str) -> list[bytes]:
    """What was chosen in a field for files; a field that was left empty brings none."""
    found = []
    for each in request.files.getlist(name):
        found.append(each.read())
        each.close()  # a large one lies in a file without a name
    return [content for content in found if content]


def own_address(given: str | None, path: str) -> str | None:
    """An address below `path`, as a form or a query may name one to go on to; None for any other."""
    if not given or not _is_plain(given):
        return None
    where = _decoded(END_OF_PATH.split(given, maxsplit=1)[0])
    if where is None or not _is_plain(where) or not where.startswith(f"{path}/"):
        return None
    within = where.removeprefix(f"{path}/").split("/")
    return given if not any(part in (".", "..") for part in within) and "" not in within[:-1] else None


def _decoded(address: str) -> str | None:
    """As whoever decodes it again and again reads it; None where it is encoded too often to be meant."""
    for _ in range(MOST_ENCODED):
        plain = unquote(address)
        if plain == address:
            return plain
        address = plain
    return None


def _is_plain(text: str) -> bool:
    return "\\" not in text and all(each.isprintable() and not each.isspace() for each in text)
