"""Forms of pages: each comes with its token, and goes on to an address of our own."""

from flask import Flask, request
from flask_wtf import CSRFProtect

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
NAME = "csrf"  # under which Flask-WTF enters itself

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
    if not given or not given.startswith(f"{path}/") or given.startswith("//") or "\\" in given or ".." in given:
        return None
    return given if all(character.isprintable() and not character.isspace() for character in given) else None
