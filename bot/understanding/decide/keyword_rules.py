"""Finds which phrases of a lexicon a text holds, and adds their weights up by label."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from operator import itemgetter

from ahocorasick_rs import AhoCorasick

from bot.understanding.models.expressions import Expression, Expressions

Spans = list[tuple[int, int]]

NEAR, WIDEST = 16, 64
"""Parts of one phrase ("灯泡+坏了") may stand this many characters apart, and none is longer than the second."""
FEW = 8
"""Places of a part that are looked at one by one; of more only those near."""
NONE: frozenset[tuple[int, int]] = frozenset()


@dataclass(frozen=True, slots=True)
class Rule:
    """Says: a text in which all parts stand near each other speaks for (or against) the label."""

    label: str
    parts: tuple[str, ...]
    weight: float


class Places(dict[str, Spans]):
    """Where each word stands in a text; where the words of a class stand is looked up when it is first asked for."""

    def __init__(self, text: str, terms: Mapping[str, Expression]) -> None:
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
    terms: Mapping[str, Expression] = field(default_factory=dict)
    """Word classes too many to list; named like the sets."""
    _symbols: Sequence[tuple[str, ...]] = ()
    """What each of the words stands for: itself, the sets that it is in."""
    _automaton: AhoCorasick = field(init=False)
    _anchored: Mapping[str, Sequence[tuple[Rule, tuple[str, ...]]]] = field(default_factory=dict)
    """Rules by the part that is looked for first, each with its other parts that are plain words."""
    _whole: Sequence[bool] = ()
    """Which of the words are a phrase by themselves."""
    _classes: Mapping[str, Expression] = field(default_factory=dict)
    _anchors: Sequence[str] = ()
    """The word classes that are anchors of rules…"""
    _looked_for: Expressions = field(init=False)
    """…and their expressions: they are looked for in every text."""

    def __post_init__(self) -> None:
        self._classes = {f"@{name}": pattern for name, pattern in self.terms.items()}
        usual, classes = Counter(part for rule in self.rules for part in rule.parts), self._hitting_set()
        anchored: dict[str, list[tuple[Rule, tuple[str, ...]]]] = defaultdict(list)
        for rule in self.rules:
            plain = [part for part in rule.parts if part not in self._classes]
            among = plain or [part for part in rule.parts if part in classes][:1]
            anchor = min(
                among, key=lambda part: (part.startswith("@"), usual[part])
            )  # the one that stands in fewest rules
            anchored[anchor].append((rule, tuple(part for part in plain if part != anchor)))
        symbols: dict[str, tuple[str, ...]] = {word: (word,) for word in usual if not word.startswith("@")}
        for name, words in self.sets.items():
            for word in words:
                symbols[word] = (*symbols.get(word, ()), f"@{name}")
        whole = {rule.parts[0] for rule in self.rules if len(rule.parts) == 1 and rule.weight > 0}
        self._symbols, self._whole = list(symbols.values()), [word in whole for word in symbols]
        self._automaton = AhoCorasick(list(symbols))
        self._anchors = [symbol for symbol in anchored if symbol in self._classes]
        self._looked_for = Expressions(self._classes[symbol] for symbol in self._anchors)
        self._anchored = {anchor: tuple(rules) for anchor, rules in anchored.items()}

    def _hitting_set(self) -> frozenset[str]:
        """A few word classes of which every rule that has no plain word holds one: no others are always looked for."""
        left = [frozenset(rule.parts) for rule in self.rules if all(part in self._classes for part in rule.parts)]
        chosen: set[str] = set()
        while left:
            chosen.add(min(Counter(chain.from_iterable(left)).items(), key=lambda item: (-item[1], item[0]))[0])
            left = [parts for parts in left if not parts & chosen]
        return frozenset(chosen)

    def find(self, text: str) -> Found:
        """Every known word in the text."""
        spans, symbols, is_whole = Places(text, self._classes), self._symbols, self._whole
        whole: Spans = []
        matches = self._automaton.find_matches_as_indexes(text, overlapping=True)
        matches.sort(key=itemgetter(1))
        for word, start, end in matches:
            span = start, end
            for symbol in symbols[word]:
                if symbol in spans:
                    spans[symbol].append(span)
                else:
                    spans[symbol] = [span]
            if is_whole[word]:
                whole.append(span)
        for at in self._looked_for.matching(text) if self._anchors else ():
            spans.look_up(self._anchors[at])
        return Found(spans, frozenset(_covered(whole)) if len(whole) > 1 else NONE)

    def fired(self, found: Found) -> Iterator[Rule]:
        """The rules whose parts all stand in the text."""
        spans, covered, anchored = found.spans, found.covered, self._anchored
        known = spans.keys()
        for symbol in tuple(spans):
            for rule, words in anchored.get(symbol, ()):
                if len(rule.parts) == 1:
                    if not (covered and covered.issuperset(spans[symbol])):
                        yield rule
                elif (not words or words[0] in spans) and known >= set(words) and _holds(rule, spans):
                    yield rule

    def scores(self, text: str) -> dict[str, float]:
        """Score by label. The strongest phrase counts whole, each further one half as much as the one before."""
        speaking: dict[str, list[float]] = defaultdict(list)
        for rule in self.fired(self.find(text)):
            speaking[rule.label].append(rule.weight)
        return {label: _sum_up(weights) for label, weights in speaking.items()}


def _sum_up(weights: list[float]) -> float:
    """Phrases for the label with diminishing worth; phrases against it in full."""
    if len(weights) == 1:
        return weights[0]
    speaking = sorted((weight for weight in weights if weight > 0), reverse=True)
    return sum(weight * 0.5**rank for rank, weight in enumerate(speaking)) + sum(w for w in weights if w < 0)


def _covered(spans: Spans) -> Iterable[tuple[int, int]]:
    """Those that lie within another, longer one; of spans that begin together the longest comes first."""
    reached = 0
    for start, end in sorted(set(spans), key=lambda span: (span[0], -span[1])):
        if end <= reached:
            yield start, end
        reached = max(reached, end)


def _holds(rule: Rule, spans: Mapping[str, Spans]) -> bool:
    places = []
    for part in rule.parts:
        if not spans[part]:
            return False
        places.append(spans[part])
    return nearby(places) is not None


def nearby(places: Sequence[Spans]) -> tuple[int, int] | None:
    """The first stretch of text that holds one of each without overlap, its gaps within NEAR; else None."""
    for first in places[0]:
        taken, (low, high) = [first], first
        for spans in places[1:]:
            if len(spans) > FEW:
                spans = spans[bisect_left(spans, (low - NEAR - WIDEST, 0)) : bisect_left(spans, (high + NEAR + 1, 0))]
            fit = next((span for span in spans if _fits(span, taken, low, high)), None)
            if fit is None:
                break
            taken.append(fit)
            low, high = min(low, fit[0]), max(high, fit[1])
        else:
            return low, high
    return None


def _fits(span: tuple[int, int], taken: Spans, low: int, high: int) -> bool:
    """Whether the span lies near the stretch taken so far, or in a gap of it."""
    start, end = span
    return low - NEAR <= end and start <= high + NEAR and all(end <= left or right <= start for left, right in taken)


def weighted(label: str, table: Mapping[str, Sequence[str]]) -> Iterable[Rule]:
    """Rules from a table of the lexicon: weight → phrases, a phrase being one or more parts joined by +."""
    for weight, phrases in table.items():
        points = float(weight)
        for phrase in phrases:
            yield Rule(label, tuple(phrase.split("+")), points)
