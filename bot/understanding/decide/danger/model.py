"""Tells how surely somebody is in danger, from what a whole message is like, and of what kind the danger is."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.understanding.decide.features import MessageFeatures
from bot.understanding.models.linear import LinearClassifier, added
from bot.understanding.models.ngrams import ngrams

OTHER = "other"
"""The danger of which nobody can say what kind it is."""
CLEAR = -0.5
"""The minimum margin to name a kind of danger."""
WINDOW, STEP = 120, 60
"""Characters that are listened to at a time, and from one time to the next: a cry at the end of a long story is still one."""
LONG = 0.2
"""What every further part of a long text takes off: one of many sentences soon sounds dangerous."""
DANGER, MARGIN = "danger", "margin"
"""The label of the classifier, and the name of its margin among the features of the stacker."""


@dataclass(frozen=True, slots=True)
class DangerClassifier:
    """A linear classifier over n-grams, a stacking classifier over its margin and the keyword findings, and a classifier of the kinds."""

    linear: LinearClassifier
    stacker: Mapping[str, float]
    bias: float
    kinds: LinearClassifier

    def certainty(self, features: MessageFeatures) -> float:
        """The logarithm of the odds that a life is in danger."""
        return self.bias + added(self.stacker, self.findings(features))

    def findings(self, features: MessageFeatures) -> dict[str, float]:
        """What the stacker sees. Where no words name a danger the margin counts by length: few characters tell little."""
        margin = self.margin(features)
        found = {MARGIN: margin, **features.of_danger()}
        if not features.danger_findings.to_life:
            found[f"{MARGIN}, length {features.bare_length}"] = margin
        return found

    def margin(self, features: MessageFeatures) -> float:
        """How far a text lies among the dangerous ones by its characters; below 0 it lies among the others."""
        text = features.bare
        if len(text) <= WINDOW:
            return self._margin(features.ngrams)
        parts = [text[start : start + WINDOW] for start in range(0, len(text) - STEP, STEP)]
        return max(self._margin(ngrams(part)) for part in parts) - LONG * min(len(parts) - 1, 3)

    def _margin(self, seen: set[str]) -> float:
        return self.linear.scores(seen, {})[DANGER]

    def kind(self, features: MessageFeatures) -> str:
        """The kind of danger; OTHER where nothing tells."""
        scores = self.kinds.scores(features.ngrams, features.of_kind())
        likeliest = max(scores, key=lambda kind: scores[kind])
        return likeliest if scores[likeliest] >= CLEAR else OTHER
