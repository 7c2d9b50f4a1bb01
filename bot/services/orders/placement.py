"""A new order: from what was understood to a row, its first history line, and the first people told."""

import logging
import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.orders import codes
from bot.orders.order import Order
from bot.orders.restricted import is_restricted, is_restricted_lane
from bot.orders.visibility import Visibility
from bot.services.office import Office
from bot.services.orders import duplicates, shown
from bot.services.orders.actors import Doer
from bot.services.orders.recipients import ALARMING, on_duty, staff_of
from bot.services.orders.telling import write
from bot.services.reading import typed_text
from bot.services.restricted import box, knowing, named
from bot.store import orders
from bot.store.database import Tx
from bot.store.persons import people
from bot.store.records import audit
from bot.store.rows import Person
from bot.store.sealed import identity
from bot.store.sending import notices
from bot.understanding import Place, Understanding

log = logging.getLogger(__name__)

TRIES = 20


def place(
    office: Office, tx: Tx, person: Person, meant: Understanding, now: datetime, source: str = "chat",
    note: str | None = None, system: str | None = None, told_by: Doer | None = None, apart_from: Order | None = None,
    quiet: bool = False, **given: Any,
) -> Order:  # fmt: skip
    """The order row. What the message lacks is taken from what the resident said before; `given` columns are set.
    Where anything in it is restricted, so is the whole. The `note` is for staff: that the answer book has answered, say. `system` handed it in for the resident, or `told_by` told it for somebody without an account.
    `apart_from`: the restricted order that was said in the same message; whom that is about does not see this one either. `quiet`: staff are told by
    `announce_together`, unless it is urgent or restricted."""
    meant = typed_text.sealed_as_a_whole(office, meant)
    community = meant.place.community or person.community
    phone = meant.phone or tx.vault.open(person.phone_sealed, _of(person, "phone_sealed"))
    place = _with_known(office, tx, person, community, meant)
    values = _values(office, person, meant, place, now, given.get("external_due_at"))
    values |= {"community": community, "contact_sealed": phone, "source": source, **given}
    if place.community not in (None, values["community"]):  # the matter is another community's: so is its grid
        values["grid"] = None
    values["alike_id"] = duplicates.of_others(office, tx, person.id, meant, values["community"], now)
    order = named.exclude(office, tx, _entered(office, tx, values))
    if apart_from is not None and not is_restricted(order):
        order = knowing.keep_apart(tx, order, apart_from)
    by = _by(office, order, person, system, told_by, source)
    by_id = None if is_restricted(order) else by.person_id
    first = {"order_id": order.id, "at": now, "action": "place", "by": by.name, "by_id": by_id, "state": "submitted"}
    (line,) = orders.add_history(tx, [{**first, "note": note}])
    if not quiet or is_restricted(order) or order.urgency in ALARMING:
        announce(office, tx, order, by, now, f"h{line}", _with_role(office, meant, note))
    if not is_restricted(order):  # what is said there stays there
        remember(tx, person, replace(place, community=meant.place.community), phone)
    return order


def _values(
    office: Office, person: Person, meant: Understanding, place: Place, now: datetime, other: datetime | None
) -> dict[str, Any]:  # fmt: skip
    """What was understood, and the limits of it, as columns of a new order. `other`: the limit that another system has set."""
    category = office.reader.category(meant.category)
    due_at = office.limits.due_at(category.sla, meant.urgency, now, office.calendar, other=other)
    step = {
        "state": "submitted", "step_at": now, "warned_at": None,
        "step_due_at": office.limits.step_due_at("submitted", meant.urgency, now, office.calendar, due_at=due_at),
    }  # fmt: skip
    return {
        **step, "look_at": office.limits.look_at(step),
        "lane": meant.lane, "category": meant.category, "urgency": meant.urgency, "danger": meant.danger,
        "person_id": person.id, "text": meant.masked, "text_sealed": meant.text,
        "grid": place.grid, "estate": place.estate, "place_sealed": place.describe() or None,
        "wanted_when": meant.when, "round": 0, "ring": 0, "version": 1,
        "created_at": now, "updated_at": now, "due_at": due_at, "is_demo": person.is_demo,
    }  # fmt: skip


def _by(office: Office, order: Order, person: Person, system: str | None, told_by: Doer | None, source: str) -> Doer:
    """Whom the history names; who tells of a restricted matter for somebody is named to nobody."""
    if told_by is not None and not is_restricted(order):
        return told_by
    known = f"{audit.API}{system}" if system else audit.H5 if source == audit.H5 else audit.CHAT
    name = system or office.texts.say("order.resident")
    return Doer(person.id, name, source=told_by.source if told_by is not None else known)


def _with_role(office: Office, meant: Understanding, note: str | None) -> str | None:
    """The note for staff, and that somebody else than the person in danger speaks."""
    if meant.danger_role in (None, "self"):
        return note
    role = office.say(f"staff.told_by_{meant.danger_role}")
    return f"{role}\n{note}" if note else role


def _entered(office: Office, tx: Tx, values: dict[str, Any]) -> Order:
    """The order under a code that nobody has; a longer one when the short are getting scarce."""
    for attempt in range(TRIES):
        values["code"] = codes.new_code(secrets.randbelow, length=7 if attempt < TRIES // 2 else 8)
        restricted = is_restricted_lane(values["lane"])
        order = box.place(office, tx, values) if restricted else orders.add(tx, **values)
        if order is not None:
            return order
    raise RuntimeError("no order code is free")


def _with_known(office: Office, tx: Tx, person: Person, community: str | None, meant: Understanding) -> Place:
    """The place that was said; what it lacks (all of it, or the estate of a building) is as the resident named it last time, if
    that is in the same community. In danger nobody is sent by guess."""
    said = meant.place
    whole = said.estate or said.road or said.landmark or (said.describe() and not said.building)
    if whole or community != person.community or meant.urgency == "U0":
        return said
    known = tx.vault.open(person.place_sealed, _of(person, "place_sealed"))
    return office.readings.complete(known, said) if known else said


def _of(person: Person, column: str) -> bytes:
    return identity.of("persons", column, person.id)


def announce(office: Office, tx: Tx, order: Order, by: Doer, now: datetime, once: str, note: str | None = None) -> None:
    """Tell the community's staff; in danger whoever is on duty, on two channels at once."""
    urgent = order.urgency == "U0"
    if is_restricted(order):
        event, told = "place_danger" if urgent else "place_restricted", staff_of(tx, order)
    else:
        event, told = "place_duty" if urgent else "place_staff", on_duty(office, tx, order)
    if urgent and order.handler_id is not None:  # who has it in hand hears of every further alarm
        told = sorted({*told, *knowing.who_may_know(tx, order, [order.handler_id])})
    told = [person for person in told if person != by.person_id or urgent]
    if urgent and not told:
        log.critical("order %s: danger to life, and nobody inside may be alerted", order.code)
    elif is_restricted(order) and not told:
        log.warning("order %s: nobody inside may read it; the resident is sent to the level above", order.code)
    if order.alike_id is not None:
        other = orders.by_id(tx, order.alike_id)
        same = office.say(
            "staff.alike", code=order.code, other=other.code, text=shown.words(office, other, Visibility.STAFF)
        )
        if not other.excludes:  # not everybody who is told of this order may know of that one
            note = f"{note}\n{same}" if note else same
    write(office, tx, order, event, told, now, by=by, note=note, once=once, need=2 if urgent else 1)


def announce_together(office: Office, tx: Tx, placed: Sequence[Order], by: Doer, now: datetime, once: str) -> None:
    """Tell the staff of orders that came in quietly at one time: each person once, how many there are."""
    told: dict[int, int] = {}
    for order in placed:
        for person in on_duty(office, tx, order):
            told[person] = told.get(person, 0) + (person != by.person_id)
    for person, number in told.items():
        if number:
            body = office.say("staff.many", number=number)
            facts = {"title": body, "what": body, "body": body, "who": by.name}
            notices.write(tx, [person], "place_many", now=now, facts=facts, once=f"{once}:place_many")


def remember(tx: Tx, person: Person, place: Place, phone: str | None) -> None:
    """Ask only once: keep community, place and telephone for the next order."""
    known: dict[str, Any] = {}
    moved = place.community is not None and place.community != person.community
    if moved:
        known |= {"community": place.community, "place_sealed": None}  # a place belongs to its community
    if place.describe() and (place.building or moved or person.place_sealed is None):
        known["place_sealed"] = tx.vault.seal(place.describe(), _of(person, "place_sealed"))
    if phone and person.phone_sealed is None:
        known["phone_sealed"] = tx.vault.seal(phone, _of(person, "phone_sealed"))
    if known:
        people.change(tx, person.id, **known)
