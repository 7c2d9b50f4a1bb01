"""Trains the similarity to categories: naive Bayes over the n-grams of the lexicon's phrases and of example messages."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np
from sklearn.feature_extraction import DictVectorizer

from bot.training.export import FINE, exported
from bot.understanding.models.naive_bayes import NaiveBayes
from bot.understanding.models.ngrams import chinese_ngrams

SINGLE = 0.4
"""A single character counts this much of what a pair does."""
PRIOR = 20.0
"""The general mixture is added to every category as if it were so many n-grams (smoothing)."""
COMMON = 3.0
"""An n-gram counts at most this often from the phrases of one category."""
SPEAKING, POINT = 1.0, 1 / 6
"""Phrases of more points than the first count, each point so much."""

PhraseTable = Mapping[str, Sequence[str]]
"""Weight → phrases, a phrase being one or more parts joined by +."""


def train(phrases: Mapping[str, PhraseTable], examples: Mapping[str, Sequence[str]]) -> NaiveBayes:
    """Phrases by label, and folded messages by label. Only log ratios above 0 are kept."""
    labels = sorted({*phrases, *examples})
    counted = [_counted(phrases.get(label, {}), examples.get(label, ())) for label in labels]
    vectorizer = DictVectorizer(sparse=False)
    counts = vectorizer.fit_transform(counted)
    usual = counts.sum(axis=0) / counts.sum()
    ratios = (counts + PRIOR * usual) / (counts.sum(axis=1, keepdims=True) + PRIOR) / usual
    part = np.asarray([SINGLE if len(name) == 1 else 1.0 for name in vectorizer.feature_names_])
    weights = np.where(counts > 0, np.maximum(np.log(ratios), 0.0) * part, 0.0)
    names, idf = vectorizer.feature_names_, np.zeros(len(vectorizer.feature_names_))
    return NaiveBayes(exported(labels, names, idf, weights, [0.0] * len(labels), FINE))


def _counted(phrases: PhraseTable, examples: Iterable[str]) -> dict[str, float]:
    """How often each n-gram stands in the phrases, up to COMMON, and in how many examples."""
    said: dict[str, float] = defaultdict(float)
    for weight, ngram in _of_phrases(phrases):
        said[ngram] += weight
    counts = defaultdict(float, {ngram: min(count, COMMON) for ngram, count in said.items()})
    for ngram in (ngram for example in examples for ngram in chinese_ngrams(example)):
        counts[ngram] += 1
    return counts


def _of_phrases(phrases: PhraseTable) -> Iterator[tuple[float, str]]:
    for weight, said in phrases.items():
        points = float(weight)
        parts = (part for phrase in said for part in phrase.split("+") if not part.startswith("@"))
        if points > SPEAKING:
            yield from ((points * POINT, ngram) for part in parts for ngram in sorted(chinese_ngrams(part)))
