"""Character n-grams: the only extractor. The classifiers, the answer book and duplicate detection all count these."""

import math
import re
from collections.abc import Iterator, Mapping

_APART = re.compile(r"[^\w\s]+")
_SPACE = re.compile(r"\s+")
_CHINESE = re.compile(r"[\u3400-\u9fff]+")
GAP = "_"
"""Stands for any one character within a pair."""


def contiguous(text: str, *sizes: int) -> Iterator[str]:
    """The n-grams of these sizes, in order; one that stands twice is given twice."""
    for size in sizes:
        for start in range(len(text) - size + 1):
            yield text[start : start + size]


def joined(text: str) -> str:
    """Marks become one bar, spaces go: people type them anywhere."""
    return _APART.sub("|", _SPACE.sub("", text))


def ngrams(text: str) -> set[str]:
    """Of a joined text: characters, pairs, pairs with one or two characters between them, and how it begins and ends."""
    found: set[str] = set()
    for part in text.split("|"):
        found.update(contiguous(part, 1, 2))
        found.update([f"{one}{GAP}{other}" for one, other in zip(part, part[2:], strict=False)])
        found.update([f"{one}{GAP}{GAP}{other}" for one, other in zip(part, part[3:], strict=False)])
    whole = text.strip("|")
    found.update((f"^{whole[:2]}", f"{whole[-1:]}$", f"{whole[-2:]}$"))
    return found


def chinese_ngrams(text: str) -> set[str]:
    """Characters and pairs of the Chinese words: digits and Latin letters are names and numbers."""
    return {ngram for word in _CHINESE.findall(text) for ngram in contiguous(word, 1, 2)}


def idf(total: int, holding: int) -> float:
    """Inverse document frequency: 0 for what each of the `total` documents holds; more, the fewer do."""
    return math.log((total + 1) / (holding + 1))


class NgramCounts:
    """How often n-grams stand somewhere. They are kept by their first character, since the rests are few and shared: a third of
    the memory of a dictionary of whole n-grams."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        self._by_first: dict[str, dict[str, int]] = {}
        shared: dict[str, str] = {}
        for ngram, count in counts.items():
            rest = ngram[1:]
            self._by_first.setdefault(ngram[0], {})[shared.setdefault(rest, rest)] = count

    def of(self, ngram: str) -> int:
        """0 for one that does not stand there."""
        rests = self._by_first.get(ngram[0])
        return 0 if rests is None else rests.get(ngram[1:], 0)
