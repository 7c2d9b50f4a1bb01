"""What a member helps with, as pages show it: orders in hand and the record of those that are done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.orders.lifecycle import Actor, State
from bot.orders.order import Order
from bot.orders.restricted import is_restricted
from bot.services.console.seat import Seat, reading
from bot.services.h5.orders import Card, card_of
from bot.services.office import Office
from bot.services.orders import shown
from bot.store import exclusions, orders
from bot.store.database import Tx
from bot.store.persons import people
from bot.store.reads import order_lists

SHOWN = 200  # orders of a record


@dataclass(frozen=True, slots=True)
class Tasks:
    """The work of a member."""

    invited: Sequence[Card]
    open: Sequence[Card]
    in_hand: Sequence[Card]
    is_resting: bool


@dataclass(frozen=True, slots=True)
class Record:
    """What a member has done. `minutes`: of the orders whose resident confirmed that it is done. `thanked`: how often."""

    cards: Sequence[Card]
    minutes: int
    thanked: int
    is_resting: bool


def tasks(office: Office, seat: Seat, now: datetime) -> Tasks:
    """Invitations, open wishes, and what is in hand."""
    with reading(office, seat, now) as (tx, context):
        wishes = [row for row in context.orders.wishes() if not is_restricted(row)]
        cards = {row.id: card_of(office, tx, context, row, {Actor.MEMBER, Actor.INVITEE}) for row in wishes}
        in_hand = [row for row in context.orders.in_hand() if not is_restricted(row)]
        return Tasks(
            [cards[row.id] for row in wishes if row.state == State.OFFERED],
            [cards[row.id] for row in wishes if row.state == State.OPEN],
            [card_of(office, tx, context, row, {Actor.HANDLER}) for row in in_hand],
            people.by_id(tx, seat.person_id).resting,
        )


def record(office: Office, seat: Seat, now: datetime) -> Record:
    """What one has brought to its end, with what residents said of it; one's own alone."""
    with reading(office, seat, now) as (tx, context):
        rows = order_lists.helped_by(tx, seat.person_id, exclusions.reader(tx, seat.person_id, seat.rights), SHOWN)
        cards = [card_of(office, tx, context, row, {Actor.HANDLER}, thanks=_thanks(tx, row)) for row in rows]
        resting = people.by_id(tx, seat.person_id).resting
        return Record(
            cards, order_lists.minutes_of(tx, seat.person_id), sum(bool(card.thanks) for card in cards), resting
        )


def _thanks(tx: Tx, row: Order) -> str:
    said = [shown.thanks(line) for line in orders.history_of(tx, row.id)]
    return next((words for words in reversed(said) if words), "")
