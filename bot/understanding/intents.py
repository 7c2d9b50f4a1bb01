"""Decides what a message is for, from what its words speak for and what the bot last asked."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.understanding.features import Phrases, Rule, weighted
from bot.understanding.folding import fold

_OTHER = re.compile(r"[^\u3400-\u9fff]+")
_STARS = re.compile(r"\D{0,4}([1-5])\s*(?:分|星|颗星)?\D{0,8}")


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known about a message before its intent is chosen."""

    text: str
    asked: str | None
    topic: float
    """Score of the best category."""
    request: float
    """How much it sounds like asking for something."""
    place_only: bool
    """Whether it is an address and nothing else."""


@dataclass(frozen=True, slots=True)
class Intents:
    """The phrases of each intent, and the request score from which it gives way to a request."""

    phrases: Phrases
    yields: Mapping[str, float]
    up_to: Mapping[str, int]
    """Small talk counts only in texts of at most this many signs."""
    asked: Mapping[str, Mapping[str, float]]
    enough: float
    filling: re.Pattern[str]

    def scores(self, text: str, asked: str | None) -> dict[str, float]:
        """Score by intent; an intent that answers the bot's question weighs more."""
        scores = self.phrases.scores(text)
        for intent, bonus in self.asked.get(asked or "", {}).items():
            if scores.get(intent, 0.0) > 0:
                scores[intent] += bonus
        return scores

    def says_nothing(self, text: str, place: str) -> bool:
        """Whether a folded text without spaces holds nothing but the words of a place, given as they were said."""
        for word in fold(place).split():
            text = text.replace(word, "", 1)
        return not self.filling.sub("", text)

    @property
    def names(self) -> tuple[str, ...]:
        """All intents that words can speak for."""
        return tuple(dict.fromkeys(rule.label for rule in self.phrases.rules))

    def reads_as(self, text: str, intent: str) -> bool:
        """Whether a folded text without spaces surely speaks for this intent."""
        return self.phrases.scores(text).get(intent, 0.0) >= SURE

    def choose(self, seen: Evidence) -> str:
        """What the message is for."""
        if seen.place_only:
            return "append"
        scores = self.scores(seen.text, seen.asked)
        weight = seen.topic + seen.request
        standing = {
            intent: score
            for intent, score in scores.items()
            if score >= self.enough
            and weight < self._yields(intent, score)
            and len(seen.text) <= self.up_to.get(intent, len(seen.text))
        }
        if standing:
            return max(standing, key=lambda name: standing[name])
        return "request" if weight >= self.enough or len(_OTHER.sub("", seen.text)) >= LONG else "chitchat"

    def _yields(self, intent: str, score: float) -> float:
        """The weight of topic and asking to which the intent gives way."""
        yields = self.yields.get(intent, 0.0)
        return min(yields, UNSURE_YIELDS) if score < SURE else yields


LONG = 6
"""A text of this many Chinese signs that says nothing known is still put before staff as a request."""
SURE, UNSURE_YIELDS = 5.0, 6.0
"""An intent that scores less than the first gives way to a known topic of the second."""


def stars(text: str, asked: str | None) -> int | None:
    """The number of stars given in answer to the question for a rating."""
    found = _STARS.fullmatch(text) if asked == "rating" else None
    return int(found.group(1)) if found else None


def intents(table: Mapping[str, Any], sets: Mapping[str, list[str]]) -> Intents:
    """Built from the table [intents] of the lexicon."""
    rules: list[Rule] = []
    for name, row in table["of"].items():
        rules += weighted(name, row["says"])
    return Intents(
        phrases=Phrases(rules, sets),
        yields={name: row["yields_at"] for name, row in table["of"].items() if "yields_at" in row},
        up_to={name: row["up_to"] for name, row in table["of"].items() if "up_to" in row},
        asked=table.get("asked", {}),
        enough=table["enough"],
        filling=re.compile("|".join(table["filling"])),
    )
