"""Time limits and other numbers that the office decides, read from config/lanes.toml."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from bot.orders.time_limits.calendar import Calendar

Span = Mapping[str, int]
SHORT = ("S0", "S1")
"""Limits of a matter that are counted in minutes or hours."""
NEVER = datetime(9999, 12, 31, tzinfo=UTC)
OTHERS = "*"  # of a step: the urgencies that have no limit of their own


@dataclass(frozen=True, slots=True)
class Stretch:
    """From `first` up to, but not including, `until`. What begins at its first moment is due at `due`; what begins later is
    due as much later where the limit `moves`, else at the same moment: while the office is closed nothing is counted."""

    first: datetime
    until: datetime
    due: datetime
    moves: bool


@dataclass(frozen=True, slots=True)
class StepLimits:
    """The limit of a step as a function of when it begins: of one urgency, or of all `but` some (None)."""

    urgency: str | None
    but: Sequence[str]
    stretches: Sequence[Stretch]


@dataclass(frozen=True, slots=True)
class Limits:
    """The office's limits. A span is one of {minutes: n}, {hours: n}, {days: n}, {working_days: n}."""

    question_minutes: int
    belongs_minutes: int
    claims_per_member: int
    bind_days: int
    warn_share: float
    warn_share_accepted: float
    nudge_days: int
    ask_again_days: int
    call_days: int
    no_reply_days: int
    returns_max: int
    rework_max: int
    petition_days: int
    petition_warn_days: int
    matter: Mapping[str, Span]
    step: Mapping[str, Mapping[str, Span]]
    rings: Sequence[int]
    skills: Mapping[str, Sequence[str]]
    keep_days: Mapping[str, int]
    same_days: int
    repeated_days: int
    repeated_least: int
    repeated_shown: int

    def due_at(
        self, sla: str, urgency: str, now: datetime, calendar: Calendar, *, other: datetime | None = None
    ) -> datetime:  # fmt: skip
        """When the whole matter is due, by its limit's code; urgency U0 and U1 shorten it to S0 and S1. `other`: the limit that
        another system has set. It replaces the office's own, but makes none later that counts in minutes or hours."""
        if urgency == "U0":
            sla = "S0"
        elif urgency == "U1" and sla != "S0":
            sla = "S1"
        own = _after(now, self.matter[sla], calendar)
        if other is None:
            return own
        return min(own, other) if sla in SHORT else other

    def step_due_at(
        self,
        state: str,
        urgency: str,
        now: datetime,
        calendar: Calendar,
        *,
        ring: int = 0,
        due_at: datetime | None = None,
    ) -> datetime | None:
        """When the present step must have ended; None where no limit runs."""
        if state == "open":
            return now + timedelta(days=self.rings[min(ring, len(self.rings) - 1)])
        if state == "accepted":
            return due_at
        spans = self.step.get(state)
        if spans is None:
            return None
        return _after(now, spans.get(urgency, spans[OTHERS]), calendar)

    def step_limits(self, state: str, start: datetime, end: datetime, calendar: Calendar) -> Iterator[StepLimits]:
        """As `step_due_at` has them, for steps that begin from `start` up to `end`, so that many are compared at once: for each
        urgency that has a limit of its own, and for the others."""
        if start >= end:
            return
        spans = self.step[state]
        named = [urgency for urgency in spans if urgency != OTHERS]
        for urgency, span in spans.items():
            stretches = list(_stretches(span, start, end, calendar))
            yield StepLimits(None, named, stretches) if urgency == OTHERS else StepLimits(urgency, (), stretches)

    def rework_due_at(self, sla: str, now: datetime, calendar: Calendar) -> datetime:
        """When a matter that was not solved is due again: after half of its first time, one working day at least."""
        half = (_after(now, self.matter[sla], calendar) - now) / 2
        return max(now + half, calendar.add_working_days(now, 1))

    def warn_at(self, state: str, start: datetime, due: datetime) -> datetime:
        """When the one who must act is reminded: after a share of the time between start and due."""
        share = self.warn_share_accepted if state == "accepted" else self.warn_share
        return start + (due - start) * share

    def look_at(self, order: Mapping[str, Any]) -> datetime | None:
        """When the clock must look at the limit of an order's present step next: to remind of it, and after that once it has
        passed. None where no limit runs. `order`: its columns."""
        start: datetime | None = order["step_at"]
        due: datetime | None = order["step_due_at"]
        if due is None or start is None or order["warned_at"] is not None:
            return due
        return self.warn_at(order["state"], start, due)

    def skills_for(self, category: str) -> frozenset[str]:
        """The skills of the roster that help with a category; empty where none is needed."""
        return frozenset(self.skills.get(category, ()))


def counting(urgency: str, state: str, due_at: datetime | None, step_due_at: datetime | None) -> datetime:
    """The limit that counts now, for an order's place in lists, its colour, words and numbers: that of the whole matter; of an
    urgent one on which somebody must act first, that of the step where it is earlier. NEVER where none runs."""
    if due_at is None:
        return NEVER
    first = urgency in ("U0", "U1") and state in ("submitted", "offered") and step_due_at is not None
    return min(due_at, step_due_at) if first and step_due_at is not None else due_at


def _stretches(span: Span, start: datetime, end: datetime, calendar: Calendar) -> Iterator[Stretch]:
    if "working_days" not in span:
        yield Stretch(start, end, _after(start, span, calendar), moves=True)
        return
    first = start.astimezone(calendar.zone)
    while first < end:
        opening = calendar.next_opening(first)
        until = calendar.next_closing(first) if opening is None else opening
        yield Stretch(first, min(until, end), _after(first, span, calendar), moves=opening is None)
        first = until


def _after(now: datetime, span: Span, calendar: Calendar) -> datetime:
    if "working_days" in span:
        return calendar.add_working_days(now, span["working_days"])
    return now + timedelta(**span)


@cache
def load(config_dir: Path) -> Limits:
    """Read config/lanes.toml, once a process."""
    data = tomllib.loads((config_dir / "lanes.toml").read_text("utf-8"))
    rings = data.pop("rings")["days"]
    return Limits(rings=rings, **data)
