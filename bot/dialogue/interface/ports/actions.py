"""What a handler does with orders and restricted matters through the service."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, Protocol

from bot.dialogue.interface.order import Part
from bot.dialogue.interface.work import Taken
from bot.orders.order import Order
from bot.understanding import Understanding
from bot.understanding.faq.retrieval import Entry


class Actions(Protocol):
    """Makes and changes orders. Each method returns the order as it is afterwards."""

    def perform(self, order: Order, action: str, note: str | None = None, **changes: Any) -> Order: ...
    def place(self, meant: Understanding, answered: Entry | None = None) -> Order: ...
    def split(self, order: Order, meant: Understanding, category: str | None = None) -> Order: ...
    def join(self, codes: Sequence[str], text: str | None) -> Order: ...
    def enrich(
        self, order: Order, action: str, note: str, meant: Understanding, *, overrides: bool = False,
        community: str | None = None, spot: str | None = None, when: str | None = None, wrong: str | None = None, alarms: bool = False,
    ) -> Order: ...  # fmt: skip
    def forget_number(self, order: Order, note: str) -> None: ...  # of whoever is to be called
    def attach(self, order: Order, part: Part) -> None: ...
    def register(self, meant: Understanding) -> Order: ...
    def hand_over(self, order: Order, reason: str) -> None: ...  # the conversation waits for a person: asked, lost
    def end_handover(self, order: Order) -> bool: ...
    def may_undo(self, order: Order) -> bool: ...  # what was done in this turn
    def undo(self, order: Order | None, of: Collection[str] = ...) -> Sequence[Taken]: ...  # the last of these actions


class Corrections(Protocol):
    """What was understood of an order, put right by staff."""

    def set_urgency(self, order: Order, urgency: str, note: str) -> Order: ...
    def leaves_box(self, order: Order, words: str) -> bool: ...
    def recategorise(self, order: Order, words: str) -> Order: ...


class Petitions(Protocol):
    """The statutory notice in writing."""

    def register(self, order: Order) -> datetime: ...
    def give_notice(self, order: Order, note: str) -> None: ...


class Restricted(Protocol):
    """Restricted matters: for the discipline staff, and what their resident is told."""

    def waiting(self, after: Sequence[Any] | None = None) -> Sequence[Order]: ...  # behind urgency, limit, id
    def one(self, code: str, *, on_duty: bool = False) -> Order: ...
    def words(self, order: Order) -> str: ...
    def views(self, order: Order) -> str: ...
    def door(self, order: Order, role: str | None) -> str: ...
    def left_alone(self, order: Order, role: str | None) -> str: ...
