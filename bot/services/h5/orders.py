"""Orders as their resident sees them on a page, and the page of one order."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.dialogue.context import Context
from bot.orders.lifecycle import Actor, State
from bot.orders.order import Order
from bot.orders.visibility import Visibility, before_look
from bot.services import member_cards
from bot.services.console.seat import Seat, reading
from bot.services.h5 import acts, found
from bot.services.h5.contacts import visible_to
from bot.services.notices.words.card import wanted
from bot.services.notices.words.titles import plain_title
from bot.services.office import Office
from bot.services.orders import shown
from bot.store import attachments
from bot.store.database import Tx
from bot.store.rows import HistoryLine

CONFIRMED = "confirmed"  # the outcome that its resident has given


@dataclass(frozen=True, slots=True)
class Card:
    """An order in a list. `state`: in words."""

    code: str
    title: str
    state: str
    words: str
    place: str
    when: str
    created_at: datetime
    can_call: bool = False
    rating: int | None = None
    thanks: str = ""
    ended_at: datetime | None = None
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of what happened."""

    at: datetime
    what: str
    note: str


@dataclass(frozen=True, slots=True)
class Page:
    """One order. `map_place`: without a room, for whoever helps while it lasts."""

    card: Card
    is_own: bool
    helper: str
    due: str
    lines: Sequence[Line]
    commands: frozenset[str]
    map_place: str
    files: int
    helper_card: Sequence[tuple[str, str]]


def mine(office: Office, seat: Seat, now: datetime) -> Sequence[Card]:
    """One's own orders, the newest first."""
    with reading(office, seat, now) as (tx, context):
        return [card_of(office, tx, context, row, {Actor.RESIDENT}) for row in context.orders.mine()]


def show(office: Office, seat: Seat, code: str, now: datetime) -> Page:
    """NotFound for what does not concern this person."""
    with reading(office, seat, now) as (tx, context):
        row, known = found.with_actors(tx, context, seat, code)
        is_own = Actor.RESIDENT in known
        visible = visible_to(tx, seat.person_id, row, known)
        return Page(
            card=card_of(office, tx, context, row, known), is_own=is_own, helper=context.wording.helper(row) if is_own else "",
            due=context.wording.due(row) if row.state != State.CLOSED else "",
            lines=_lines(office, tx, row, visible), commands=acts.possible(row, known, is_own=is_own),
            map_place=(shown.house(office, row) or "") if visible is Visibility.HELPER else "",
            files=len(attachments.of(tx, row.id)) if is_own else 0, helper_card=member_cards.shown(tx, row) if is_own else (),
        )  # fmt: skip


def _lines(office: Office, tx: Tx, row: Order, visible: Visibility) -> list[Line]:
    def note(line: HistoryLine) -> str:
        return shown.own_note(office, tx, line) if visible is Visibility.OWN else shown.note(line, visible)

    return [
        Line(step.line.at, office.say(f"did.{step.line.action}"), note(step.words)) for step in shown.story(tx, row.id)
    ]


def card_of(office: Office, tx: Tx, context: Context, row: Order, known: set[Actor], thanks: str = "") -> Card:
    visible = visible_to(tx, context.me.id, row, known)
    before = min(visible, before_look(row.state, known))
    place = shown.spot(tx, row, visible) if visible is Visibility.OWN else ""
    if visible is Visibility.HELPER:
        place = shown.house(office, row) or ""
    return Card(
        code=row.code, title=plain_title(office, row), state=shown.state(office, row, is_own=Actor.RESIDENT in known),
        words=shown.words(office, row, before, tx), place=place or shown.area(row), when=wanted(office, tx, row, context.now),
        created_at=row.created_at, can_call=visible is Visibility.HELPER, rating=row.rating, thanks=thanks,
        ended_at=row.done_at or row.closed_at, minutes=row.served_minutes if row.outcome == CONFIRMED else None,
    )  # fmt: skip
