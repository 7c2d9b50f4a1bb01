"""The linear classifier: adds up the weights of the n-grams and findings of a text, for each label."""

import math
from array import array
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field


class Vocabulary(dict[str, int]):
    """The place of each n-gram, ascending. Several classifiers share one; so it remembers what it found for the last text."""

    _last: tuple[object, list[int]] = (None, [])

    def places(self, ngrams: Set[str]) -> list[int]:
        """The places of the known n-grams, ascending: so sums do not depend on the order in a set."""
        seen, places = self._last
        if seen is not ngrams:
            places = sorted(map(self.__getitem__, self.keys() & ngrams))
            self._last = ngrams, places
        return places


@dataclass(frozen=True, slots=True)
class LinearClassifier:
    """Weights by n-gram and label, without the zeros: whole numbers, times the scale of the label. Trained by `bot.training`.

    The weights of the n-gram at place p are `weights[starts[p]:starts[p + 1]]`, those of the labels `holders[…]`.
    """

    labels: tuple[str, ...] = ()
    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    idf: Sequence[float] = ()
    """By place, the inverse document frequency; 0 for n-grams that this classifier does not know."""
    starts: Sequence[int] = (0,)
    holders: Sequence[int] = ()
    """Positions of labels."""
    weights: "array[int]" = field(default_factory=lambda: array("b"))
    scales: Sequence[float] = ()
    intercepts: Sequence[float] = ()
    findings: Mapping[str, Sequence[float]] = field(default_factory=dict)
    """By the name of what is no n-gram, its weights in the order of the labels."""

    def scores(self, ngrams: Set[str] | Counter[str], found: Mapping[str, float]) -> dict[str, float]:
        """By label, the margin: above 0 the text is of the label. Repeated n-grams weigh more where they are counted."""
        values = self._counted(ngrams) if isinstance(ngrams, Counter) else self._present(ngrams)
        size = math.hypot(*values.values()) or 1.0
        margins = self._sums(values)
        for at, (scale, intercept) in enumerate(zip(self.scales, self.intercepts, strict=True)):
            margins[at] = margins[at] * scale / size + intercept
        for name, value in found.items():
            for at, weight in enumerate(self.findings.get(name, ())):
                margins[at] += weight * value
        return dict(zip(self.labels, margins, strict=True))

    def _present(self, ngrams: Set[str]) -> dict[int, float]:
        """By place of each n-gram that this classifier knows: its inverse document frequency."""
        idf = self.idf
        return {place: weight for place in self.vocabulary.places(ngrams) if (weight := idf[place])}

    def _counted(self, counts: Counter[str]) -> dict[int, float]:
        """The same with a weight that grows with the logarithm of the count."""
        known = ((self.vocabulary[ngram], count) for ngram, count in counts.items() if ngram in self.vocabulary)
        return {place: self.idf[place] * (1 + math.log(count)) for place, count in known}

    def _sums(self, values: Mapping[int, float]) -> list[float]:
        """The product of the values and the weights, in the order of the labels."""
        starts, holders, weights = self.starts, self.holders, self.weights
        sums = [0.0] * len(self.labels)
        for place, value in values.items():
            for at in range(starts[place], starts[place + 1]):
                sums[holders[at]] += weights[at] * value
        return sums


def added(weights: Mapping[str, float], found: Mapping[str, float]) -> float:
    """The sum of what the findings weigh; those without a weight count nothing."""
    return sum(weights[name] * value for name, value in found.items() if name in weights)
