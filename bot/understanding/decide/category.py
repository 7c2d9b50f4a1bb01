"""Chooses the category of a message: features, their weighted sum, the best label and how sure it is."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.understanding.categories import UNKNOWN
from bot.understanding.decide.keyword_rules import Phrases, Rule, weighted
from bot.understanding.models.naive_bayes import NaiveBayes

NO_LEAN: Mapping[str, float] = {}


@dataclass(frozen=True, slots=True)
class Choice:
    """The best category, the most that known phrases say for any matter, and a confidence (0…1) that grows with its lead."""

    category: str
    said: float
    confidence: float
    chance: float = 0.0
    """That the category is right, as fitted on messages that were not used to tune."""
    lead: float = 0.0
    """Points by which it is ahead of the next."""
    own: float = 0.0
    """What known phrases say for this category."""
    spoken: frozenset[str] = frozenset()
    """Every category that known phrases speak for."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """Turns what stands behind a choice into the chance that it is right; fitted by tests.bench.fitting."""

    base: float
    lead: float
    own: float
    most: float
    """More points of phrases than this make no difference."""

    def chance(self, lead: float, own: float) -> float:
        """Between 0 and 1; grows with the lead and with what phrases say."""
        weight = self.base + self.lead * math.log1p(lead) + self.own * min(max(own, 0.0), self.most)
        return 1 / (1 + math.exp(-weight))


@dataclass(frozen=True, slots=True)
class Classifier:
    """A linear model over two kinds of features: the lexicon's phrases, and similarity to them."""

    phrases: Phrases
    similarity: NaiveBayes
    trust: float
    """Points of a phrase that one point of similarity is worth."""
    enough: float
    """A best score below this is no recognition."""
    alone: float
    """The same where no known phrase speaks for the category, only similarity; more than `enough`."""
    alone_of: Mapping[str, float]
    """`alone` of categories that need more: those of the sealed box, which likeness to a complaint is not enough for."""
    guess: float
    """Share of the confidence that is left to a reading by similarity alone."""
    scale: float
    """A lead of this many points is believed at 73 percent."""
    mood: frozenset[str]
    """Categories of praise: their words tell no matter, a rating or thanks use the same."""
    calibration: Calibration
    landmark: re.Pattern[str]
    """A greeting, a flat, or a building named only to say where: the matter is not about it."""

    def scores(self, text: str, lean: Mapping[str, float]) -> tuple[dict[str, float], dict[str, float]]:
        """Scores by category of a folded text without spaces: of the phrases alone, and of all (`lean`: points given)."""
        text = self.landmark.sub("", text)
        said, every = self.phrases.scores(text), self.similarity.scores(text, self.trust)
        for label, score in said.items():
            every[label] = every.get(label, 0.0) + score
        if lean:
            every = {label: score + lean.get(label, 0.0) for label, score in every.items()}
        return said, every

    def choose(self, text: str, lean: Mapping[str, float] = NO_LEAN, without: frozenset[str] = frozenset()) -> Choice:
        """The category of a folded text, out of those allowed; UNKNOWN where nothing speaks clearly enough."""
        said, every = self.scores(text, lean)
        for code in without:
            every.pop(code, None)
        most = max((score for label, score in said.items() if label not in self.mood), default=0.0)
        least = max(NEAR * max(every.values(), default=0.0), self.enough)
        fits = [label for label, score in every.items() if score >= least and self._speaks(label, score, said)]
        code = min(fits, key=lambda label: (-every[label], label), default=UNKNOWN)
        spoken = frozenset(label for label, score in said.items() if score > 0)
        if code == UNKNOWN:
            return Choice(UNKNOWN, most, 0.0, spoken=spoken)
        best, rest = every.pop(code), max(every.values(), default=0.0)
        lead, own = best - max(rest, 0.0), said.get(code, 0.0)
        clear = 1 / (1 + math.exp(-lead / self.scale))
        chance = self.calibration.chance(max(lead, 0.0), own)
        return Choice(code, most, clear if own > 0 else clear * self.guess, chance, max(lead, 0.0), own, spoken)

    def _speaks(self, label: str, score: float, said: Mapping[str, float]) -> bool:
        return score >= self.alone_of.get(label, self.alone) or said.get(label, 0.0) > 0


NEAR = 0.7
"""A label with less than this share of the best score is not taken even if the best one is mere similarity."""


def classifier(table: Mapping[str, Any], sets: Mapping[str, list[str]], similarity: NaiveBayes) -> Classifier:
    """Built from the table [categories] of the lexicon, and what was learnt of them."""
    rules: list[Rule] = []
    for code, weights in table["of"].items():
        rules += weighted(code, weights)
    return Classifier(
        Phrases(rules, sets),
        similarity,
        table["trust"],
        table["enough"],
        table["alone"],
        table["alone_of"],
        table["guess"],
        table["scale"],
        frozenset(table["mood"]),
        Calibration(**table["sure"]),
        re.compile(table["landmark"]),
    )
