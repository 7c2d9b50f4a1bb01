"""Regular expressions that are compiled when they are first needed, and many of them searched at once by the characters of a text."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from operator import itemgetter

from bot.understanding.lexicon import Rules

_RULES = Rules("characters")
_NO_LITERAL = "^$.(\\"
_ENDS = {"(": ")", "[": "]"}


class Expression:
    """A regular expression, compiled when it is first used: to compile all takes longer than all else at the start."""

    def __init__(self, source: str) -> None:
        self.source = source

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The pattern."""
        return re.compile(self.source)

    def search(self, text: str) -> re.Match[str] | None:
        """The first match."""
        return self.compiled.search(text)


class Expressions:
    """Expressions by a character that a text must hold to match; only these are tried on a text."""

    def __init__(self, sources: Iterable[Expression | str]) -> None:
        self.all = tuple(Expression(each) if isinstance(each, str) else each for each in sources)
        self._holding: dict[str, list[int]] = defaultdict(list)
        for at, expression in enumerate(self.all):
            for character in sorted(necessary(expression.source) or {""}):
                self._holding[character].append(at)
        self._always = self._holding.pop("", [])

    def possible(self, text: str) -> list[int]:
        """The positions of those that may match a text of these characters, ascending."""
        found = set(self._always)
        for character in self._holding.keys() & set(text):
            found.update(self._holding[character])
        return sorted(found)

    def matching(self, text: str) -> list[int]:
        """The positions of those that match somewhere in the text, ascending."""
        return [at for at in self.possible(text) if self.all[at].compiled.search(text)]

    def blank(self, text: str, mark: str) -> str:
        """The text with every character of a match replaced, of an expression with a group every one of the group; of two that
        begin together the first expression counts."""
        patterns = [self.all[at].compiled for at in self.possible(text)]
        pieces, place = [], 0
        while patterns:
            matches = [(pattern, span) for pattern in patterns if (span := _span(pattern, text, place))]
            patterns = [pattern for pattern, _ in matches]
            if matches:
                start, end = min((span for _, span in matches), key=itemgetter(0))
                pieces += [text[place:start], mark * (end - start)]
                place = end
        return "".join([*pieces, text[place:]])


def _span(pattern: re.Pattern[str], text: str, place: int) -> tuple[int, int] | None:
    """Where it first matches from this place on. What stands before its group is looked at from the beginning of the text."""
    if pattern.groups:
        return next((found.span(1) for found in pattern.finditer(text) if found.start(1) >= place), None)
    found = pattern.search(text, place)
    return found.span() if found else None


def necessary(source: str) -> frozenset[str] | None:
    """Characters of which every match holds one at least; None where that is not told by the literals outside optional parts."""
    found: set[str] = set()
    usual = _RULES.words["usual"]
    for alternative in _alternatives(source):
        held = [held for part in alternative if (held := _held(part))]
        if not held:
            return None
        found |= min(held, key=lambda each: (any(character in usual for character in each), len(each)))
    return frozenset(found)


def _alternatives(source: str) -> Iterator[list[str]]:
    """Of each alternative the parts that must stand in a match: literals, sets and groups."""
    parts: list[str] = []
    place = 0
    while place < len(source):
        end = _end(source, place)
        if source[place] == "|":
            yield parts
            parts = []
        elif source[place] not in "?*+{":
            parts.append(source[place:end])
        elif source[place] != "+" and parts:
            parts.pop()
        place = end
    yield parts


def _end(source: str, place: int) -> int:
    """Where the part that begins here ends."""
    opening = source[place]
    if opening == "\\":
        return place + 2
    if opening == "{":
        return source.index("}", place) + 1
    if opening not in _ENDS:
        return place + 1
    place += 1
    while source[place] != _ENDS[opening]:
        nested = opening == "(" and source[place] in _ENDS
        place = _end(source, place) if nested or source[place] == "\\" else place + 1
    return place + 1


def _held(part: str) -> frozenset[str] | None:
    """The characters of which one stands where this part stands; None where that is not told."""
    if part.startswith("(?:"):
        return necessary(part[3 : part.rindex(")")])
    if part.startswith("["):
        inside = part[1 : part.rindex("]")]
        return None if inside.startswith("^") or "-" in inside or "\\" in inside else frozenset(inside)
    return None if part[0] in _NO_LITERAL else frozenset(part[0])
