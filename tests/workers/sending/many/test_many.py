"""Thousands of reminders by two processes: each once, also when both are killed in the middle."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import UTC, datetime

from redis import Redis
from sqlalchemy import func, insert, select

from bot.store.broadcasts import recipients, written
from bot.store.persons.people import NEW_PERSON
from bot.store.tables import notices as table
from bot.store.tables import persons, roles
from config.settings import ROOT
from tests.workers.platform import FakePlatform
from workers.resources import Desk

RECIPIENTS = 5000
JOB = "import warnings; warnings.simplefilter('error'); from workers.jobs import deliver; deliver()"


def start(environment: dict[str, str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", JOB], cwd=ROOT, env={**os.environ, **environment})


def write_reminders(desk: Desk, count: int) -> None:
    now = datetime.now(UTC)
    people = [{**NEW_PERSON, "openid": f"o{n:027}", "created_at": now} for n in range(count)]
    with desk.db.transaction() as tx:
        tx.run(insert(persons), people)
        ids = [row.id for row in tx.all(select(persons.c.id))]
        tx.run(insert(roles), [{"person_id": one, "role": "member", "skills": []} for one in ids])
        row = written.add(
            tx, kind="reminder", title="节前提醒", body="请勿收受礼品礼金。", audience={"role": ["member"]}, state="sending",
            author_id=ids[0], created_at=now, due_from=now, is_demo=False,
        )  # fmt: skip
        assert recipients.freeze(tx, row, now, now, now) == count


def states(desk: Desk) -> dict[str, int]:
    with desk.db.reading() as tx:
        query = select(table.c.state, func.count().label("n")).group_by(table.c.state)
        return {row.state: row.n for row in tx.all(query)}


def test_each_of_five_thousand_is_told_once(desk: Desk, environment: dict[str, str], platform: FakePlatform) -> None:
    write_reminders(desk, RECIPIENTS)
    platform.latency = 0.05
    began = time.monotonic()
    workers = [start(environment) for _ in range(2)]
    assert [worker.wait(120) for worker in workers] == [0, 0]
    took = time.monotonic() - began
    print(f"{RECIPIENTS} in {took:.2f} s, {took / (RECIPIENTS * 0.05 / 64):.2f} times the floor")
    assert states(desk) == {"sent": RECIPIENTS}
    assert Counter(body["touser"] for _, body in platform.sent) == Counter({f"o{n:027}": 1 for n in range(RECIPIENTS)})


def test_each_is_told_once_though_both_workers_are_killed_and_redis_is_wiped(
    desk: Desk, environment: dict[str, str], platform: FakePlatform
) -> None:
    count = 1500
    write_reminders(desk, count)
    platform.latency = 0.05
    workers = [start(environment) for _ in range(2)]
    while len(platform.sent) < count // 3:
        time.sleep(0.01)
    for worker in workers:
        worker.send_signal(signal.SIGKILL)
        worker.wait(5)
    Redis.from_url(environment["REDIS_URL"]).flushall()
    with desk.db.transaction() as tx:  # instead of waiting until the leases have run out
        tx.run(table.update().where(table.c.state == "sending").values(lease_until=datetime(2026, 1, 1, tzinfo=UTC)))
    workers = [start(environment) for _ in range(2)]
    assert [worker.wait(60) for worker in workers] == [0, 0]
    assert states(desk) == {"sent": count}
    assert Counter(body["touser"] for _, body in platform.sent) == Counter({f"o{n:027}": 1 for n in range(count)})
