"""Finds open orders by a caller's whole telephone number or by a whole address with its room, for staff who may see the contact.

What fits is sealed: each find is on record as a look at the contact, and a part of a number or of an address finds nothing.
"""

import re
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from cryptography.exceptions import InvalidTag

from bot.orders.devices import hides_contact
from bot.orders.order import Order
from bot.orders.restricted import is_restricted
from bot.orders.visibility import opens_contact
from bot.services.console.seat import Seat
from bot.services.office import Office
from bot.services.orders import actors as acting
from bot.services.orders import shown
from bot.store.database import Tx
from bot.store.persons import people
from bot.store.records import audit
from bot.store.records.acts import Act
from bot.store.records.audit import Entry
from bot.store.sealed import columns
from bot.understanding import Place

_NUMBER = re.compile(r"(?:1[3-9]\d{9}|0?\d{2,3}[- ]?\d{7,8})", re.ASCII)
_DIGITS = re.compile(r"\d+", re.ASCII)
MOST = 8
"""Finds that are shown, and so put on record."""


def number(words: str) -> str | None:
    """The digits of a whole mobile or landline number; None for anything else, also for a part of one."""
    return "".join(_DIGITS.findall(words)) if _NUMBER.fullmatch(words) else None


def address(office: Office, words: str) -> Place | None:
    """The address that the words are, down to the room; None for anything less. The estate may be left out."""
    place = office.readings.find_place(words)
    return place if place.building and place.room else None


def of_number(office: Office, seat: Seat, rows: Sequence[Any], wanted: str, now: datetime) -> list[Any]:
    """Those of the orders whose contact is this number and may be seen by this person; each is written into the audit."""
    return _on_record(office, seat, rows, lambda order: _calls(office, order, wanted), now)


def of_address(office: Office, seat: Seat, rows: Sequence[Any], wanted: Place, now: datetime) -> list[Any]:
    """The same of the orders whose place is this address."""
    return _on_record(office, seat, rows, lambda order: _is_at(office, order, wanted), now)


def _on_record(
    office: Office, seat: Seat, rows: Sequence[Any], fits: Callable[[Order], bool], now: datetime
) -> list[Any]:  # fmt: skip
    fitting = [row for row in rows if not is_restricted(row) and fits(row)]
    if not fitting:
        return []
    with office.db.transaction() as tx:
        found = [row for row in fitting if _opens(tx, seat, row)][:MOST]
        audit.write(
            tx, now, *(Entry(Act.VIEW_CONTACT, audit.CONSOLE, seat.person_id, row.person_id, row.id) for row in found)
        )
    return found


def _calls(office: Office, order: Order, wanted: str) -> bool:
    try:
        contact = columns.text(office.db.vault, "orders", "contact_sealed", order) or ""
    except InvalidTag:
        return False
    return wanted in {
        "".join(_DIGITS.findall(each)) for each in (contact, *_NUMBER.findall(contact), *_DIGITS.findall(contact))
    }


def _is_at(office: Office, order: Order, wanted: Place) -> bool:
    given = shown.given(office, order)
    place = office.readings.find_place(given) if given else Place()
    door = (place.building, place.unit, place.room) == (wanted.building, wanted.unit, wanted.room)
    area = (order.community, order.estate or place.estate, place.road)
    asked = (wanted.community, wanted.estate, wanted.road)
    return door and all(said in (None, known) for said, known in zip(asked, area, strict=True))


def _opens(tx: Tx, seat: Seat, order: Order) -> bool:
    known = acting.actors(tx, order, seat.doer)
    return opens_contact(order.state, known) and not hides_contact(people.by_id(tx, seat.person_id), order)
