"""Learns labels from an office's own history: rows of (text, label)."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from sys import intern
from zlib import crc32

import numpy as np
from scipy.special import log_softmax
from sklearn.model_selection import PredefinedSplit

from bot.training import fit
from bot.training.corpus import Labelled
from bot.understanding.models.label_model import Features, Model, Vectorizer
from bot.understanding.models.linear import LinearClassifier

HeldOut = tuple[Sequence[float], int]
"""The margins of a row by label, and the position of its own label."""

SEEN, FEW = 3, 500
"""An n-gram must stand in so many rows to count; in two, where there are fewer rows than the second."""
PENALTY = 1.0
"""What a row on the wrong side costs beside the size of the weights."""
FOLLOWS, FOLLOWED = 0.9, 1.0
"""From this share of right guesses the categories weigh so much."""
PARTS = 5
INVERSE_TEMPERATURES = tuple(1.05**step for step in range(-15, 50))


def train(rows: Sequence[Labelled], vectorizer: Vectorizer) -> Model:
    """A model of all rows, its confidence fitted on models that have not seen the row. ValueError with one label only."""
    labels = [label for _, label in rows]
    if len(set(labels)) < 2:
        raise ValueError("nothing to learn: the rows need two labels or more")
    vectorizer = replace(vectorizer, category_worth=_category_worth(rows, vectorizer))
    seen = [_once(vectorizer.features(text)) for text, _ in rows]
    folds = PredefinedSplit([_part(row, salt="fitting") for row in rows])
    held_out = [one for trained, held in folds.split() for one in _held_out(seen, labels, trained, held)]
    return Model(vectorizer, _fitted(seen, labels), _inverse_temperature(held_out))


def hold_back(rows: Sequence[Labelled]) -> tuple[list[Labelled], list[Labelled]]:
    """Rows to learn from, and about a fifth to measure on: always the same ones, as told by their text."""
    kept: tuple[list[Labelled], list[Labelled]] = ([], [])
    for row in rows:
        kept[_part(row) == 0].append(row)
    return kept


def _part(row: Labelled, salt: str = "") -> int:
    """Rows with the same text always stand in the same part."""
    return crc32((salt + row[0]).encode()) % PARTS


def _category_worth(rows: Sequence[Labelled], vectorizer: Vectorizer) -> float:
    """Much where the labels follow our categories, nothing where they cut across: told by guessing every second row."""
    told = [(vectorizer.category(text), label) for text, label in rows]
    usual: dict[str, Counter[str]] = defaultdict(Counter)
    for category, label in told[::2]:
        usual[category][label] += 1
    guessed = [label == usual[category].most_common(1)[0][0] for category, label in told[1::2] if category in usual]
    return FOLLOWED if guessed and sum(guessed) / len(guessed) >= FOLLOWS else 0.0


def _once(features: Features) -> Features:
    """Each n-gram kept once for all texts: else a long history fills the memory."""
    counts, found = features
    return Counter({intern(ngram): count for ngram, count in counts.items()}), found


def _fitted(seen: Sequence[Features], labels: Sequence[str]) -> LinearClassifier:
    least = SEEN if len(seen) >= FEW else 2
    return fit.sorter(
        [ngrams for ngrams, _ in seen], [found for _, found in seen], labels, least, PENALTY, by_ratio=True
    )


def _held_out(
    seen: Sequence[Features], labels: Sequence[str], trained: Sequence[int], held: Sequence[int]
) -> Iterator[HeldOut]:
    """The rows held back, scored by a classifier of the others."""
    if len({labels[at] for at in trained}) > 1:
        classifier = _fitted([seen[at] for at in trained], [labels[at] for at in trained])
        for at in held:
            if labels[at] in classifier.labels:
                yield list(classifier.scores(*seen[at]).values()), classifier.labels.index(labels[at])


def _inverse_temperature(held_out: Sequence[HeldOut]) -> float:
    """That under which these labels are likeliest, had one row more gone to any label by chance (temperature scaling)."""
    slip = 1 / (len(held_out) + 1)

    def likelihood(inverse_temperature: float) -> float:
        logs = ((log_softmax(inverse_temperature * np.asarray(margins)), own) for margins, own in held_out)
        return float(sum((1 - slip) * log[own] + slip * log.mean() for log, own in logs))

    return max(INVERSE_TEMPERATURES, key=likelihood) if held_out else 1.0
