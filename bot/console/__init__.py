"""The console: pages for the office's people, rendered by the server. See docs/console.md."""

from flask import Blueprint, Flask

from bot.console import (
    access,
    answers,
    audit,
    board,
    figures,
    headers,
    health,
    inbox,
    intake,
    kept,
    orders,
    people,
    settings,
    shown,
    signing_in,
)
from bot.console.people import importing

blueprint = Blueprint(
    "console",
    __name__,
    url_prefix=access.PATH,
    template_folder="templates",
    static_folder="static",
    static_url_path="/static",
)
access.guard(blueprint)
headers.add(blueprint)
shown.add(blueprint)
for part in (
    answers,
    board,
    kept,
    figures,
    inbox,
    intake,
    orders,
    people,
    importing,
    settings,
    audit,
    health,
    signing_in,
):
    blueprint.register_blueprint(part.blueprint)


def register(app: Flask) -> None:
    """Add the pages below /console/."""
    app.config.update(WTF_CSRF_CHECK_DEFAULT=False, WTF_CSRF_TIME_LIMIT=None, WTF_CSRF_SSL_STRICT=False)
    is_https = app.extensions["office"].settings.public_url.startswith("https://")
    app.config.update(SESSION_COOKIE_NAME="wutong_form", SESSION_COOKIE_SAMESITE="Lax", SESSION_COOKIE_SECURE=is_https)
    access.csrf.init_app(app)
    app.register_blueprint(blueprint)
