"""What goes to one person goes in the order in which it was written, also where several workers take what is due."""

import re
from datetime import UTC, datetime, timedelta

from sqlalchemy import select, update

from bot.store.sending import notice_queue, notices
from bot.store.tables import notices as table
from tests.databases import POSTGRESQL
from tests.workers.conftest import add_person, deliver
from tests.workers.platform import FakePlatform
from workers.resources import Desk

NOW = datetime.now(UTC)


def written(desk: Desk, person_id: int, *bodies: str, priority: notices.Priority = 4) -> list[int]:
    with desk.db.transaction() as tx:
        for body in bodies:
            facts = {"body": body, "title": body}
            notices.write(tx, [person_id], "late", now=NOW, facts=facts, priority=priority, once=f"{person_id}:{body}")
        return [row.id for row in tx.all(select(table.c.id).where(table.c.person_id == person_id).order_by(table.c.id))]


def claimed(desk: Desk, most: int = 10) -> list[int]:
    """As another worker takes it."""
    with desk.db.transaction() as tx:
        return sorted(one.row.id for one in notice_queue.claim(tx, most, datetime.now(UTC), 30))


def change(desk: Desk, notice_id: int, **values: object) -> None:
    with desk.db.transaction() as tx:
        tx.run(update(table).where(table.c.id == notice_id).values(**values))


def test_a_later_one_is_left_while_the_earlier_one_is_in_other_hands(desk: Desk) -> None:
    here, there = add_person(desk, "here"), add_person(desk, "there")
    first, second, third = written(desk, here, "一", "二", "三")
    (other,) = written(desk, there, "一")
    assert claimed(desk, 1) == [first]
    assert claimed(desk) == [other]
    assert claimed(desk) == []
    change(desk, first, state="sent", lease_until=None)
    assert claimed(desk) == [second, third]


def test_what_a_dead_worker_held_goes_out_before_what_came_later(desk: Desk) -> None:
    first, second = written(desk, add_person(desk, "here"), "一", "二")
    assert claimed(desk, 1) == [first]
    change(desk, first, lease_until=datetime(2026, 1, 1, tzinfo=UTC))
    assert claimed(desk) == [first, second]


def test_what_is_put_off_holds_up_nothing_and_neither_does_danger(desk: Desk) -> None:
    here, there = add_person(desk, "here"), add_person(desk, "there")
    first, second = written(desk, here, "一", "二")
    change(desk, first, due_at=NOW + timedelta(hours=1))
    alarms = written(desk, there, "着火", "还在烧", priority=0)
    assert claimed(desk, 1) == alarms[:1]
    assert claimed(desk) == [second, alarms[1]]


@POSTGRESQL
def test_what_another_worker_is_claiming_at_this_moment_counts(desk: Desk) -> None:
    first, second = written(desk, add_person(desk, "here"), "一", "二")
    with desk.db.transaction() as tx:
        assert [one.row.id for one in notice_queue.claim(tx, 1, datetime.now(UTC), 30)] == [first]
        assert claimed(desk) == []
    assert claimed(desk) == []
    change(desk, first, state="sent", lease_until=None)
    assert claimed(desk) == [second]


def test_many_to_one_person_are_all_sent_in_their_order(desk: Desk, platform: FakePlatform) -> None:
    person_id = add_person(desk, "here", chat=200)
    written(desk, person_id, *(f"第{number}句" for number in range(120)))
    deliver(desk)
    with desk.db.reading() as tx:
        assert {row.state for row in tx.all(select(table.c.state))} == {"sent"}
    numbers = [int(one) for _, body in platform.sent for one in re.findall(r"第(\d+)句", str(body))[:1]]
    assert numbers == list(range(120))
