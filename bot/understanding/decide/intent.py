"""Decides what a message is for, from what its words speak for and what the bot last asked."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from bot.understanding.decide.features import MessageFeatures
from bot.understanding.decide.keyword_rules import Phrases, Rule, weighted
from bot.understanding.models.expressions import Expression
from bot.understanding.models.linear import LinearClassifier
from bot.understanding.normalize import without_words
from bot.understanding.result import Speaker

_LETTER = re.compile(r"[^\W\d_]")


class IntentDecision(NamedTuple):
    """What a message is for, and what else it may as well be for; None nearly always."""

    intent: str
    rival: str | None = None


@dataclass(frozen=True, slots=True)
class Intents:
    """The phrases of each intent, and the request score from which it gives way to a request."""

    phrases: Phrases
    yields: Mapping[str, float]
    up_to: Mapping[str, int]
    """Small talk counts only in texts of at most this many characters."""
    by: Mapping[str, frozenset[str]]
    """Roles one of which the speaker must have for the intent; anybody may say the others."""
    asked: Mapping[str, Mapping[str, float]]
    enough: float
    filling: re.Pattern[str]
    classifier: LinearClassifier
    """What whole messages taught."""
    rivals: frozenset[frozenset[str]]
    """Pairs of intents that people confuse."""
    manner: Mapping[str, re.Pattern[str]]
    """How questions, proposals, complaints and faults are put."""
    close: float
    """The second of a pair is a rival where the classifier puts it so close behind the first."""

    def is_filling(self, text: str, place: str) -> bool:
        """Whether a folded text without spaces holds nothing but the words of a place, given as they were said."""
        text = without_words(text, place)
        return not self.filling.sub("", text)

    def lane(self, text: str) -> str | None:
        """The lane of a matter that is put as a question or as a proposal; None where it is neither. Marks are kept."""
        complaints = len(set(self.manner["complains"].findall(text)))
        opens, asks, proposes, fault = (
            bool(self.manner[name].search(text)) for name in ("opens", "questions", "proposes", "faults")
        )
        if fault or complaints > 1:
            return None
        if opens or (asks and not complaints and not proposes):
            return "question"
        return "feedback" if proposes else None

    @property
    def names(self) -> tuple[str, ...]:
        """All intents that a message may have."""
        return tuple(sorted({*self.classifier.labels, *(rule.label for rule in self.phrases.rules)}))

    def choose(self, features: MessageFeatures, who: Speaker) -> IntentDecision:
        """What the message is for: words decide where they are the whole of it, answer the bot or may be said by few;
        else what whole messages taught."""
        told = self._told(features, who)
        if told:
            return IntentDecision(told)
        if len(features.said) > STORY:
            return IntentDecision("request")
        if not _LETTER.search(features.said):
            return IntentDecision("chitchat")
        scores = self.classifier.scores(features.ngrams, features.of_intent())
        first, second, *_ = sorted(scores, key=lambda intent: -scores[intent])
        if scores[first] < BELIEVED:
            return IntentDecision("request" if len(features.said) >= LONG else "chitchat")
        rivals = frozenset((first, second)) in self.rivals and scores[first] - scores[second] < self.close
        return IntentDecision(first, second if rivals else None)

    def believes(self, features: MessageFeatures) -> bool:
        """Whether the classifier surely takes the message for something. Syllables without a meaning (嘎嘎咕) come close."""
        return max(self.classifier.scores(features.ngrams, features.of_intent()).values()) >= RECOGNISED

    def _told(self, features: MessageFeatures, who: Speaker) -> str | None:
        """The intent that words alone decide; None where they don't."""
        speaking = {
            intent: score
            for intent, score in self._answering(features.spoken, who.asked).items()
            if intent != "request" and score >= self.enough and self._may_say(intent, features, who)
        }
        weight, size = features.choice.said + features.spoken.get("request", 0.0), len(features.said)
        standing = {intent: score for intent, score in speaking.items() if weight < self._yields(intent, score, size)}
        best = max(standing, key=lambda intent: standing[intent], default=None)
        if best is None:
            return None
        answers = best in self.asked.get(who.asked or "", {})
        return best if standing[best] >= CERTAIN or answers or best in self.by else None

    def _may_say(self, intent: str, features: MessageFeatures, who: Speaker) -> bool:
        roles = self.by.get(intent)
        return len(features.said) <= self.up_to.get(intent, len(features.said)) and (
            roles is None or bool(roles & who.roles)
        )

    def _answering(self, scores: Mapping[str, float], asked: str | None) -> dict[str, float]:
        """An intent that answers the bot's question weighs more."""
        bonus = self.asked.get(asked or "", {})
        return {intent: score + bonus.get(intent, 0.0) if score > 0 else score for intent, score in scores.items()}

    def _yields(self, intent: str, score: float, size: int) -> float:
        """The weight of topic and asking to which the intent gives way."""
        if score >= CERTAIN:
            return math.inf
        yields = self.yields.get(intent, 0.0)
        return min(yields, LOW_YIELDS) if score < SURE or size > WORDY else yields


RECOGNISED = 0.4
"""From this margin on it is clear what a message is for."""
BELIEVED, LONG = 0.0, 4
"""A message that the classifier surely takes for nothing is put before staff as a request if it has so many characters."""
STORY = 200
"""A text of more characters is a request: who writes at such length has a matter."""
SURE, LOW_YIELDS = 5.0, 6.0
"""An intent that scores less than the first gives way to a known topic of the second."""
WORDY = 45
"""So does every intent in a text of more characters."""
CERTAIN = 12.0
"""Words that are the whole message: an intent that scores so much gives way to nothing."""


def intents(table: Mapping[str, Any], sets: Mapping[str, list[str]], classifier: LinearClassifier) -> Intents:
    """Built from the table [intents] of the lexicon, and what was learnt of them."""
    rules: list[Rule] = []
    for name, row in table["of"].items():
        rules += weighted(name, row["keywords"])
    return Intents(
        phrases=Phrases(rules, sets, {name: Expression(source) for name, source in table["terms"].items()}),
        yields={name: row["yields_at"] for name, row in table["of"].items() if "yields_at" in row},
        up_to={name: row["up_to"] for name, row in table["of"].items() if "up_to" in row},
        by={name: frozenset(row["by"]) for name, row in table["of"].items() if "by" in row},
        asked=table.get("asked", {}),
        enough=table["enough"],
        filling=re.compile("|".join(table["filling"])),
        classifier=classifier,
        rivals=frozenset(frozenset(pair.split()) for pair in table["rivals"]),
        manner={name: re.compile("|".join(patterns)) for name, patterns in table["manner"].items()},
        close=table["close"],
    )
