"""Where and whom to call, opened on record."""

import re
from dataclasses import dataclass
from datetime import datetime

from bot.orders.devices import hides_contact
from bot.orders.lifecycle import Actor
from bot.orders.order import Order
from bot.orders.restricted import is_restricted
from bot.orders.visibility import Visibility, visibility
from bot.services.console.seat import Seat
from bot.services.h5 import found
from bot.services.office import Office
from bot.services.orders import shown
from bot.services.orders.actors import actors
from bot.store import orders
from bot.store.database import Tx
from bot.store.persons import people
from bot.store.records import audit
from bot.store.records.acts import Act
from bot.store.records.audit import Entry

NUMBER = re.compile(r"\+?\d[\d -]{5,18}\d")


@dataclass(frozen=True, slots=True)
class Contact:
    """Where to go, whom to call and all that was said; empty where nobody has said it. `number`: what is dialled. `name`: as
    another system gave it."""

    words: str
    place: str
    number: str
    name: str


def contact(office: Office, seat: Seat, code: str, now: datetime) -> Contact:
    """Place and telephone for whoever helps; the look goes on record before it is given. NotFound before accepting and once
    the order is closed."""
    with office.db.transaction() as tx:
        row = orders.by_code(tx, code)
        known = actors(tx, row, seat.doer) if row is not None else set()
        if (
            row is None
            or is_restricted(row)
            or visible_to(tx, seat.person_id, row, known - {Actor.STAFF, Actor.RESIDENT}) is not Visibility.HELPER
        ):
            raise found.nothing(code)
        audit.write(tx, now, Entry(Act.VIEW_CONTACT, seat.source, seat.person_id, row.person_id, row.id))
        said = shown.contact(tx, row, Visibility.HELPER)
        number = NUMBER.search(said)
        dialled = re.sub(r"[^\d+]", "", number[0]) if number else ""
        words = shown.words(office, row, Visibility.HELPER, tx)
        if added := shown.added(office, tx, row, Visibility.HELPER):
            words += "\n" + office.say("card.added", words=added)
        return Contact(words, shown.spot(tx, row, Visibility.HELPER), dialled, NUMBER.sub("", said).strip())


def visible_to(tx: Tx, person_id: int, row: Order, known: set[Actor]) -> Visibility:
    """A device that was bound lately reads no more than somebody who is invited."""
    seen = visibility(row.state, known)
    return Visibility.NEED if seen >= Visibility.HELPER and hides_contact(people.by_id(tx, person_id), row) else seen
