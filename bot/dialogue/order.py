"""An order, and what is said about one, as handlers read it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


class Order(Protocol):
    """An order as handlers read it."""

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


@dataclass(frozen=True, slots=True)
class Repeated:
    """A kind of matter that comes up at one place again and again."""

    place: str
    category: str
    number: int
