"""Decides whether a message is one of danger: by what it names, by what it is like, and by what speaks against that."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.understanding.decide.danger.rules import Danger, DangerFindings, DangerRules
from bot.understanding.decide.danger.speakers import DangerSpeakers
from bot.understanding.decide.features import MessageFeatures
from bot.understanding.extract.people.phone import without_phone
from bot.understanding.extract.sounds import Spelling
from bot.understanding.lexicon import Rules
from bot.understanding.models.linear import LinearClassifier, added
from bot.understanding.models.ngrams import joined, ngrams
from bot.understanding.normalize import Plain, without_words
from bot.understanding.result import Place

_PLACES = Rules("places")
LISTENED = 2100
"""Danger is listened for in so many characters: more than a chat message can hold."""
NAMED, SHORT_NAMED, SHORT = -0.7, -1.25, 14
"""From this certainty (log odds) a message alarms that names a danger; from the second where it has no more characters than
the third and nothing in it calms."""
UNNAMED, UNNAMED_CALMED = -0.1, 1.5
"""The same where no words name a danger, and where besides something speaks against an alarm."""
ANSWER, UNNAMED_ANSWER = 1.6, 4.0
"""How much surer it must be where the message answers a question: answers are short, and the question is no danger. The
second where no words name a danger (有，在阳台上), unless danger is what was asked about, or the words are a part."""
PART = "part"
"""What is asked where the words are a part of a message."""
OF_DANGER = frozenset({"safe", PART})
IN_A_PART = -4.0
"""From this certainty of the whole a part of it may be one of danger: one ordinary message in thirteen, and six of seven of
those that hold a danger in other words than the rules know."""
TELLS = 4
"""Fewer characters than these, besides place, person and courtesies, tell too little where no danger is named."""
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
        margin = self._margin(features)
        found = {MARGIN: margin, **features.of_danger()}
        if not features.danger_findings.to_life:
            found[f"{MARGIN}, length {features.bare_length}"] = margin
        return found

    def _margin(self, features: MessageFeatures) -> float:
        """How far a text lies among the dangerous ones by its characters; below 0 it lies among the others."""
        text = features.bare
        if len(text) <= WINDOW:
            return self.linear.scores(features.ngrams, {})[DANGER]
        parts = [ngrams(text[start : start + WINDOW]) for start in range(0, len(text) - STEP, STEP)]
        return max(self.linear.scores(part, {})[DANGER] for part in parts) - LONG * min(len(parts) - 1, 3)

    def kind(self, features: MessageFeatures) -> str:
        """The kind of danger; OTHER where nothing tells."""
        scores = self.kinds.scores(features.ngrams, features.of_kind())
        likeliest = max(scores, key=scores.__getitem__)
        return likeliest if scores[likeliest] >= CLEAR else OTHER


class DangerDetector:
    """Words of danger, the similarity to messages of danger, who speaks, and the categories of the lane of emergencies."""

    def __init__(
        self, lexicon: Mapping[str, Any], classifier: DangerClassifier, spelling: Spelling, categories: frozenset[str]
    ) -> None:
        self.rules, self.classifier, self.categories = DangerRules(lexicon), classifier, categories
        self.speakers, self._spelling = DangerSpeakers(lexicon, self.rules.dangers), spelling
        self._restricted = {name for name, danger in self.rules.dangers.items() if danger.restricted}

    def hear(self, text: str) -> DangerFindings:
        """The dangers that the words name, also where one is mistyped."""
        text = text[:LISTENED]
        danger_findings = self.rules.hear(text)
        if danger_findings.to_life:
            return danger_findings
        mended = self._spelling.mend_danger(text)
        return danger_findings if mended == text else self.rules.hear(mended)

    def bare(self, plain: Plain, place: Place) -> str:
        """What happened, without where, who and the courtesies: these stand in any message."""
        text = without_words(_PLACES.numbered.sub("", without_phone(plain.text)), place.raw)
        return joined(self.rules.negations["courtesy"].compiled.sub("", text)[:LISTENED])

    def worst(self, features: MessageFeatures, commanded: bool, asked: str | None) -> tuple[Danger | None, bool]:
        """The worst danger: cried out, named, or told by what the message is like; and whether a part of the message might
        tell one although the whole does not. A command alarms only where it names one."""
        found = features.danger_findings
        cry = None if commanded else self.speakers.cry(features.plain.text)
        if cry:
            return self.rules.dangers[cry], True
        named = found.to_life
        telling = not commanded and not found.harmless and sum(map(str.isalnum, features.bare)) >= TELLS
        certainty = self.classifier.certainty(features) if named or telling else -math.inf
        worst = None if commanded else found.certain
        if certainty >= self._threshold(features, asked):
            worst = self.rules.dangers[self.classifier.kind(features)]
        if worst:
            return self.speakers.case(worst, joined(features.plain.text[:LISTENED])), True
        return found.soon, certainty >= IN_A_PART

    def _threshold(self, features: MessageFeatures, asked: str | None) -> float:
        """The certainty from which this message alarms."""
        found = features.danger_findings
        if not found.to_life:
            least = UNNAMED_CALMED if found.calmed else UNNAMED
            return least + (0.0 if asked is None else ANSWER if asked in OF_DANGER else UNNAMED_ANSWER)
        least = SHORT_NAMED if not found.calmed and len(features.said) <= SHORT else NAMED
        return least + (0.0 if asked is None else ANSWER)

    def names_restricted(self, found: DangerFindings) -> bool:
        """Whether a trigger of a restricted danger fired, also one that something speaks against."""
        return any(danger.restricted for danger in found.dangers) or any(
            finding.partition(" ")[0] in self._restricted for finding in found.findings
        )

    def category(self, name: str) -> str:
        """Where an order about this kind or case of danger belongs; empty where its words decide."""
        danger = self.speakers.known.get(name) or self.rules.dangers.get(name)
        return danger.category if danger else ""

    def role(self, danger: Danger, features: MessageFeatures) -> str:
        """Who speaks of this danger: self (the person in danger), relative or bystander."""
        return self.speakers.role(danger, joined(features.plain.text[:LISTENED]))
