"""The chat page: the address `/`."""

from flask import Blueprint, render_template

from tests.sandbox.platform import Platform


def blueprint(platform: Platform) -> Blueprint:
    made = Blueprint("phones", __name__)
    made.add_url_rule("/", "page", lambda: render_template("phones.html", account=platform.options.account_name))
    return made
