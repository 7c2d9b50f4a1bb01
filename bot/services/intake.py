"""Matters that somebody hands in for others: another system, such as the 12345 hotline, or staff at the console.

Each becomes an order like any other, once per external id.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy.exc import IntegrityError

from bot.orders.order import Order
from bot.services.audit import requests
from bot.services.audit.requests import Call
from bot.services.office import Office
from bot.services.orders import placement
from bot.services.orders.actors import Doer
from bot.services.reading import typed_text
from bot.store import orders
from bot.store.database import Tx
from bot.store.persons import people, tokens
from bot.understanding import Place, Understanding

_NUMBER = re.compile(r"[\w.:/#-]*\d[\w.:/#-]*", re.ASCII)  # an external id as systems count; all others may be words
_MADE_HERE = re.compile(r"[0-9a-f]{64}|[0-9a-f]{32}:\d+")  # a digest; a file's row without a number
_WORDS = re.compile(r"[^\W\d_]")

TELEPHONE = r"^(|[+(]{0,2}[0-9][0-9 ()+.,;/#*\u8f6c\u3001\uff0c-]{2,31})$"  # the word for an extension, and commas
"""A telephone number, also a short one, with an extension, with hidden digits, or two of them; no words. It may be empty."""
LONGEST_TEXT, LONGEST_PLACE, LONGEST_PHONE, LONGEST_WORD, LONGEST_WHEN = 5000, 200, 32, 64, 60  # characters
EARLIEST_DUE, LATEST_DUE = datetime(1970, 1, 1, tzinfo=UTC), timedelta(days=3653)
"""Between the first and so long after now a limit may lie that another system has set: matters arrive late. Long before, local
times were so many seconds off that RFC 3339 cannot write them."""
FILES = "12345"
"""The system that the numbers of files belong to."""
HOTLINE, STAFF = "hotline", "staff"
"""Where a matter comes from, as an order has it."""


@dataclass(frozen=True, slots=True)
class Matter:
    """What is handed in. The contact is sealed; `due_at`: the limit that the other system has set (`bot.orders.time_limits.limits.Limits.due_at`)."""

    text: str
    community: str | None
    place: str | None
    contact_name: str | None
    contact_phone: str | None
    external_id: str | None
    due_at: datetime | None
    system: str  # the name of the token that handed it in, or of the file; external ids are unique within it
    wanted_when: str | None = None
    source: str = HOTLINE


def take(
    office: Office,
    matter: Matter,
    now: datetime,
    call: Call | None = None,
    told_by: Doer | None = None,
    *,
    quiet: bool = False,
) -> tuple[str, bool]:
    """The order's code and whether it is new. `call`: by which it came, for the record. `told_by`: who at the console tells
    it for somebody else. `quiet`: as of `placement.place`."""
    read(office, matter)  # before the lock: it is remembered
    priority = None
    try:
        with office.db.transaction() as tx:
            known = known_code(tx, matter)
            code = known or _place(office, tx, matter, now, told_by, quiet)
            requests.write(tx, call, now, code=code)
            priority = tx.summary.priority
    except IntegrityError:  # the same matter came in twice at the same instant
        with office.db.transaction() as tx:
            known = known_code(tx, matter)
            if known is None:
                raise
            requests.write(tx, call, now, code=known)
        return known, False
    office.nudge(urgent=priority == 0)
    return code, known is None


def known_code(tx: Tx, matter: Matter) -> str | None:
    """The code of the order that this external id of this system has already; None where there is none."""
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


def code_of_number(tx: Tx, given: str) -> str | None:
    """The code of the order that another system handed in under exactly this number; None where there is none."""
    if not _NUMBER.fullmatch(given):
        return None
    systems = [FILES, *(row.name for row in tokens.every(tx))]
    found = (orders.code_of_external(tx, f"{system}\n{given}") for system in dict.fromkeys(systems))
    return next((code for code in found if code is not None), None)


def number(order: Order) -> str:
    """The number under which another system handed the order in; empty where there is none, or only a digest of it is kept."""
    external = (order.external_id or "").partition("\n")[2]
    handed_in = order.source == HOTLINE and not _MADE_HERE.fullmatch(external)
    return external if handed_in and _NUMBER.fullmatch(external) else ""


def read(office: Office, matter: Matter) -> Understanding:
    """What was handed in. Whoever fills in the form may type anything into any of its fields."""
    name = None if matter.contact_name in _nameless(office) else matter.contact_name
    number = None if _NUMBER.fullmatch(matter.external_id or "") else matter.external_id
    beside = (matter.place, name, matter.contact_phone, number, matter.wanted_when)
    meant = typed_text.of_form(office, matter.text, [typed for typed in beside if typed and _WORDS.search(typed)])
    return replace(meant, place=_together(meant.place, office.readings.find_place(matter.place or "")))


def _together(told: Place, typed: Place) -> Place:
    """The place that the words tell, and what the field for it says more exactly."""
    known = {each.name: getattr(typed, each.name) for each in fields(Place) if each.name != "raw"}
    return replace(told, **{name: value for name, value in known.items() if value})


def _nameless(office: Office) -> Sequence[str]:
    words: Sequence[str] = office.texts.sentences["intake"]["nameless"]
    return words


def _place(office: Office, tx: Tx, matter: Matter, now: datetime, told_by: Doer | None, quiet: bool) -> str:
    """The order of a person without an account here, who is called, not written to."""
    office.learned.look(tx, now)
    is_demo = told_by is not None and told_by.person_id is not None and people.by_id(tx, told_by.person_id).is_demo
    person = people.add(tx, now, subscribed=False, is_demo=is_demo)
    meant = read(office, matter)
    given = _columns(office, tx, matter, meant)
    system = matter.system if matter.source == HOTLINE else None
    order = placement.place(
        office, tx, person, meant, now, matter.source, system=system, told_by=told_by, quiet=quiet, **given
    )  # fmt: skip
    return str(order.code)


def _columns(office: Office, tx: Tx, matter: Matter, meant: Understanding) -> dict[str, Any]:
    """What the fields say of the order's columns. Words that tell of more than they should are part of the text alone."""
    place, name, when = matter.place, matter.contact_name, matter.wanted_when
    if place and typed_text.tells(office, place):  # all of it is part of the text; who comes is told where
        place = office.reader.find_place(place).describe()
    if name and typed_text.tells(office, name) and name not in _nameless(office):
        name = None
    if when and typed_text.tells(office, when):
        when = None
    contact = " ".join(part for part in (name, matter.contact_phone) if part)
    given = {
        "text": office.reader.mask(meant.text, [name] if name else []),
        "external_id": _external(tx, matter) if matter.external_id else None, "external_due_at": matter.due_at,
        "community": matter.community, "place_sealed": place or None,
        "contact_sealed": contact or None, "wanted_when": when or None,
    }  # fmt: skip
    return {column: value for column, value in given.items() if value is not None}
