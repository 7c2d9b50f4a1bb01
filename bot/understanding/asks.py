"""Tells several requests in one message apart, so that each can become an order of its own."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.understanding.categories import UNKNOWN
from bot.understanding.classifier import Choice, Classifier
from bot.understanding.folding import Plain, fold

_MARK = re.compile(r"[,，。;；!！?？、\n ]+")
_ITEM = re.compile(
    r"(?:^|(?<=[\s,，。;；:：!！?？、]))(?:[(（]?([1-9一二三四五六七八九])[)）、.．:：是来]|第([一二三四五六七八九])[个件条点]?|([1-9])(?=[\u4e00-\u9fff]))"
    r"|([①-⑨])"
)
_NUMBERS = {
    sign: value for signs in ("123456789", "一二三四五六七八九", "①②③④⑤⑥⑦⑧⑨") for value, sign in enumerate(signs, 1)
}

WORD = 6
"""A comma within so many signs after the word that announces a request belongs to that word ("对了，…")."""


@dataclass(frozen=True, slots=True)
class Cut:
    """Where a further request may begin; announced by a word or a list, or only by a comma."""

    start: int
    announced: bool


@dataclass(slots=True)
class Part:
    """A stretch of the raw text that is about one category."""

    start: int
    end: int
    choice: Choice


@dataclass(frozen=True, slots=True)
class Asks:
    """Cuts a message into its requests: each about something known, and about something else than the others."""

    classifier: Classifier
    further: re.Pattern[str]
    up_to: int
    said: float
    said_at_length: float
    sure: float
    soft: frozenset[str]

    def split(self, plain: Plain, danger: bool) -> tuple[str, ...]:
        """The texts of the requests in the sender's own words; empty where there is only one.

        In a message of danger only announced requests stand apart.
        """
        long = len(plain.raw) > self.up_to
        cuts = list(self._cuts(plain, commas=not danger and not long))
        if not cuts:
            return ()
        parts: list[Part] = []
        ends = [cut.start for cut in cuts[1:]] + [len(plain.raw)]
        head = Part(0, cuts[0].start, self._about(plain.raw[: cuts[0].start]))
        parts.append(head)
        for cut, end in zip(cuts, ends, strict=True):
            self._add(
                parts,
                Part(cut.start, end, self._about(plain.raw[cut.start : end])),
                cut.announced and not long,
                self.said_at_length if long else self.said,
            )
        texts = tuple(plain.raw[part.start : part.end].strip(" ,，。;；、\n") for part in parts)
        return texts if len(texts) > 1 else ()

    def _add(self, parts: list[Part], part: Part, announced: bool, said: float) -> None:
        """As a request of its own, or as more words of the one before."""
        last, code = parts[-1], part.choice.category
        if last.choice.category == UNKNOWN:
            last.end, last.choice = part.end, part.choice
        elif code != UNKNOWN and self._apart(parts, part, announced, said):
            parts.append(part)
        else:
            last.end = part.end

    def _apart(self, parts: Sequence[Part], part: Part, announced: bool, said: float) -> bool:
        code = part.choice.category
        if any(other.choice.category == code for other in parts):
            return False
        if announced:
            return True
        kinds = {other.choice.category[:2] for other in parts}
        return code[:2] not in kinds and all(self._clear(each.choice, said) for each in (*parts, part))

    def _clear(self, choice: Choice, said: float) -> bool:
        return choice.said >= said and choice.confidence >= self.sure and choice.category not in self.soft

    def _about(self, raw: str) -> Choice:
        return self.classifier.choose(fold(raw).replace(" ", ""))

    def _cuts(self, plain: Plain, commas: bool) -> Iterable[Cut]:
        announced = set(_items(plain.raw))
        announced.update(plain.origin[found.start()] for found in self.further.finditer(plain.text))
        marks = {found.end() for found in _MARK.finditer(plain.raw)} if commas else set()
        last = -WORD
        for start in sorted((announced | marks) - {0, len(plain.raw)}):
            if start in announced:
                last = start
                yield Cut(start, True)
            elif start - last > WORD:
                yield Cut(start, False)


def _items(raw: str) -> list[int]:
    """Where the items of a list begin that counts up from one; empty where there are not two."""
    starts: list[int] = []
    for found in _ITEM.finditer(raw):
        sign = next(group for group in found.groups() if group)
        if _NUMBERS[sign] == len(starts) + 1:
            starts.append(found.start())
    return starts if len(starts) > 1 else []


def asks(table: Mapping[str, Any], classifier: Classifier) -> Asks:
    """Built from the table [asks] of the lexicon."""
    return Asks(
        classifier,
        re.compile("|".join(table["further"])),
        table["up_to"],
        table["said"],
        table["said_at_length"],
        table["sure"],
        frozenset(table["soft"]),
    )
