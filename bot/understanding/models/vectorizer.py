"""What a learned model looks at in a text: its characters in ones and twos, its opening, and the office's lexicon."""

import math
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.understanding.decide.category import NO_LEAN, Classifier
from bot.understanding.decide.sector import Sectors
from bot.understanding.normalize import fold

LONGEST, OPENING = 600, 40
"""Characters that are looked at, and characters of the opening, which mostly names the matter."""
SIZES = (1, 2)
OPENING_WORTH, SECTOR_WORTH = 0.5, 0.15
"""How much the opening and the sectors weigh beside the whole text, which weighs 1."""


Counts = tuple[Counter[str], Counter[str], dict[str, float]]
"""The groups of characters of a text, those of its opening (marked ^), and what the lexicon says (marked @)."""


@dataclass(frozen=True, slots=True)
class Vectorizer:
    """Turns a text into named numbers; the lexicon's own keyword features are among them."""

    sectors: Sectors
    classifier: Classifier
    category_worth: float = 0.0
    """How much our categories weigh: much where the labels to learn follow them."""

    def counted(self, text: str) -> Counts:
        """What there is to see in a text."""
        said = fold(text).replace(" ", "")[:LONGEST]
        return (
            Counter(_groups(said)),
            Counter(f"^{group}" for group in _groups(said[:OPENING])),
            self._keyword_features(said),
        )

    def _keyword_features(self, said: str) -> dict[str, float]:
        sectors = {f"@{name}": SECTOR_WORTH * math.sqrt(scores) for name, scores in self.sectors.scores(said).items()}
        return sectors | self._categories(said) if self.category_worth else sectors

    def _categories(self, said: str) -> dict[str, float]:
        """The categories that score more than half of what the best one does."""
        _, every = self.classifier.scores(said, NO_LEAN)
        best = max(every.values(), default=0.0)
        found = {code: score - best / 2 for code, score in every.items() if score > best / 2}
        size = math.hypot(*found.values()) or 1.0
        return {f"@{code}": self.category_worth * score / size for code, score in found.items()}

    def category(self, text: str) -> str:
        """What the rules take the text to be about."""
        return self.classifier.choose(fold(text).replace(" ", "")[:LONGEST]).category


def weighed(counts: Mapping[str, int], rarity: Mapping[str, float], worth: float) -> dict[str, float]:
    """Counted groups as a vector of length `worth`: rare ones weigh more, repeated ones little more than single ones."""
    weights = {group: (1 + math.log(count)) * rarity[group] for group, count in counts.items() if group in rarity}
    size = math.hypot(*weights.values())
    return {group: worth * weight / size for group, weight in weights.items()} if size else {}


def _groups(text: str) -> Iterator[str]:
    for size in SIZES:
        for start in range(len(text) - size + 1):
            yield text[start : start + size]
