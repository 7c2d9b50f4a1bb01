"""One order as the console shows it: what was said and understood, what happened, and what can be done."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.dialogue.context import Context
from bot.dialogue.interface.order import Found
from bot.errors import NotFound
from bot.orders.lifecycle import Actor, State
from bot.orders.order import Order
from bot.orders.visibility import Visibility, before_look
from bot.services import intake
from bot.services.console import origins, timeline
from bot.services.console.orders import cards
from bot.services.console.orders.cards import Card
from bot.services.console.orders.commands import commands_for
from bot.services.console.orders.contacts import may_open_contact
from bot.services.console.orders.finding import found_for, visible_to
from bot.services.console.origins import Origin
from bot.services.console.seat import Seat, reading
from bot.services.console.timeline import Line
from bot.services.notices.words.card import wanted
from bot.services.office import Office
from bot.services.orders import actors as acting
from bot.services.orders import candidates, shown
from bot.store import attachments, orders
from bot.store.database import Tx
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


def is_open_to(office: Office, seat: Seat, code: str) -> bool:
    """Whether this person may open the order's page."""
    with office.db.reading() as tx:
        try:
            found_for(tx, seat, code)
        except NotFound:
            return False
    return True


def show(office: Office, seat: Seat, code: str, now: datetime, search: str = "") -> Page:
    """NotFound for what is not before this person."""
    with reading(office, seat, now) as (tx, context):
        order, known = found_for(tx, seat, code)
        visible = visible_to(tx, seat, order, known)
        merged = orders.by_id(tx, order.merged_into_id).code if order.merged_into_id is not None else None
        commands = commands_for(tx, context, seat, order, known)
        return Page(
            card=_card(office, context, order, visible, now), order=order, decides=visible is Visibility.STAFF,
            words=shown.words(office, order, _at_once(visible, order, known), tx), when=wanted(office, tx, order, now),
            lines=timeline.of(office, tx, order, visible), files=attachments.of(tx, order.id), commands=commands,
            best=context.people.best(order) if "dispatch" in commands else [],
            found=candidates.containing(office, tx, order, search) if search and "dispatch" in commands else [],
            limit=_limit(office, order, now), number=intake.number(order), same=_same(office, tx, context, seat, order, now),
            merged_into=merged, split_from=origins.origin(tx, seat, order), split_off=origins.split_off(tx, seat, order),
            opens_contact=may_open_contact(tx, seat, order, known),
        )  # fmt: skip


def compared(office: Office, seat: Seat, code: str, now: datetime) -> Page | None:
    """Another order beside the first one, to see whether they are the same; None where there is none before this person."""
    try:
        return show(office, seat, code, now) if code else None
    except NotFound:
        return None


def matches(office: Office, seat: Seat, code: str, now: datetime) -> tuple[Card, Sequence[Found]]:
    """The three best for a dispatch from the board. NotFound as of `show`."""
    with reading(office, seat, now) as (tx, context):
        order, known = found_for(tx, seat, code)
        if "dispatch" not in commands_for(tx, context, seat, order, known):
            raise NotFound("refused.no_such_order", code=code)
        return _card(office, context, order, Visibility.STAFF, now), context.people.best(order)


def _at_once(visible: Visibility, order: Order, known: set[Actor]) -> Visibility:
    """Room and codes are opened with the contact, on record."""
    return min(visible, before_look(order.state, known - {Actor.RESIDENT}))


def _card(office: Office, context: Context, order: Order, visible: Visibility, now: datetime) -> Card:
    """The building is for whoever decides, and for who helps while it lasts."""
    card = cards.card(office, order, context.wording.helper(order), None, now)
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
