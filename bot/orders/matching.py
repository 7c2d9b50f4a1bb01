"""Ranks candidates for an order: near, fitting, few orders in hand, not asked lately. The same input gives the same ranking."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.texts import Texts

NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class OrderNeeds:
    """What an order needs: place, category, skills."""

    community: str | None
    grid: str | None
    category: str
    skills: frozenset[str]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A member, with what the ranking compares."""

    person_id: int
    name: str
    communities: frozenset[str]
    grids: frozenset[str]
    skills: frozenset[str]
    resting: bool
    open_orders: int
    last_asked_at: datetime | None
    declined_this: bool


@dataclass(frozen=True, slots=True)
class Match:
    """A candidate with the reasons that speak for the choice."""

    candidate: Candidate
    same_grid: bool
    same_community: bool
    fitting: tuple[str, ...]


def rank(needs: OrderNeeds, candidates: Sequence[Candidate], cap: int) -> list[Match]:
    """The candidates, best first. Left out is who rests, has declined this order or has `cap` orders in hand."""
    able = [c for c in candidates if not c.resting and not c.declined_this and c.open_orders < cap]
    return sorted((_match(needs, c) for c in able), key=_order)


def _match(needs: OrderNeeds, candidate: Candidate) -> Match:
    return Match(
        candidate,
        needs.grid is not None and needs.grid in candidate.grids,
        needs.community is not None and needs.community in candidate.communities,
        tuple(sorted(skill for skill in candidate.skills if any(word in skill for word in needs.skills))),
    )


def _order(match: Match) -> tuple[bool, bool, bool, int, datetime, int]:
    candidate = match.candidate
    asked = candidate.last_asked_at or NEVER
    near = (not match.same_grid, not match.same_community, not match.fitting)
    return (*near, candidate.open_orders, asked, candidate.person_id)


def explain(match: Match, texts: Texts) -> str:
    """The reasons in words: 同网格·会水电·手上没有单."""
    parts = []
    if match.same_grid:
        parts.append(texts.say("matching.same_grid"))
    elif match.same_community:
        parts.append(texts.say("matching.same_community"))
    parts += [texts.say("matching.skill", skill=skill) for skill in match.fitting]
    number = match.candidate.open_orders
    parts.append(texts.say("matching.in_hand", number=number) if number else texts.say("matching.free"))
    return "·".join(parts)
