"""Tells how surely somebody is in danger, from what a whole message is like, and of what kind the danger is."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.understanding.decide.features import Sight
from bot.understanding.models.linear import Machine, added
from bot.understanding.models.ngrams import signs

OTHER = "other"
"""The danger of which nobody can say what kind it is."""
CLEAR = -0.5
"""So far inside its kind a danger must lie to be told as one of it."""
HEARD, STEP = 120, 60
"""Signs that are listened to at a time, and from one time to the next: a cry at the end of a long story is still one."""
LONG = 0.2
"""What every further part of a long text takes off: one of many sentences soon sounds dangerous."""
DANGER, MARGIN = "danger", "margin"
"""The label of the machine, and its verdict among the findings of the judge."""


@dataclass(frozen=True, slots=True)
class Hunch:
    """A machine over signs, a judge who weighs its verdict against the lexicon's findings, and one that tells the kinds apart."""

    machine: Machine
    judge: Mapping[str, float]
    bias: float
    kinds: Machine

    def certainty(self, sight: Sight) -> float:
        """The logarithm of the odds that a life is in danger."""
        return self.bias + added(self.judge, {MARGIN: self.margin(sight), **sight.of_danger()})

    def margin(self, sight: Sight) -> float:
        """How far a text lies among the dangerous ones by its signs; below 0 it lies among the others."""
        text = sight.bare
        if len(text) <= HEARD:
            return self._margin(sight.signs)
        parts = [text[start : start + HEARD] for start in range(0, len(text) - STEP, STEP)]
        return max(self._margin(signs(part)) for part in parts) - LONG * min(len(parts) - 1, 3)

    def _margin(self, seen: set[str]) -> float:
        return self.machine.scores(seen, {})[DANGER]

    def kind(self, sight: Sight) -> str:
        """The kind of danger; OTHER where nothing tells."""
        scores = self.kinds.scores(sight.signs, sight.of_kind())
        likeliest = max(scores, key=lambda kind: scores[kind])
        return likeliest if scores[likeliest] >= CLEAR else OTHER
