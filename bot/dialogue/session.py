"""What is remembered between two messages of one person."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

ALARM = "safe"
"""The question whether who is in danger is safe."""


@dataclass(slots=True)
class Session:
    """One person's place in the conversation."""

    asked: str | None = None  # the bot's question that waits for an answer
    asked_at: datetime | None = None
    order_id: int | None = None  # the order further messages belong to
    order_at: datetime | None = None
    data: dict[str, Any] = field(default_factory=dict)

    def ask(self, kind: str, now: datetime, **facts: Any) -> None:
        """Remember that the reply asks something, and what is needed to take the answer. It replaces what was asked before."""
        self.settle()
        self.asked, self.asked_at = kind, now
        if facts:
            self.data["question"] = facts

    @property
    def question(self) -> Mapping[str, Any]:
        """The facts of the question that is open."""
        found: Mapping[str, Any] = self.data.get("question", {})
        return found

    @property
    def is_alarmed(self) -> bool:
        """Whether it is an alarm's question that is open: no other one takes its place, and the talk stays with it."""
        return self.asked == ALARM

    def settle(self) -> None:
        """The question is answered or given up."""
        self.asked = self.asked_at = None
        self.data.pop("question", None)

    def belong_to(self, order_id: int, now: datetime) -> None:
        """Further messages belong to this order."""
        self.order_id, self.order_at = order_id, now

    def expire(self, now: datetime, question: timedelta, belongs: timedelta) -> None:
        """Give up a question after `question`; after `belongs` nothing more belongs to the order or the answer."""
        waits = belongs if self.is_alarmed else question  # who is in danger has other things to do than to answer
        if self.asked_at is None or now - self.asked_at > waits:
            self.settle()
        if self.order_at is None or now - self.order_at > belongs:
            self.order_id = self.order_at = None
            for name in ("asked", "split", "again", "beside"):
                self.data.pop(name, None)
        for name in ("answered", "lost", "alarm"):
            kept = self.data.get(name)
            if kept is not None and now - datetime.fromisoformat(kept["at"]) > belongs:
                del self.data[name]
