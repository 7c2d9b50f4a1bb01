"""The sums that the clock keeps say what is there, also after corrections, withdrawals and deletions."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, update

from bot.services.clock import sums
from bot.services.office import Office
from bot.services.reports import counting
from bot.services.restricted import knowing
from bot.store import kept_figures, recurring
from bot.store import orders as stored
from bot.store.records import erase
from bot.store.schema.kept_sums import recurring as summed
from bot.store.schema.kept_sums import recurring_days
from bot.store.sealed.box import Excluded
from bot.store.tables import orders
from tests.services.history import settled
from tests.store.executed import executed
from tests.talk import NOON

HERE: dict[str, Any] = {"community": "陈桥社区", "estate": "金色春天"}
LAMP, COVER = "0601", "0203"
LONG_AGO = NOON - timedelta(days=20)
Often = Sequence[tuple[str, str | None, str, int]]


def since(office: Office) -> datetime:
    return sums.days_of(office, NOON)[0]


def repeated(office: Office, communities: Sequence[str] | None = None, until: datetime | None = None) -> Often:
    with office.db.reading() as tx:
        found = recurring.repeated(tx, communities, since(office), 1, 10, until)
        return [(row.community, row.estate, row.category, row.number) for row in found]


def keep(office: Office, rounds: int = 20) -> None:
    """The clock's rounds, until every day is summed."""
    for _ in range(rounds):
        sums.keep_recurring(office, NOON)
    with office.db.reading() as tx:
        assert tx.value(select(func.count()).where(recurring_days.c.until.is_(None))) == 0


def read_rows(office: Office) -> int:
    """How many orders the answer reads one by one: those that came in within the stretches of which there is no sum."""
    with office.db.reading() as tx, executed(tx) as said:
        recurring.repeated(tx, None, since(office), 1, 10)
    (query,) = [statement for statement, _ in said if "orders" in statement]
    return query.count("FROM orders")


@pytest.fixture
def told(office: Office) -> list[int]:
    """Five orders of one kind at one place: four long ago, one just now; and one of another kind."""
    ids = settled(office, ["路灯不亮"] * 4, LAMP, now=LONG_AGO, **HERE)
    settled(office, ["路灯不亮"], LAMP, now=NOON - timedelta(minutes=5), **HERE)
    settled(office, ["井盖没了"], COVER, now=LONG_AGO, community="兰天社区", estate=None)
    return ids


def test_sums_and_what_is_not_summed_yet_say_the_same_as_all_orders(office: Office, told: list[int]) -> None:
    before = repeated(office), repeated(office, ["兰天社区"]), repeated(office, None, NOON - timedelta(days=1))
    assert before[0] == [("陈桥社区", "金色春天", LAMP, 5), ("兰天社区", None, COVER, 1)]
    assert before[1:] == (
        [("兰天社区", None, COVER, 1)],
        [("陈桥社区", "金色春天", LAMP, 4), ("兰天社区", None, COVER, 1)],
    )
    for rounds in (1, 2, 20):  # also while only some days are summed
        for _ in range(rounds):
            sums.keep_recurring(office, NOON)
        assert (
            repeated(office),
            repeated(office, ["兰天社区"]),
            repeated(office, None, NOON - timedelta(days=1)),
        ) == before
    assert read_rows(office) == 1  # since an hour ago


def test_only_the_last_hour_is_read_order_by_order(office: Office, told: list[int]) -> None:
    keep(office)
    with office.db.transaction() as tx:  # behind the back of everybody: a sum that is read does not see it
        tx.run(update(orders).where(orders.c.id == told[0]).values(category=COVER))
    assert ("陈桥社区", "金色春天", LAMP, 5) in repeated(office)
    settled(office, ["路灯不亮"], LAMP, now=NOON, **HERE)
    assert ("陈桥社区", "金色春天", LAMP, 6) in repeated(office)


def correct(office: Office, order_id: int) -> None:
    with office.db.transaction() as tx:
        row = stored.by_id(tx, order_id, lock=True)
        assert stored.move(tx, row, {"category": COVER, "updated_at": NOON}) is not None


def withdraw(office: Office, order_id: int) -> None:
    with office.db.transaction() as tx:
        row = stored.by_id(tx, order_id, lock=True)
        assert stored.move(tx, row, {"outcome": "withdrawn", "updated_at": NOON}) is not None


def delete(office: Office, order_id: int) -> None:
    with office.db.transaction() as tx:
        erase.blank_order(tx, order_id)


def exclude(office: Office, order_id: int) -> None:
    with office.db.transaction() as tx:
        knowing.keep_from(tx, stored.by_id(tx, order_id, lock=True), Excluded(frozenset({1_000_000})))


CHANGES: Mapping[str, tuple[Callable[[Office, int], None], Often]] = {
    "a correction": (correct, [("陈桥社区", "金色春天", LAMP, 4), ("陈桥社区", "金色春天", COVER, 1)]),
    "a withdrawal": (withdraw, [("陈桥社区", "金色春天", LAMP, 4)]),
    "a deletion": (delete, [("陈桥社区", "金色春天", LAMP, 4), ("陈桥社区", None, LAMP, 1)]),
    "who may not know it": (exclude, [("陈桥社区", "金色春天", LAMP, 4)]),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_of_an_old_order_is_seen_at_once_and_in_the_next_sum(
    office: Office, told: list[int], name: str
) -> None:
    change, expected = CHANGES[name]
    keep(office)
    change(office, told[0])
    for _ in range(2):
        assert [row for row in repeated(office) if row[0] == "陈桥社区"] == expected
        keep(office)
    with office.db.reading() as tx:
        assert (
            tx.value(select(func.sum(summed.c.number)).where(summed.c.community == "陈桥社区"))
            == sum(row[3] for row in expected) - 1
        )  # one is of the last hour


def test_what_changes_soon_after_it_was_told_of_writes_nothing_more(office: Office, told: list[int]) -> None:
    keep(office)
    (young,) = settled(office, ["路灯不亮"], LAMP, now=NOON - timedelta(minutes=30), **HERE)
    with office.db.transaction() as tx, executed(tx) as said:
        assert stored.move(tx, stored.by_id(tx, young), {"category": COVER, "updated_at": NOON}) is not None
    assert not [statement for statement, _ in said if "recurring" in statement]


def test_days_that_nobody_asks_for_any_more_are_deleted(office: Office, told: list[int]) -> None:
    keep(office)
    later = NOON + timedelta(days=office.limits.repeated_days + 1)
    sums.keep_recurring(office, later)
    with office.db.reading() as tx:
        assert tx.value(select(func.count()).select_from(summed)) == 0
        assert tx.value(select(func.min(recurring_days.c.start))) == sums.days_of(office, later)[0]


def test_what_is_little_is_counted_when_it_is_asked_for(office: Office, told: list[int]) -> None:
    counting.keep(office, NOON)
    with office.db.reading() as tx:
        assert kept_figures.since(tx, NOON - timedelta(days=1)) == {}
    settled(office, ["路灯不亮"], LAMP, now=NOON, state="open", outcome=None, closed_at=None)
    assert counting.census(office, NOON).orders == [{"state": "open", "lane": "matter", "urgency": "U3", "number": 1}]


def test_what_is_much_is_counted_by_the_clock(office: Office) -> None:
    settled(office, ["路灯不亮"] * (counting.MANY + 1), LAMP, now=NOON, state="open", outcome=None, closed_at=None)
    kind = {"state": "open", "lane": "matter", "urgency": "U3"}
    assert counting.census(office, NOON).orders == [
        {**kind, "number": counting.MANY + 1}
    ]  # the clock has not counted yet
    counting.keep(office, NOON)
    settled(office, ["路灯不亮"], LAMP, now=NOON, state="open", outcome=None, closed_at=None)
    settled(office, ["触电了"], LAMP, now=NOON, state="submitted", outcome=None, closed_at=None, urgency="U0")
    danger = {"state": "submitted", "lane": "matter", "urgency": "U0", "number": 1}  # an alarm waits for no count
    soon, late = NOON + timedelta(minutes=29), NOON + timedelta(minutes=31)
    assert counting.census(office, soon).orders == [danger, {**kind, "number": counting.MANY + 1}]
    assert counting.census(office, late).orders == [
        danger,
        {**kind, "number": counting.MANY + 2},
    ]  # the clock stands still
    counting.keep(office, late)
    assert counting.census(office, late).orders == [danger, {**kind, "number": counting.MANY + 2}]
