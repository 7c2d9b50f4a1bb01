"""What a flow may ask of the world: the service behind it is handed in, so flows stay pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from bot.dialogue.session import Session
from bot.flows.broadcasts import BroadcastDesk
from bot.understanding import Understanding
from bot.understanding.answers import Entry


@dataclass(frozen=True, slots=True)
class Me:
    """Who is speaking."""

    id: int
    name: str | None
    roles: frozenset[str]
    communities: frozenset[str]
    grids: frozenset[str]


class Order(Protocol):
    """An order as flows read it."""

    id: int
    code: str
    lane: str
    category: str
    urgency: str
    danger: str | None
    state: str
    outcome: str | None
    text: str
    community: str | None
    estate: str | None
    person_id: int
    handler_id: int | None
    created_at: datetime
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class Part:
    """A picture, voice, video, location or link that belongs to an order."""

    kind: str
    media_id: str | None = None
    label: str | None = None  # a location's or link's words
    heard: bool = False  # a voice whose words were recognised: they are the message, this is the recording


@dataclass(frozen=True, slots=True)
class Found:
    """Somebody an order can be given to, and why."""

    person_id: int
    name: str
    volunteer: bool  # invited, not assigned
    reason: str
    resting: bool = False


class Desk(BroadcastDesk, Protocol):
    """One message's view of the service. Everything happens in the message's own transaction."""

    me: Me
    now: datetime
    session: Session
    meant: Understanding

    def line(self, order: Order) -> str: ...
    def locked_command(self) -> str | None: ...
    def order(self, code: str) -> Order: ...
    def may_read(self, order: Order) -> bool: ...
    def focus(self) -> Order | None: ...
    def candidates(self, action: str) -> Sequence[Order]: ...
    def act(self, order: Order, action: str, note: str | None = None, **changes: Any) -> Order: ...
    def place(self, meant: Understanding) -> Order: ...
    def read(self, text: str) -> Understanding: ...
    def answer(self, meant: Understanding) -> Entry | None: ...
    def unsolved(self, meant: Understanding) -> bool: ...
    def answers_with_order(self) -> bool: ...
    def correction(self) -> Understanding | None: ...
    def enrich(
        self, order: Order, action: str, note: str, *, meant: Understanding | None = None,
        community: str | None = None, spot: str | None = None,
    ) -> Order: ...  # fmt: skip
    def mine(self) -> Sequence[Order]: ...
    def in_hand(self) -> Sequence[Order]: ...
    def wishes(self) -> Sequence[Order]: ...
    def waiting(self) -> Sequence[Order]: ...
    def restricted(self) -> Sequence[Order]: ...
    def restricted_words(self, order: Order) -> str: ...
    def history(self, order: Order) -> Sequence[str]: ...
    def category(self, order: Order) -> str: ...
    def details(self, order: Order) -> dict[str, str]: ...
    def attach(self, order: Order, part: Part) -> None: ...
    def volunteers_allowed(self, order: Order) -> bool: ...
    def best(self, order: Order) -> Sequence[Found]: ...
    def people(self, order: Order, name: str) -> Sequence[Found]: ...
    def bind(self, code: str) -> str: ...
    def rest(self, resting: bool) -> None: ...
    def acknowledge(self, number: int | None) -> tuple[int, bool]: ...
    def reminder(self, number: int) -> str: ...
    def need(self, order: Order) -> str: ...
    def recategorise(self, order: Order, words: str) -> Order: ...
