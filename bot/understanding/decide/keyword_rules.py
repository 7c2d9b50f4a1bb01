"""Finds which phrases of a lexicon a text holds, and adds their weights up by label."""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from operator import itemgetter

from ahocorasick_rs import AhoCorasick

Spans = list[tuple[int, int]]

NEAR, WIDEST = 16, 64
"""Parts of one phrase ("灯泡+坏了") may stand this many characters apart, and none is longer than the second."""


@dataclass(frozen=True, slots=True)
class Rule:
    """Says: a text in which all parts stand near each other speaks for (or against) the label."""

    label: str
    parts: tuple[str, ...]
    weight: float


class Places(dict[str, Spans]):
    """Where each word stands in a text; where the words of a class stand is looked up when it is first asked for."""

    def __init__(self, text: str, terms: Mapping[str, re.Pattern[str]]) -> None:
        super().__init__()
        self._text, self._terms = text, terms

    def __missing__(self, symbol: str) -> Spans:
        return self.look_up(symbol)

    def look_up(self, symbol: str) -> Spans:
        """Where it stands; from now on this is known."""
        pattern = self._terms.get(symbol)
        spans = self[symbol] = [found.span() for found in pattern.finditer(self._text)] if pattern else []
        return spans


@dataclass(frozen=True, slots=True)
class Found:
    """The words a text holds, by place, and which of these places lie within a longer known phrase."""

    spans: Mapping[str, Spans]
    covered: frozenset[tuple[int, int]]


@dataclass(slots=True)
class Phrases:
    """An index over rules and named word sets, so that one pass over a text finds them all."""

    rules: Sequence[Rule]
    sets: Mapping[str, Sequence[str]]
    terms: Mapping[str, re.Pattern[str]] = field(default_factory=dict)
    """Word classes too many to list; named like the sets."""
    _words: Sequence[str] = ()
    _symbols: Sequence[Sequence[str]] = ()
    """What each of the words stands for: itself, the sets that it is in."""
    _automaton: AhoCorasick = field(init=False)
    _anchored: dict[str, list[tuple[Rule, frozenset[str]]]] = field(default_factory=lambda: defaultdict(list))
    """Rules by the part that is looked for first, each with its other parts that are plain words."""
    _whole: frozenset[str] = frozenset()
    _classes: Mapping[str, re.Pattern[str]] = field(default_factory=dict)
    _looked_for: Mapping[str, re.Pattern[str]] = field(default_factory=dict)
    """The word classes that are anchors of rules."""

    def __post_init__(self) -> None:
        self._classes = {f"@{name}": pattern for name, pattern in self.terms.items()}
        anchors = self._anchors()
        symbols: dict[str, dict[str, None]] = defaultdict(dict)
        for rule in self.rules:
            plain = [part for part in rule.parts if part not in self._classes]
            anchor = plain[0] if plain else next(part for part in rule.parts if part in anchors)
            self._anchored[anchor].append((rule, frozenset(plain) - {anchor}))
            for part in rule.parts:
                if not part.startswith("@"):
                    symbols[part][part] = None
        for name, words in self.sets.items():
            for word in words:
                symbols[word][f"@{name}"] = None
        self._words, self._symbols = list(symbols), [list(known) for known in symbols.values()]
        self._automaton = AhoCorasick(self._words)
        self._looked_for = {symbol: self._classes[symbol] for symbol in self._anchored if symbol in self._classes}
        self._whole = frozenset(rule.parts[0] for rule in self.rules if len(rule.parts) == 1 and rule.weight > 0)

    def _anchors(self) -> frozenset[str]:
        """A few word classes of which every rule that has no plain word holds one: no others are always looked for."""
        left = [frozenset(rule.parts) for rule in self.rules if all(part in self._classes for part in rule.parts)]
        chosen: set[str] = set()
        while left:
            chosen.add(min(Counter(chain.from_iterable(left)).items(), key=lambda item: (-item[1], item[0]))[0])
            left = [parts for parts in left if not parts & chosen]
        return frozenset(chosen)

    def find(self, text: str) -> Found:
        """Every known word in the text."""
        spans = Places(text, self._classes)
        long: Spans = []
        matches = self._automaton.find_matches_as_indexes(text, overlapping=True)
        for word, start, end in sorted(matches, key=itemgetter(1)):
            for symbol in self._symbols[word]:
                spans.setdefault(symbol, []).append((start, end))
            if self._words[word] in self._whole:
                long.append((start, end))
        for symbol in [name for name, pattern in self._looked_for.items() if pattern.search(text)]:
            spans.look_up(symbol)
        return Found(spans, frozenset(_covered(long)))

    def fired(self, found: Found) -> Iterable[Rule]:
        """The rules whose parts all stand in the text."""
        spans = found.spans
        known = spans.keys()
        for symbol in tuple(spans):
            for rule, words in self._anchored.get(symbol, ()):
                if words <= known and _holds(rule, found):
                    yield rule

    def scores(self, text: str) -> dict[str, float]:
        """Score by label. The strongest phrase counts whole, each further one half as much as the one before."""
        speaking: dict[str, list[float]] = defaultdict(list)
        for rule in self.fired(self.find(text)):
            speaking[rule.label].append(rule.weight)
        return {label: _sum_up(weights) for label, weights in speaking.items()}


def _sum_up(weights: list[float]) -> float:
    """Phrases for the label with diminishing worth; phrases against it in full."""
    speaking = sorted((weight for weight in weights if weight > 0), reverse=True)
    return sum(weight * 0.5**rank for rank, weight in enumerate(speaking)) + sum(w for w in weights if w < 0)


def _covered(spans: Spans) -> Iterable[tuple[int, int]]:
    """Those that lie within another, longer one; of spans that begin together the longest comes first."""
    reached = 0
    for start, end in sorted(set(spans), key=lambda span: (span[0], -span[1])):
        if end <= reached:
            yield start, end
        reached = max(reached, end)


def _holds(rule: Rule, found: Found) -> bool:
    if len(rule.parts) == 1:
        return not found.covered.issuperset(found.spans[rule.parts[0]])
    places = []
    for part in rule.parts:
        if not found.spans[part]:
            return False
        places.append(found.spans[part])
    return nearby(places) is not None


def nearby(places: Sequence[Spans]) -> tuple[int, int] | None:
    """The first stretch of text that holds one of each without overlap, its gaps within NEAR; else None."""
    for first in places[0]:
        taken = [first]
        for spans in places[1:]:
            low, high = min(start for start, _ in taken), max(end for _, end in taken)
            near = spans[bisect_left(spans, (low - NEAR - WIDEST, 0)) : bisect_left(spans, (high + NEAR + 1, 0))]
            fit = next((span for span in near if _fits(span, taken, low, high)), None)
            if fit is None:
                break
            taken.append(fit)
        else:
            return min(start for start, _ in taken), max(end for _, end in taken)
    return None


def _fits(span: tuple[int, int], taken: Spans, low: int, high: int) -> bool:
    """Whether the span lies near the stretch taken so far, or in a gap of it."""
    start, end = span
    return low - NEAR <= end and start <= high + NEAR and all(end <= left or right <= start for left, right in taken)


def weighted(label: str, table: Mapping[str, Sequence[str]]) -> Iterable[Rule]:
    """Rules from a table of the lexicon: weight → phrases, a phrase being one or more parts joined by +."""
    for weight, phrases in table.items():
        for phrase in phrases:
            yield Rule(label, tuple(phrase.split("+")), float(weight))
