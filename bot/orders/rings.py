"""Who may claim an open wish: its grid's members first, then those of its community, then everybody.

`bot.store.reads.order_lists.open_within` lists by the same rule, and `bot.store.people.members_within` finds whom to tell.
"""

from collections.abc import Collection
from typing import Protocol

GRID, COMMUNITY = 0, 1
"""The first rings; any later one is the whole office."""


class Placed(Protocol):
    """An order, as far as the rule goes. `grid` None: where in the community is not known."""

    @property
    def ring(self) -> int: ...
    @property
    def community(self) -> str | None: ...
    @property
    def grid(self) -> str | None: ...


def reaches(order: Placed, areas: Collection[tuple[str | None, str | None]]) -> bool:
    """Whether the order's ring includes one of these areas (community, grid)."""
    if order.ring > COMMUNITY or order.community is None:
        return bool(areas)
    if order.ring == COMMUNITY or order.grid is None:
        return any(community == order.community for community, _ in areas)
    return any(grid == order.grid and community in (None, order.community) for community, grid in areas)
