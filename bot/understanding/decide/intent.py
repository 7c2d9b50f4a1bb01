"""Decides what a message is for, from what its words speak for and what the bot last asked."""

import math
import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from bot.understanding.categories import UNKNOWN
from bot.understanding.decide.features import MessageFeatures
from bot.understanding.decide.keyword_rules import Phrases, Sets, weighted
from bot.understanding.models.expressions import Expression
from bot.understanding.models.linear import LinearClassifier
from bot.understanding.normalize import without_words
from bot.understanding.result import Speaker

RECOGNISED = 0.4
"""From this margin on it is clear what a message is for."""
BELIEVED, LONG = 0.0, 4
SHORTEST = 3  # characters that may name a fault: 灯坏了
"""A message that the classifier surely takes for nothing is put before staff as a request if it has so many characters."""
STORY = 200
"""A text of more characters is a request: who writes at such length has a matter."""
SURE, LOW_YIELDS = 5.0, 6.0
"""An intent that scores less than the first gives way to a known topic of the second."""
WORDY = 45
"""So does every intent in a text of more characters."""
CERTAIN = 12.0
"""Words that are the whole message: an intent that scores so much gives way to nothing."""
_LETTER = re.compile(r"[^\W\d_]")


class IntentDecision(NamedTuple):
    """What a message is for, and what else it may as well be for; None nearly always."""

    intent: str
    rival: str | None = None


class Intents:
    """The phrases of each intent (table [intents] of the lexicon), and a classifier that whole messages taught."""

    def __init__(self, table: Mapping[str, Any], sets: Sets, classifier: LinearClassifier) -> None:
        rules = (rule for name, row in table["of"].items() for rule in weighted(name, row["keywords"]))
        self.phrases = Phrases(rules, sets, {name: Expression(source) for name, source in table["terms"].items()})
        self._table, self._of, self._classifier = table, table["of"], classifier
        self._asked: Mapping[str, Mapping[str, float]] = table.get("asked", {})
        self._filling = re.compile("|".join(table["filling"]))
        self._rivals = {frozenset(pair.split()) for pair in table["rivals"]}
        self._manner = {name: re.compile("|".join(patterns)) for name, patterns in table["manner"].items()}

    @property
    def names(self) -> tuple[str, ...]:
        """All intents that a message may have."""
        return tuple(sorted({*self._classifier.labels, *self._of}))

    def is_filling(self, text: str, place: str) -> bool:
        """Whether a folded text without spaces holds nothing but the words of a place, given as they were said."""
        return not self._filling.sub("", without_words(text, place))

    def lane(self, text: str) -> str | None:
        """The lane of a matter that is put as a question or as a proposal; None where it is neither. Marks are kept."""
        complaints = len(set(self._manner["complains"].findall(text)))
        if self._manner["faults"].search(text) or complaints > 1:
            return None
        proposes = self._manner["proposes"].search(text) is not None
        asks = not complaints and not proposes and self._manner["questions"].search(text)
        if asks or self._manner["opens"].search(text):
            return "question"
        return "feedback" if proposes else None

    def choose(self, features: MessageFeatures, who: Speaker) -> IntentDecision:
        """What the message is for: words decide where they are the whole of it, answer the bot or may be said by few;
        else what whole messages taught."""
        told, size = self._told(features, who), len(features.said)
        if told:
            return IntentDecision(told)
        if size > STORY:
            return IntentDecision("request")
        if not _LETTER.search(features.said):
            return IntentDecision("chitchat")
        scores = self._scores(features)
        first, second, *_ = sorted(scores, key=lambda intent: -scores[intent])
        if scores[first] < BELIEVED:
            tells = size >= LONG or (size >= SHORTEST and self._manner["faults"].search(features.said))
            return IntentDecision("request" if tells else "chitchat")
        if first == "chitchat" and _names_matter(features):
            return IntentDecision("request")
        close = scores[first] - scores[second] < self._table["close"]
        return IntentDecision(first, second if close and {first, second} in self._rivals else None)

    def believes(self, features: MessageFeatures) -> bool:
        """Whether the classifier surely takes the message for something. Syllables without a meaning (嘎嘎咕) come close."""
        return max(self._scores(features).values()) >= RECOGNISED

    def _scores(self, features: MessageFeatures) -> dict[str, float]:
        return self._classifier.scores(features.ngrams, features.of_intent())

    def _told(self, features: MessageFeatures, who: Speaker) -> str | None:
        """The intent that words alone decide; None where they don't. One that answers the bot's question weighs more."""
        answers = self._asked.get(who.asked or "", {})
        weight = features.choice.said + features.spoken.get("request", 0.0)
        best, most = None, -math.inf
        for intent, points in features.spoken.items():
            score = points + answers.get(intent, 0.0) if points > 0 else points
            stands = intent != "request" and self._table["enough"] <= score > most
            if stands and self._may_say(intent, features, who) and weight < self._yields(intent, score, features):
                best, most = intent, score
        return best if most >= CERTAIN or best in answers or (best and "by" in self._of[best]) else None

    def _may_say(self, intent: str, features: MessageFeatures, who: Speaker) -> bool:
        """Small talk counts only in short texts, some things only from some roles."""
        row, size = self._of[intent], len(features.said)
        return size <= row.get("up_to", size) and ("by" not in row or not who.roles.isdisjoint(row["by"]))

    def _yields(self, intent: str, score: float, features: MessageFeatures) -> float:
        """The weight of topic and asking to which the intent gives way."""
        if score >= CERTAIN:
            return math.inf
        yields = float(self._of[intent].get("yields_at", 0.0))
        return min(yields, LOW_YIELDS) if score < SURE or len(features.said) > WORDY else yields


def _names_matter(features: MessageFeatures) -> bool:
    """Whether known words tell a matter and where it is: however it is put, it is not small talk."""
    place = features.place
    where = place.estate or place.community or place.road
    return bool(where) and features.choice.own > 0 and features.choice.category != UNKNOWN
