"""The sending loop where its own house is broken: databases that are away, clocks that are wrong, notices that cannot be read."""

import json
import sqlite3
import threading
import time
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from redis import Redis
from sqlalchemy import create_engine, make_url, select

from bot.services.notices import outbox
from bot.services.work_queue import NUDGED_KEY, Nudge
from bot.store.sending import notices
from bot.store.tables import notices as table
from bot.store.tables import persons
from config.settings import Settings
from tests.databases import POSTGRESQL, SQLITE
from tests.workers.conftest import add_person, deliver, later, never, notice, person, write
from tests.workers.platform import FakePlatform
from tests.workers.sending.many.test_many import states, write_reminders
from workers.resources import Desk, open_desk
from workers.sending.delivery import Delivery


@POSTGRESQL
def test_a_database_that_throws_everybody_out_again_and_again_loses_nothing(desk: Desk, platform: FakePlatform) -> None:
    write_reminders(desk, 400)
    platform.latency = 0.05
    admin = create_engine(make_url(desk.settings.database).set(database="postgres"), isolation_level="AUTOCOMMIT")
    running = threading.Thread(target=deliver, args=(desk,))
    running.start()
    with admin.connect() as connection:
        for _ in range(4):  # in a second of sending
            name = make_url(desk.settings.database).database
            connection.exec_driver_sql(
                f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"
            )
            time.sleep(0.25)
    admin.dispose()
    running.join()
    deliver(desk)
    assert states(desk) == {"sent": 400}
    assert len({body["touser"] for _, body in platform.sent}) == len(platform.sent) == 400


@SQLITE
def test_a_database_that_somebody_else_holds_is_waited_for_with_the_results_in_hand(
    desk: Desk, platform: FakePlatform
) -> None:
    write_reminders(desk, 20)
    platform.latency = 0.1
    running = threading.Thread(target=deliver, args=(desk,))
    running.start()
    until = time.monotonic() + 10
    while not platform.calls["/cgi-bin/message/template/send"]:
        assert time.monotonic() < until
        time.sleep(0.005)
    foreign = sqlite3.connect(str(make_url(desk.settings.database).database), isolation_level=None)
    foreign.execute("BEGIN IMMEDIATE")
    time.sleep(1.2)
    foreign.rollback()
    foreign.close()
    running.join()
    assert states(desk) == {"sent": 20}
    assert len(platform.sent) == 20


@POSTGRESQL
@pytest.mark.parametrize("minutes", [-10, 10], ids=["late", "early"])
def test_workers_whose_clocks_differ_do_not_take_what_another_one_has_in_hand(minutes: int, desk: Desk) -> None:
    write(desk, add_person(desk, "o1"))
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=min(minutes, 0))):
        with desk.db.transaction() as tx:
            tx.run(table.update().values(due_at=datetime(2026, 1, 1, tzinfo=UTC)))
        assert len(outbox.exchange(desk, [], 10, datetime.now(UTC))) == 1
    assert outbox.exchange(desk, [], 10, datetime.now(UTC) + timedelta(minutes=max(minutes, 0))) == []


def test_what_a_killed_worker_had_in_hand_is_sent_when_its_lease_is_over(
    desk: Desk, settings: Settings, platform: FakePlatform
) -> None:
    write(desk, add_person(desk, "o1", chat=3, channels="chat"))
    assert len(outbox.exchange(desk, [], 10, datetime.now(UTC))) == 1
    deliver(desk)
    assert platform.sent == []
    later(desk, settings)
    assert (notice(desk).state, len(platform.sent)) == ("sent", 1)


def test_a_notice_that_cannot_be_read_hinders_no_other_one_and_fails_with_its_reason(
    desk: Desk, settings: Settings, platform: FakePlatform
) -> None:
    known = add_person(desk, "o1", chat=5, channels="chat")
    write(desk, known)
    with desk.db.transaction() as tx:
        tx.run(table.update().values(facts_sealed=b"sealed under a key that is lost", priority=0))
    write(desk, known)
    deliver(desk)
    assert len(platform.sent) == 1
    for _ in range(20):
        later(desk, settings)
    with desk.db.reading() as tx:
        found = {row.state: row.reason for row in tx.all(select(table))}
    assert found["failed"].startswith("InvalidTag")
    assert found["sent"] is None


def test_a_waiting_notice_that_cannot_be_read_does_not_spoil_the_reply(desk: Desk) -> None:
    known = add_person(desk, None)
    write(desk, known)
    with desk.db.transaction() as tx:
        tx.run(table.update().values(facts_sealed=b"sealed under a key that is lost", state="waiting"))
    write(desk, known)
    deliver(desk)
    with desk.db.transaction() as tx:
        assert "您好" in outbox.reply_with_waiting(desk, tx, person(desk, known), 2000, datetime.now(UTC)).text


def test_a_worker_that_is_asked_to_stop_takes_nothing_more_and_writes_down_what_it_has(
    desk: Desk, platform: FakePlatform
) -> None:
    write_reminders(desk, 300)
    platform.latency = 0.05
    assert 0 < Delivery(desk, lambda: len(platform.sent) > 0).run(20) < 300
    assert states(desk) == {"sent": len(platform.sent), "pending": 300 - len(platform.sent)}


def test_a_run_of_two_workers_at_once_tells_each_once(desk: Desk, settings: Settings, platform: FakePlatform) -> None:
    write_reminders(desk, 300)
    platform.latency = 0.01
    other = open_desk(settings)
    second = threading.Thread(target=lambda: Delivery(other, never()).run(20))
    second.start()
    deliver(desk)
    second.join()
    other.close()
    assert states(desk) == {"sent": 300}
    assert len({body["touser"] for _, body in platform.sent}) == len(platform.sent) == 300


def test_what_goes_to_one_person_arrives_in_the_order_in_which_it_was_said(desk: Desk, platform: FakePlatform) -> None:
    mine, other = add_person(desk, "oMine", chat=20), add_person(desk, "oOther", chat=20)
    said = [f"第{n}句" for n in range(6)]
    for body in said:
        with desk.db.transaction() as tx:
            facts = {"body": body, "title": body}
            notices.write(tx, [mine, other], "late", now=datetime.now(UTC), facts=facts)
    platform.delays.extend([0.4, 0.2])
    began = time.monotonic()
    assert deliver(desk) == 12
    assert time.monotonic() - began < 5
    for openid in ("oMine", "oOther"):
        texts = [json.dumps(body, ensure_ascii=False) for _, body in platform.sent if body["touser"] == openid]
        assert [next(one for one in said if one in text) for text in texts] == said


def test_what_waits_too_long_for_a_slow_one_before_it_is_given_back_before_another_worker_may_take_it(
    desk: Desk, platform: FakePlatform
) -> None:
    mine = add_person(desk, "oMine", chat=20)
    said = [f"第{n}句" for n in range(4)]
    for body in said:
        with desk.db.transaction() as tx:
            notices.write(tx, [mine], "late", now=datetime.now(UTC), facts={"body": body, "title": body})
    platform.delays.extend([0.4] * 4)
    stopping = iter([False])
    Delivery(desk, lambda: next(stopping, True), held_seconds=0.5).run(10)
    first = len(platform.sent)
    assert 1 <= first < 4
    with desk.db.reading() as tx:
        rows = tx.all(select(table.c.state, table.c.tries).order_by(table.c.id))
    assert [tuple(row) for row in rows[first:]] == [("pending", 0)] * (4 - first)
    platform.delays.clear()
    deliver(desk)
    texts = [json.dumps(body, ensure_ascii=False) for _, body in platform.sent]
    assert [next(one for one in said if one in text) for text in texts] == said


def test_what_is_urgent_does_not_wait_for_what_is_not(desk: Desk, platform: FakePlatform) -> None:
    mine = add_person(desk, "oMine", chat=20)
    now = datetime.now(UTC)
    said: list[tuple[str, notices.Priority]] = [("平常", 5), ("还是平常", 5), ("着火了", 0)]
    for body, priority in said:
        with desk.db.transaction() as tx:
            notices.write(tx, [mine], "late", now=now, facts={"body": body, "title": body}, priority=priority)
    platform.slow["平常"] = 0.5
    deliver(desk)
    texts = [json.dumps(body, ensure_ascii=False) for _, body in platform.sent]
    found = [next(one for one in ("还是平常", "平常", "着火了") if one in text) for text in texts]
    assert found == ["着火了", "平常", "还是平常"]


@SQLITE
def test_two_clocks_wake_one_worker_for_what_is_due(settings: Settings) -> None:
    with Redis.from_url(settings.redis) as redis:
        for clock in (Nudge(settings.redis), Nudge(settings.redis)):
            clock()
        assert redis.llen("rq:queue:notices") == 1


@SQLITE
def test_a_hint_that_nobody_took_does_not_keep_the_next_one_away_for_long(settings: Settings) -> None:
    with Redis.from_url(settings.redis) as redis:
        nudge = Nudge(settings.redis, every=0)
        nudge()
        assert 0 < redis.pttl(NUDGED_KEY) <= 5000
        redis.delete("rq:queue:notices")  # the job is lost, the mark is not
        redis.pexpire(NUDGED_KEY, 20)
        time.sleep(0.05)
        nudge()
        assert redis.llen("rq:queue:notices") == 1


@SQLITE
def test_many_hints_in_a_second_are_two_and_an_urgent_one_is_given_at_once(settings: Settings) -> None:
    with Redis.from_url(settings.redis) as redis:
        nudge = Nudge(settings.redis, every=0.3)
        queue = "rq:queue:notices"

        def taken() -> int:
            """The jobs so far; as a worker does it, the next hint may come."""
            redis.delete(NUDGED_KEY)
            return int(redis.llen(queue))

        nudge()
        assert taken() == 1
        for _ in range(20):
            nudge()
        assert taken() == 1
        nudge(urgent=True)
        assert taken() == 2
        deadline = time.monotonic() + 5
        while redis.llen(queue) < 3 and time.monotonic() < deadline:
            time.sleep(0.02)
        assert taken() == 3


def test_the_last_messages_of_a_window_are_kept_for_what_is_urgent(
    desk: Desk, settings: Settings, platform: FakePlatform
) -> None:
    known = add_person(desk, "o1", chat=5, channels="chat")
    for _ in range(6):
        write(desk, known)
    deliver(desk)
    assert len(platform.sent) == 3
    with desk.db.transaction() as tx:
        assert tx.value(select(persons.c.chat_left)) == 2
        notices.write(tx, [known], "late", now=datetime.now(UTC), facts={"body": "着火了", "title": "提醒"}, priority=0)
    write(desk, known)
    deliver(desk)
    assert len(platform.sent) == 4
    assert "着火了" in platform.sent[-1][1]["text"]["content"]


def test_a_flood_and_a_danger_that_wait_together_are_told_by_urgency(desk: Desk, platform: FakePlatform) -> None:
    known = add_person(desk, "o1", chat=5, channels="chat")
    for _ in range(9):
        write(desk, known)
    with desk.db.transaction() as tx:
        for words in ("着火了", "煤气漏了"):
            notices.write(
                tx, [known], "late", now=datetime.now(UTC), facts={"body": words, "title": "提醒"}, priority=0
            )
    deliver(desk)
    said = [body["text"]["content"] for _, body in platform.sent]
    assert len(said) == 3
    assert {words for words in ("着火了", "煤气漏了") if any(words in each for each in said)} == {"着火了", "煤气漏了"}
