"""Views of the board that a person saves."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import parse_qsl

from bot.errors import NotAllowed, NotFound, NotUnderstood
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
