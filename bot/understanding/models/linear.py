"""A linear classifier: adds up what characters and findings say for each of its labels."""

import math
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter, mul

from bot.understanding.models.label_model import Row

USUAL = 1.0
"""The worth of the bias feature: where few characters are known, the classifier says little."""


@dataclass(frozen=True, slots=True)
class Space:
    """Where each character stands in a vector, and how much it is worth there; place 0 is the bias feature."""

    places: Mapping[str, int]
    worth: Sequence[float]

    def row(self, ngrams: Iterable[str]) -> Row:
        """A vector of length 1; characters that were never learnt fall out."""
        known = [0, *sorted(map(self.places.__getitem__, self.places.keys() & ngrams))]
        values = list(map(self.worth.__getitem__, known))
        size = math.hypot(*values)
        return Row(known, [value / size for value in values])


def space(worth: Mapping[str, float]) -> Space:
    """The space of these characters."""
    return Space({ngram: place for place, ngram in enumerate(worth, 1)}, array("f", [USUAL, *worth.values()]))


@dataclass(frozen=True, slots=True)
class LinearClassifier:
    """For each label the weights of the characters, by place, those of the findings, by name, and what it has beforehand."""

    space: Space
    weights: Mapping[str, Sequence[float]]
    findings: Mapping[str, Mapping[str, float]]
    before: Mapping[str, float]

    def scores(self, ngrams: Iterable[str], found: Mapping[str, float]) -> dict[str, float]:
        """By label, how far a text lies inside it: below 0 it lies outside."""
        row = self.space.row(ngrams)
        at = itemgetter(*row.places, 0)  # with one place more it is a tuple even where no character is known
        return {
            label: sum(map(mul, row.values, at(weights)), self.before[label]) + added(self.findings[label], found)
            for label, weights in self.weights.items()
        }


def added(weights: Mapping[str, float], found: Mapping[str, float]) -> float:
    """What the findings say together; those that were never learnt say nothing."""
    return sum(weights[name] * value for name, value in found.items() if name in weights)
