"""What one message costs in process, against parsing and answering without keeping anything."""

import itertools
import statistics
import tempfile
import time
from collections.abc import Callable

import xmltodict
from flask import Flask, request

from bot.app import create_app
from bot.store import migrate
from config.settings import load
from tests.conftest import ENVIRONMENT
from tests.wechat.test_webhook import post, signed

ROUNDS, MESSAGES = 5, 100
XML = b"<xml><FromUserName>o</FromUserName><MsgType>text</MsgType><Content>a</Content></xml>"

Row = tuple[str, str, str]


def measure() -> list[Row]:
    """(what, milliseconds, ratio) a row; rounds are interleaved, so that whatever else the machine does falls on all alike."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/wutong.db"
        migrate.upgrade(url)
        known = {
            **ENVIRONMENT,
            "DATABASE_URL": url,
            "VAR_DIR": folder,
            "REDIS_URL": "unix:///nowhere",
            "LOG_LEVEL": "ERROR",
        }
        app = create_app(load(known))
        plain, query, numbers = _plain(), signed(app), itertools.count()
        reader = app.extensions["office"].reader
        rows = _timed(
            {
                "parse and answer, nothing kept (reference)": lambda: plain.test_client().post(
                    "/", query_string=query, data=XML
                ),
                "a request becomes an order (SQLite, synchronous=FULL)": lambda: post(
                    app, f"o{next(numbers)}", Content="金色春天3号楼楼道灯不亮"
                ),
                "进度": lambda: post(app, "o1", Content="进度"),
                "reading one message, of that": lambda: reader.understand("金色春天3号楼楼道灯不亮"),
            }
        )
        app.extensions["office"].db.close()
    return rows


def _plain() -> Flask:
    app = Flask("plain")

    @app.post("/")
    def answer() -> str:
        return str(xmltodict.parse(request.data)["xml"]["Content"])

    return app


def _timed(actions: dict[str, Callable[[], object]]) -> list[Row]:
    times: dict[str, list[float]] = {name: [] for name in actions}
    for _ in range(ROUNDS):
        for name, action in actions.items():
            started = time.perf_counter()
            for _ in range(MESSAGES):
                action()
            times[name].append((time.perf_counter() - started) / MESSAGES)
    medians = {name: statistics.median(found) for name, found in times.items()}
    reference = next(iter(medians.values()))
    return [(name, f"{median * 1000:.2f}", f"{median / reference:.2f}") for name, median in medians.items()]
