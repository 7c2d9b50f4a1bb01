"""Finds the open orders of a caller by the whole telephone number, for staff who may see the contact; each find is on record."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from cryptography.exceptions import InvalidTag

from bot.orders.devices import hides_contact
from bot.orders.order import Order
from bot.orders.visibility import opens_contact
from bot.services.console.seat import Seat
from bot.services.office import Office
from bot.services.orders import actors as acting
from bot.store.database import Tx
from bot.store.persons import people
from bot.store.records import audit
from bot.store.records.acts import Act
from bot.store.records.audit import Entry
from bot.store.sealed import columns

_NUMBER = re.compile(r"(?:1[3-9]\d{9}|0?\d{2,3}[- ]?\d{7,8})", re.ASCII)
_DIGITS = re.compile(r"\d+", re.ASCII)


def number(words: str) -> str | None:
    """The digits of a whole mobile or landline number; None for anything else, also for a part of one."""
    return "".join(_DIGITS.findall(words)) if _NUMBER.fullmatch(words) else None


def of_number(office: Office, seat: Seat, rows: Sequence[Any], wanted: str, now: datetime) -> list[Any]:
    """Those of the orders whose contact is this number and may be seen by this person; each is written into the audit."""
    with office.db.transaction() as tx:
        found = [row for row in rows if _calls(tx, row, wanted) and _opens(tx, seat, row)]
        audit.write(
            tx, now, *(Entry(Act.VIEW_CONTACT, audit.CONSOLE, seat.person_id, row.person_id, row.id) for row in found)
        )
    return found


def _calls(tx: Tx, order: Order, wanted: str) -> bool:
    try:
        contact = columns.text(tx.vault, "orders", "contact_sealed", order) or ""
    except InvalidTag:
        return False
    return wanted in {*_DIGITS.findall(contact), "".join(_DIGITS.findall(contact))}


def _opens(tx: Tx, seat: Seat, order: Order) -> bool:
    known = acting.actors(tx, order, seat.doer)
    return opens_contact(order.state, known) and not hides_contact(people.by_id(tx, seat.person_id), order)
