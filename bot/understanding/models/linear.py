"""The linear classifier: adds up the weights of the n-grams and findings of a text, for each label."""

import math
import sys
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from itertools import groupby
from operator import add, itemgetter


class Vocabulary:
    """The place of each n-gram, ascending. Several classifiers share one; so it remembers what it found for the last text.

    N-grams stand by their first character: the place of the first one, and by the rest of each how much further it is. Rests are
    shared and small numbers are free, so that it takes a quarter of the memory of a dictionary of whole n-grams.
    """

    def __init__(self, ngrams: Iterable[str]) -> None:
        """ValueError where they are not sorted by their first characters."""
        self._beginning: dict[str, tuple[int, dict[str, int]]] = {}
        self._size = 0
        self._last: tuple[object, list[int]] = (None, [])
        shared: dict[str, str] = {}
        for first, those in groupby(ngrams, itemgetter(0)):
            rests = [ngram[1:] for ngram in those]
            further = dict(zip(map(shared.setdefault, rests, rests), range(len(rests)), strict=True))
            if first in self._beginning:
                raise ValueError(f"n-grams with {first} stand apart")
            self._beginning[first] = self._size, further
            self._size += len(further)

    def __len__(self) -> int:
        return self._size

    def __iter__(self) -> Iterator[str]:
        for first, (_, further) in self._beginning.items():
            for rest in further:
                yield first + rest

    def place(self, ngram: str) -> int | None:
        """Of one n-gram; None where it is not known."""
        start, further = self._beginning.get(ngram[:1], _NOTHING)
        at = further.get(ngram[1:])
        return None if at is None else start + at

    def places(self, ngrams: Set[str]) -> list[int]:
        """The places of the known n-grams."""
        seen, places = self._last
        if seen is not ngrams:
            places, beginning = [], self._beginning.get
            for ngram in ngrams:
                if (found := beginning(ngram[0])) and (at := found[1].get(ngram[1:])) is not None:
                    places.append(found[0] + at)
            self._last = ngrams, places
        return places


_NOTHING: tuple[int, dict[str, int]] = (0, {})
FEW = 4
"""The weights of an n-gram that more labels use are kept as one whole number: to add two of these adds all labels at once."""
LANE = 32
"""Bits of such a number for each label: the sum of the weights of 65,536 n-grams fits in. A sum below 0 takes 1 from the next."""
UNIT = 128
"""An inverse document frequency of 1: it is kept in whole steps, so that sums do not depend on the order in a set."""
SHORTEST = 4
"""Added to the number of n-grams, so that very short texts are like nothing."""


@dataclass(frozen=True, slots=True)
class LinearClassifier:
    """Weights by n-gram and label, without the zeros: whole numbers, times the scale of the label. Trained by `bot.training`.

    The weights of the n-gram at place p are `weights[starts[p]:starts[p + 1]]`, those of the labels `holders[…]`.
    """

    labels: tuple[str, ...] = ()
    vocabulary: Vocabulary = field(default_factory=lambda: Vocabulary(()))
    idf: Sequence[int] = ()
    """By place, the inverse document frequency in steps of 1 / UNIT; 0 for n-grams that this classifier does not know."""
    starts: Sequence[int] = (0,)
    holders: Sequence[int] = ()
    """Positions of labels."""
    weights: "array[int]" = field(default_factory=lambda: array("b"))
    scales: Sequence[float] = ()
    intercepts: Sequence[float] = ()
    findings: Mapping[str, Sequence[float]] = field(default_factory=dict)
    """By the name of what is no n-gram, its weights in the order of the labels."""
    _joined: dict[int, int] = field(default_factory=dict)
    """By place, the weights of n-grams of many labels, LANE bits each; filled as texts need them."""

    def scores(self, ngrams: Set[str] | Counter[str], found: Mapping[str, float]) -> dict[str, float]:
        """By label, the margin: above 0 the text is of the label. Repeated n-grams weigh more where they are counted."""
        values = self._counted(ngrams) if isinstance(ngrams, Counter) else self._present(ngrams)
        size, sums = math.hypot(*values.values()) or 1.0, self._sums(values)
        margins = [
            total * scale / size + intercept
            for total, scale, intercept in zip(sums, self.scales, self.intercepts, strict=True)
        ]
        for name, value in found.items():
            for at, weight in enumerate(self.findings.get(name, ())):
                margins[at] += weight * value
        return dict(zip(self.labels, margins, strict=True))

    def similarity(self, ngrams: Set[str], worth: float) -> dict[str, float]:
        """Naive Bayes, where the weights are log ratios above 0 (how much more often than elsewhere a label uses an n-gram): how
        much a text of these n-grams is like each label, times `worth`, without those that it is not like at all; longer texts
        do not score higher for their length."""
        value = worth / math.sqrt(len(ngrams) + SHORTEST)
        totals = zip(
            self.labels, self._sums(dict.fromkeys(self.vocabulary.places(ngrams), 1)), self.scales, strict=True
        )
        return {label: total * scale * value for label, total, scale in totals if total}

    def _present(self, ngrams: Set[str]) -> dict[int, int]:
        """By place of each n-gram that this classifier knows: its inverse document frequency."""
        idf = self.idf
        return {place: weight for place in self.vocabulary.places(ngrams) if (weight := idf[place])}

    def _counted(self, counts: Counter[str]) -> dict[int, int]:
        """The same with a weight that grows with the logarithm of the count."""
        known = ((self.vocabulary.place(ngram), count) for ngram, count in counts.items())
        return {place: round(self.idf[place] * (1 + math.log(count))) for place, count in known if place is not None}

    def _sums(self, values: Mapping[int, int]) -> Sequence[int]:
        """The product of the values by place and the weights, in the order of the labels."""
        starts, holders, weights, joined = self.starts, self.holders, self.weights, self._joined
        sums, many = [0] * len(self.labels), 0
        for place, value in values.items():
            start, end = starts[place], starts[place + 1]
            if end - start > FEW:
                many += value * (joined.get(place) or self._join(place))
            else:
                for at in range(start, end):
                    sums[holders[at]] += weights[at] * value
        lanes = array("i", many.to_bytes(len(sums) * LANE // 8, sys.byteorder, signed=True))
        return list(map(add, sums, lanes)) if many else sums

    def _join(self, place: int) -> int:
        within = range(self.starts[place], self.starts[place + 1])
        joined = self._joined[place] = sum(self.weights[at] << LANE * self.holders[at] for at in within)
        return joined


def added(weights: Mapping[str, float], found: Mapping[str, float]) -> float:
    """The sum of what the findings weigh; those without a weight count nothing."""
    return sum([weights[name] * value for name, value in found.items() if name in weights])
