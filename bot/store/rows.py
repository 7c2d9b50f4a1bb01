"""The rows of the database as the services read them; an order is `bot.orders.order.Order`. Attributes are the columns of `bot.store.tables`.

A row of either kind that the store returns (SQLAlchemy's or a prepared statement's) has these attributes.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from bot.orders.order import Order


class Person(Protocol):
    """Somebody who writes to the service or stands on the roster."""

    id: int
    openid: str | None
    name: str | None
    phone_sealed: bytes | None
    phone_index: str | None
    community: str | None
    place_sealed: bytes | None
    subscribed: bool
    unreachable: str | None
    resting: bool
    channels: str | None
    chat_until: datetime | None
    chat_left: int
    click_until: datetime | None
    click_left: int
    refused_templates: Sequence[str] | None
    bind_failures: int
    bind_blocked_until: datetime | None
    moved_at: datetime | None
    said_from: datetime | None
    said_count: int | None
    missed_from: datetime | None
    missed_count: int | None
    claims_blocked_until: datetime | None
    is_demo: bool
    created_at: datetime

    def _asdict(self) -> Mapping[str, Any]: ...


class Role(Protocol):
    """One role of a person."""

    role: str
    community: str | None
    grid: str | None
    branch: str | None
    skills: Sequence[str]


class OnRoster(Protocol):
    """A person of the roster together with one role."""

    id: int
    name: str
    phone_index: str | None
    role: str
    community: str | None


class Named(OnRoster, Protocol):
    """One of the people who bear a name."""

    resting: bool


class Volunteer(Protocol):
    """A member with one role, and what the ranking asks about."""

    id: int
    name: str
    openid: str | None
    resting: bool
    community: str | None
    grid: str | None
    skills: Sequence[str]
    in_hand: int
    last_asked_at: datetime | None


class View(Protocol):
    """Somebody's look at contact data or at a restricted matter."""

    at: datetime
    name: str | None
    what: str


class Session(Protocol):
    """What is remembered between two messages of one person."""

    person_id: int
    asked: str | None
    asked_at: datetime | None
    order_id: int | None
    order_at: datetime | None
    data_sealed: bytes | None


class HistoryLine(Protocol):
    """One action on an order."""

    id: int
    order_id: int
    at: datetime
    action: str
    by: str
    by_id: int | None
    state: str
    note: str | None
    note_sealed: bytes | None
    previous: Mapping[str, Any] | None


class ShownLine(Protocol):
    """A line of the history as outsiders read it."""

    at: datetime
    action: str
    by: str
    state: str
    note: str | None


class ShownOrder(Order, Protocol):
    """An order with the name of whoever has it in hand."""

    handler_name: str | None


class Told(Protocol):
    """What an order is compared by with what is told now."""

    id: int
    code: str
    text: str
    category: str
    community: str | None
    estate: str | None
    place_sealed: bytes | None


class Numbered(Protocol):
    """An order by its number alone."""

    id: int
    code: str


class Often(Protocol):
    """A kind of matter that came up at one place several times."""

    community: str
    estate: str | None
    category: str
    number: int


class SealedLine(Protocol):
    """A line of the history whose note is in the sealed box."""

    id: int
    at: datetime
    action: str
    by: str


class Offer(Protocol):
    """An invitation of a volunteer to an order."""

    id: int
    order_id: int
    person_id: int
    state: str
    invited_at: datetime
    expires_at: datetime


class Attachment(Protocol):
    """A file or place that belongs to an order."""

    id: int
    order_id: int
    person_id: int
    kind: str
    media_id: str | None
    state: str
    path: str | None
    mime: str | None
    size: int | None
    label_sealed: bytes | None
    reason: str | None
    attempts: int
    due_at: datetime | None
    created_at: datetime


class PendingFile(Protocol):
    """A file that the platform still holds."""

    id: int
    order_id: int
    kind: str
    media_id: str
    attempts: int
    reason: str | None
    created_at: datetime
