"""Matters that come from another system, such as the 12345 hotline: an order like any other, once per external id."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.exc import IntegrityError

from bot.services.audit import requests
from bot.services.audit.requests import Call
from bot.services.office import Office
from bot.services.orders import placement
from bot.store import orders, people
from bot.store.database import Tx


@dataclass(frozen=True, slots=True)
class Matter:
    """What the other system says. The contact is sealed; `due_at` overrides the office's own limit."""

    text: str
    community: str | None
    place: str | None
    contact_name: str | None
    contact_phone: str | None
    external_id: str | None
    due_at: datetime | None
    system: str  # the name of the token that handed it in; external ids are unique within it


def take(office: Office, matter: Matter, now: datetime, call: Call | None = None) -> tuple[str, bool]:
    """The order's code and whether it is new. `call`: by which it came, for the record."""
    try:
        with office.db.transaction() as tx:
            known = _known(tx, matter)
            code = known or _place(office, tx, matter, now)
            requests.write(tx, call, now, code=code)
    except IntegrityError:  # the same matter came in twice at the same instant
        with office.db.transaction() as tx:
            known = _known(tx, matter)
            if known is None:
                raise
            requests.write(tx, call, now, code=known)
        return known, False
    office.nudge()
    return code, known is None


def _known(tx: Tx, matter: Matter) -> str | None:
    if matter.external_id is None:
        return None
    return orders.code_of_external(tx, _external(matter))


def _external(matter: Matter) -> str:
    """The external id as it is stored: with the system it belongs to. An external id is one line, so no two pairs of
    system and id are stored alike."""
    return f"{matter.system}\n{matter.external_id}"


def _place(office: Office, tx: Tx, matter: Matter, now: datetime) -> str:
    """The order of a person without an account here, who is called, not written to."""
    office.learned.look(tx, now)
    person = people.add(tx, now, subscribed=False)
    meant = office.understand(matter.text)
    contact = " ".join(part for part in (matter.contact_name, matter.contact_phone) if part)
    given = {
        "text": office.reader.mask(matter.text, [matter.contact_name] if matter.contact_name else []), "external_id": _external(matter) if matter.external_id else None, "due_at": matter.due_at,
        "community": matter.community, "place_sealed": matter.place or None,
        "contact_sealed": contact or None,
    }  # fmt: skip
    kept: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
    return str(placement.place(office, tx, person, meant, now, "hotline", system=matter.system, **kept).code)
