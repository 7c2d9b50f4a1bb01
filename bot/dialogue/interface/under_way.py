"""What handlers and the service tell each other about broadcasts that are under way."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Progress:
    """One broadcast as its author or an approver watches it. `approvers`: who approved the present version."""

    number: int
    kind: str
    title: str
    body: str
    author: str
    state: str
    recipients: int
    sent: int
    delivered: int
    waiting: int
    failed: int
    acked: int
    unbound: int
    approvers: Sequence[str]
    is_mine: bool


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A recipient who has not acknowledged although the rounds are through."""

    person_id: int
    name: str
    is_told: bool  # by hand
