"""Tells which category a text is like, by the pairs of characters it shares with the lexicon's phrases and examples."""

import math
import re
from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

_CHINESE = re.compile(r"[\u3400-\u9fff]+")
SINGLE = 0.4
"""A single character says this much of what a pair says."""
PRIOR = 20.0
"""So many characters' worth of the general mixture are added to every category."""
COMMON = 3.0
"""A pair counts at most this often from the phrases of one category."""


@dataclass(frozen=True, slots=True)
class NaiveBayes:
    """For each pair of characters, how much more often than elsewhere each label uses it (log ratio, > 0); at most 256 labels."""

    labels: Sequence[str]
    weights: Mapping[str, tuple[bytes, Sequence[float]]]
    """The places of labels, and what the pair says for each."""

    def scores(self, text: str) -> dict[str, float]:
        """How much a folded text is like each category; longer texts do not score higher for their length."""
        pairs = _pairs(text)
        totals = [0.0] * len(self.labels)
        for pair in self.weights.keys() & pairs:
            for place, weight in zip(*self.weights[pair], strict=True):
                totals[place] += weight
        size = math.sqrt(len(pairs) + 4)
        return {label: total / size for label, total in zip(self.labels, totals, strict=True) if total}


def train(phrases: Mapping[str, Mapping[str, Sequence[str]]], examples: Mapping[str, Sequence[str]]) -> NaiveBayes:
    """Learnt from the lexicon's own phrases (by label and weight) and example sentences (by label)."""
    counts: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for label, table in phrases.items():
        seen: dict[str, float] = defaultdict(float)
        for weight, said in table.items():
            if float(weight) > 1:
                for pair in _pairs_of_phrases(said):
                    seen[pair] += float(weight) / 6
        for pair, count in seen.items():
            counts[pair][label] += min(count, COMMON)
    for label, sentences in examples.items():
        for sentence in sentences:
            for pair in _pairs(sentence):
                counts[pair][label] += 1
    labels = sorted({label for found in counts.values() for label in found})
    return NaiveBayes(labels, _log_ratios(counts, {label: place for place, label in enumerate(labels)}))


EMPTY = NaiveBayes((), {})


def _pairs(text: str) -> set[str]:
    """Pairs and single characters of its Chinese words: digits and Latin letters are names and numbers, like nothing."""
    words = _CHINESE.findall(text)
    return {word[i : i + 2] for word in words for i in range(len(word) - 1)} | {
        character for word in words for character in word
    }


def _pairs_of_phrases(said: Iterable[str]) -> Iterable[str]:
    for phrase in said:
        for part in phrase.split("+"):
            if not part.startswith("@"):
                yield from _pairs(part)


def _log_ratios(
    counts: Mapping[str, Mapping[str, float]], places: Mapping[str, int]
) -> dict[str, tuple[bytes, Sequence[float]]]:
    sizes: dict[str, float] = defaultdict(float)
    for labels in counts.values():
        for label, count in labels.items():
            sizes[label] += count
    everything = sum(sizes.values())
    ratios: dict[str, tuple[bytes, Sequence[float]]] = {}
    for pair, labels in counts.items():
        usual = sum(labels.values()) / everything
        prior, part = PRIOR * usual, SINGLE if len(pair) == 1 else 1.0
        found = [(label, (count + prior) / (sizes[label] + PRIOR) / usual) for label, count in labels.items()]
        speaking = [(label, math.log(ratio) * part) for label, ratio in found if ratio > 1]
        if speaking:
            ratios[pair] = (
                bytes(places[label] for label, _ in speaking),
                array("f", (weight for _, weight in speaking)),
            )
    return ratios
