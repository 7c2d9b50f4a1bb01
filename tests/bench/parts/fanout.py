"""A reminder to thousands through the Procfile's own processes, against what the platform's answers alone would take."""

import time

from tests.bench.installation import whole
from tests.bench.progress import tell
from tests.bench.report import Row, Table
from tests.bench.sizes import Sizes
from tests.end_to_end.stack import Stack

ANSWER_SECONDS, WORKERS = 0.05, 2


def measure(sizes: Sizes) -> Table:
    """The limit: connections that are never idle. Measured from the approval to the last message."""
    rows: list[Row] = []
    for kind in sizes.databases:
        tell(f"fanout: {kind}, {sizes.recipients:,} recipients")
        with whole(kind, workers=WORKERS) as (stack, _):
            took = _send(stack, sizes.recipients)
            connections = WORKERS * stack.settings.send_parallel
        limit = sizes.recipients * ANSWER_SECONDS / connections
        if not rows:
            what = f"{sizes.recipients:,} × {ANSWER_SECONDS * 1000:.0f} ms ÷ {connections} connections (limit)"
            rows.append(Row(what, (f"{limit:.2f}",), (1.0,)))
        rows.append(Row(f"{WORKERS} workers, {kind}", (f"{took:.2f}",), (took / limit,)))
    note = "From the approval to the last message; the platform is a process of its own on the same machine."
    return Table("a reminder to many", ("s",), ("of the limit",), tuple(rows), note)


def _send(stack: Stack, recipients: int) -> float:
    stack.bound_members(recipients)
    author, chief = stack.tokens_for_broadcasts("陈桥甲", "办事处甲")
    stack.sandbox.set_faults(latency_ms=ANSWER_SECONDS * 1000, receipts="lost")
    body = {
        "kind": "reminder",
        "title": "节前提醒",
        "body": "请勿收受礼品礼金。",
        "audience": {"role": "党员", "community": "陈桥社区"},
    }
    where = f"/broadcasts/{stack.api('POST', '/broadcasts', author, json=body).json()['id']}"
    began = time.time()
    stack.api("POST", f"{where}/approve", chief)
    stack.eventually(lambda: stack.api("GET", where, author).json()["counts"]["sent"] >= recipients)
    return float(max(row["at"] for row in stack.sandbox.sent())) - began
