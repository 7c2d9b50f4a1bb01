"""What a notice about an order may say to whom: the facts as they are when it is written."""

from collections.abc import Mapping
from datetime import datetime

from bot.orders.devices import hides_contact
from bot.orders.lifecycle import Told
from bot.orders.order import Order
from bot.orders.restricted import is_restricted
from bot.orders.visibility import OF_TOLD, Visibility
from bot.services.office import Office
from bot.services.orders import shown
from bot.store import people
from bot.store.database import Tx
from bot.store.sealed import box

# Notices to who helps or is on duty: the full place, and in these the contact, which counts as a view of it.
INSIDE = ("_handler", "_duty", "_danger")
TOLD = frozenset(Told)
WITH_CONTACT = frozenset({"assign_handler", "detail_handler", "place_duty", "place_danger"})

# What the resident hears of a restricted matter: nothing that somebody else who holds the telephone could understand.
NEUTRAL_TO_RESIDENT: Mapping[str, str] = {
    "refer": "closed_resident", "reject": "closed_resident", "explain": "closed_resident", "unmet": "closed_resident",
    "register": "registered_resident",
}  # fmt: skip


def event_of(order: Order, action: str, kind: Told) -> str:
    if is_restricted(order) and kind is Told.RESIDENT:
        if action == "ask" and order.danger:
            return "asked_resident"
        return NEUTRAL_TO_RESIDENT.get(action, f"{action}_{kind}")
    return f"{action}_{kind}"


def facts(office: Office, tx: Tx, order: Order, event: str, now: datetime, by: str, note: str | None) -> dict[str, str]:
    """What a notice may say: the full place to who helps; of a restricted matter the words to nobody, nor who spoke."""
    sealed, visible = is_restricted(order), visibility_of(event)
    handler = people.by_id(tx, order.handler_id) if order.handler_id is not None else None
    if handler is not None and event.endswith("_handler") and hides_contact(handler, order):
        visible = Visibility.NEED
    inside = visible is Visibility.HELPER
    if note and not inside:
        note = "" if sealed and not event.endswith("_resident") else _note(office, tx, order, visible, note)
    place, contact = _place_and_contact(tx, order) if inside else (None, None)
    if event in WITH_CONTACT:
        contact = contact or office.texts.say("order.no_contact")
    return {
        "code": order.code,
        "title": title(office, order),
        "what": shown.words(office, order, visible, tx),
        "place": place or ("" if sealed and not inside else shown.area(order)) or office.texts.say("order.no_place"),
        "state": office.texts.say(f"state.{order.state}"),
        "who": by,
        "handler": (handler.name or "") if handler is not None else "",
        "when": office.texts.say("order.when", at=now.astimezone(office.calendar.zone)),
        "body": note or "",
        "contact": contact if event in WITH_CONTACT and contact else "",
        "until": _day(office, order.petition_due_at),
    }  # fmt: skip


def visibility_of(event: str) -> Visibility:
    """How much whoever gets this notice may read: by whom it is for, and of an alarm all that is needed to come."""
    if event.endswith(INSIDE):
        return Visibility.HELPER
    whom = event.rsplit("_", 1)[-1]
    return OF_TOLD.get(Told(whom), Visibility.NEED) if whom in TOLD else Visibility.STAFF


def _note(office: Office, tx: Tx, order: Order, visible: Visibility, note: str) -> str:
    names = () if is_restricted(order) or visible is Visibility.OWN else shown.known_names(office, tx, order)
    return (
        office.reader.mask_door(note, names)
        if visible is Visibility.NEED
        else office.readings.mask(note, frozenset(names))
    )


def _day(office: Office, at: datetime | None) -> str:
    return office.texts.say("order.until", at=at.astimezone(office.calendar.zone)) if at is not None else ""


def _place_and_contact(tx: Tx, order: Order) -> tuple[str | None, str | None]:
    if is_restricted(order):
        words = box.matter(tx, order.id).words
        return words.get("place"), words.get("contact")
    return shown.spot(tx, order, Visibility.HELPER), shown.contact(tx, order, Visibility.HELPER)


def title(office: Office, order: Order) -> str:
    """What an order is about in a few words: the kind of danger, since it must be acted on; else the category, and of a
    restricted matter nothing. A category that staff chose later stands before the danger."""
    sealed = is_restricted(order)
    if order.urgency == "U0" and order.danger:
        usual = office.reader.danger_detector.category(order.danger)
        if sealed or usual in ("", order.category):
            return office.texts.say(f"danger_name.{order.danger}")
    return office.texts.say("lane.restricted_matter") if sealed else office.reader.category(order.category).name
