"""Finds which phrases of a lexicon a text holds, and adds their weights up by label."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

Spans = list[tuple[int, int]]

NEAR = 16
"""Parts of one phrase ("灯泡+坏了") may stand this many signs apart."""


@dataclass(frozen=True, slots=True)
class Rule:
    """Says: a text in which all parts stand near each other speaks for (or against) the label."""

    label: str
    parts: tuple[str, ...]
    weight: float


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
    _words: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    _symbols: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    _anchored: dict[str, list[Rule]] = field(default_factory=lambda: defaultdict(list))
    _whole: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        for rule in self.rules:
            self._anchored[rule.parts[0]].append(rule)
            for part in rule.parts:
                if not part.startswith("@"):
                    self._add(part, part)
        for name, words in self.sets.items():
            for word in words:
                self._add(word, f"@{name}")
        self._whole = frozenset(rule.parts[0] for rule in self.rules if len(rule.parts) == 1 and rule.weight > 0)

    def _add(self, word: str, symbol: str) -> None:
        if symbol not in self._symbols[word]:
            self._symbols[word].append(symbol)
        if word not in self._words[word[:1]]:
            self._words[word[:1]].append(word)

    def find(self, text: str) -> Found:
        """Every known word in the text."""
        spans: dict[str, Spans] = defaultdict(list)
        long: Spans = []
        for start, sign in enumerate(text):
            for word in self._words.get(sign, ()):
                if text.startswith(word, start):
                    span = (start, start + len(word))
                    for symbol in self._symbols[word]:
                        spans[symbol].append(span)
                    if word in self._whole:
                        long.append(span)
        return Found(spans, frozenset(_covered(long)))

    def fired(self, found: Found) -> Iterable[Rule]:
        """The rules whose parts all stand in the text."""
        for symbol in found.spans:
            for rule in self._anchored.get(symbol, ()):
                if _holds(rule, found):
                    yield rule

    def scores(self, text: str) -> dict[str, float]:
        """The sum of weights for each label that anything in the text speaks for or against."""
        totals: dict[str, float] = defaultdict(float)
        for rule in self.fired(self.find(text)):
            totals[rule.label] += rule.weight
        return totals


def _covered(spans: Spans) -> Iterable[tuple[int, int]]:
    for start, end in spans:
        if any(s <= start and end <= e and (s, e) != (start, end) for s, e in spans):
            yield start, end


def _holds(rule: Rule, found: Found) -> bool:
    if len(rule.parts) == 1:
        return any(span not in found.covered for span in found.spans[rule.parts[0]])
    return bool(nearby([found.spans.get(part, []) for part in rule.parts]))


def nearby(places: Sequence[Spans]) -> tuple[int, int] | None:
    """The first stretch of text that holds one of each without overlap, its gaps within NEAR; else None."""
    for start, end in places[0]:
        low, high = start, end
        for spans in places[1:]:
            fit = [s for s in spans if (s[1] <= low and low - s[1] <= NEAR) or (s[0] >= high and s[0] - high <= NEAR)]
            if not fit:
                break
            low, high = min(low, fit[0][0]), max(high, fit[0][1])
        else:
            return low, high
    return None


def weighted(label: str, table: Mapping[str, Sequence[str]]) -> Iterable[Rule]:
    """Rules from a table of the lexicon: weight → phrases, a phrase being one or more parts joined by +."""
    for weight, phrases in table.items():
        for phrase in phrases:
            yield Rule(label, tuple(phrase.split("+")), float(weight))
