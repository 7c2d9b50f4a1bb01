"""What a notice about an order may say to whom: the facts as they are when it is written."""

from collections.abc import Mapping
from datetime import datetime

from bot.orders.devices import hides_contact
from bot.orders.lifecycle import Told
from bot.orders.order import Order
from bot.orders.restricted import is_restricted
from bot.services.office import Office
from bot.store import people
from bot.store.database import Tx
from bot.store.sealed import box, identity

# Notices to who helps or is on duty: the full place, and in these the contact, which counts as a view of it.
INSIDE = ("_handler", "_duty", "_danger")
TO_VOLUNTEERS = ("_invitee", "_members")  # before they accept: category, community and need
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
    """What a notice may say: the full place to who helps; of a restricted matter the words to nobody."""
    sealed = is_restricted(order)
    inside = event.endswith(INSIDE)
    handler = people.by_id(tx, order.handler_id) if order.handler_id is not None else None
    hidden = handler is not None and event.endswith("_handler") and hides_contact(handler, order)
    if hidden:
        inside, note = False, office.reader.mask_door(office.reader.mask(note)) if note else note
    if note and not inside:
        note = "" if sealed and not event.endswith("_resident") else office.reader.mask(note)
    place, contact = _place_and_contact(tx, order) if inside else (None, None)
    if event in WITH_CONTACT:
        contact = contact or office.texts.say("order.no_contact")
    area = "".join(part for part in (order.community, order.estate) if part)
    return {
        "code": order.code,
        "title": title(office, order),
        "what": "" if sealed else office.reader.mask_door(order.text) if hidden or event.endswith(TO_VOLUNTEERS) else order.text,
        "place": place or ("" if sealed and not inside else area) or office.texts.say("order.no_place"),
        "state": office.texts.say(f"state.{order.state}"),
        "who": by,
        "handler": (handler.name or "") if handler is not None else "",
        "when": office.texts.say("order.when", at=now.astimezone(office.calendar.zone)),
        "body": note or "",
        "contact": contact if event in WITH_CONTACT and contact else "",
        "until": _day(office, order.petition_due_at),
    }  # fmt: skip


def _day(office: Office, at: datetime | None) -> str:
    return office.texts.say("order.until", at=at.astimezone(office.calendar.zone)) if at is not None else ""


def _place_and_contact(tx: Tx, order: Order) -> tuple[str | None, str | None]:
    if is_restricted(order):
        words = box.matter(tx, order.id).words
        return words.get("place"), words.get("contact")
    return (
        tx.vault.open(order.place_sealed, identity.of_row("orders", "place_sealed", order)),
        tx.vault.open(order.contact_sealed, identity.of_row("orders", "contact_sealed", order)),
    )


def title(office: Office, order: Order) -> str:
    """What an order is about in a few words: the kind of danger, since it must be acted on; else the category, and of a
    restricted matter nothing. A category that staff chose later stands before the danger."""
    sealed = is_restricted(order)
    if order.urgency == "U0" and order.danger:
        usual = office.reader.danger_detector.category(order.danger)
        if sealed or usual in ("", order.category):
            return office.texts.say(f"danger_name.{order.danger}")
    return office.texts.say("lane.restricted_matter") if sealed else office.reader.category(order.category).name
