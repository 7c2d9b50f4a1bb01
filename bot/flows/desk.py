"""What a flow may ask of the world: the service behind it is handed in, so flows stay pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from bot.understanding import Understanding


@dataclass(frozen=True, slots=True)
class Me:
    """Who is speaking."""

    id: int
    name: str | None
    roles: frozenset[str]
    communities: frozenset[str]
    grids: frozenset[str]
    resting: bool


@dataclass(slots=True)
class Session:
    """What is remembered between two messages of one person."""

    asked: str | None = None  # the bot's question that waits for an answer
    asked_at: datetime | None = None
    order_id: int | None = None  # the order further messages belong to
    order_at: datetime | None = None
    data: dict[str, Any] = field(default_factory=dict)

    def ask(self, kind: str, now: datetime, **data: Any) -> None:
        """Remember that the reply asks something."""
        self.asked, self.asked_at = kind, now
        self.data |= data

    def settle(self) -> None:
        """The question is answered or given up."""
        self.asked = self.asked_at = None


class Order(Protocol):
    """An order as flows read it."""

    id: int
    code: str
    lane: str
    category: str
    urgency: str
    state: str
    outcome: str | None
    text: str
    community: str | None
    estate: str | None
    person_id: int
    handler_id: int | None
    ring: int
    round: int
    version: int
    created_at: datetime
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class Found:
    """Somebody an order can be given to, and why."""

    person_id: int
    name: str
    volunteer: bool  # invited, not assigned
    reason: str


class Desk(Protocol):
    """One message's view of the service. Everything happens in the message's own transaction."""

    me: Me
    now: datetime
    session: Session
    meant: Understanding

    def say(self, key: str, **facts: object) -> str: ...
    def line(self, order: Order) -> str: ...
    def order(self, code: str) -> Order: ...
    def focus(self) -> Order | None: ...
    def candidates(self, action: str) -> Sequence[Order]: ...
    def act(self, order: Order, action: str, note: str | None = None, **changes: Any) -> Order: ...
    def place(self, meant: Understanding) -> Order: ...
    def enrich(self, order: Order, meant: Understanding, note: str) -> Order: ...
    def mine(self) -> Sequence[Order]: ...
    def in_hand(self) -> Sequence[Order]: ...
    def wishes(self) -> Sequence[Order]: ...
    def waiting(self) -> Sequence[Order]: ...
    def history(self, order: Order) -> Sequence[str]: ...
    def contact(self, order: Order) -> dict[str, str]: ...
    def volunteers_allowed(self, order: Order) -> bool: ...
    def best(self, order: Order) -> Sequence[Found]: ...
    def people(self, order: Order, name: str) -> Sequence[Found]: ...
    def bind(self, code: str) -> str: ...
    def rest(self, resting: bool) -> None: ...
    def forget(self) -> None: ...
    def acknowledge(self, number: int | None) -> tuple[int, bool]: ...
    def communities(self) -> Sequence[str]: ...
    def recategorise(self, order: Order, words: str) -> Order: ...
