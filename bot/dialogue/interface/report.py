"""What handlers and the service tell each other about figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.dialogue.interface.work import Listed

Period = Literal["today", "yesterday", "week", "last_week", "month", "last_month", "year"]


@dataclass(frozen=True, slots=True)
class Measure:
    """Orders of one community (None: of no known one) within a period. `hours`: from coming in to closed, on average."""

    community: str | None
    received: int
    closed: int
    open: int
    overdue: int
    measured: int  # residents who said something that counts for satisfaction
    satisfied: int
    hours: float | None


@dataclass(frozen=True, slots=True)
class Report:
    """The measures of a period by community, and emergencies that nobody has dealt with in time."""

    since: datetime
    until: datetime
    is_running: bool  # whether the period goes on: only then does it say what is open and late now
    by_community: Sequence[Measure]
    stuck: Sequence[Listed]
