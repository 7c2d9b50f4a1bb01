"""Turns what scikit-learn fitted into the classifiers that the service reads with."""

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from bot.understanding.models.linear import LinearClassifier, Vocabulary

STEPS, FINE = 127, 32_767
"""A weight is kept as a whole number of steps of its label's scale: so many in one byte, and in two."""
FEWEST = 2
"""Weights of fewer steps are left out where there are many labels: that changes no figure."""


def exported(
    labels: Sequence[str],
    names: Iterable[str],
    idf: NDArray[np.float64],
    coefficients: NDArray[np.float64],
    intercepts: Sequence[float],
    most: int = STEPS,
    least: int = 1,
) -> LinearClassifier:
    """One row of coefficients a label, one column an n-gram. Weights are rounded to whole steps; at least so many are kept."""
    code: Literal["b", "h"] = "b" if most <= STEPS else "h"
    scales = np.abs(coefficients).max(axis=1, initial=0.0, keepdims=True) / most
    whole = np.round(coefficients / np.where(scales, scales, 1.0)).T.astype(code)
    steps = sparse.csr_array(np.where(np.abs(whole) >= least, whole, 0))
    return LinearClassifier(
        labels=tuple(map(str, labels)),
        vocabulary=Vocabulary((name, place) for place, name in enumerate(names)),
        idf=array("f", idf),
        starts=array("I", steps.indptr.astype(np.uint32).tobytes()),
        holders=array("H", steps.indices.astype(np.uint16).tobytes()),
        weights=array(code, steps.data.tobytes()),
        scales=[float(scale) for scale in scales[:, 0]],
        intercepts=list(intercepts),
    )


def share(*classifiers: LinearClassifier) -> tuple[LinearClassifier, ...]:
    """The same classifiers over one vocabulary, sorted."""
    names = sorted(set().union(*(classifier.vocabulary for classifier in classifiers)))
    vocabulary = Vocabulary((name, place) for place, name in enumerate(names))
    return tuple(_over(vocabulary, classifier) for classifier in classifiers)


def _over(vocabulary: Vocabulary, classifier: LinearClassifier) -> LinearClassifier:
    """Places move, but their order stays: so the weights stay as they are."""
    places = [vocabulary[name] for name in classifier.vocabulary]
    idf, sizes = np.zeros(len(vocabulary), np.float32), np.zeros(len(vocabulary) + 1, np.uint32)
    idf[places] = classifier.idf
    sizes[np.asarray(places, int) + 1] = np.diff(np.asarray(classifier.starts))
    starts = array("I", np.cumsum(sizes, dtype=np.uint32).tobytes())
    return replace(classifier, vocabulary=vocabulary, idf=array("f", idf.tobytes()), starts=starts)
