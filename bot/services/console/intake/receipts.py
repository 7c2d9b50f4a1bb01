"""What whoever entered an order is told of it."""

from dataclasses import dataclass
from datetime import datetime

from bot.dialogue.context import Context
from bot.dialogue.staff import taking_down
from bot.orders.order import Order
from bot.orders.restricted import is_restricted
from bot.services import intake
from bot.services.console.seat import Seat, reading
from bot.services.intake import Matter
from bot.services.office import Office
from bot.services.orders import shown
from bot.services.restricted import knowing
from bot.store import orders
from bot.store.database import Tx


@dataclass(frozen=True, slots=True)
class Receipt:
    """`said`: the sentences. `is_open`: whether the order's page is before this person. `is_urgent`: the sentences come before
    anything else. `same`: the code of an open order that it may be the same as."""

    code: str
    said: str
    is_open: bool
    is_urgent: bool = False
    is_restricted: bool = False
    same: str | None = None


def receipt(office: Office, seat: Seat, code: str, matter: Matter, now: datetime) -> Receipt:
    """Of an order that was taken in just now. Of a restricted matter only where it goes and its number."""
    meant = intake.read(office, matter)
    with reading(office, seat, now) as (tx, context):
        order = orders.by_code(tx, code)
        assert order is not None
        said = taking_down.receipt(context, order, meant, _done(office, context, order))
        if is_restricted(order):
            return Receipt(code, said, is_open=False, is_urgent=True, is_restricted=True)
        other = context.alike.first(order)
        return Receipt(
            code, said, is_open=is_before(tx, seat, order), is_urgent=order.urgency in ("U0", "U1"),
            same=other.code if other is not None and is_before(tx, seat, other) else None,
        )  # fmt: skip


def _done(office: Office, context: Context, order: Order) -> str:
    place = shown.house(office, order) or context.say("order.no_place")
    return context.say("console_intake.done", code=order.code, what=context.wording.category(order), place=place)


def is_before(tx: Tx, seat: Seat, order: Order) -> bool:
    """Whether this person decides on the order, and may know of it."""
    if is_restricted(order) or not seat.rights.answers_for(order.community):
        return False
    return knowing.may_know(tx, order, seat.person_id)
