"""Opens a stage: the real service and its workers on a new database, a private Redis and a private platform."""

import json
import logging
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import time_machine
from flask import Flask
from redis import Redis

from bot.app import create_app
from bot.store import migrate
from config.settings import load
from tests.conftest import ENVIRONMENT
from tests.listening import listening
from tests.programs import servers
from tests.sandbox import api
from tests.sandbox.account.tokens import LIFE, Tokens
from tests.sandbox.options import Options, read_templates
from tests.sandbox.platform import Platform
from tests.talk import NOON
from tests.talks.stage import Stage
from workers.resources import open_desk

TEMPLATES = {
    "*": {"id": "T-any", "kind": "template",
          "fields": {"character_string1": "code", "thing2": "what", "phrase3": "state", "thing4": "body"}},
    "reminder": {"id": "T-reminder", "kind": "template", "fields": {"thing1": "title", "thing2": "body"}},
}  # fmt: skip


class Lasting(Tokens):
    """One token that is always good: here time jumps, also back."""

    def stable(self, force: bool) -> tuple[str, int]:
        return "lasting", LIFE

    def check(self, token: str) -> None:
        assert token == "lasting"


@contextmanager
def opened() -> Iterator[Stage]:
    """A stage of its own, with a private Redis and platform."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    with tempfile.TemporaryDirectory(prefix="wutong-talks-", dir=servers.in_memory()) as name:
        folder = Path(name)
        redis_process, redis_url = servers.start_redis(folder / "redis")
        try:
            with Redis.from_url(redis_url) as redis:
                redis.ping()
            yield from _staged(folder, redis_url)
        finally:
            servers.stop(redis_process)


def _staged(folder: Path, redis_url: str) -> Iterator[Stage]:
    path = folder / "wutong.db"
    migrate.upgrade(f"sqlite:///{path}")
    options = Options(
        app_id=ENVIRONMENT["WECHAT_APP_ID"], secret=ENVIRONMENT["WECHAT_APP_SECRET"], token=ENVIRONMENT["WECHAT_TOKEN"],
        port=0, cast=(), templates=read_templates(TEMPLATES),
    )  # fmt: skip
    platform = Platform(options)
    platform.tokens = Lasting(platform.clock)
    platform.set_faults({"receipts": "lost"})
    wechat = Flask("tests.talks.platform")
    wechat.register_blueprint(api.blueprint(platform))
    with listening(wechat) as port:
        yield from _wired(folder, redis_url, platform, path, port)


def _wired(folder: Path, redis_url: str, platform: Platform, path: Path, port: int) -> Iterator[Stage]:
    environment = {
        **ENVIRONMENT, "DATABASE_URL": f"sqlite:///{path}", "REDIS_URL": redis_url, "VAR_DIR": str(folder / "var"),
        "WECHAT_API_URL": f"http://127.0.0.1:{port}", "LOG_LEVEL": "ERROR", "MESSAGES_PER_MINUTE": "100000",
    }  # fmt: skip
    app = create_app(load(environment))
    cards = load({**environment, "WECHAT_TEMPLATES": json.dumps(TEMPLATES)})
    desks = {True: open_desk(cards), False: open_desk(load(environment))}
    try:
        with time_machine.travel(NOON, tick=True) as traveller:
            yield Stage(app, app.extensions["office"], desks, platform, path, traveller)
    finally:
        for desk in desks.values():
            desk.close()
        app.extensions["office"].db.close()
