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
    areas: frozenset[tuple[str | None, str | None]]  # (community, grid) of each row of the roster as a member
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
        needs.grid is not None and any(_is_in_grid(needs, *area) for area in candidate.areas),
        needs.community is not None and any(community == needs.community for community, _ in candidate.areas),
        tuple(sorted(skill for skill in candidate.skills if any(word in skill for word in needs.skills))),
    )


def _is_in_grid(needs: OrderNeeds, community: str | None, grid: str | None) -> bool:
    """Whether it is this grid: two communities may call their grids alike."""
    return grid == needs.grid and (None in (community, needs.community) or community == needs.community)


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
