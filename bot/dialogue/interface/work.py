"""What handlers and the service tell each other about lists of the work."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from bot.errors import Spoken
from bot.orders.order import Order

ListName = Literal["waiting", "in_hand", "overdue", "due_soon", "today", "untaken", "anything"]


@dataclass(frozen=True, slots=True)
class Listed:
    """An order of a list, who has it in hand, and the code of the order that it may be the same as."""

    order: Order
    handler: str | None
    same: str | None


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a list. `total`: how many there are from here on. `most`: from so many on nobody has counted exactly."""

    orders: Sequence[Listed]
    total: int
    most: int
    position: Sequence[object] | None  # for the next page; None where this is the last


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one order whose last change was to be taken back. `told`: how many persons had heard of it."""

    code: str
    order: Order | None
    told: int
    refused: Spoken | None


@dataclass(frozen=True, slots=True)
class LastReminder:
    """The newest reminder that went out, for whoever asks who has answered."""

    number: int
    title: str
    recipients: int
    acked: int
