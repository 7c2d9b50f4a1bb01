"""What the path is measured against: Flask and wechatpy answer with what was said and store nothing."""

import os

from flask import Flask, request
from wechatpy import create_reply, parse_message
from wechatpy.utils import check_signature

from bot.serving.server import Server


def create_app(token: str | None = None) -> Flask:
    """The application; without a token it takes WECHAT_TOKEN of the environment."""
    app, token = Flask("echo"), token or os.environ["WECHAT_TOKEN"]

    @app.post("/wechat")
    def answer() -> str:
        asked = request.args
        check_signature(token, asked["signature"], asked["timestamp"], asked["nonce"])
        message = parse_message(request.data)
        return str(create_reply(f"收到：{message.content}", message).render())

    @app.get("/readyz")
    def ready() -> str:
        return "ready"

    return app


def create_server() -> Server:
    """The echo behind the same server as the service."""
    return Server(create_app())
