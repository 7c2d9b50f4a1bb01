"""Trains the weights of one label against the others with scikit-learn: for `learning` and `practice`; no service needs it."""

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
DOUBT = 0.1
"""What every trait is taken to have been seen on either side before any row is read: keeps rare traits from shouting."""

TRUST = 0.5
"""How far findings are believed that few rows have."""


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
    support vectors on traits that are weighed by how much oftener they stand inside. Small labels weigh as much as
    large ones.
    """
    side = np.asarray(inside)
    ratio = _ratio(rows, side)
    machine = LinearSVC(C=PENALTY, class_weight="balanced", dual=True, tol=STILL, max_iter=ROUNDS, random_state=seed)
    machine.fit(rows.multiply(ratio).tocsr(), side)
    return array("f", machine.coef_[0] * ratio), float(machine.intercept_[0])


def hyperplane(
    rows: sparse.csr_array, inside: Sequence[bool], penalty: float, balanced: bool
) -> tuple[Sequence[float], float]:
    """The same without regard to how often a trait stands inside; `balanced`: both sides weigh the same."""
    weight = "balanced" if balanced else None
    machine = LinearSVC(C=penalty, class_weight=weight, dual=True, tol=STILL, max_iter=ROUNDS, random_state=0)
    machine.fit(rows, np.asarray(inside))
    return array("f", machine.coef_[0]), float(machine.intercept_[0])


def odds(rows: sparse.csr_array, inside: Sequence[bool]) -> tuple[Sequence[float], float]:
    """Weights, and what to add, whose product with a row is the logarithm of the odds that it lies inside."""
    machine = LogisticRegression(C=TRUST, max_iter=ROUNDS).fit(rows, np.asarray(inside))
    return array("f", machine.coef_[0]), float(machine.intercept_[0])


def _ratio(rows: sparse.csr_array, side: NDArray[np.bool_]) -> NDArray[np.float64]:
    """By trait, the logarithm of its share inside over its share outside."""
    shares = [found / found.sum() for found in (rows[side].sum(axis=0) + DOUBT, rows[~side].sum(axis=0) + DOUBT)]
    logs: NDArray[np.float64] = np.log(shares[0]) - np.log(shares[1])
    return logs
