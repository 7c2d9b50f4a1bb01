"""Takes back what somebody did last to an order: it is as it was before, and who was told of it is told."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.errors import NotAllowed, NotFound
from bot.orders import undoing
from bot.orders.lifecycle import UNDOABLE, Told
from bot.orders.order import Order
from bot.services.office import Office
from bot.services.orders import actions
from bot.services.orders.actors import Doer
from bot.services.reading import typed_text
from bot.store import orders
from bot.store.database import Tx
from bot.store.rows import HistoryLine
from bot.store.sending import withdrawals

BATCH = 50  # orders that one message may have been about


@dataclass(frozen=True, slots=True)
class Undone:
    """An order as it is again, what was taken back, and how many persons had been told of that."""

    order: Order
    action: str
    told: int


def last(
    tx: Tx, person_id: int, order_id: int | None = None, of: Collection[str] = UNDOABLE
) -> Sequence[HistoryLine]:  # fmt: skip
    """What the person did with the last message that did something which may be taken back: a line for each order. `of`: only these
    actions."""
    lines = orders.done_by(tx, person_id, of, order_id, BATCH)
    return [line for line in lines if line.at == lines[0].at and line.previous is not None]


def undo(office: Office, tx: Tx, line: HistoryLine, by: Doer, now: datetime) -> Undone:
    """NotAllowed where somebody has acted on the order since, NotFound where it is taken back already."""
    order = orders.by_id(tx, line.order_id, lock=True)
    before = line.previous
    assert before is not None
    _refuse_if_acted(tx, order, line, before["urgency"])
    told = _told(withdrawals.take_back(tx, order.id, line.id))
    if line.action == "split":
        _join_again(office, tx, order, line, by, now)
        told = _on_the_same(told)
    done = actions.perform(office, tx, order, "undo", by=by, now=now, told=told, **undoing.columns(before))
    if before["offer"] is not None:
        orders.renew_offer(tx, before["offer"])
    return Undone(done, line.action, len({person for persons in told.values() for person in persons} - {by.person_id}))


def _join_again(office: Office, tx: Tx, order: Order, line: HistoryLine, by: Doer, now: datetime) -> None:
    """What was split off goes into the order again, unless somebody has acted on it or it is a danger to life."""
    for made in orders.split_off(tx, order.id, lock=True):
        if made.created_at != line.at:
            continue
        if made.urgency == "U0":
            raise NotAllowed("undo.danger", code=made.code)
        if any(each.action not in {"place", *undoing.UNTOUCHED} for each in orders.history_of(tx, made.id)):
            raise NotAllowed("undo.acted", code=made.code)
        withdrawals.withdraw(tx, made.id, ("place_staff",))
        note = typed_text.own_words(office.say("staff.merge_note", code=order.code))
        actions.perform(
            office, tx, made, "merge", by=by, now=now, note=note, told={}, merged_into_id=order.id,
        )  # fmt: skip


def _on_the_same(told: Mapping[Told, Sequence[int]]) -> dict[Told, list[int]]:
    """Whoever works on the order goes on with it: to them it was not given by mistake."""
    found: dict[Told, list[int]] = {}
    for kind, persons in told.items():
        kept = kind if kind == Told.RESIDENT else Told.FORMER
        found[kept] = [*found.get(kept, []), *persons]
    return found


def _refuse_if_acted(tx: Tx, order: Order, line: HistoryLine, urgency: str) -> None:
    later = [each.action for each in orders.history_of(tx, order.id) if each.id > line.id]
    if "undo" in later:
        raise NotFound("undo.nothing", code=order.code)
    if order.urgency != urgency or any(action not in undoing.UNTOUCHED for action in later):
        raise NotAllowed("undo.acted", code=order.code)


def _told(rows: Sequence[object]) -> dict[Told, list[int]]:
    """The persons by what they were told it as."""
    found: dict[Told, list[int]] = {}
    for row in rows:
        person_id, event = row.person_id, row.event  # type: ignore[attr-defined]
        found.setdefault(Told(event.rpartition("_")[2]), []).append(person_id)
    return found
