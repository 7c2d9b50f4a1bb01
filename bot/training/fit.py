"""Trains linear classifiers with scikit-learn."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.feature_extraction import DictVectorizer
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer
from sklearn.feature_selection import SelectFromModel
from sklearn.linear_model import LogisticRegression
from sklearn.svm import LinearSVC

from bot.training.export import FEWEST, exported
from bot.understanding.models.linear import LinearClassifier

TOLERANCE, ROUNDS = 0.01, 10_000
"""When the training stops: finer steps change no label, and rows that contradict each other would go on for long."""
REGULARISATION = 0.5
"""Inverse strength of the L2 penalty of log odds."""
LEAST = 0.02
"""Log odds below this are left out."""

SMOOTHING = 0.1
"""Added to how often a feature stands on either side (Laplace smoothing)."""

Findings = Mapping[str, float]
Ngrams = set[str] | Counter[str]


def svc(penalty: float, balanced: bool, seed: int = 0) -> LinearSVC:
    """Support vectors; `penalty`: what a row on the wrong side costs; `balanced`: small labels weigh as much as large ones."""
    weight = "balanced" if balanced else None
    return LinearSVC(C=penalty, class_weight=weight, tol=TOLERANCE, max_iter=ROUNDS, random_state=seed)


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
        fitted = svc(penalty, balanced=True).fit(vectors.multiply(ratio).tocsr(), own == label)
        coefficients.append(fitted.coef_[0] * ratio)
        intercepts.append(float(fitted.intercept_[0]))
    weights = np.vstack(coefficients)
    classifier = exported(known, names, tfidf.idf_, weights[:, : len(names)], intercepts, least=FEWEST)
    return replace(classifier, findings=_by_name(known, found.feature_names_, weights[:, len(names) :]))


def _by_name(labels: Sequence[str], names: Sequence[str], weights: NDArray[np.float64]) -> dict[str, dict[str, float]]:
    """By label, the weights of the findings."""
    rows = zip(labels, weights, strict=True)
    return {
        label: {name: round(float(weight), 3) for name, weight in zip(names, row, strict=True)} for label, row in rows
    }


def _ratio(rows: sparse.csr_matrix, side: NDArray[np.bool_]) -> NDArray[np.float64]:
    """By feature, the logarithm of its share inside over its share outside."""
    inside, outside = (np.asarray(rows[which].sum(axis=0)).ravel() + SMOOTHING for which in (side, ~side))
    logs: NDArray[np.float64] = np.log(inside / inside.sum()) - np.log(outside / outside.sum())
    return logs


def detector(
    label: str, rows: Sequence[Ngrams], inside: Sequence[bool], least: int, most: int, penalty: float
) -> LinearClassifier:
    """Tells the rows inside from the others by at most so many n-grams: those that weigh most when all are used."""
    names, counts = _counted(rows, least)
    selection = SelectFromModel(svc(penalty, balanced=False), max_features=most, threshold=-np.inf)
    chosen = selection.fit(TfidfTransformer().fit_transform(counts), inside).get_support()
    tfidf = TfidfTransformer()
    fitted = svc(penalty, balanced=False).fit(tfidf.fit_transform(counts[:, chosen]), inside)
    classifier = exported([label], names[chosen], tfidf.idf_, fitted.coef_, [float(fitted.intercept_[0])])
    return replace(classifier, findings={label: {}})


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
