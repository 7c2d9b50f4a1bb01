"""The console: pages for the office's people, rendered by the server. See docs/console.md."""

from flask import Blueprint, Flask

from bot.console import access, account, broadcasts, people, shown, signing_in
from bot.console.broadcasts import writing
from bot.console.office import answers, audit, figures, health, settings
from bot.console.orders import board, inbox, intake, kept, orders
from bot.console.people import cards, importing
from bot.pages import forms, headers

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
    broadcasts,
    writing,
    figures,
    inbox,
    intake,
    orders,
    people,
    importing,
    cards,
    settings,
    audit,
    health,
    account,
    signing_in,
):
    blueprint.register_blueprint(part.blueprint)


def register(app: Flask) -> None:
    """Add the pages below /console/."""
    forms.register(app)
    app.register_blueprint(blueprint)
