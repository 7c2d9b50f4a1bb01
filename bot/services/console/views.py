"""What a person keeps for the board: named filters, replies that are used again, orders put aside."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import parse_qsl

from bot.errors import NotAllowed, NotFound, NotUnderstood
from bot.services.console.acts import ACTIONS
from bot.services.console.orders import finding
from bot.services.console.seat import Seat
from bot.services.office import Office
from bot.services.reading import typed_text
from bot.store.console import kept

LONGEST_NAME, LONGEST_QUERY, LONGEST_WORDS, MOST = 32, 500, 1000, 50
FARTHEST = timedelta(days=180)


@dataclass(frozen=True, slots=True)
class View:
    """A named filter of the board. `is_own`: whether this person may delete it."""

    id: int
    name: str
    query: str
    shared: bool
    is_own: bool


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply with the command that it is for."""

    id: int
    name: str
    command: str
    words: str


def views(office: Office, seat: Seat) -> Sequence[View]:
    """Own ones, and those that others share."""
    with office.db.reading() as tx:
        rows = kept.views(tx, seat.person_id, MOST)
    return [View(row.id, row.name, row.query, row.shared, row.person_id == seat.person_id) for row in rows]


def save_view(office: Office, seat: Seat, name: str, query: str, *, shared: bool) -> None:
    """NotUnderstood without a name, with filters that are too long, or where name or filters tell of a restricted matter."""
    if not name.strip() or len(query) > LONGEST_QUERY:
        raise NotUnderstood("console.views.name")
    if any(typed_text.tells(office, typed) for typed in (name, *(value for _, value in parse_qsl(query)))):
        raise NotUnderstood("console.views.restricted")
    with office.db.transaction() as tx:
        if kept.views_of(tx, seat.person_id) >= MOST:
            raise NotAllowed("console.views.many", most=MOST)
        kept.add_view(tx, seat.person_id, name.strip()[:LONGEST_NAME], query, shared)


def drop_view(office: Office, seat: Seat, number: int) -> None:
    """NotFound for another one's."""
    with office.db.transaction() as tx:
        if not kept.drop_view(tx, seat.person_id, number):
            raise NotFound("console.views.none")


def replies(office: Office) -> Sequence[Reply]:
    """All of the office."""
    with office.db.reading() as tx:
        return [Reply(row.id, row.name, row.command, row.words) for row in kept.replies(tx, MOST)]


def save_reply(office: Office, seat: Seat, name: str, command: str, words: str) -> None:
    """NotUnderstood where something lacks; what names a restricted matter is no reply for all."""
    if not name.strip() or not words.strip() or command not in ACTIONS:
        raise NotUnderstood("console.views.reply")
    if not seat.rights.decides:
        raise NotAllowed("refused.not_yours", code="")
    if typed_text.tells(office, name) or typed_text.tells(office, words):
        raise NotUnderstood("console.views.restricted")
    with office.db.transaction() as tx:
        if len(kept.replies(tx, MOST)) >= MOST:
            raise NotAllowed("console.views.many", most=MOST)
        kept.add_reply(tx, seat.person_id, name.strip()[:LONGEST_NAME], command, words.strip()[:LONGEST_WORDS])


def drop_reply(office: Office, seat: Seat, number: int) -> None:
    """Any of the office's staff may."""
    with office.db.transaction() as tx:
        if not seat.rights.decides or not kept.drop_reply(tx, number):
            raise NotFound("console.views.none")


def put_aside(office: Office, seat: Seat, code: str, until: datetime | None, now: datetime) -> str:
    """The order leaves 要我处理 until then, or until it changes. NotFound for what is not before this person."""
    if until is not None and not now < until < now + FARTHEST:
        raise NotUnderstood("console.views.until")
    with office.db.transaction() as tx:
        order = finding.decided(tx, seat, code)
        kept.put_aside(tx, order.id, seat.person_id, until, order.version)
    return (
        office.say("console.aside.until", code=code, at=until)
        if until
        else office.say("console.aside.changes", code=code)
    )


def take_back(office: Office, seat: Seat, code: str) -> str:
    """The order is before everybody again."""
    with office.db.transaction() as tx:
        kept.take_back(tx, finding.decided(tx, seat, code).id)
    return office.say("console.aside.back", code=code)
