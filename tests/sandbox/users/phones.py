"""The chat page at `/`."""

from flask import Blueprint, render_template

from tests.sandbox.platform import Platform


def blueprint(platform: Platform) -> Blueprint:
    """The route of the chat page."""
    made = Blueprint("phones", __name__)
    made.add_url_rule("/", "page", lambda: render_template("phones.html", account=platform.options.account_name))
    return made
