"""Chooses the category of a message: features, their weighted sum, the best label and how sure it is."""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.understanding.categories import UNKNOWN
from bot.understanding.decide.keyword_rules import Phrases, Sets, weighted
from bot.understanding.extract.places.place_list import Known
from bot.understanding.lexicon import Rules, any_of
from bot.understanding.models.linear import LinearClassifier
from bot.understanding.models.ngrams import chinese_ngrams

_PLACES = Rules("places")
NAMED, AHEAD = 6.0, 8.0
"""From so many points of phrases a category is named; points by which a category that nothing names must be ahead of it."""
NEAR = 0.7
"""A label with less than this share of the best score is not taken even if the best one is mere similarity."""


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


class Classifier:
    """A linear model over two kinds of features, the lexicon's phrases and similarity to them: see the table [categories].
    Of `places` estates and communities, with a door, tell nothing of what it is about where they stand first or last."""

    def __init__(
        self, table: Mapping[str, Any], sets: Sets, examples: LinearClassifier, places: Iterable[Known]
    ) -> None:
        self.phrases = Phrases((rule for code, rows in table["of"].items() for rule in weighted(code, rows)), sets)
        self._examples = examples
        self._table, self._mood = table, frozenset(table["mood"])
        areas = any_of(one.said for one in places if one.kind in ("estate", "community"))
        doors = "|".join(_PLACES.filled(name, areas=areas) for name in ("own_door", "door_behind"))
        self._where = re.compile(f"{doors}|{table['landmark']}")

    def scores(self, text: str, lean: Mapping[str, float]) -> tuple[dict[str, float], dict[str, float]]:
        """Scores by category of a folded text without spaces: of the phrases alone, and of all (`lean`: points given)."""
        text = self._where.sub("", text)
        said, every = self.phrases.scores(text), self._examples.similarity(chinese_ngrams(text), self._table["trust"])
        for label, score in said.items():
            every[label] = every.get(label, 0.0) + score
        for label in lean.keys() & every.keys():
            every[label] += lean[label]
        return said, every

    def choose(
        self, text: str, lean: Mapping[str, float] | None = None, without: frozenset[str] = frozenset()
    ) -> Choice:
        """The category of a folded text, out of those allowed; UNKNOWN where nothing speaks clearly enough."""
        table = self._table
        said, every = self.scores(text, lean or {})
        for code in without:
            every.pop(code, None)
        most = max((score for label, score in said.items() if label not in self._mood), default=0.0)
        spoken = frozenset(label for label, score in said.items() if score > 0)
        least = max(NEAR * max(every.values(), default=0.0), table["enough"])
        # where similarity is all there is: to a complaint it does not open the sealed box, nor against the words
        alone = table["alone_of"]
        fits = [
            label
            for label, score in every.items()
            if score >= least
            and (label in spoken or score >= alone.get(label, table["alone"]))
            and not (label in alone and said.get(label, 0.0) < 0)
        ]
        code = _best(fits, every)
        named = _best([label for label in fits if said.get(label, 0.0) >= NAMED and label not in self._mood], every)
        # what is said outweighs what the text is like, unless it is much more like that; the latter is then no rival
        if named != UNKNOWN and code not in spoken and every[code] - every[named] < AHEAD:
            code, every = named, {label: score for label, score in every.items() if label in spoken}
        if code == UNKNOWN:
            return Choice(UNKNOWN, most, 0.0, spoken=spoken)
        best, own = every.pop(code), said.get(code, 0.0)
        ahead = best - max(max(every.values(), default=0.0), 0.0)
        confidence = _logistic(ahead / table["scale"]) * (1.0 if own > 0 else table["guess"])
        lead = max(ahead, 0.0)
        return Choice(code, most, confidence, self._chance(lead, own), lead, own, spoken)

    def _chance(self, lead: float, own: float) -> float:
        """That a choice is right; it grows with the lead and with what phrases say. Fitted by tests.bench.fitting."""
        sure = self._table["sure"]
        own = min(max(own, 0.0), sure["most"])
        return _logistic(sure["base"] + sure["lead"] * math.log1p(lead) + sure["own"] * own)


def _best(labels: Sequence[str], scores: Mapping[str, float]) -> str:
    """The label of the best score, the first by name of several; UNKNOWN where there is none."""
    return min(labels, key=lambda label: (-scores[label], label), default=UNKNOWN)


def _logistic(odds: float) -> float:
    return 1 / (1 + math.exp(-odds))
