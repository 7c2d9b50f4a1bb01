"""Finds the names of people in a text, and on whose behalf it is written."""

import re
import tomllib
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.understanding.extract.spans import Taken
from bot.understanding.lexicon import Rules, any_of
from bot.understanding.normalize import CHINESE, Span

_RULES = Rules("person_names")
LEAD = 20
"""The words that say on whose behalf stand in so many characters before the person."""
_MARK = re.compile(r"[,，。!！?？;；]")


@dataclass(frozen=True, slots=True)
class Names:
    """Patterns built from config/names.toml; in each the first group is the name."""

    patterns: tuple[re.Pattern[str], ...]
    ordinary: re.Pattern[str]
    no_surname: re.Pattern[str]
    person: re.Pattern[str]
    known: re.Pattern[str]
    near: re.Pattern[str]
    behalf: re.Pattern[str]
    needs: re.Pattern[str]
    against: re.Pattern[str]
    surname: str
    """The source of an expression for a surname."""
    surnames: tuple[str, ...]

    def find(self, text: str) -> list[Span]:
        """Where names of people stand, in the order of the text, none inside another."""
        spans: list[Span] = []
        taken = Taken(text)
        for pattern in self.patterns:
            for found in pattern.finditer(text):
                start, end = found.span(1)
                if (pattern is self.patterns[0] or self._is_name(text, start)) and taken.take(start, end):
                    spans.append((start, end))
        return sorted(spans)

    def _is_name(self, text: str, start: int) -> bool:
        return not (self.ordinary.match(text, start) or self.no_surname.search(text, max(0, start - 2), start + 1))

    def for_whom(self, text: str) -> str | None:
        """The words for the person on whose behalf somebody writes; None where they write for themselves."""
        names: list[Span] | None = None
        for found in self.person.finditer(text):
            if not self.known.fullmatch(found.group(1)):
                names = self.find(text) if names is None else names
                first = bisect_left(names, (found.start(), 0))
                if not (first < len(names) and names[first][1] <= found.end()):
                    continue
            after = text[found.end() : found.end() + 14]
            if _RULES.greeted.match(after) or self.against.search(_MARK.split(after)[0]):
                continue
            if self.behalf.search(text[max(found.start() - LEAD, 0) : found.start()]):
                return found.group(1)
            introduced = found.start() == 0 and not CHINESE.match(after) and not self.near.match(found.group(1))
            if self.needs.search(after) and not introduced:
                return found.group(1)
        return None


def read_names(path: Path) -> Names:
    """Built from the office's words for people."""
    data: Mapping[str, Any] = tomllib.loads(path.read_text("utf-8"))
    names, whom = data["names"], data["for_whom"]
    words = {
        "surname": f"(?:{any_of(names['double'])}|[{names['surnames']}])",
        "title": any_of(names["titles"]),
        "short": any_of(names["short_titles"]),
        "before": any_of(names["before"]),
        "near": any_of(whom["near"]),
        "family": any_of(whom["family"]),
        "bare": any_of(_RULES.words["bare"]),
    }
    known = any_of([*whom["family"], *whom["people"], *_RULES.words["bare"]])
    return Names(
        tuple(re.compile(source) for source in _RULES.all_filled("names", **words)),
        re.compile(any_of(names["ordinary"])),
        re.compile(f"(?:{any_of(names['no_surname'])})$"),
        re.compile(_RULES.filled("person", people=any_of(whom["people"]), **words)),
        re.compile(_RULES.filled("known", people=known, **words)),
        re.compile(_RULES.filled("near", **words)),
        re.compile(f"(?:{any_of(whom['behalf'])})$"),
        re.compile(any_of(whom["needs"])),
        re.compile(any_of(whom["against"])),
        words["surname"],
        (names["surnames"], *names["double"]),
    )
