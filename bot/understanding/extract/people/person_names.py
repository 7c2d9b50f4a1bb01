"""Finds the names of people in a text, and on whose behalf it is written."""

import re
import tomllib
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from bot.understanding.lexicon import Rules, any_of
from bot.understanding.models.expressions import Expression
from bot.understanding.normalize import CHINESE, READ_LATELY, Span, Taken

_RULES = Rules("person_names")
LEAD, BEHIND = 20, 14
"""The words that say on whose behalf stand in so many characters before the person; what is wanted, so many behind."""
_MARK = re.compile(r"[,，。!！?？;；]")


class Names:
    """Patterns built from the office's words for people (config/names.toml)."""

    def __init__(self, names: Mapping[str, Any], whom: Mapping[str, Any]) -> None:
        bare = _RULES.words["bare"]
        people = any_of(whom["people"])
        self.surname = f"(?:{any_of(names['double'])}|[{names['surnames']}])"  # the source of an expression
        self.surnames = (names["surnames"], *names["double"])
        words = {
            "surname": self.surname, "title": any_of(names["titles"]), "short": any_of(names["short_titles"]),
            "before": any_of(names["before"]), "near": any_of(whom["near"]), "family": any_of(whom["family"]), "bare": any_of(bare),
        }  # fmt: skip
        known = any_of([*whom["family"], *whom["people"], *bare])
        self._patterns = [Expression(source) for source in _RULES.all_filled("names", **words)]
        self._person = Expression(_RULES.filled("person", people=people, **words))
        self._known = Expression(_RULES.filled("known", people=known, **words))
        self._near = Expression(_RULES.filled("near", **words))
        self.ordinary = re.compile(any_of(names["ordinary"]))
        self._no_surname = re.compile(f"(?:{any_of(names['no_surname'])})$")
        self._behalf = re.compile(f"(?:{any_of(whom['behalf'])})$")
        self.find = lru_cache(READ_LATELY)(self._find)
        self._needs, self._against = re.compile(any_of(whom["needs"])), re.compile(any_of(whom["against"]))

    def _find(self, text: str) -> Sequence[Span]:
        """Where names of people stand, in the order of the text, none inside another."""
        spans: list[Span] = []
        taken = Taken(text)
        for pattern in self._patterns:
            for found in pattern.compiled.finditer(text):
                start, end = found.span(1)
                if (pattern is self._patterns[0] or self._is_name(text, start)) and taken.take(start, end):
                    spans.append((start, end))
        return tuple(sorted(spans))

    def _is_name(self, text: str, start: int) -> bool:
        return not (self.ordinary.match(text, start) or self._no_surname.search(text, max(0, start - 2), start + 1))

    def for_whom(self, text: str) -> str | None:
        """The words for the person on whose behalf somebody writes; None where they write for themselves."""
        names: Sequence[Span] | None = None
        for found in self._person.compiled.finditer(text):
            person, after = found.group(1), text[found.end() : found.end() + BEHIND]
            if not self._known.compiled.fullmatch(person):
                names = self.find(text) if names is None else names
                first = bisect_left(names, (found.start(), 0))
                if not (first < len(names) and names[first][1] <= found.end()):
                    continue
            if _RULES.greeted.match(after) or self._against.search(_MARK.split(after)[0]):
                continue
            if self._behalf.search(text[max(found.start() - LEAD, 0) : found.start()]):
                return person
            introduced = found.start() == 0 and not CHINESE.match(after) and not self._near.compiled.match(person)
            if self._needs.search(after) and not introduced:
                return person
        return None


def read_names(path: Path) -> Names:
    """From the office's file."""
    data = tomllib.loads(path.read_text("utf-8"))
    return Names(data["names"], data["for_whom"])
