"""Decides whether a message is one of danger: by what it names, by what it is like, and by what speaks against that."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.understanding.decide.danger.model import DangerClassifier
from bot.understanding.decide.danger.rules import Danger, DangerFindings, DangerRules, danger_rules
from bot.understanding.decide.danger.speakers import DangerSpeakers, danger_speakers
from bot.understanding.decide.features import MessageFeatures
from bot.understanding.extract.people.masking import without_phone
from bot.understanding.extract.spelling import Spelling
from bot.understanding.lexicon import Rules
from bot.understanding.models.ngrams import joined
from bot.understanding.normalize import Plain, without_words
from bot.understanding.result import Place

_PLACES = Rules("places")
LONGEST = 2100
"""Danger is listened for in so many characters: more than a chat message can hold."""
NAMED, SHORT_NAMED, SHORT = -0.7, -1.25, 14
"""From this certainty (log odds) a message alarms that names a danger; from the second where it has no more characters than
the third and nothing in it calms."""
UNNAMED, UNNAMED_CALMED = -0.1, 1.5
"""The same where no words name a danger, and where besides something speaks against an alarm."""
ANSWER, UNNAMED_ANSWER = 1.5, 4.0
"""How much surer it must be where the message answers a question: answers are short, and the question is no danger. The
second where no words name a danger (有，在阳台上), unless danger is what was asked about, or the words are a part."""
OF_DANGER = frozenset({"safe", "part"})
IN_A_PART = -4.0
"""From this certainty of the whole a part of it may be one of danger: one ordinary message in thirteen, and six of seven of
those that hold a danger in other words than the rules know."""
TELLS = 4
"""Fewer characters than these, besides place, person and courtesies, tell too little where no danger is named."""


@dataclass(frozen=True, slots=True)
class DangerDetector:
    """Words of danger, the similarity to messages of danger, who speaks, and the categories that stand for a danger."""

    rules: DangerRules
    classifier: DangerClassifier
    speakers: DangerSpeakers
    spelling: Spelling
    categories: frozenset[str]
    """Those of the lane of emergencies."""
    restricted: frozenset[str]
    """The kinds of danger that are restricted matters."""

    def hear(self, text: str) -> DangerFindings:
        """The dangers that the words name, also where one is mistyped."""
        text = text[:LONGEST]
        danger_findings = self.rules.hear(text)
        if danger_findings.to_life:
            return danger_findings
        mended = self.spelling.mend_danger(text)
        return danger_findings if mended == text else self.rules.hear(mended)

    def bare(self, plain: Plain, place: Place) -> str:
        """What happened, without where, who and the courtesies: these stand in any message."""
        text = _PLACES.numbered.sub("", without_phone(plain.text))
        text = without_words(text, place.raw)
        return joined(self.rules.negations.whole["courtesy"].compiled.sub("", text)[:LONGEST])

    def worst(self, features: MessageFeatures, commanded: bool, asked: str | None) -> tuple[Danger | None, bool]:
        """The worst danger: cried out, named, or told by what the message is like; and whether a part of the message might
        tell one although the whole does not. A command alarms only where it names one."""
        cry = None if commanded else self.speakers.cry(features.plain.text)
        if cry:
            return self.rules.dangers[cry], True
        named = features.danger_findings.to_life
        harmless = features.danger_findings.harmless and not named
        telling = not commanded and not harmless and sum(map(str.isalnum, features.bare)) >= TELLS
        least = self._threshold(features)
        if asked is not None:
            least += ANSWER if named or asked in OF_DANGER else UNNAMED_ANSWER
        certainty = self.classifier.certainty(features) if named or telling else -math.inf
        worst = self.rules.dangers[self.classifier.kind(features)] if certainty >= least else None
        worst = worst or (None if commanded else features.danger_findings.certain)
        if worst:
            return self.speakers.case(worst, joined(features.plain.text[:LONGEST])), True
        return features.danger_findings.soon, certainty >= IN_A_PART

    def _threshold(self, features: MessageFeatures) -> float:
        """The certainty from which this message alarms."""
        found = features.danger_findings
        if not found.to_life:
            return UNNAMED_CALMED if found.calmed else UNNAMED
        return SHORT_NAMED if not found.calmed and len(features.said) <= SHORT else NAMED

    def names_restricted(self, found: DangerFindings) -> bool:
        """Whether a trigger of a restricted danger fired, also one that something speaks against."""
        return any(danger.restricted for danger in found.dangers) or any(
            finding.partition(" ")[0] in self.restricted for finding in found.findings
        )

    def category(self, name: str) -> str:
        """Where an order about this kind or case of danger belongs; empty where its words decide."""
        danger = self.speakers.known.get(name) or self.rules.dangers.get(name)
        return danger.category if danger else ""

    def role(self, danger: Danger, features: MessageFeatures) -> str:
        """Who speaks of this danger: self (the person in danger), relative or bystander."""
        kind = danger.name if danger.name in self.speakers.roles else danger.base or danger.name
        return self.speakers.role(kind, joined(features.plain.text[:LONGEST]))


def danger_detector(
    lexicon: Mapping[str, Any], classifier: DangerClassifier, mended: Spelling, categories: frozenset[str]
) -> DangerDetector:
    """Built from the lexicon and the classifier of the bundle."""
    rules = danger_rules(lexicon)
    restricted = frozenset(name for name, danger in rules.dangers.items() if danger.restricted)
    return DangerDetector(rules, classifier, danger_speakers(lexicon, rules.dangers), mended, categories, restricted)
