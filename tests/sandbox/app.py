"""The sandbox as one web application: platform API, control API and chat page share one state."""

import os

from flask import Flask

from tests.sandbox import api, control
from tests.sandbox.options import Options, from_environ
from tests.sandbox.platform import Platform
from tests.sandbox.sms import routes as sms
from tests.sandbox.stories import control as stories
from tests.sandbox.users import phones

MOST_BYTES = 32 * 1024 * 1024


def create_app(options: Options) -> Flask:
    """The sandbox with these options; the only place that wires it."""
    app = Flask(__name__, template_folder="page", static_folder="page", static_url_path="/page")
    app.config["MAX_CONTENT_LENGTH"] = MOST_BYTES
    platform = Platform(options)
    app.register_blueprint(sms.blueprint(platform))
    app.register_blueprint(api.blueprint(platform))
    app.register_blueprint(control.blueprint(platform))
    app.register_blueprint(stories.blueprint(platform))
    app.register_blueprint(phones.blueprint(platform))
    return app


def from_environment() -> Flask:
    """The application that the server loads, with options from the environment."""
    return create_app(from_environ(os.environ))
