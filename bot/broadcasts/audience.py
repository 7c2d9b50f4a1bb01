"""Whom a broadcast is for: a typed audience."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields

RESIDENT = "resident"
"""Stands in `role` for residents who agreed to service notices; they have no role on the roster."""
GONE = "#"
NEARLY_ALL = 80
"""Per cent of the persons on the roster."""
SMALL_ROSTER = 10
"""Persons: on a smaller roster a share says nothing."""


@dataclass(frozen=True, slots=True)
class Audience:
    """Every part that is given must fit the same role of a person; of one part any value. Empty: everybody with a role.

    `exclude`: names, communities, branches and grids that are left out.
    """

    role: tuple[str, ...] = ()
    community: tuple[str, ...] = ()
    branch: tuple[str, ...] = ()
    grid: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()

    @classmethod
    def of(cls, parts: Mapping[str, Sequence[str]]) -> "Audience":
        """From the parts as JSON has them. TypeError for a part of another name."""
        return cls(**{name: tuple(values) for name, values in parts.items()})

    def as_json(self) -> dict[str, list[str]]:
        """The parts that say something."""
        return {each.name: list(getattr(self, each.name)) for each in fields(self) if getattr(self, each.name)}

    def is_whole_office(self, communities: Sequence[str]) -> bool:
        """Whether it goes to the whole office: nothing but the role limits it, or every community is named."""
        if self.branch or self.grid or self.names:
            return False
        return not self.community or set(communities) <= set(self.community)

    def may_be_nearly_all(self) -> bool:
        """Whether branch, grid or names limit it. One community limits it whatever its size."""
        return bool(self.branch or self.grid or self.names) and len(set(self.community)) != 1

    def is_nearly_all(self, reached: int, everybody: int) -> bool:
        """Whether it reaches nearly everybody with a role on a roster that is not tiny."""
        return everybody >= SMALL_ROSTER and reached * 100 >= everybody * NEARLY_ALL


def gone(person_id: int) -> str:
    """What stands for a name whose person's data were deleted. It is nobody's name."""
    return f"{GONE}{person_id}"


def gone_id(word: str) -> int | None:
    """Of whom this word stands for the name; None where it is a name."""
    number = word.removeprefix(GONE)
    return int(number) if word.startswith(GONE) and number.isdecimal() else None
