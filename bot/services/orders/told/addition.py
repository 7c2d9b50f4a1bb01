"""Further words about an order, read."""

from dataclasses import dataclass

from bot.orders.lifecycle import State
from bot.understanding import Understanding

UNTOUCHED = frozenset({State.SUBMITTED, State.NEEDS_INFO})
"""States in which nobody works on the matter yet, so that a correction may still change what it is."""


@dataclass(frozen=True, slots=True)
class Addition:
    """Further words, read. `overrides`: an answer or a correction, which may replace what was known; `community` and
    `spot` are an answer's own words where the reading found nothing in them. `wrong`: the words of a correction for what it puts right,
    empty where it has none; None where they are no correction."""

    meant: Understanding
    overrides: bool
    community: str | None = None
    spot: str | None = None
    wrong: str | None = None
