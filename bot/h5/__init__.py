"""The pages inside WeChat for residents and members, rendered by the server. See docs/h5.md."""

from flask import Blueprint, Flask

from bot.h5 import access, broadcasts, orders, own, shown, signing_in, tasks
from bot.pages import forms, headers

blueprint = Blueprint(
    "h5",
    __name__,
    url_prefix=access.PATH,
    template_folder="templates",
    static_folder="static",
    static_url_path="/static",
)
access.guard(blueprint)
headers.add(blueprint)
shown.add(blueprint)
for part in (orders, own, tasks, broadcasts, signing_in):
    blueprint.register_blueprint(part.blueprint)


def register(app: Flask) -> None:
    """Add the pages below /h5/."""
    forms.register(app)
    app.register_blueprint(blueprint)
