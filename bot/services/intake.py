"""Matters that come from another system, such as the 12345 hotline: an order like any other, once per external id."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.exc import IntegrityError

from bot.services import typed_text
from bot.services.audit import requests
from bot.services.audit.requests import Call
from bot.services.office import Office
from bot.services.orders import placement
from bot.store import orders, people
from bot.store.database import Tx
from bot.understanding import Understanding

_NUMBER = re.compile(r"[\w.:/#-]*\d[\w.:/#-]*", re.ASCII)  # an external id as systems count; all others may be words
_WORDS = re.compile(r"[^\W\d_]")


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
    _read(office, matter)  # before the lock: it is remembered
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
    known = orders.code_of_external(tx, _external(tx, matter))
    return known or orders.code_of_external(tx, _plain(matter))  # as ids with words were stored before


def _plain(matter: Matter) -> str:
    """An external id is one line, so no two pairs of system and id are stored alike."""
    return f"{matter.system}\n{matter.external_id}"


def _external(tx: Tx, matter: Matter) -> str:
    """The external id as it is stored: with the system it belongs to; of one that may hold words a keyed digest."""
    is_number = _NUMBER.fullmatch(matter.external_id or "")
    return _plain(matter) if is_number else f"{matter.system}\n{tx.vault.index(_plain(matter))}"


def _read(office: Office, matter: Matter) -> Understanding:
    """What was handed in. Whoever fills in the form may type anything into any of its fields."""
    name = None if matter.contact_name in _nameless(office) else matter.contact_name
    number = None if _NUMBER.fullmatch(matter.external_id or "") else matter.external_id
    fields = [typed for typed in (matter.place, name, matter.contact_phone, number) if typed and _WORDS.search(typed)]
    return typed_text.of_form(office, matter.text, fields)


def _nameless(office: Office) -> Sequence[str]:
    words: Sequence[str] = office.texts.sentences["intake"]["nameless"]
    return words


def _place(office: Office, tx: Tx, matter: Matter, now: datetime) -> str:
    """The order of a person without an account here, who is called, not written to."""
    office.learned.look(tx, now)
    person = people.add(tx, now, subscribed=False)
    meant = _read(office, matter)
    place, name = matter.place, matter.contact_name
    if place and typed_text.tells(office, place):  # all of it is part of the text; who comes is told where
        place = office.reader.find_place(place).describe()
    if name and typed_text.tells(office, name) and name not in _nameless(office):
        name = None
    contact = " ".join(part for part in (name, matter.contact_phone) if part)
    given = {
        "text": office.reader.mask(meant.text, [name] if name else []),
        "external_id": _external(tx, matter) if matter.external_id else None, "due_at": matter.due_at,
        "community": matter.community, "place_sealed": place or None,
        "contact_sealed": contact or None,
    }  # fmt: skip
    kept: dict[str, Any] = {column: value for column, value in given.items() if value is not None}
    return str(placement.place(office, tx, person, meant, now, "hotline", system=matter.system, **kept).code)
