"""One action on one order: LIFE and who-may, the new state, one history line, one notice per person to tell."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.errors import NotAllowed
from bot.orders import undoing
from bot.orders.effects import EFFECTS, SAID_BY_RESIDENT, columns
from bot.orders.lifecycle import CALLS, LIFE, MAY, UNDOABLE, Move, State, Told
from bot.orders.note import Note
from bot.orders.order import Order
from bot.orders.restricted import is_restricted
from bot.services.office import Office
from bot.services.orders import shown
from bot.services.orders.actors import Doer, actors_with, pending_offer
from bot.services.orders.recipients import working_on
from bot.services.orders.telling import tell
from bot.services.restricted import box, named
from bot.store import orders
from bot.store.database import Tx
from bot.store.rows import Offer
from bot.store.sending import withdrawals

RATING = "rate"
_NOT_YOURS = {"accept": "refused.invited_elsewhere"}
"""What is said to somebody who may not do the action; of all others one sentence."""


def perform(
    office: Office, tx: Tx, order: Order, action: str, *, by: Doer, now: datetime, note: Note | None = None,
    invitee: int | None = None, told: Mapping[Told, Sequence[int]] | None = None, rated: bool = False, **changes: Any,
) -> Order:  # fmt: skip
    """Do `action` or raise NotAllowed; returns the order as it is afterwards. `changes` are further columns. `told`: whom
    it is told instead of those whom the table names. `rated`: the same answer also rates, on a line of history of its own,
    which holds the words."""
    offer = pending_offer(tx, order)
    move = _allowed(tx, order, action, by, offer)
    former = working_on(order, offer)
    values = columns(
        order, move, action, by.person_id, now, office.limits, office.calendar,
        sla=office.reader.category(order.category).sla, ring=changes.get("ring", order.ring),
    )  # fmt: skip
    values |= changes
    look_at = office.limits.look_at({**order._asdict(), **values})
    changed = orders.move(tx, order, {**values, "look_at": look_at})
    if changed is None:
        raise NotAllowed("refused.faster", code=order.code)
    unheard = _settle_offers(tx, order, changed, action, invitee, now)
    before = undoing.kept(order, offer.id if offer else None) if action in UNDOABLE else None
    done = (action, RATING) if rated else (action,)
    line = _write_down(office, tx, changed, done, by, now, note, before)
    if note is not None and action in SAID_BY_RESIDENT:
        changed = named.exclude(office, tx, changed, note.text)
    tell(office, tx, changed, action, by, now, line, note.text if note else None, former, told, unheard)
    return changed


def refuse(tx: Tx, order: Order, action: str, by: Doer) -> None:
    """NotAllowed where `perform` would not do it."""
    _allowed(tx, order, action, by, pending_offer(tx, order))


def _allowed(tx: Tx, order: Order, action: str, by: Doer, offer: Offer | None) -> Move:
    if not actors_with(tx, order, by, offer) & set(MAY[action]):
        raise NotAllowed(_NOT_YOURS.get(action, "refused.not_yours"), code=order.code)
    if is_restricted(order) and not EFFECTS[action].restricted:
        raise NotAllowed("refused.restricted", code=order.code)
    move = LIFE.get((State(order.state), action))
    if move is None:
        raise NotAllowed(f"refused.state.{order.state}", code=order.code)
    return move


def _settle_offers(
    tx: Tx, before: Order, order: Order, action: str, invitee: int | None, now: datetime
) -> frozenset[int]:  # fmt: skip
    """Pending invitations end, and calls for helpers that nobody has sent yet end with them; then the new one begins. Only an
    order in the state `OFFERED` has a pending invitation. Returns the persons who have not heard of their call and never will."""
    ended, unheard = EFFECTS[action].offers, frozenset[int]()
    if ended is not None and before.state == State.OFFERED:
        orders.settle_offers(tx, order.id, ended)
    if ended is not None and before.state in (State.OPEN, State.OFFERED):
        unheard = withdrawals.withdraw(tx, order.id, CALLS)
    if invitee is not None:
        assert order.step_due_at is not None
        orders.invite(tx, order.id, invitee, now, order.step_due_at)
    return unheard


def _write_down(
    office: Office, tx: Tx, order: Order, done: Sequence[str], by: Doer, now: datetime, note: Note | None,
    before: undoing.Kept | None,
) -> int:  # fmt: skip
    """A line of history for each of what was done in one, the words with the last; the first line's number. The words of a
    restricted matter go into the box alone. `before`: what the order was, where the action may be taken back."""
    own = by.person_id == order.person_id
    line = {
        "order_id": order.id, "at": now, "state": order.state, "previous": before,
        "by_id": None if own and is_restricted(order) else by.person_id,  # it would name a member who reports somebody
        "by": office.texts.say("order.resident") if own else by.name,
    }  # fmt: skip
    lines: list[dict[str, Any]] = [{**line, "action": action} for action in done]
    if not is_restricted(order):
        masked = office.readings.mask(note.text, shown.known_names(office, tx, order)) if note else None
        lines[-1] |= {"note": masked, "note_sealed": note.text if note else None}
        return orders.add_history(tx, lines)[0]
    numbers = orders.add_history(tx, lines)
    tx.summary.restricted = True
    if note:
        box.note(office, tx, order, numbers[-1], done[-1], note.text)
    return numbers[0]
