"""Tells which category a text is like, by the n-grams it shares with the lexicon's phrases and examples."""

import math
from dataclasses import dataclass

from bot.understanding.models.linear import LinearClassifier, Row
from bot.understanding.models.ngrams import chinese_ngrams

SHORTEST = 4
"""Added to the number of n-grams, so that very short texts do not score high."""


@dataclass(frozen=True, slots=True)
class NaiveBayes:
    """The weights are log ratios (> 0): how much more often than elsewhere a label uses an n-gram."""

    linear: LinearClassifier

    def scores(self, text: str) -> dict[str, float]:
        """How much a folded text is like each category; longer texts do not score higher for their length."""
        ngrams = chinese_ngrams(text)
        places, value = self.linear.places(ngrams), 1 / math.sqrt(len(ngrams) + SHORTEST)
        margins = self.linear.margins(Row(places, [value] * len(places)))
        return {label: margin for label, margin in zip(self.linear.labels, margins, strict=True) if margin}


EMPTY = NaiveBayes(LinearClassifier())
