"""The clock stays small: it finds out what is due, and hands what needs the whole office to a process of its own."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from bot.orders.lifecycle import State
from bot.services.audit import chaining
from bot.services.clock import due_work
from bot.services.deletion import requests
from bot.services.messages import spool
from bot.services.office import Office
from bot.store.broadcasts import written
from bot.store.persons import people
from bot.store.tables import deletions, orders
from config.settings import ROOT
from tests.conftest import ENVIRONMENT
from tests.services.orders.test_acting import Scene
from tests.talk import NOON, Talk, openid
from workers import clock
from workers.subprocesses import Rounds

SLEEPS = (sys.executable, "-c", "import time; time.sleep(60)")
WRITES = "import pathlib, sys; file = pathlib.Path(sys.argv[1]); file.write_text('x' + file.read_text())"


def test_the_clock_loads_no_reader_no_platform_and_no_redis() -> None:
    code = "import sys, workers.clock; print(sorted(set(sys.argv[1:]) & set(sys.modules)))"
    unwanted = ("bot.understanding.reader", "opencc", "wechatpy", "flask", "redis", "rq", "psycopg")
    done = subprocess.run([sys.executable, "-c", code, *unwanted], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def watch(office: Office, nudge: Callable[[], None] = lambda: None) -> clock.Watch:
    return clock.Watch(office.settings, office.db, office.adjustable, nudge)


@pytest.mark.parametrize(("hours", "due"), [(19, True), (10, False), (25, True)], ids=["warn", "early", "escalate"])
def test_an_order_whose_time_has_come_needs_the_office(office: Office, hours: int, due: bool) -> None:
    with office.db.transaction() as tx:
        order = Scene(office, tx, State.SUBMITTED).order
        step = office.limits.step_due_at(State.SUBMITTED, "U3", NOON, office.calendar, due_at=order.due_at)
        moved = {"step_at": NOON, "step_due_at": step}
        tx.run(update(orders).values(**moved, look_at=office.limits.look_at({**order._asdict(), **moved})))
    assert due_work.needs_office(watch(office), NOON + timedelta(hours=hours)) is due


def test_a_message_that_was_kept_needs_the_office(office: Office) -> None:
    assert not due_work.needs_office(watch(office), NOON)
    spool.keep(office, "m:1", "{}", NOON)
    assert due_work.needs_office(watch(office), NOON)


def test_a_confirmed_deletion_needs_the_office(office: Office) -> None:
    talk = Talk(office)
    talk.says("王阿姨", "陈桥社区路灯不亮")
    assert not due_work.needs_office(watch(office), talk.now)
    operator_asks(office, talk)
    assert due_work.needs_office(watch(office), talk.now)


def operator_asks(office: Office, talk: Talk) -> None:
    with office.db.transaction() as tx:
        person = people.find(tx, openid("王阿姨"))
        assert person is not None
        requests.ask(office, tx, person, requests.CHAT, talk.now)
        tx.run(update(deletions).values(confirmed_at=talk.now))


def test_the_clock_chains_what_was_done_within_ten_seconds(office: Office) -> None:
    Talk(office).says("路人", "绑定 ABCDEFGH")
    stopped, rounds = threading.Event(), Rounds(SLEEPS)
    thread = threading.Thread(target=clock.run, args=(watch(office), rounds, stopped))
    thread.start()
    began = time.monotonic()
    try:
        while chaining.newest(office).number == 0:
            assert time.monotonic() < began + 10
            time.sleep(0.05)
    finally:
        stopped.set()
        thread.join()
        rounds.end()


@pytest.mark.parametrize(
    ("state", "hours", "due"),
    [("scheduled", 1, False), ("scheduled", 3, True), ("sent", 3, False), ("paused", 3, False)],
)
def test_a_broadcast_whose_time_has_come_needs_the_office(office: Office, state: str, hours: int, due: bool) -> None:
    due_from = NOON + timedelta(hours=2) if state != "sent" else None
    with office.db.transaction() as tx:
        author = people.add(tx, NOON, name="张敏")
        written.add(
            tx, kind="reminder", title="提醒", body="请勿收礼", audience={}, state=state, author_id=author.id,
            created_at=NOON, due_from=due_from, is_demo=False,
        )  # fmt: skip
    assert due_work.needs_office(watch(office), NOON + timedelta(hours=hours)) is due


def test_the_clock_begins_a_round_at_once_and_stops_when_asked(office: Office, tmp_path: Path) -> None:
    mark = tmp_path / "rounds"
    mark.write_text("")
    rounds, stopped = Rounds((sys.executable, "-c", WRITES, str(mark))), threading.Event()
    running = threading.Thread(target=clock.run, args=(watch(office), rounds, stopped))
    running.start()
    until = time.monotonic() + 20
    while mark.read_text() != "x":
        assert time.monotonic() < until
        time.sleep(0.02)
    stopped.set()
    running.join(5)
    assert not running.is_alive()
    rounds.end()


def test_rounds_do_not_overlap_and_the_one_under_way_ends_with_the_clock() -> None:
    rounds = Rounds(SLEEPS)
    rounds.begin()
    first = rounds._process
    rounds.begin()
    assert rounds._process is first
    rounds.end()
    assert first is not None
    assert first.returncode is not None


def test_a_round_does_what_is_due_and_ends(office: Office, tmp_path: Path) -> None:
    """In a process of its own, as the clock starts it."""
    with office.db.transaction() as tx:
        Scene(office, tx, State.SUBMITTED)
        long_ago = datetime.now(UTC) - timedelta(days=3)
        tx.run(update(orders).values(step_at=long_ago - timedelta(days=1), step_due_at=long_ago, look_at=long_ago))
    assert due_work.needs_office(watch(office), datetime.now(UTC))
    environment = {
        **os.environ, **ENVIRONMENT, "REDIS_URL": f"unix://{tmp_path / 'none.sock'}",
        "VAR_DIR": str(office.settings.var_dir), "DATABASE_URL": office.settings.database,
    }  # fmt: skip
    done = subprocess.run([sys.executable, "-m", "workers.round"], cwd=ROOT, env=environment, check=False)
    assert done.returncode == 0
    assert not due_work.needs_office(watch(office), datetime.now(UTC))
