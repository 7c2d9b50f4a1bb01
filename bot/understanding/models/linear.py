"""A linear machine: adds up what signs and findings say for each of its labels."""

import math
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter, mul

from bot.understanding.models.label_model import Row

USUAL = 1.0
"""The worth of what all texts have in common: where few signs are known, the machine says little."""


@dataclass(frozen=True, slots=True)
class Space:
    """Where each sign stands in a vector, and how much it is worth there; place 0 is what all texts have in common."""

    places: Mapping[str, int]
    worth: Sequence[float]

    def row(self, signs: Iterable[str]) -> Row:
        """A vector of length 1; signs that were never learnt fall out."""
        known = [0, *sorted(map(self.places.__getitem__, self.places.keys() & signs))]
        values = list(map(self.worth.__getitem__, known))
        size = math.hypot(*values)
        return Row(known, [value / size for value in values])


def space(worth: Mapping[str, float]) -> Space:
    """The space of these signs."""
    return Space({sign: place for place, sign in enumerate(worth, 1)}, array("f", [USUAL, *worth.values()]))


@dataclass(frozen=True, slots=True)
class Machine:
    """For each label the weights of the signs, by place, those of the findings, by name, and what it has beforehand."""

    space: Space
    weights: Mapping[str, Sequence[float]]
    findings: Mapping[str, Mapping[str, float]]
    before: Mapping[str, float]

    def scores(self, signs: Iterable[str], found: Mapping[str, float]) -> dict[str, float]:
        """By label, how far a text lies inside it: below 0 it lies outside."""
        row = self.space.row(signs)
        at = itemgetter(*row.places, 0)  # with one place more it is a tuple even where no sign is known
        return {
            label: sum(map(mul, row.values, at(weights)), self.before[label]) + added(self.findings[label], found)
            for label, weights in self.weights.items()
        }


def added(weights: Mapping[str, float], found: Mapping[str, float]) -> float:
    """What the findings say together; those that were never learnt say nothing."""
    return sum(weights[name] * value for name, value in found.items() if name in weights)
