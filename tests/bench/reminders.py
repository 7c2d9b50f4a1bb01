"""A reminder to thousands through the Procfile's own processes, against what the platform's answers alone would take."""

import tempfile
import time
from pathlib import Path

from bot.store import migrate
from tests import servers
from tests.end_to_end.stack import Stack, installed
from tests.test_stories import CAST

RECIPIENTS, ANSWER_SECONDS, WORKERS = 5000, 0.05, 2


def measure() -> list[tuple[str, str, str]]:
    """(what, seconds, ratio): the floor of 64 connections that are never idle, and what it took from approval to the last."""
    with tempfile.TemporaryDirectory(prefix="wt") as short:
        folder = Path(short)
        process, redis = servers.start_redis(folder / "redis")
        try:
            url = f"sqlite:///{folder / 'wutong.db'}"
            migrate.upgrade(url)
            with installed(url, redis, folder, mode="plain", webs=1, workers=WORKERS) as stack:
                took = _send(stack)
        finally:
            servers.stop(process)
    floor = RECIPIENTS * ANSWER_SECONDS / (WORKERS * stack.settings.send_parallel)
    return [
        (f"{RECIPIENTS:,} recipients × 50 ms ÷ 64 (reference)", f"{floor:.2f}", "1.00"),
        (f"a reminder to {RECIPIENTS:,}, two workers, approval to last", f"{took:.2f}", f"{took / floor:.2f}"),
    ]


def _send(stack: Stack) -> float:
    stack.import_and_bind(CAST)
    stack.bound_members(RECIPIENTS)
    author, chief = stack.tokens_for_broadcasts("陈桥甲", "办事处甲")
    stack.sandbox.set_faults(latency_ms=ANSWER_SECONDS * 1000, receipts="lost")
    body = {"kind": "reminder", "title": "节前提醒", "body": "请勿收受礼品礼金。", "audience": {"role": "党员"}}
    where = f"/broadcasts/{stack.api('POST', '/broadcasts', author, json=body).json()['id']}"
    began = time.time()
    stack.api("POST", f"{where}/approve", chief)
    stack.eventually(lambda: stack.api("GET", where, author).json()["counts"]["sent"] >= RECIPIENTS)
    return float(max(row["at"] for row in stack.sandbox.sent())) - began
