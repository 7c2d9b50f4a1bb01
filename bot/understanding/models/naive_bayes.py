"""Tells which category a text is like, by the n-grams it shares with the lexicon's phrases and examples."""

import math
import sys
from array import array

from bot.understanding.models.linear import LinearClassifier
from bot.understanding.models.ngrams import chinese_ngrams

SHORTEST = 4
"""Added to the number of n-grams, so that very short texts do not score high."""
FEW = 6
"""The weights of an n-gram that more labels use are kept as one whole number: to add two of these adds all labels at once."""
LANE = 32
"""Bits of such a number for each label: the sum of the weights of 65,536 n-grams fits in."""


class NaiveBayes:
    """The weights are log ratios (> 0): how much more often than elsewhere a label uses an n-gram. All n-grams of a text
    count the same, so their weights are added as whole numbers, those of all labels at once."""

    def __init__(self, linear: LinearClassifier) -> None:
        self._linear = linear
        self._joined: dict[int, int] = {}  # by place, the weights of n-grams of many labels, LANE bits each

    def scores(self, text: str, worth: float = 1.0) -> dict[str, float]:
        """How much a folded text is like each category, times `worth`, without those that it is not like at all; longer texts
        do not score higher for their length."""
        ngrams, vocabulary, starts = chinese_ngrams(text), self._linear.vocabulary, self._linear.starts
        holders, weights = self._linear.holders, self._linear.weights
        few: list[int] = []
        many = 0
        for place in map(vocabulary.__getitem__, vocabulary.keys() & ngrams):
            start, end = starts[place], starts[place + 1]
            if end - start <= FEW:
                few.extend(range(start, end))
            else:
                many += self._joined.get(place) or self._join(place)
        sums = array("I", many.to_bytes(len(self._linear.labels) * LANE // 8, sys.byteorder))
        for at in few:
            sums[holders[at]] += weights[at]
        value = worth / math.sqrt(len(ngrams) + SHORTEST)
        totals = zip(self._linear.labels, sums, self._linear.scales, strict=True)
        return {label: total * scale * value for label, total, scale in totals if total}

    def _join(self, place: int) -> int:
        lanes = array("I", bytes(len(self._linear.labels) * LANE // 8))
        for at in range(self._linear.starts[place], self._linear.starts[place + 1]):
            lanes[self._linear.holders[at]] = self._linear.weights[at]
        joined = self._joined[place] = int.from_bytes(lanes.tobytes(), sys.byteorder)
        return joined
