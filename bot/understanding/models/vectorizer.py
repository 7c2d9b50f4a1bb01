"""What a model of the office's own labels sees in a text: its n-grams, those of its opening, and what the lexicon finds."""

import math
from collections import Counter
from dataclasses import dataclass

from bot.understanding.decide.category import NO_LEAN, Classifier
from bot.understanding.decide.sector import Sectors
from bot.understanding.models.ngrams import contiguous
from bot.understanding.normalize import fold_solid

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
        _, every = self.classifier.scores(said, NO_LEAN)
        half = max(every.values(), default=0.0) / 2
        found = {code: score - half for code, score in every.items() if score > half}
        size = math.hypot(*found.values()) or 1.0
        return {code: self.category_worth * score / size for code, score in found.items()}
