"""Finds where in a message a further request may begin: at a list's items, at words that announce one, at marks."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from bot.understanding.lexicon import Rules
from bot.understanding.normalize import Plain


class Kind(IntEnum):
    """What stands at a cut, from the weakest to the strongest: nothing, a comma, a full stop, or words that announce."""

    BARE = 0
    COMMA = 1
    END = 2
    ALSO = 3
    SAID = 4
    ITEM = 5


@dataclass(frozen=True, slots=True)
class SegmentStart:
    """Where a further request may begin, in characters of the raw text."""

    start: int
    kind: Kind


WORD = 6
"""A mark within so many characters after the word that announces a request belongs to that word ("对了，…")."""
RUN = 4
"""A request said without any mark around it has at least so many characters."""
_RULES = Rules("clauses")
_COMMA = re.compile(r"[,，、 \t]+")
_END = re.compile(r"[.。;；!！?？~～\n…]+[,，.。;；!！?？~～\s]*")
_MARKED = re.compile(r"[,，、.。;；!！?？\n…]")
_CLOSING = ",，.。!！?？~～ \n…"


@dataclass(frozen=True, slots=True)
class SegmentStarts:
    """The words of the lexicon that announce a further request, and those that mostly begin one."""

    said: re.Pattern[str]
    also: re.Pattern[str]
    starts: re.Pattern[str]
    opening: re.Pattern[str]

    def bare(self, words: str) -> str:
        """A folded stretch without the list's number or the words that announce it."""
        return self.opening.sub("", words)

    def find(self, plain: Plain, wanted: frozenset[Kind]) -> list[SegmentStart]:
        """Those of the wanted kinds, in order; where several stand together only the strongest counts."""
        kinds: dict[int, Kind] = {}
        for kind, starts in self._all(plain, wanted):
            for start in starts:
                kinds[start] = max(kind, kinds.get(start, kind))
        marks = {found.end() for found in _COMMA.finditer(plain.raw)} | {
            found.end() for found in _END.finditer(plain.raw)
        }
        return _thinned(sorted(kinds.items()), marks, len(plain.raw))

    def _all(self, plain: Plain, wanted: frozenset[Kind]) -> Iterable[tuple[Kind, Iterable[int]]]:
        yield Kind.ITEM, _items(plain.raw)
        yield Kind.SAID, (plain.origin[found.start()] for found in self.said.finditer(plain.text))
        yield Kind.ALSO, (plain.origin[found.start()] for found in self.also.finditer(plain.text))
        if Kind.END in wanted:
            yield Kind.END, (found.end() for found in _END.finditer(plain.raw))
        if Kind.COMMA in wanted:
            yield Kind.COMMA, (found.end() for found in _COMMA.finditer(plain.raw))
        if Kind.BARE in wanted and not _MARKED.search(plain.raw.rstrip(_CLOSING)):
            yield Kind.BARE, (plain.origin[found.start()] for found in self.starts.finditer(plain.text))


def _thinned(starts: Iterable[tuple[int, Kind]], marks: set[int], end: int) -> list[SegmentStart]:
    """Without those at the very ends, next to the word that announces, and bare ones next to others."""
    found: list[SegmentStart] = [SegmentStart(0, Kind.BARE)]
    for start, kind in starts:
        last = found[-1]
        near = start - last.start
        if start == end or (kind == Kind.BARE and near < (RUN if last.kind < Kind.ALSO else 2 * RUN)):
            continue
        if near <= WORD and kind <= last.kind and last.kind >= Kind.ALSO and kind != Kind.ITEM:
            continue
        inside = near <= WORD and kind == Kind.ALSO and last.start and start not in marks
        if not near or inside:  # "in front of the house there is also"
            found[-1] = SegmentStart(last.start, kind)
        else:
            found.append(SegmentStart(start, kind))
    return found[1:]


def _items(raw: str) -> list[int]:
    """Where the items of a list begin that counts up from one; empty where there are not two."""
    starts: list[int] = []
    for found in _RULES.item.finditer(raw):
        character = next(group for group in found.groups() if group)
        if any(numbers[len(starts) : len(starts) + 1] == character for numbers in _RULES.words["numbers"]):
            starts.append(found.start())
    return starts if len(starts) > 1 else []


def begins_with_item(raw: str) -> bool:
    """Whether the first item of a list opens the text."""
    return _items(raw)[:1] == [0]


def segment_starts(table: Mapping[str, Any]) -> SegmentStarts:
    """Built from the table [segmentation] of the lexicon."""
    said, also, starts = ("|".join(table[name]) for name in ("said", "also", "starts"))
    held = "".join(f"(?<!{word})" for word in table["held_by"])
    opening = _RULES.filled("opening", said=said, also=also)
    return SegmentStarts(re.compile(said), re.compile(also), re.compile(f"{held}(?:{starts})"), re.compile(opening))
