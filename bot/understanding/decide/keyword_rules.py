"""Finds which phrases of a lexicon a text holds, and adds their weights up by label."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from operator import itemgetter

from ahocorasick_rs import AhoCorasick

from bot.understanding.models.expressions import Expression, Expressions
from bot.understanding.normalize import Span

Spans = list[Span]
Sets = Mapping[str, Sequence[str]]

NEAR, WIDEST = 16, 64
"""Parts of one phrase ("灯泡+坏了") may stand this many characters apart, and none is longer than the second."""
FEW = 8
"""Places of a part that are looked at one by one; of more only those near."""
NONE: frozenset[Span] = frozenset()
NO_RULES: Sequence[tuple[str, "Rule"]] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """Says: a text in which all parts stand near each other speaks for (or against) the label."""

    label: str
    parts: tuple[str, ...]
    weight: float


class Places(dict[str, Spans]):
    """Where each word stands in a text; where the words of a class stand is looked up when it is first asked for."""

    def __init__(self, text: str, classes: Mapping[str, Expression]) -> None:
        super().__init__()
        self._text, self._classes = text, classes

    def __missing__(self, symbol: str) -> Spans:
        pattern = self._classes.get(symbol)
        spans = self[symbol] = [found.span() for found in pattern.compiled.finditer(self._text)] if pattern else []
        return spans


@dataclass(frozen=True, slots=True)
class Found:
    """The words a text holds, by place, and which of these places lie within a longer known phrase."""

    spans: Mapping[str, Spans]
    covered: frozenset[Span]


class Phrases:
    """An index over rules, named word sets and word classes too many to list, so that one pass over a text finds them all."""

    def __init__(self, rules: Iterable[Rule], sets: Sets, terms: Mapping[str, Expression] | None = None) -> None:
        self.rules = tuple(rules)
        self._classes = {f"@{name}": pattern for name, pattern in (terms or {}).items()}
        self._anchored = self._by_anchor()
        symbols = {part: (part,) for rule in self.rules for part in rule.parts if not part.startswith("@")}
        for name, words in sets.items():
            for word in words:
                symbols[word] = (*symbols.get(word, ()), f"@{name}")
        self._symbols = list(symbols.values())  # what each word stands for: itself, the sets that it is in
        whole = {rule.parts[0] for rule in self.rules if len(rule.parts) == 1 and rule.weight > 0}
        self._whole = [word in whole for word in symbols]  # which of the words are a phrase by themselves
        self._automaton = AhoCorasick(list(symbols))
        self._anchors = [symbol for symbol in self._anchored if symbol in self._classes]
        self._looked_for = Expressions(self._classes[symbol] for symbol in self._anchors)

    def _by_anchor(self) -> Mapping[str, Sequence[tuple[str, Rule]]]:
        """The rules by the part that is looked for first, the rarest one, each with the rarest other part that is no word class;
        with the first once more where there is no other."""
        usual, classes = Counter(part for rule in self.rules for part in rule.parts), self._hitting_set()
        anchored: dict[str, list[tuple[str, Rule]]] = defaultdict(list)
        for rule in self.rules:
            among: Sequence[str] = rule.parts
            if len(among) > 1:
                plain = [part for part in among if part not in self._classes] or [p for p in among if p in classes][:1]
                among = sorted(plain, key=lambda part: (part.startswith("@"), usual[part]))
            anchored[among[0]].append((among[:2][-1], rule))
        return {anchor: tuple(rules) for anchor, rules in anchored.items()}

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
        for word, start, end in sorted(self._automaton.find_matches_as_indexes(text, overlapping=True), key=_START):
            span = start, end
            for symbol in symbols[word]:
                if symbol in spans:
                    spans[symbol].append(span)
                else:
                    spans[symbol] = [span]
            if is_whole[word]:
                whole.append(span)
        for at in self._looked_for.matching(text):
            _ = spans[self._anchors[at]]
        return Found(spans, frozenset(_covered(whole)) if len(whole) > 1 else NONE)

    def fired(self, found: Found) -> Iterator[Rule]:
        """The rules whose parts all stand in the text."""
        spans, covered = found.spans, found.covered
        for symbol in tuple(spans):
            for other, rule in self._anchored.get(symbol, NO_RULES):
                if other not in spans:
                    continue
                if len(rule.parts) > 1:
                    if nearby([spans[part] for part in rule.parts]):
                        yield rule
                elif not (covered and covered.issuperset(spans[symbol])):
                    yield rule

    def scores(self, text: str) -> dict[str, float]:
        """Score by label. The strongest phrase counts whole, each further one half as much as the one before."""
        speaking: dict[str, list[float]] = defaultdict(list)
        for rule in self.fired(self.find(text)):
            speaking[rule.label].append(rule.weight)
        return {label: _sum_up(weights) for label, weights in speaking.items()}


_START = itemgetter(1)


def _sum_up(weights: list[float]) -> float:
    """Phrases for the label with diminishing worth; phrases against it in full."""
    if len(weights) == 1:
        return weights[0]
    speaking = sorted((weight for weight in weights if weight > 0), reverse=True)
    return sum(weight * 0.5**rank for rank, weight in enumerate(speaking)) + sum(w for w in weights if w < 0)


def _covered(spans: Spans) -> Iterable[Span]:
    """Those that lie within another, longer one; of spans that begin together the longest comes first."""
    reached = 0
    for start, end in sorted(set(spans), key=lambda span: (span[0], -span[1])):
        if end <= reached:
            yield start, end
        reached = max(reached, end)


def nearby(places: Sequence[Spans]) -> Span | None:
    """The first stretch of text that holds one of each without overlap, its gaps within NEAR; else None."""
    if not all(places):
        return None
    for first in places[0]:
        taken, (low, high) = [first], first
        for spans in places[1:]:
            if len(spans) > FEW:
                spans = spans[bisect_left(spans, (low - NEAR - WIDEST, 0)) : bisect_left(spans, (high + NEAR + 1, 0))]
            for start, end in spans:
                near = low - NEAR <= end and start <= high + NEAR
                if near and all(end <= left or right <= start for left, right in taken):
                    taken.append((start, end))
                    low, high = min(low, start), max(high, end)
                    break
            else:
                break
        else:
            return low, high
    return None


def weighted(label: str, table: Mapping[str, Sequence[str]]) -> Iterable[Rule]:
    """Rules from a table of the lexicon: weight → phrases, a phrase being one or more parts joined by +."""
    for weight, phrases in table.items():
        points = float(weight)
        yield from (Rule(label, tuple(phrase.split("+")), points) for phrase in phrases)
