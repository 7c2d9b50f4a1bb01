"""The row of a broadcast as the services read it. Attributes are the columns of `bot.store.schema.broadcasts`."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol


class Broadcast(Protocol):
    """A text to many, from its draft to its end."""

    id: int
    kind: str
    title: str
    body: str
    details: Mapping[str, str] | None
    audience: Mapping[str, Sequence[str]]
    state: str
    version: int
    digest: str
    template: str | None
    template_version: int | None
    occasion: str | None
    year: int | None
    number: int | None
    approvals_needed: int
    author_id: int | None  # None: proposed by the calendar, and nobody has taken it yet
    asked_id: int | None
    approver_id: int | None
    note: str | None
    created_at: datetime
    send_at: datetime | None
    approved_at: datetime | None
    due_from: datetime | None
    hold_until: datetime | None
    started_at: datetime | None
    ended_at: datetime | None
    closed_at: datetime | None
    rounds: int
    next_round_at: datetime | None
    is_demo: bool
