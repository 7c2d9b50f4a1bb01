"""A model of the office's own labels: what it sees in a text, the label and confidence it gives, and its file."""

import math
from collections import Counter
from dataclasses import dataclass, replace

from bot.understanding.decide.category import Classifier
from bot.understanding.decide.sector import Sectors
from bot.understanding.models.linear import LinearClassifier
from bot.understanding.models.ngrams import contiguous
from bot.understanding.models.packing import packed, unpacked
from bot.understanding.normalize import fold_solid

FORMAT = 4
LONGEST, OPENING = 600, 40
"""Characters that are read, and characters of the opening, which mostly names the matter."""
SIZES = (1, 2)
SECTOR_WORTH = 0.15
"""How much sectors weigh beside all n-grams together, which weigh 1."""

Features = tuple[Counter[str], dict[str, float]]
"""Counted n-grams, those of the opening marked ^, and findings by name: sectors and categories."""


@dataclass(frozen=True, slots=True)
class Vectorizer:
    """Reads features from a text, by the office's lexicon."""

    sectors: Sectors
    classifier: Classifier
    category_worth: float = 0.0
    """How much the categories weigh beside all n-grams together, which weigh 1."""

    def features(self, text: str) -> Features:
        """All that a label may be told by."""
        said = fold_solid(text)[:LONGEST]
        counts = Counter(contiguous(said, *SIZES))
        counts.update(f"^{ngram}" for ngram in contiguous(said[:OPENING], *SIZES))
        sectors = {name: SECTOR_WORTH * math.sqrt(score) for name, score in self.sectors.scores(said).items()}
        return counts, sectors | self._categories(said) if self.category_worth else sectors

    def category(self, text: str) -> str:
        """What the rules take the text to be about."""
        return self.classifier.choose(fold_solid(text)[:LONGEST]).category

    def _categories(self, said: str) -> dict[str, float]:
        """The categories that score more than half of what the best one does, as a vector."""
        _, every = self.classifier.scores(said, {})
        half = max(every.values(), default=0.0) / 2
        found = {code: score - half for code, score in every.items() if score > half}
        size = math.hypot(*found.values()) or 1.0
        return {code: self.category_worth * score / size for code, score in found.items()}


@dataclass(frozen=True, slots=True)
class Model:
    """A linear classifier over what the vectorizer sees. `bot.training.labels` trains it."""

    vectorizer: Vectorizer
    classifier: LinearClassifier
    inverse_temperature: float
    """Turns margins into a confidence: fitted on rows that were not learnt from."""

    @property
    def labels(self) -> tuple[str, ...]:
        """All labels that it knows."""
        return self.classifier.labels

    def label(self, text: str) -> tuple[str, float]:
        """The best label and a confidence between 0 and 1."""
        scores = self.classifier.scores(*self.vectorizer.features(text))
        best = max(scores, key=scores.__getitem__)  # margins are read as log odds
        shares = (math.exp(self.inverse_temperature * (margin - scores[best])) for margin in scores.values())
        return best, 1 / sum(shares)

    def as_bytes(self) -> bytes:
        """A file of it, without any text."""
        head = {"inverse_temperature": self.inverse_temperature, "category_worth": self.vectorizer.category_worth}
        return packed({"format": FORMAT, **head}, {"labels": self.classifier})


def read_model(content: bytes, vectorizer: Vectorizer) -> Model:
    """The model of these bytes. ValueError, KeyError or TypeError where they are none of this format."""
    head, classifiers = unpacked(content, FORMAT)
    vectorizer = replace(vectorizer, category_worth=head["category_worth"])
    return Model(vectorizer, classifiers["labels"], head["inverse_temperature"])
