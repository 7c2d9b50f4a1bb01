"""What a notice about an order may say to whom: the facts as they are when it is written."""

from collections.abc import Mapping
from datetime import datetime

from bot.orders.devices import hides_contact
from bot.orders.lifecycle import Told
from bot.orders.order import Order
from bot.orders.restricted import is_restricted
from bot.orders.visibility import OF_TOLD, Visibility
from bot.services.notices.words.card import Seen, about, card_lines, in_pairs, wanted
from bot.services.notices.words.titles import is_of_staff, title_for
from bot.services.office import Office
from bot.services.orders import limit_words, shown
from bot.store import orders
from bot.store.database import Tx
from bot.store.persons import people
from bot.store.sealed import box, columns
from bot.understanding import Place

# Notices to who helps or is on duty: the full place, and in these the contact, which counts as a view of it.
INSIDE = ("_handler", "_duty", "_danger")
TOLD = frozenset(Told)
WITH_CONTACT = frozenset({"assign_handler", "correct_handler", "detail_handler", "place_duty", "place_danger"})
NO_WORDS = frozenset({Visibility.OWN})  # who said them reads what it is about
# Words of staff that their resident reads as they were written, with the numbers to call.
IN_FULL = frozenset(
    f"{action}_resident" for action in ("ask", "refer", "reject", "explain", "unmet", "nudge", "extend", "tell")
)
WITH_REASON = frozenset(
    {"reject_resident", "explain_resident", "unmet_resident"}
)  # also where all of it went into the box
# Of a restricted matter staff are told only that something waits, but for its alarm and the limit set by law.
SEALED, DUTY = "sealed", "duty"  # whether its reader may open the restricted matter, or is on duty for its alarm alone
SAID_OF_SEALED = ("place_", "petition_", "release_")
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
    """What a notice may say: the full place to who helps; of a restricted matter the words to nobody, nor who spoke.

    Besides the facts of a template: `about` (title, rough place and time), `wanted` (the time as the resident said it),
    `card` (what, where, when and whom to call, a line each), and the clauses `said`, `extra`, `pair`, `hurry`, `left`,
    which are empty where there is nothing to say.
    """
    sealed, visible, of_staff = is_restricted(order), visibility_of(event), is_of_staff(event)
    handler = people.by_id(tx, order.handler_id) if order.handler_id is not None else None
    hidden = handler is not None and event.endswith("_handler") and hides_contact(handler, order)
    visible = Visibility.NEED if hidden else visible
    inside = visible is Visibility.HELPER
    note = _question(office, tx, order) if event == "nudge_resident" else note
    note = _note(office, tx, order, event, visible, note) if note else ""
    seen = _seen(office, tx, order, now, inside=inside, hidden=hidden)
    says_added = event in WITH_CONTACT and event != "detail_handler"  # that says it itself
    added = shown.added(office, tx, order, visible) if says_added else ""
    say, named = office.texts.say, title_for(office, order, event)
    return {
        "code": order.code,
        "title": named,
        "what": shown.words(office, order, visible, tx) if visible not in NO_WORDS else named,
        "place": seen.place or (say("order.no_place") if inside else ""),
        "state": say(f"state.{order.state}"),
        "who": by,
        "handler": (handler.name or "") if handler is not None else "",
        "when": say("order.when", at=now.astimezone(office.calendar.zone)),
        "body": note or (say("staff.no_reason") if event in WITH_REASON else ""),
        "contact": (seen.contact or say("order.no_phone")) if event in WITH_CONTACT and inside else "",
        "until": _day(office, order.petition_due_at),
        "about": about(office, named, seen.place if not inside else shown.area(order), seen.when),
        "wanted": seen.when,
        "card": "\n".join(card_lines(office, order, seen, "", added)) if event in WITH_CONTACT and not of_staff else "",
        "said": _line(say("clause.said", body=note) if note and note != order.wanted_when else ""),
        "extra": (_line(_last_door(office, tx, order, seen.place)) if event == "place_duty" else "") + _line(note),
        "pair": _line(say("clause.pair") if in_pairs(office, order) else ""),
        "hurry": _line(limit_words.hurry(office, order, now) if event.startswith("place_") else ""),
        "left": limit_words.of_step(office, order, now, reported=event.startswith("escalate_")) if event.startswith(("warn_", "escalate_")) else "",
        "sealed": SEALED if sealed and of_staff and not event.startswith(SAID_OF_SEALED) else "",
    }  # fmt: skip


def _seen(office: Office, tx: Tx, order: Order, now: datetime, *, inside: bool, hidden: bool) -> Seen:
    """`inside`: for who helps. `hidden`: an administrator must confirm the helper's new device first."""
    when = wanted(office, tx, order, now)
    if hidden:
        return Seen(office.texts.say("device.contact"), office.texts.say("device.contact"), when)
    where, contact = _place_and_contact(tx, order) if inside else (None, None)
    area = "" if is_restricted(order) and not inside else shown.area(order)
    return Seen(where or area, contact or "", when)


def _last_door(office: Office, tx: Tx, order: Order, place: str) -> str:
    """The clause with the door that the resident named last, for an alarm that names no estate, road or landmark: nobody is sent there by
    guess, but who calls in vain knows it. Empty where none was named, and in another community."""
    said = office.readings.find_place(place) if place else Place()
    person = people.by_id(tx, order.person_id)
    if said.estate or said.road or said.landmark or person.community != order.community or is_restricted(order):
        return ""
    known = columns.text(tx.vault, "persons", "place_sealed", person)
    return office.texts.say("clause.last_door", place=known) if known else ""


def _line(clause: str) -> str:
    return f"\n{clause}" if clause else ""


def _question(office: Office, tx: Tx, order: Order) -> str | None:
    """What staff asked last, to put it again."""
    asked = [row for row in orders.history_of(tx, order.id) if row.action == "ask"]
    return shown.own_note(office, tx, asked[-1]) if asked else None


def visibility_of(event: str) -> Visibility:
    """How much whoever gets this notice may read: by whom it is for, and of an alarm all that is needed to come."""
    if event.endswith(INSIDE):
        return Visibility.HELPER
    whom = event.rsplit("_", 1)[-1]
    return OF_TOLD.get(Told(whom), Visibility.NEED) if whom in TOLD else Visibility.STAFF


def _note(office: Office, tx: Tx, order: Order, event: str, visible: Visibility, note: str) -> str:
    """The note as its reader may read it. What staff answer or ask reaches its resident as they wrote it; what is passed on
    between resident and helper only without numbers."""
    sealed = is_restricted(order)
    if event.endswith("_invitee"):  # who has not promised to come reads what is needed and when, no further words
        return ""
    if event.startswith("relay_"):
        return office.reader.masks.for_owner(note)
    if visible is Visibility.HELPER or event in IN_FULL:
        return note
    if sealed and not event.endswith("_resident"):
        return ""
    if visible is Visibility.OWN:
        return office.reader.masks.for_owner(note)
    names = frozenset[str]() if sealed else shown.known_names(office, tx, order)
    return (
        office.reader.masks.before_accepting(note, names)
        if visible is Visibility.NEED
        else office.readings.mask(note, names)
    )


def _day(office: Office, at: datetime | None) -> str:
    return office.texts.say("order.until", at=at.astimezone(office.calendar.zone)) if at is not None else ""


def _place_and_contact(tx: Tx, order: Order) -> tuple[str | None, str | None]:
    if is_restricted(order):
        words = box.matter(tx, order.id).words
        return words.get("place"), words.get("contact")
    return shown.spot(tx, order, Visibility.HELPER), shown.contact(tx, order, Visibility.HELPER)
