"""The good rows of a file become orders: some in each request, so that nobody's message waits for hundreds of them.

Whoever confirmed and went away left the rest to the clock.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from bot.errors import NotFound, NotUnderstood
from bot.orders.order import Order
from bot.orders.restricted import is_restricted
from bot.services.console.intake import files, results, table
from bot.services.console.intake.results import BAD, KNOWN, NEW, Taken
from bot.services.console.seat import Seat
from bot.services.office import Office
from bot.services.orders import placement
from bot.services.orders.recipients import ALARMING
from bot.store import orders
from bot.store.console import drafts
from bot.store.console.drafts import Draft
from bot.store.database import Tx
from bot.store.persons import people
from bot.store.records import audit
from bot.store.records.acts import Act

KIND = "orders_taken"  # of a draft whose rows are being taken in
LEFT = timedelta(seconds=30)  # without a request: the clock goes on


@dataclass(frozen=True, slots=True)
class Progress:
    """`done` of `all` rows. `each`: what became of them, once all are done; then the file is gone."""

    key: str
    done: int
    all: int
    each: Sequence[Taken] | None = None


class Changed(NotUnderstood):
    """The columns mean something else by now than the person saw."""


def confirm(
    office: Office, seat: Seat, key: str, stamp: str, now: datetime, left_out: Collection[int] = ()
) -> Progress:  # fmt: skip
    """Begin to take in the good rows, each in a transaction of its own, or go on. `left_out`: the numbers of rows that the person
    does not want. NotFound where no such file waits; Changed."""
    if under_way(office, seat, key, now) is None:
        with office.db.transaction() as tx:
            waits = files.waiting(tx, seat, key, now)
            if stamp != files.stamp(waits.data["columns"]):
                raise Changed("console_intake.columns.changed")
            begun = {name: waits.data[name] for name in ("rows", "columns")}
            begun |= {"left_out": sorted(left_out), "taken": [], "at": 0, "since": now.isoformat()}
            drafts.begin(tx, key, files.KIND, KIND, begun, now)
    return go_on(office, seat, key, now)


def under_way(office: Office, seat: Seat, key: str, now: datetime) -> Progress | None:
    """How far a file is of which rows are taken in; None where none are."""
    with office.db.reading() as tx:
        begun = drafts.find(tx, key, seat.person_id, KIND, now)
    return _progress(begun) if begun is not None else None


def begun(office: Office, seat: Seat, now: datetime) -> str | None:
    """The file of this person of which some rows have been taken in."""
    with office.db.reading() as tx:
        return drafts.of_person(tx, seat.person_id, KIND, now)


def go_on(office: Office, seat: Seat, key: str, now: datetime) -> Progress:
    """Take in some more rows. NotFound where the file is gone."""
    with office.db.reading() as tx:
        begun = drafts.find(tx, key, seat.person_id, KIND, now)
    if begun is None:
        raise NotFound("console_intake.file.gone")
    found, at = table.from_text(begun.data["rows"]), begun.data["at"]
    left_out = set(begun.data["left_out"])
    fresh: list[Taken | None] = files.some(
        lambda row: None if row.number in left_out else results.take(office, seat, row, now),
        files.checked(office, seat, found, begun, now, at),
    )
    each = [results.taken_again(one) for one in begun.data["taken"]] + [one for one in fresh if one is not None]
    data = {**begun.data, "at": at + len(fresh), "taken": [results.kept(one) for one in each]}
    if data["at"] >= len(found.rows):
        _finish(office, seat, begun, each, now)
        return Progress(key, len(found.rows), len(found.rows), each)
    with office.db.transaction() as tx:
        present = drafts.find(tx, key, seat.person_id, KIND, now)
        if present is not None and present.data["at"] <= at:  # else another request is further
            drafts.begin(tx, key, KIND, KIND, data, now)
    return Progress(key, data["at"], len(found.rows))


def _finish(office: Office, seat: Seat, begun: Draft, each: Sequence[Taken], now: datetime) -> None:
    numbers = Counter(taken.result for taken in each)
    said = " ".join(f"{result} {numbers[result]}" for result in (NEW, KNOWN, BAD))
    with office.db.transaction() as tx:
        if drafts.drop(tx, begun.key, seat.person_id, KIND):
            placement.announce_together(office, tx, _quiet(tx, each, begun), seat.doer, now, f"import:{begun.key}")
            audit.write(tx, now, audit.Entry(Act.INTAKE, audit.CONSOLE, seat.person_id, detail=said))
        told = tx.summary.priority is not None
    if told:
        office.nudge()


def _quiet(tx: Tx, each: Sequence[Taken], begun: Draft) -> list[Order]:
    """The orders of this file of which nobody has been told yet, also those of a run that broke off."""
    codes = [taken.receipt.code if taken.receipt is not None else taken.own for taken in each]
    found = [orders.by_code(tx, code) for code in codes if code]
    since = datetime.fromisoformat(begun.data["since"])
    return [
        order
        for order in found
        if order is not None
        and order.created_at >= since
        and order.urgency not in ALARMING
        and not is_restricted(order)
    ]


def _progress(begun: Draft) -> Progress:
    return Progress(begun.key, begun.data["at"], len(table.from_text(begun.data["rows"]).rows))


def left(office: Office, now: datetime) -> Iterator[tuple[str, Callable[[], None]]]:
    """The files that nobody goes on with, and how the clock takes in the rest of each."""
    with office.db.reading() as tx:
        found = drafts.left(tx, KIND, now - LEFT)
    for key, person_id in found:
        yield key, partial(_rest, office, key, person_id, now)


def _rest(office: Office, key: str, person_id: int, now: datetime) -> None:
    with office.db.reading() as tx:
        seat = Seat(person_id, people.by_id(tx, person_id).name or "", people.rights_of(tx, person_id))
    while go_on(office, seat, key, now).each is None:
        pass
