"""The linear classifier: adds up the weights of the n-grams and findings of a text, for each label."""

import math
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Row:
    """A sparse vector: the places of its numbers, and the numbers."""

    places: Sequence[int]
    values: Sequence[float]


@dataclass(frozen=True, slots=True)
class LinearClassifier:
    """Weights by n-gram and label, without the zeros: whole numbers, times the scale of the label. Trained by `bot.training`.

    The weights of the n-gram at place p are `weights[starts[p]:starts[p + 1]]`, those of the labels `holders[…]`.
    """

    labels: tuple[str, ...] = ()
    vocabulary: Mapping[str, int] = field(default_factory=dict)
    """The place of each n-gram, ascending. Several classifiers share one."""
    idf: Sequence[float] = ()
    """By place, the inverse document frequency; 0 for n-grams that this classifier does not know."""
    starts: Sequence[int] = (0,)
    holders: Sequence[int] = ()
    """Positions of labels."""
    weights: "array[int]" = field(default_factory=lambda: array("b"))
    scales: Sequence[float] = ()
    intercepts: Sequence[float] = ()
    findings: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    """By label, the weights of what is no n-gram, by name."""

    def scores(self, ngrams: Iterable[str] | Counter[str], found: Mapping[str, float]) -> dict[str, float]:
        """By label, the margin: above 0 the text is of the label. Repeated n-grams weigh more where they are counted."""
        row = self.counted_row(ngrams) if isinstance(ngrams, Counter) else self.row(ngrams)
        return {
            label: margin + added(self.findings[label], found)
            for label, margin in zip(self.labels, self.margins(row), strict=True)
        }

    def places(self, ngrams: Iterable[str]) -> list[int]:
        """The places of the known n-grams, ascending: so sums do not depend on the order in a set."""
        return sorted(map(self.vocabulary.__getitem__, self.vocabulary.keys() & ngrams))

    def row(self, ngrams: Iterable[str]) -> Row:
        """Each known n-gram once, weighed by its inverse document frequency; of length 1."""
        idf = self.idf
        return _unit({place: weight for place in self.places(ngrams) if (weight := idf[place])})

    def counted_row(self, counts: Counter[str]) -> Row:
        """The same with a weight that grows with the logarithm of the count."""
        known = ((self.vocabulary[ngram], count) for ngram, count in counts.items() if ngram in self.vocabulary)
        return _unit({place: self.idf[place] * (1 + math.log(count)) for place, count in known})

    def margins(self, row: Row) -> list[float]:
        """The product of the row and the weights, with the intercept, in the order of the labels."""
        sums = [0.0] * len(self.labels)
        starts, holders, weights = self.starts, self.holders, self.weights
        for place, value in zip(row.places, row.values, strict=True):
            start, end = starts[place], starts[place + 1]
            if end - start == 1:
                sums[holders[start]] += weights[start] * value
            elif end > start:  # slices are quicker than single look-ups for several
                for label, weight in zip(holders[start:end], weights[start:end], strict=True):
                    sums[label] += weight * value
        return [
            total * scale + intercept
            for total, scale, intercept in zip(sums, self.scales, self.intercepts, strict=True)
        ]


def _unit(values: Mapping[int, float]) -> Row:
    size = math.hypot(*values.values()) or 1.0
    return Row(list(values), [value / size for value in values.values()])


def added(weights: Mapping[str, float], found: Mapping[str, float]) -> float:
    """The sum of what the findings weigh; those without a weight count nothing."""
    return sum(weights[name] * value for name, value in found.items() if name in weights)
