"""The contact and the files of one order, opened on record."""

from dataclasses import dataclass
from datetime import datetime

from bot.errors import NotFound
from bot.orders.devices import hides_contact
from bot.orders.lifecycle import Actor
from bot.orders.order import Order
from bot.orders.visibility import Visibility, opens_contact
from bot.services.console.orders.finding import known_order, visible_to
from bot.services.console.seat import Seat
from bot.services.office import Office
from bot.services.orders import actors as acting
from bot.services.orders import shown
from bot.store import attachments
from bot.store.database import Tx
from bot.store.persons import people
from bot.store.records import audit
from bot.store.records.acts import Act
from bot.store.records.audit import Entry
from bot.store.rows import Attachment


@dataclass(frozen=True, slots=True)
class Contact:
    """Where and whom to call; empty where nobody has said it. `words`: what was said, for who helps; else empty."""

    place: str
    contact: str
    words: str = ""


def contact(office: Office, seat: Seat, code: str, now: datetime) -> Contact:
    """Place and contact; the look goes on record before it is given. NotFound where this person may not have them."""
    with office.db.transaction() as tx:
        order = _of_contact(tx, seat, code)
        audit.write(tx, now, Entry(Act.VIEW_CONTACT, audit.CONSOLE, seat.person_id, order.person_id, order.id))
        helps = visible_to(tx, seat, order, acting.actors(tx, order, seat.doer)) is Visibility.HELPER
        words = shown.words(office, order, Visibility.HELPER, tx) if helps else ""
        return Contact(shown.spot(tx, order, Visibility.HELPER), shown.contact(tx, order, Visibility.HELPER), words)


def file(office: Office, seat: Seat, code: str, number: int, now: datetime) -> Attachment:
    """A file of the order, for whoever may open its contact; the look goes on record. NotFound otherwise."""
    with office.db.transaction() as tx:
        order = _of_contact(tx, seat, code)
        found = [each for each in attachments.of(tx, order.id) if each.id == number]
        if not found or found[0].state != "stored" or found[0].path is None:
            raise NotFound("refused.no_such_order", code=code)
        audit.write(tx, now, Entry(Act.VIEW_FILE, audit.CONSOLE, seat.person_id, order.person_id, order.id))
        return found[0]


def _of_contact(tx: Tx, seat: Seat, code: str) -> Order:
    """The order where this person may have its contact. NotFound otherwise."""
    order = known_order(tx, code)
    if order is None or not may_open_contact(tx, seat, order, acting.actors(tx, order, seat.doer)):
        raise NotFound("refused.no_such_order", code=code)
    return order


def may_open_contact(tx: Tx, seat: Seat, order: Order, known: set[Actor]) -> bool:
    """Not on a device that was bound after the order was placed, until an administrator has confirmed it."""
    return opens_contact(order.state, known) and not hides_contact(people.by_id(tx, seat.person_id), order)
