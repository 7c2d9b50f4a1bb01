"""An order as all layers read it. Attributes are the columns of its table."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol


class Order(Protocol):
    """An order. Of a restricted one this is the envelope; its words are in the sealed box."""

    id: int
    code: str
    lane: str
    category: str
    urgency: str
    danger: str | None
    state: str
    outcome: str | None
    person_id: int
    text: str
    text_sealed: bytes
    community: str | None
    grid: str | None
    estate: str | None
    place_sealed: bytes | None
    contact_sealed: bytes | None
    wanted_when: str | None
    handler_id: int | None
    round: int
    ring: int
    rating: int | None
    solved: bool | None
    source: str
    external_id: str | None
    merged_into_id: int | None
    split_from_id: int | None
    alike_id: int | None
    version: int
    created_at: datetime
    updated_at: datetime
    due_at: datetime | None
    external_due_at: datetime | None
    limit_at: datetime
    step_at: datetime | None
    step_due_at: datetime | None
    look_at: datetime | None
    warned_at: datetime | None
    escalated_at: datetime | None
    asked_again_at: datetime | None
    done_at: datetime | None
    served_minutes: int | None
    closed_at: datetime | None
    petition_at: datetime | None
    petition_due_at: datetime | None
    petition_told_at: datetime | None
    is_demo: bool
    excludes: bool | None
    left_box: bool | None

    def _asdict(self) -> Mapping[str, Any]: ...
