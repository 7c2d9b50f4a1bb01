"""One order as the console shows it: what was said and understood, what happened, who was told, what can be done."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.dialogue.context import Context
from bot.dialogue.interface.order import Found
from bot.errors import NotFound
from bot.orders import codes
from bot.orders.devices import hides_contact
from bot.orders.lifecycle import LIFE, MAY, Actor, State
from bot.orders.order import Order
from bot.orders.restricted import is_restricted
from bot.orders.visibility import Visibility, before_look, opens_contact, visibility
from bot.services import intake
from bot.services.console import board, origins, timeline
from bot.services.console.acts import ACTIONS, MERGED
from bot.services.console.board import Card
from bot.services.console.origins import Origin
from bot.services.console.seat import Seat, reading
from bot.services.console.timeline import Line
from bot.services.notices.words.facts import wanted
from bot.services.office import Office
from bot.services.orders import actors as acting
from bot.services.orders import candidates, shown, undoing
from bot.store import attachments, orders, people
from bot.store.database import Tx
from bot.store.records import audit
from bot.store.records.acts import Act
from bot.store.records.audit import Entry
from bot.store.rows import Attachment


@dataclass(frozen=True, slots=True)
class Page:
    """What the page shows. `same`: an order that it may be the same as. `best` and `found`: whom it can be given to. `decides`:
    whether the person decides on the order; else only what its helper may know is in it. `limit`: by when it is to be dealt with. `number`: that of the other system that handed it in; empty
    where it has none that can be read."""

    card: Card
    order: Order
    decides: bool
    words: str
    when: str
    lines: Sequence[Line]
    files: Sequence[Attachment]
    commands: frozenset[str]
    best: Sequence[Found]
    found: Sequence[Found]
    limit: str
    number: str
    same: Card | None
    merged_into: str | None
    split_from: Origin | None
    split_off: Sequence[str]
    opens_contact: bool


@dataclass(frozen=True, slots=True)
class Contact:
    """Where and whom to call; empty where nobody has said it. `words`: what was said, for who helps; else empty."""

    place: str
    contact: str
    words: str = ""


def show(office: Office, seat: Seat, code: str, now: datetime, search: str = "") -> Page:
    """NotFound for what is not before this person."""
    with reading(office, seat, now) as (tx, context):
        order, known = _found(tx, context, seat, code)
        visible = _visible(tx, seat, order, known)
        merged = orders.by_id(tx, order.merged_into_id).code if order.merged_into_id is not None else None
        commands = _commands(tx, context, seat, order, known)
        return Page(
            card=_card(office, context, order, visible, now), order=order, decides=visible is Visibility.STAFF,
            words=shown.words(office, order, _at_once(visible, order, known), tx), when=wanted(office, tx, order, now),
            lines=timeline.of(office, tx, order, visible), files=attachments.of(tx, order.id), commands=commands,
            best=context.people.best(order) if "dispatch" in commands else [],
            found=candidates.containing(office, tx, order, search) if search and "dispatch" in commands else [],
            limit=_limit(office, order, now), number=intake.number(order), same=_same(office, tx, context, seat, order, now),
            merged_into=merged, split_from=origins.origin(tx, seat, order), split_off=origins.split_off(tx, seat, order),
            opens_contact=_opens(tx, seat, order, known),
        )  # fmt: skip


def compared(office: Office, seat: Seat, code: str, now: datetime) -> Page | None:
    """Another order beside the first one, to see whether they are the same; None where there is none before this person."""
    try:
        return show(office, seat, code, now) if code else None
    except NotFound:
        return None


def may_open(office: Office, seat: Seat, code: str) -> None:
    """NotFound where the page of the order is not for this person."""
    with office.db.reading() as tx:
        order = _known(tx, code)
        if order is None or not acting.actors(tx, order, seat.doer) & {Actor.STAFF, Actor.HANDLER, Actor.INVITEE}:
            raise NotFound("refused.no_such_order", code=code)


def matches(office: Office, seat: Seat, code: str, now: datetime) -> tuple[Card, Sequence[Found]]:
    """The three best for a dispatch from the board. NotFound as of `show`."""
    with reading(office, seat, now) as (tx, context):
        order, known = _found(tx, context, seat, code)
        if "dispatch" not in _commands(tx, context, seat, order, known):
            raise NotFound("refused.no_such_order", code=code)
        return _card(office, context, order, Visibility.STAFF, now), context.people.best(order)


def contact(office: Office, seat: Seat, code: str, now: datetime) -> Contact:
    """Place and contact; the look goes on record before it is given. NotFound where this person may not have them."""
    with office.db.transaction() as tx:
        order = _of_contact(tx, seat, code)
        audit.write(tx, now, Entry(Act.VIEW_CONTACT, audit.CONSOLE, seat.person_id, order.person_id, order.id))
        helps = _visible(tx, seat, order, acting.actors(tx, order, seat.doer)) is Visibility.HELPER
        words = shown.words(office, order, Visibility.HELPER, tx) if helps else ""
        return Contact(shown.spot(tx, order, Visibility.HELPER), shown.contact(tx, order, Visibility.HELPER), words)


def file(office: Office, seat: Seat, code: str, number: int, now: datetime) -> Attachment:
    """A file of the order, for whoever may open its contact; the look goes on record. NotFound otherwise."""
    with office.db.transaction() as tx:
        order = _of_contact(tx, seat, code)
        found = [each for each in attachments.of(tx, order.id) if each.id == number]
        if not found or found[0].state != "stored" or found[0].path is None:
            raise NotFound("refused.no_such_order", code=code)
        audit.write(tx, now, Entry(Act.VIEW_FILE, audit.CONSOLE, seat.person_id, order.person_id, order.id))
        return found[0]


def _of_contact(tx: Tx, seat: Seat, code: str) -> Order:
    """The order where this person may have its contact. NotFound otherwise."""
    order = _known(tx, code)
    if order is None or not _opens(tx, seat, order, acting.actors(tx, order, seat.doer)):
        raise NotFound("refused.no_such_order", code=code)
    return order


def _opens(tx: Tx, seat: Seat, order: Order, known: set[Actor]) -> bool:
    """Not on a device that was bound after the order was placed, until an administrator has confirmed it."""
    return opens_contact(order.state, known) and not hides_contact(people.by_id(tx, seat.person_id), order)


def decided(tx: Tx, seat: Seat, code: str) -> Order:
    """The order where this person decides on it. NotFound otherwise."""
    order = _known(tx, code)
    if order is None or Actor.STAFF not in acting.actors(tx, order, seat.doer):
        raise NotFound("refused.no_such_order", code=code)
    return order


def _known(tx: Tx, code: str) -> Order | None:
    order = orders.by_code(tx, code) if codes.is_valid(code) else None
    return None if order is None or is_restricted(order) else order


def _found(tx: Tx, context: Context, seat: Seat, code: str) -> tuple[Order, set[Actor]]:
    """The order, and what the person is to it: somebody who decides on it or has it in hand."""
    order = _known(tx, code)
    known = acting.actors(tx, order, seat.doer) if order is not None else set()
    if order is None or not known & {Actor.STAFF, Actor.HANDLER, Actor.INVITEE}:
        raise NotFound("refused.no_such_order", code=code)
    return order, known


def _visible(tx: Tx, seat: Seat, order: Order, known: set[Actor]) -> Visibility:
    """As its helper reads it, where the person is one; else as staff read it, also an own matter."""
    seen = visibility(order.state, known - {Actor.RESIDENT})
    return (
        Visibility.NEED
        if seen >= Visibility.HELPER and hides_contact(people.by_id(tx, seat.person_id), order)
        else seen
    )


def _at_once(visible: Visibility, order: Order, known: set[Actor]) -> Visibility:
    """Room and codes are opened with the contact, on record."""
    return min(visible, before_look(order.state, known - {Actor.RESIDENT}))


def _commands(tx: Tx, context: Context, seat: Seat, order: Order, known: set[Actor]) -> frozenset[str]:
    return frozenset(
        command
        for command, action in ACTIONS.items()
        if known & set(MAY[action])
        and (State(order.state), action) in LIFE
        and _fits(tx, context, seat, order, command)
    )


def _fits(tx: Tx, context: Context, seat: Seat, order: Order, command: str) -> bool:
    """What the table of the life does not say: of petitions, who volunteers for what, and whether there is something to take back."""
    if command == "undo":
        return bool(undoing.last(tx, seat.person_id, order.id))
    if command == "publish":
        return context.people.volunteers_allowed(order)
    if command == "separate":
        return order.outcome == MERGED
    if command == "register":
        return order.petition_at is None
    if command == "give_notice":
        return order.petition_at is not None and order.petition_told_at is None
    return True


def _card(office: Office, context: Context, order: Order, visible: Visibility, now: datetime) -> Card:
    """The building is for whoever decides, and for who helps while it lasts."""
    card = board.card(office, order, context.wording.helper(order), None, now)
    return card if visible >= Visibility.STAFF else replace(card, place=shown.area(order))


def _limit(office: Office, order: Order, now: datetime) -> str:
    """The limit of the whole matter, and beside it that of the other system where it is another one."""
    if order.due_at is None:
        return ""
    at = _moment(office, order.due_at, now)
    if order.external_due_at is None or order.external_due_at == order.due_at:
        return at
    return office.say("console.order.limit_beside", at=at, other=_moment(office, order.external_due_at, now))


def _moment(office: Office, at: datetime, now: datetime) -> str:
    here, local = at.astimezone(office.calendar.zone), now.astimezone(office.calendar.zone)
    return office.say("console.order.limit", at=here, year=office.texts.year(here, local))


def _same(office: Office, tx: Tx, context: Context, seat: Seat, order: Order, now: datetime) -> Card | None:
    """The order that this one may be the same as, where this person decides on both."""
    other = context.alike.first(order) if order.state != State.CLOSED else None
    if other is None or Actor.STAFF not in acting.actors(tx, other, seat.doer):
        return None
    return _card(office, context, other, Visibility.STAFF, now)
