"""What a message shows before anything is decided: the words, the place, what the lexicon finds. The linear classifiers look at this."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from bot.understanding.categories import UNKNOWN
from bot.understanding.decide.category import Choice
from bot.understanding.decide.danger.rules import DangerFindings
from bot.understanding.models.ngrams import ngrams
from bot.understanding.normalize import Plain
from bot.understanding.result import Place

MOST = 12.0
"""Points of a topic beyond which more say no more."""
STEPS = (4, 8, 14, 25, 45)
"""Lengths of messages that differ in kind: a word, a remark, a sentence, a story."""
CRY = "other"
"""The danger that cries alone name."""
WORTH, POINT = 0.7, 1 / 6
"""What a finding is worth beside all characters together, which are worth 1, and what a point of the topic is."""


@dataclass(frozen=True)
class MessageFeatures:
    """A message, seen."""

    plain: Plain
    said: str
    """Folded, without spaces, mistyped words put right."""
    bare: str
    """What happened, without where, who and courtesies; its marks are bars."""
    place: Place
    danger_findings: DangerFindings
    choice: Choice
    """The category that its words stand for."""
    spoken: Mapping[str, float]
    """What its words speak for each intent."""

    @cached_property
    def ngrams(self) -> set[str]:
        """What a classifier sees in it."""
        return ngrams(self.bare)

    def of_danger(self) -> dict[str, float]:
        """The findings that tell danger from talk of it, besides what the characters say."""
        found = dict.fromkeys(self.danger_findings.findings, 1.0)
        if not self.danger_findings.to_life:
            return found | {f"unnamed, length {self.bare_length}": 1.0}
        calmed = self.danger_findings.calmed
        if all(danger.name == CRY for danger in self.danger_findings.to_life) and self.choice.own > 0:
            found["cry beside a matter"] = min(self.choice.said, MOST) * POINT
        return found | {"named": 1.0, f"named, length {_steps(self.said)}": 1.0, "named, nothing calms": not calmed}

    def of_kind(self) -> dict[str, float]:
        """The findings that tell one kind of danger from another."""
        return {danger.name: WORTH for danger in self.danger_findings.to_life}

    def of_intent(self) -> dict[str, float]:
        """The findings that tell what a message is for, besides its characters."""
        found = {"topic": min(self.choice.said, MOST) * POINT, f"length {_steps(self.said)}": WORTH}
        if self.choice.category != UNKNOWN and self.choice.own > 0:
            found["about something"] = WORTH
        if self.place.said:
            found["somewhere"] = WORTH
        return found

    @property
    def bare_length(self) -> int:
        """The length of what happened alone, in steps."""
        return _steps(self.bare)


def _steps(text: str) -> int:
    return sum(len(text) > step for step in STEPS)
