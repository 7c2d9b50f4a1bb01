"""The sandbox as one Flask application: platform API, pusher and page."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Flask

from tests.sandbox import api, phones
from tests.sandbox.pusher import DEADLINE_SECONDS, Pusher
from tests.sandbox.state import Platform, User


def create_app(
    *, app_id: str, secret: str, token: str, aes_key: str, service: str, templates: Mapping[str, Any],
    cast: Sequence[Mapping[str, str]], deadline: float = DEADLINE_SECONDS,
) -> Flask:  # fmt: skip
    """`templates` as in WECHAT_TEMPLATES; `cast`: who has a phone ({openid, name, label, hint})."""
    known = {template["id"]: dict(template["fields"]) for template in templates.values()}
    platform = Platform(app_id, secret, token, aes_key, known)
    platform.users = {one["openid"]: User(one["openid"], one["name"], one["label"], one["hint"]) for one in cast}
    app = Flask("tests.sandbox", root_path=__file__.rpartition("/")[0])
    app.extensions["platform"] = platform
    app.extensions["pusher"] = Pusher(platform, service, deadline)
    app.register_blueprint(api.blueprint)
    app.register_blueprint(phones.blueprint)
    return app
