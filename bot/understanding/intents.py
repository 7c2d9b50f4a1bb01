"""Decides what a message is for, from what its words speak for and what the bot last asked."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

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
    place_only: bool
    """Whether it is an address and nothing else."""
    roles: frozenset[str] = frozenset()
    """Of who says it."""


class Purpose(NamedTuple):
    """What a message is for, and what else it may as well be for; None nearly always."""

    intent: str
    rival: str | None = None


@dataclass(frozen=True, slots=True)
class Intents:
    """The phrases of each intent, and the request score from which it gives way to a request."""

    phrases: Phrases
    yields: Mapping[str, float]
    up_to: Mapping[str, int]
    """Small talk counts only in texts of at most this many signs."""
    by: Mapping[str, frozenset[str]]
    """Roles one of which the speaker must have for the intent; anybody may say the others."""
    asked: Mapping[str, Mapping[str, float]]
    enough: float
    filling: re.Pattern[str]
    weighty: frozenset[str]
    """Intents between which the person is asked to choose where they are equally likely."""
    close: float
    """They are where the second reaches this share of the first."""

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

    def choose(self, seen: Evidence) -> Purpose:
        """What the message is for."""
        if seen.place_only:
            return Purpose("append")
        scores = self.phrases.scores(seen.text)
        weight = seen.topic + scores.pop("request", 0.0)
        speaking = {
            intent: score
            for intent, score in self._answering(scores, seen.asked).items()
            if score >= self.enough and self._may_say(intent, seen)
        }
        standing = {intent: score for intent, score in speaking.items() if weight < self._yields(intent, score)}
        if standing:
            best = max(standing, key=lambda name: standing[name])
            return Purpose(best, self._rival(best, standing, weight))
        if weight >= self.enough or len(_OTHER.sub("", seen.text)) >= LONG:
            return Purpose("request", self._rival_of_request(speaking, weight))
        return Purpose("chitchat")

    def _may_say(self, intent: str, seen: Evidence) -> bool:
        roles = self.by.get(intent)
        return len(seen.text) <= self.up_to.get(intent, len(seen.text)) and (roles is None or bool(roles & seen.roles))

    def _answering(self, scores: Mapping[str, float], asked: str | None) -> dict[str, float]:
        """An intent that answers the bot's question weighs more."""
        bonus = self.asked.get(asked or "", {})
        return {intent: score + bonus.get(intent, 0.0) if score > 0 else score for intent, score in scores.items()}

    def _yields(self, intent: str, score: float) -> float:
        """The weight of topic and asking to which the intent gives way."""
        if score >= CERTAIN:
            return math.inf
        yields = self.yields.get(intent, 0.0)
        return min(yields, UNSURE_YIELDS) if score < SURE else yields

    def _rival(self, best: str, standing: Mapping[str, float], weight: float) -> str | None:
        """Another intent that speaks nearly as loud as the best, or a request to which it nearly gave way."""
        if best not in self.weighty or standing[best] >= CERTAIN:
            return None
        others = {name: score for name, score in standing.items() if name in self.weighty and name != best}
        second = max(others, key=lambda name: others[name], default=None)
        if second and others[second] >= self.close * standing[best]:
            return second
        return "request" if weight >= self.close * self._yields(best, standing[best]) else None

    def _rival_of_request(self, speaking: Mapping[str, float], weight: float) -> str | None:
        """An intent that gave way to a request only just."""
        near = {
            name: score
            for name, score in speaking.items()
            if name in self.weighty and self._yields(name, score) >= self.close * weight
        }
        return max(near, key=lambda name: near[name], default=None)


LONG = 6
"""A text of this many Chinese signs that says nothing known is still put before staff as a request."""
SURE, UNSURE_YIELDS = 5.0, 6.0
"""An intent that scores less than the first gives way to a known topic of the second."""
CERTAIN = 12.0
"""Words that are the whole message: an intent that scores so much gives way to nothing."""


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
        phrases=Phrases(rules, sets, {name: re.compile(pattern) for name, pattern in table["terms"].items()}),
        yields={name: row["yields_at"] for name, row in table["of"].items() if "yields_at" in row},
        up_to={name: row["up_to"] for name, row in table["of"].items() if "up_to" in row},
        by={name: frozenset(row["by"]) for name, row in table["of"].items() if "by" in row},
        asked=table.get("asked", {}),
        enough=table["enough"],
        filling=re.compile("|".join(table["filling"])),
        weighty=frozenset(table["weighty"]),
        close=table["close"],
    )
