"""What Ctrl-K finds: orders by number, words, house, a caller's whole telephone number or whole address, people of the roster by name."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.services.console import callers
from bot.services.console.orders import board
from bot.services.console.orders.board import Filters
from bot.services.console.orders.cards import Card, at_address, of_caller
from bot.services.console.seat import Seat
from bot.services.office import Office
from bot.store.persons import people
from bot.understanding.normalize import fold, fold_name


@dataclass(frozen=True, slots=True)
class Helper:
    """Somebody of the roster: the orders that the person has in hand can be shown."""

    person_id: int
    name: str


@dataclass(frozen=True, slots=True)
class Found:
    """What fits the words."""

    cards: Sequence[Card]
    people: Sequence[Helper]


def find(office: Office, seat: Seat, words: str, now: datetime) -> Found:
    """Nothing for no words, also for marks alone."""
    said = words.strip()
    if not fold(said):
        return Found([], [])
    phone = callers.number(said)
    if phone is not None:
        return Found(of_caller(office, seat, phone, now)[: callers.MOST], [])
    place = callers.address(office, said)
    cards = at_address(office, seat, place, now) if place is not None else []
    known = {card.code for card in cards}
    cards += [
        card for card in board.show(office, seat, Filters(view="all", q=said), now).cards if card.code not in known
    ]
    return Found(cards[: callers.MOST], helpers(office, seat, said)[: callers.MOST])


def helpers(office: Office, seat: Seat, part: str = "") -> Sequence[Helper]:
    """The people of the roster within this person's communities whose name holds these characters."""
    folded, scope = fold_name(part), seat.rights.scope()
    with office.db.reading() as tx:
        rows = [
            row for row in people.with_names(tx) if scope is None or row.community is None or row.community in scope
        ]
    names = {row.id: row.name or "" for row in rows if folded in fold_name(row.name or "")}
    return [Helper(person_id, name) for person_id, name in names.items()]
