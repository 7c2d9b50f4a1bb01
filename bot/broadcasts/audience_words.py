"""Reads an audience from words."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from bot.errors import NotUnderstood


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
    short = {name.removesuffix(words["community"]): name for name in communities}
    for name in filter(None, re.split(words["separators"], left)):
        if name in short:  # 花都路的党员
            _add(found, "community", short[name])
            continue
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
