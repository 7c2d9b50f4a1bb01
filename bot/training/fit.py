"""Trains the weights of one label against the others with scikit-learn: for `bot.training` only."""

from array import array
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.linear_model import LogisticRegression
from sklearn.svm import LinearSVC

from bot.understanding.models.label_model import Row

PENALTY = 1.0
"""What a row on the wrong side costs beside the size of the weights."""
STILL, ROUNDS = 0.01, 10_000
"""When the training rests: finer steps change no label, and rows that contradict each other would go on for long."""
SMOOTHING = 0.1
"""What every feature is taken to have been seen on either side before any row is read: Laplace smoothing."""

TRUST = 0.5
"""Inverse strength of the L2 penalty."""


def table(rows: Iterable[Row], width: int) -> sparse.csr_array:
    """The rows as one sparse table."""
    places, values, ends = array("i"), array("d"), array("i", [0])
    for row in rows:
        places.extend(row.places)
        values.extend(row.values)
        ends.append(len(places))
    return sparse.csr_array(tuple(map(np.asarray, (values, places, ends))), shape=(len(ends) - 1, width))


def separate(rows: sparse.csr_array, inside: Sequence[bool], seed: int) -> tuple[Sequence[float], float]:
    """Weights, and what to add, that make the product with a row positive inside and negative outside.

    "NBSVM" of Wang and Manning (2012), "Baselines and bigrams: simple, good sentiment and topic classification":
    support vectors on features that are weighed by how much oftener they stand inside. Small labels weigh as much as
    large ones.
    """
    side = np.asarray(inside)
    ratio = _ratio(rows, side)
    classifier = LinearSVC(C=PENALTY, class_weight="balanced", dual=True, tol=STILL, max_iter=ROUNDS, random_state=seed)
    classifier.fit(rows.multiply(ratio).tocsr(), side)
    return array("f", classifier.coef_[0] * ratio), float(classifier.intercept_[0])


def hyperplane(
    rows: sparse.csr_array, inside: Sequence[bool], penalty: float, balanced: bool
) -> tuple[Sequence[float], float]:
    """The same without regard to how often a feature stands inside; `balanced`: both sides weigh the same."""
    weight = "balanced" if balanced else None
    classifier = LinearSVC(C=penalty, class_weight=weight, dual=True, tol=STILL, max_iter=ROUNDS, random_state=0)
    classifier.fit(rows, np.asarray(inside))
    return array("f", classifier.coef_[0]), float(classifier.intercept_[0])


def odds(rows: sparse.csr_array, inside: Sequence[bool]) -> tuple[Sequence[float], float]:
    """Weights, and what to add, whose product with a row is the logarithm of the odds that it lies inside."""
    classifier = LogisticRegression(C=TRUST, max_iter=ROUNDS).fit(rows, np.asarray(inside))
    return array("f", classifier.coef_[0]), float(classifier.intercept_[0])


def _ratio(rows: sparse.csr_array, side: NDArray[np.bool_]) -> NDArray[np.float64]:
    """By feature, the logarithm of its share inside over its share outside."""
    shares = [
        found / found.sum() for found in (rows[side].sum(axis=0) + SMOOTHING, rows[~side].sum(axis=0) + SMOOTHING)
    ]
    logs: NDArray[np.float64] = np.log(shares[0]) - np.log(shares[1])
    return logs
