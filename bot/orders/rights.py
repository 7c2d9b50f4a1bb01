"""Who may do what: the rights of a person as triples (role, community, grid), and every question that is asked of them.

A role holds in its own community and grid alone: staff of one community who are members in another are no staff there.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

MEMBER, STAFF, ADMIN, DISCIPLINE = "member", "staff", "admin", "discipline"
OFFICE_WIDE = frozenset({ADMIN})
"""Who answers for every community as its staff do."""
WITH_TOTP = frozenset({ADMIN, DISCIPLINE})
"""Who signs in to the console with one-time passwords besides."""
COMMUNITY = 1
"""The ring after that of the grid, 0; any later one is the whole office."""


class Placed(Protocol):
    """An order, as far as rings go. `grid` None: where in the community is not known."""

    @property
    def ring(self) -> int: ...
    @property
    def community(self) -> str | None: ...
    @property
    def grid(self) -> str | None: ...


@dataclass(frozen=True, slots=True)
class Right:
    """One row of the roster. None: the role is bound to no community, or to no grid of it."""

    role: str
    community: str | None = None
    grid: str | None = None


@dataclass(frozen=True, slots=True)
class Rights:
    """All that one person holds."""

    held: frozenset[Right] = frozenset()

    @property
    def roles(self) -> frozenset[str]:
        """The names of the roles alone: what one may say at all, and never about which community."""
        return frozenset([right.role for right in self.held]) if self.held else frozenset()

    def holds(self, *roles: str) -> bool:
        """Whether any of these roles is held anywhere."""
        return any(right.role in roles for right in self.held)

    def communities(self, role: str) -> frozenset[str]:
        """The communities in which this role is held."""
        return frozenset(right.community for right in self.held if right.role == role and right.community)

    def areas(self, role: str) -> frozenset[tuple[str | None, str | None]]:
        """(community, grid) of each right of this role."""
        return frozenset((right.community, right.grid) for right in self.held if right.role == role)

    def answers_for(self, community: str | None) -> bool:
        """Whether orders of this community (None: of a community that nobody knows yet) are this person's to decide."""
        if self.holds(*OFFICE_WIDE):
            return True
        return self.holds(STAFF) if community is None else community in self.communities(STAFF)

    def within_ring(self, order: Placed) -> bool:
        """Whether an open wish is shown and told to this member by now: to the grid's members first, then to those of its
        community, then to all. Whoever knows its number may claim it before that. `bot.store.reads.order_lists.open_within`
        lists by this rule, and `bot.store.persons.people.members_within` finds whom to tell."""
        areas = self.areas(MEMBER)
        if order.ring > COMMUNITY or order.community is None:
            return bool(areas)
        if order.ring == COMMUNITY or order.grid is None:
            return any(community == order.community for community, _ in areas)
        return any(grid == order.grid and community in (None, order.community) for community, grid in areas)

    def scope(self) -> frozenset[str] | None:
        """The communities whose orders this person decides on; None: all of the office."""
        return None if self.holds(*OFFICE_WIDE) else self.communities(STAFF)

    @property
    def decides(self) -> bool:
        """Whether the person decides on orders of any community."""
        return self.holds(STAFF, *OFFICE_WIDE)

    @property
    def needs_totp(self) -> bool:
        """Whether the person signs in with one-time passwords besides."""
        return self.holds(*WITH_TOTP)


NONE = Rights()


def rights(rows: Iterable[tuple[str | None, str | None, str | None]]) -> Rights:
    """From (role, community, grid) of each row; a row without a role is none."""
    return Rights(frozenset(Right(role, community, grid) for role, community, grid in rows if role))
