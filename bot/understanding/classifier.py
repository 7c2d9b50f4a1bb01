"""Chooses the category of a message: features, their weighted sum, the best label and how sure it is."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.understanding.categories import UNKNOWN
from bot.understanding.features import Phrases, Rule, weighted


@dataclass(frozen=True, slots=True)
class Choice:
    """The best category, its score, and the confidence (0…1) that grows with its lead over the next."""

    category: str
    score: float
    confidence: float


@dataclass(frozen=True, slots=True)
class Classifier:
    """A linear model over the lexicon's phrases."""

    phrases: Phrases
    enough: float
    """A best score below this is no recognition."""
    scale: float
    """A lead of this many points is believed at 73 percent."""

    def scores(self, text: str) -> dict[str, float]:
        """Score by category code, for a folded text."""
        return self.phrases.scores(text)

    def choose(self, text: str) -> Choice:
        """The category of a folded text; UNKNOWN where nothing speaks clearly enough."""
        ranked = sorted(self.scores(text).items(), key=lambda item: (-item[1], item[0]))
        code, best = ranked[0] if ranked else (UNKNOWN, 0.0)
        second = max(ranked[1][1], 0.0) if len(ranked) > 1 else 0.0
        if best < self.enough:
            return Choice(UNKNOWN, max(best, 0.0), 0.0)
        return Choice(code, best, 1 / (1 + math.exp(-(best - second) / self.scale)))


def classifier(table: Mapping[str, Any], sets: Mapping[str, list[str]]) -> Classifier:
    """Built from the table [categories] of the lexicon."""
    rules: list[Rule] = []
    for code, weights in table["of"].items():
        rules += weighted(code, weights)
    return Classifier(Phrases(rules, sets), table["enough"], table["scale"])
