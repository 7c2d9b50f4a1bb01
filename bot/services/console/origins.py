"""Orders that were split: where one comes from, what came out of it, and the category that is proposed for a part."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.orders.lifecycle import Actor
from bot.orders.order import Order
from bot.orders.restricted import is_restricted
from bot.services.console.seat import Seat
from bot.services.office import Office
from bot.services.orders import actors as acting
from bot.services.reading import typed_text
from bot.store import attachments, orders
from bot.store.database import Tx
from bot.understanding.categories import UNKNOWN


@dataclass(frozen=True, slots=True)
class Origin:
    """The order that this one was split from, and how many files stay there."""

    code: str
    files: int


def origin(tx: Tx, seat: Seat, order: Order) -> Origin | None:
    """None where there is none, or this person does not decide on it."""
    if order.split_from_id is None:
        return None
    first = orders.by_id(tx, order.split_from_id)
    return Origin(first.code, len(attachments.of(tx, first.id))) if _decides(tx, seat, first) else None


def split_off(tx: Tx, seat: Seat, order: Order) -> Sequence[str]:
    """The numbers of the orders that were split off, where this person decides on them."""
    return [each.code for each in orders.split_off(tx, order.id) if _decides(tx, seat, each)]


def proposed_category(office: Office, words: str) -> str | None:
    """What the reader proposes for these words; None where they are for the box, or it knows no category."""
    meant = typed_text.sealed_as_a_whole(office, office.understand(words))
    return None if is_restricted(meant) or meant.category == UNKNOWN else meant.category


def _decides(tx: Tx, seat: Seat, order: Order) -> bool:
    return Actor.STAFF in acting.actors(tx, order, seat.doer)
