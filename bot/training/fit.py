"""Trains linear classifiers with scikit-learn, and turns what it fitted into those that the service reads with."""

from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.feature_extraction import DictVectorizer
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer
from sklearn.feature_selection import SelectFromModel
from sklearn.linear_model import LogisticRegression
from sklearn.svm import LinearSVC

from bot.understanding.models.linear import UNIT, LinearClassifier, Vocabulary

TOLERANCE, ROUNDS = 0.01, 10_000
"""When the training stops: finer steps change no label, and rows that contradict each other would go on for long."""
REGULARISATION = 0.5
"""Inverse strength of the L2 penalty of log odds."""
LEAST = 0.02
"""Log odds below this are left out."""
SMOOTHING = 0.1
"""Added to how often a feature stands on either side (Laplace smoothing)."""
STEPS, FINE = 127, 32_767
"""A weight is kept as a whole number of steps of its label's scale: so many in one byte, and in two."""
FEWEST = 2
"""Weights of fewer steps are left out where there are many labels: that changes no figure."""

Findings = Mapping[str, float]
Ngrams = set[str] | Counter[str]
Numbers = NDArray[np.float64]


def _svc(penalty: float, balanced: bool) -> LinearSVC:
    """Support vectors; `penalty`: what a row on the wrong side costs; `balanced`: small labels weigh as much as large ones."""
    weight = "balanced" if balanced else None
    return LinearSVC(C=penalty, class_weight=weight, tol=TOLERANCE, max_iter=ROUNDS, random_state=0)


def sorter(
    rows: Sequence[Ngrams],
    findings: Sequence[Findings],
    labels: Sequence[str],
    least: int,
    penalty: float,
    by_ratio: bool = False,
) -> LinearClassifier:
    """Tells the labels apart, one against the rest, by n-grams that stand in at least so many rows, and by findings.

    `by_ratio`: "NBSVM" of Wang and Manning (2012), "Baselines and bigrams: simple, good sentiment and topic
    classification": each feature is weighed by how much oftener it stands in rows of the label.
    """
    names, counts = _counted(rows, least)
    tfidf, found, own = TfidfTransformer(sublinear_tf=True), DictVectorizer(), np.asarray(labels)
    vectors = sparse.hstack([tfidf.fit_transform(counts), _ordered(found.fit_transform(findings))]).tocsr()
    known, coefficients, intercepts = sorted(set(labels)), [], []
    for label in known:
        ratio = _ratio(vectors, own == label) if by_ratio else np.ones(vectors.shape[1])
        fitted = _svc(penalty, balanced=True).fit(vectors.multiply(ratio).tocsr(), own == label)
        coefficients.append(fitted.coef_[0] * ratio)
        intercepts.append(float(fitted.intercept_[0]))
    weights = np.vstack(coefficients)
    classifier = exported(known, names, tfidf.idf_, weights[:, : len(names)], intercepts, least=FEWEST)
    by_name = zip(found.feature_names_, weights[:, len(names) :].T, strict=True)
    return replace(classifier, findings={name: [round(float(each), 3) for each in row] for name, row in by_name})


def _ratio(rows: sparse.csr_matrix, side: NDArray[np.bool_]) -> Numbers:
    """By feature, the logarithm of its share inside over its share outside."""
    inside, outside = (np.asarray(rows[which].sum(axis=0)).ravel() + SMOOTHING for which in (side, ~side))
    logs: Numbers = np.log(inside / inside.sum()) - np.log(outside / outside.sum())
    return logs


def detector(
    label: str, rows: Sequence[Ngrams], inside: Sequence[bool], least: int, most: int, penalty: float
) -> LinearClassifier:
    """Tells the rows inside from the others by at most so many n-grams: those that weigh most when all are used."""
    names, counts = _counted(rows, least)
    selection = SelectFromModel(_svc(penalty, balanced=False), max_features=most, threshold=-np.inf)
    chosen = selection.fit(TfidfTransformer().fit_transform(counts), inside).get_support()
    tfidf = TfidfTransformer()
    fitted = _svc(penalty, balanced=False).fit(tfidf.fit_transform(counts[:, chosen]), inside)
    return exported([label], names[chosen], tfidf.idf_, fitted.coef_, [float(fitted.intercept_[0])])


def odds(found: Sequence[Findings], inside: Sequence[bool]) -> tuple[dict[str, float], float]:
    """Weights of findings, and what to add, for the logarithm of the odds that a row lies inside."""
    vectorizer = DictVectorizer()
    fitted = LogisticRegression(C=REGULARISATION, max_iter=ROUNDS).fit(
        _ordered(vectorizer.fit_transform(found)), inside
    )
    weights = zip(vectorizer.feature_names_, fitted.coef_[0], strict=True)
    kept = {name: round(float(weight), 3) for name, weight in weights if abs(weight) >= LEAST}
    return kept, round(float(fitted.intercept_[0]), 3)


def _counted(rows: Sequence[Ngrams], least: int) -> tuple[NDArray[np.str_], sparse.csr_matrix]:
    """The n-grams that stand in at least so many rows, sorted, and which row holds which; all, where none does."""
    vectorizer = CountVectorizer(analyzer=_each, dtype=np.float64)
    counts = _ordered(vectorizer.fit_transform(rows))
    holding = np.bincount(counts.indices, minlength=counts.shape[1])
    kept = holding >= min(least, holding.max())
    return vectorizer.get_feature_names_out()[kept], counts[:, kept]


def _each(row: Ngrams) -> Iterable[str]:
    return row.elements() if isinstance(row, Counter) else row


def _ordered(matrix: sparse.csr_matrix) -> sparse.csr_matrix:
    """Its numbers in the order of columns: else sums would follow the order in a set, which differs by process."""
    matrix.sort_indices()
    return matrix


def exported(
    labels: Sequence[str],
    names: Iterable[str],
    idf: Numbers,
    coefficients: Numbers,
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
        vocabulary=Vocabulary(map(str, names)),
        idf=array("H", np.round(idf * UNIT).astype(np.uint16).tobytes()),
        starts=array("I", steps.indptr.astype(np.uint32).tobytes()),
        holders=array("H", steps.indices.astype(np.uint16).tobytes()),
        weights=array(code, steps.data.tobytes()),
        scales=[float(scale) for scale in scales[:, 0]],
        intercepts=list(intercepts),
    )


def share(*classifiers: LinearClassifier) -> tuple[LinearClassifier, ...]:
    """The same classifiers over one vocabulary, sorted."""
    names = sorted(set().union(*(classifier.vocabulary for classifier in classifiers)))
    vocabulary = Vocabulary(names)
    return tuple(_over(vocabulary, classifier) for classifier in classifiers)


def _over(vocabulary: Vocabulary, classifier: LinearClassifier) -> LinearClassifier:
    """Places move, but their order stays: so the weights stay as they are."""
    places = [place for name in classifier.vocabulary if (place := vocabulary.place(name)) is not None]
    idf, sizes = np.zeros(len(vocabulary), np.uint16), np.zeros(len(vocabulary) + 1, np.uint32)
    idf[places] = classifier.idf
    sizes[np.asarray(places, int) + 1] = np.diff(np.asarray(classifier.starts))
    starts = array("I", np.cumsum(sizes, dtype=np.uint32).tobytes())
    return replace(classifier, vocabulary=vocabulary, idf=array("H", idf.tobytes()), starts=starts)
