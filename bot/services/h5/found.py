"""Which orders a page may show to whom: one's own, those in hand or invited to, and open wishes nearby; restricted ones never."""

from bot.dialogue.context import Context
from bot.errors import NotFound
from bot.orders import codes
from bot.orders.lifecycle import Actor, State
from bot.orders.order import Order
from bot.orders.restricted import is_restricted
from bot.services.console.seat import Seat
from bot.services.orders.actors import actors
from bot.store import orders
from bot.store.database import Tx


def nothing(code: str) -> NotFound:
    """What is said of an order that is not there, and of one that is none of this person's business."""
    return NotFound("refused.no_such_order", code=code)


def order(context: Context, code: str) -> Order:
    """The order, locked. NotFound for what the chat would not speak of either, and for restricted matters."""
    if not codes.is_valid(code):
        raise nothing(code)
    row = context.orders.by_code(code)
    if is_restricted(row):
        raise nothing(code)
    return row


def concerns(context: Context, row: Order) -> bool:
    """Whether the person is its resident, helps, is invited, or may claim it."""
    me = context.me.id
    return me in (row.person_id, row.handler_id) or any(each.id == row.id for each in context.orders.wishes())


def with_actors(tx: Tx, context: Context, seat: Seat, code: str) -> tuple[Order, set[Actor]]:
    """The order to be read, and what the person is to it besides staff. NotFound as of `order` and where it does not
    concern the person."""
    row = orders.by_code(tx, code) if codes.is_valid(code) else None
    if row is None or is_restricted(row):
        raise nothing(code)
    known = actors(tx, row, seat.doer) - {Actor.STAFF}
    if not known & {Actor.RESIDENT, Actor.HANDLER, Actor.INVITEE} and not _is_open_to(context, row):
        raise nothing(code)
    return row, known


def _is_open_to(context: Context, row: Order) -> bool:
    return row.state == State.OPEN and any(each.id == row.id for each in context.orders.wishes())
