"""Finds the names of people in a text, and on whose behalf it is written."""

import re
import tomllib
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.understanding.lexicon import Rules
from bot.understanding.normalize import Span

_RULES = Rules("person_names")
LEAD = 20
"""The words that say on whose behalf stand in so many characters before the person."""
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
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
    surnames: tuple[str, ...]

    def find(self, text: str) -> list[Span]:
        """Where names of people stand, in the order of the text, none inside another."""
        spans: list[Span] = []
        taken = bytearray(len(text))
        for pattern in self.patterns:
            for found in pattern.finditer(text):
                start, end = found.span(1)
                if (pattern is self.patterns[0] or self._is_name(text, start)) and not any(taken[start:end]):
                    taken[start:end] = b"\1" * (end - start)
                    spans.append((start, end))
        return sorted(spans)

    def _is_name(self, text: str, start: int) -> bool:
        return not (self.ordinary.match(text, start) or self.no_surname.search(text, max(0, start - 2), start + 1))

    def for_whom(self, text: str) -> str | None:
        """The words for the person on whose behalf somebody writes; None where they write for themselves."""
        names = self.find(text)
        for found in self.person.finditer(text):
            known = self.known.fullmatch(found.group(1))
            first = bisect_left(names, (found.start(), 0))
            if not known and not (first < len(names) and names[first][1] <= found.end()):
                continue
            after = text[found.end() : found.end() + 14]
            if _RULES.greeted.match(after) or self.against.search(_MARK.split(after)[0]):
                continue
            if self.behalf.search(text[max(found.start() - LEAD, 0) : found.start()]):
                return found.group(1)
            introduced = found.start() == 0 and not _CHINESE.match(after) and not self.near.match(found.group(1))
            if self.needs.search(after) and not introduced:
                return found.group(1)
        return None


def read_names(path: Path) -> Names:
    """Built from the office's words for people."""
    data: Mapping[str, Any] = tomllib.loads(path.read_text("utf-8"))
    names, whom = data["names"], data["for_whom"]
    words = {
        "surname": f"(?:{_any(names['double'])}|[{names['surnames']}])",
        "title": _any(names["titles"]),
        "short": _any(names["short_titles"]),
        "before": _any(names["before"]),
        "near": _any(whom["near"]),
        "family": _any(whom["family"]),
        "bare": _any(_RULES.words["bare"]),
    }
    known = _any([*whom["family"], *whom["people"], *_RULES.words["bare"]])
    return Names(
        tuple(re.compile(source) for source in _RULES.all_filled("names", **words)),
        re.compile(_any(names["ordinary"])),
        re.compile(f"(?:{_any(names['no_surname'])})$"),
        re.compile(_RULES.filled("person", people=_any(whom["people"]), **words)),
        re.compile(_RULES.filled("known", people=known, **words)),
        re.compile(_RULES.filled("near", **words)),
        re.compile(f"(?:{_any(whom['behalf'])})$"),
        re.compile(_any(whom["needs"])),
        re.compile(_any(whom["against"])),
        (names["surnames"], *names["double"]),
    )


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: -len(word)))
