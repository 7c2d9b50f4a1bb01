"""Tells which category a text is like, by the n-grams it shares with the lexicon's phrases and examples."""

import math
import sys
from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from bot.understanding.models.linear import LinearClassifier
from bot.understanding.models.ngrams import chinese_ngrams

SHORTEST = 4
"""Added to the number of n-grams, so that very short texts do not score high."""
REMEMBERED = 8192
"""N-grams whose weights are kept as one number."""
LANE = 32
"""Bits of such a number for each label: the sum of the weights of 65,536 n-grams fits in."""


@dataclass(frozen=True, slots=True)
class NaiveBayes:
    """The weights are log ratios (> 0): how much more often than elsewhere a label uses an n-gram. All n-grams of a text
    count the same, so their weights are added as whole numbers, those of all labels at once."""

    linear: LinearClassifier
    _joined: Callable[[int], int] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_joined", lru_cache(REMEMBERED)(self._join))

    @property
    def labels(self) -> Sequence[str]:
        """The categories, in the order of `scores`."""
        return self.linear.labels

    def scores(self, text: str, worth: float = 1.0) -> list[float]:
        """How much a folded text is like each category, times `worth`; longer texts do not score higher for their length."""
        ngrams, places = chinese_ngrams(text), self.linear.vocabulary
        known = map(places.__getitem__, places.keys() & ngrams)
        total = sum(map(self._joined, known))
        value = worth / math.sqrt(len(ngrams) + SHORTEST)
        sums = array("I", total.to_bytes(len(self.labels) * LANE // 8, sys.byteorder))
        return [each * scale * value for each, scale in zip(sums, self.linear.scales, strict=True)]

    def _join(self, place: int) -> int:
        """The weights of the n-gram at this place, LANE bits for each label."""
        start, end = self.linear.starts[place], self.linear.starts[place + 1]
        lanes = array("I", bytes(len(self.labels) * LANE // 8))
        for label, weight in zip(self.linear.holders[start:end], self.linear.weights[start:end], strict=True):
            lanes[label] = weight
        return int.from_bytes(lanes.tobytes(), sys.byteorder)


EMPTY = NaiveBayes(LinearClassifier())
