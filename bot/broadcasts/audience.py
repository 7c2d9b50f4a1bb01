"""Whom a broadcast is for: a typed audience, and how it is read from words."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from bot.errors import NotUnderstood

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


def parse(
    text: str,
    communities: Sequence[str],
    roles: Mapping[str, str],
    words: Mapping[str, Any],
    people: Sequence[str] = (),
) -> dict[str, list[str]]:
    """Role, community, branch, grid, names and whom to leave out, as far as named. `people`: names of the roster that stand in
    the text; they go before all else (党员03 is somebody, not a role). NotUnderstood where words are left over."""
    excluded: list[str] = []
    for match in re.finditer(words["except"], text):
        without = _parts(match["excluded"], communities, {}, words, people)
        excluded += [value for part in without.values() for value in part if value not in excluded]
    found = _parts(re.sub(words["except"], " ", text), communities, roles, words, people)
    if not found:
        raise NotUnderstood("broadcast.audience_unclear")
    return {**found, "exclude": excluded} if excluded else found


def _parts(
    text: str, communities: Sequence[str], roles: Mapping[str, str], words: Mapping[str, Any], people: Sequence[str]
) -> dict[str, list[str]]:
    left = text.strip()
    found: dict[str, list[str]] = {}
    for person in people:
        if re.search(whole_name(person), left):
            _add(found, "names", person)
            left = re.sub(whole_name(person), " ", left)
    for part, pattern, name in _patterns(communities, roles, words):
        for match in re.finditer(pattern, left):
            _add(found, part, name or _grid(match[0], words["grid_name"]))
        left = re.sub(pattern, " ", left)
    for filler in words["fillers"]:
        left = re.sub(rf"(?<!\w){re.escape(filler)}|{re.escape(filler)}(?!\w)", " ", left)
    for match in re.finditer(words["branch"], left):
        _add(found, "branch", match[0])
    left = re.sub(words["branch"], " ", left)
    for name in filter(None, re.split(words["separators"], left)):
        if re.fullmatch(words["name"], name) is None:
            raise NotUnderstood("broadcast.audience_unclear")
        _add(found, "names", name)
    return found


def whole_name(name: str) -> str:
    """An expression for a name where no digit goes on: 党员1 does not stand in 党员12."""
    return rf"{re.escape(name)}(?!\d)"


def _patterns(
    communities: Sequence[str], roles: Mapping[str, str], words: Mapping[str, Any]
) -> list[tuple[str, str, str | None]]:
    """Which part of an audience each pattern names and as what, the longest words first; None: a grid's number."""
    named = [("community", name, name) for name in communities]
    named += [("role", word, role) for word, role in roles.items()]
    longest = sorted(named, key=lambda entry: len(entry[1]), reverse=True)
    return [*((part, re.escape(word), name) for part, word, name in longest), ("grid", words["grid"], None)]


def _add(found: dict[str, list[str]], part: str, value: str) -> None:
    values = found.setdefault(part, [])
    if value not in values:
        values.append(value)


def numbered_grid(said: str, words: Mapping[str, Any]) -> str:
    """The name of a grid of which the number alone was written (3, 网格3, 3号网格); else as it was said."""
    is_numbered = (said.isascii() and said.isdecimal()) or re.fullmatch(words["grid"], said)
    return _grid(said, words["grid_name"]) if is_numbered else said


def _grid(said: str, name: str) -> str:
    """The office writes a grid's number with two digits."""
    return name.format(number=int(re.sub(r"\D", "", said)))
