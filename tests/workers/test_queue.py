"""What a worker takes next: danger first, then by priority and age, and nothing before its time."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import insert, select

from bot.services.notices import outbox
from bot.store.sending import notices
from bot.store.sending.notices import BROADCAST, PRIORITIES
from bot.store.tables import broadcasts
from bot.store.tables import notices as table
from tests.workers.conftest import add_person
from workers.resources import Desk

NOW = datetime.now(UTC)


def written(desk: Desk, *priorities: notices.Priority, minutes: int = 0) -> None:
    """Each for a person of its own; what has the priority of broadcasts is one's."""
    due = NOW + timedelta(minutes=minutes)
    for one in priorities:
        known = add_person(desk, None)
        if one == BROADCAST:
            under_way(desk, known, due)
            continue
        with desk.db.transaction() as tx:
            notices.write(tx, [known], "late", now=NOW, due_at=due, facts={"body": "您好"}, priority=one)


def under_way(desk: Desk, person_id: int, due: datetime) -> None:
    """A broadcast that goes out now, with one recipient."""
    row = {
        "kind": "reminder", "title": "提醒", "body": "您好", "audience": {}, "state": "sending", "author_id": person_id,
        "created_at": NOW, "due_from": NOW - timedelta(minutes=1), "is_demo": False,
    }  # fmt: skip
    with desk.db.transaction() as tx:
        key = tx.run(insert(broadcasts).values(**row)).inserted_primary_key
        assert key is not None
        notices.write(tx, [person_id], "broadcast", now=NOW, due_at=due, broadcast_id=key[0], priority=BROADCAST)


def taken(desk: Desk, limit: int, minutes: float = 0) -> list[int]:
    letters = outbox.exchange(desk, [], limit, NOW + timedelta(minutes=minutes))
    return [letter.row.priority for letter in letters]


def test_the_most_urgent_come_first_however_late_they_were_written(desk: Desk) -> None:
    written(desk, 7, 7, 7, 5, 5, 4)
    written(desk, 0)
    assert taken(desk, 3) == [0, 4, 5]
    assert taken(desk, 3) == [5, 7, 7]
    assert taken(desk, 3) == [7]
    assert taken(desk, 3) == []


def test_what_is_put_off_does_not_stand_in_the_way(desk: Desk) -> None:
    written(desk, 0, 0, 0, 0, 0, minutes=10)
    written(desk, 7)
    assert taken(desk, 3) == [7]
    assert taken(desk, 3, minutes=0.2) == []
    assert taken(desk, 10, minutes=11)[:5] == [0] * 5


def test_of_one_priority_the_longest_due_is_taken_first(desk: Desk) -> None:
    written(desk, 5, minutes=-1)
    written(desk, 5, minutes=-3)
    written(desk, 5, minutes=-2)
    ids = [outbox.exchange(desk, [], 1, NOW)[0].id for _ in range(3)]
    with desk.db.reading() as tx:
        assert ids == [row.id for row in tx.all(select(table.c.id).order_by(table.c.due_at))]


def test_a_worker_looks_for_every_priority_that_may_be_written(desk: Desk) -> None:
    """But those that come together with others."""
    written(desk, *PRIORITIES)
    assert taken(desk, 10) == [one for one in PRIORITIES if one != notices.COLLECTED]
