"""The README's figures: each as a ratio against a reference measured in the same run (`make bench`)."""

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


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/wutong.db"
        migrate.upgrade(url)
        known = {**ENVIRONMENT, "DATABASE_URL": url, "VAR_DIR": folder, "REDIS_URL": "unix:///nowhere", "LOG_LEVEL": "ERROR"}
        app = create_app(load(known))
        plain, query, numbers = _plain(), signed(app), itertools.count()
        reader = app.extensions["office"].reader
        rows = [
            ("parse and answer, nothing kept (reference)", lambda: plain.test_client().post("/", query_string=query, data=XML)),
            ("a request becomes an order (SQLite, synchronous=FULL)", lambda: post(app, f"o{next(numbers)}", Content="金色春天3号楼楼道灯不亮")),
            ("进度", lambda: post(app, "o1", Content="进度")),
            ("reading one message, of that", lambda: reader.understand("金色春天3号楼楼道灯不亮")),
        ]
        _print(rows)
        app.extensions["office"].db.close()


def _plain() -> Flask:
    app = Flask("plain")

    @app.post("/")
    def answer() -> str:
        return str(xmltodict.parse(request.data)["xml"]["Content"])

    return app


def _print(rows: list[tuple[str, Callable[[], object]]]) -> None:
    """Rounds are interleaved, so that whatever else the machine does falls on all alike."""
    times: dict[str, list[float]] = {name: [] for name, _ in rows}
    for _ in range(ROUNDS):
        for name, action in rows:
            started = time.perf_counter()
            for _ in range(MESSAGES):
                action()
            times[name].append((time.perf_counter() - started) / MESSAGES)
    reference = statistics.median(times[rows[0][0]])
    print("| one message, in process | ms | ratio |\n| --- | --- | --- |")
    for name, found in times.items():
        median = statistics.median(found)
        print(f"| {name} | {median * 1000:.2f} | {median / reference:.2f} |")


if __name__ == "__main__":
    main()
