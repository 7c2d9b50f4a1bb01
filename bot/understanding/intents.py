"""Decides what a message is for, from what its words speak for and what the bot last asked."""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from bot.understanding.features import Phrases, Rule, weighted
from bot.understanding.folding import fold
from bot.understanding.likeness import Likeness, likeness

_OTHER = re.compile(r"[^\u3400-\u9fff]+")
_NUMBER = re.compile(r"\d{3}")
_STARS = re.compile(r"\D{0,4}([1-5])\s*(?:分|星|颗星)?\D{0,8}")


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known about a message before its intent is chosen."""

    text: str
    asked: str | None
    topic: float
    """Score of the best category."""
    known: bool
    """Whether it is about any category at all."""
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
    like: Likeness
    """To example messages of each intent, and of requests."""
    likely: frozenset[str]
    """Intents that likeness by itself may tell."""
    alone: float
    """Likeness by itself decides where it leads that to requests by so much."""
    rivals: frozenset[frozenset[str]]
    """Pairs of intents that people confuse."""
    close: float
    """The second of a pair is a rival where it speaks at least this share as loud as the first."""

    def says_nothing(self, text: str, place: str) -> bool:
        """Whether a folded text without spaces holds nothing but the words of a place, given as they were said."""
        for word in fold(place).split():
            text = text.replace(word, "", 1)
        return not self.filling.sub("", text)

    @property
    def names(self) -> tuple[str, ...]:
        """All intents that words can speak for."""
        return tuple(dict.fromkeys(rule.label for rule in self.phrases.rules))

    def surely_no_request(self, text: str) -> bool:
        """Whether a folded text without spaces is surely for something else than a request or more words about one."""
        scores = self.phrases.scores(text)
        return max((score for name, score in scores.items() if name not in ASKING), default=0.0) >= SURE

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
        size = len(seen.text)
        standing = {intent: score for intent, score in speaking.items() if weight < self._yields(intent, score, size)}
        if standing:
            best = max(standing, key=lambda name: standing[name])
            return Purpose(best, self._rival(best, speaking, weight, size))
        likest = None if seen.known or size > WORDY or weight >= ASKS else self._likest(seen)
        if likest:
            return Purpose(likest)
        if seen.known or weight >= self.enough or len(_OTHER.sub("", seen.text)) >= LONG:
            return Purpose("request", self._rival_of_request(speaking, weight, size))
        return Purpose("chitchat")

    def _likest(self, seen: Evidence) -> str | None:
        """The intent whose examples the text is like, clearly more than requests; None where there is none.

        A number says something that examples do not hold.
        """
        if _NUMBER.search(seen.text):
            return None
        scores = self.like.scores(seen.text)
        least = scores.pop("request", 0.0) + self.alone
        likely = max(scores, key=lambda name: scores[name], default=None)
        return likely if likely in self.likely and scores[likely] >= least and self._may_say(likely, seen) else None

    def _may_say(self, intent: str, seen: Evidence) -> bool:
        roles = self.by.get(intent)
        return len(seen.text) <= self.up_to.get(intent, len(seen.text)) and (roles is None or bool(roles & seen.roles))

    def _answering(self, scores: Mapping[str, float], asked: str | None) -> dict[str, float]:
        """An intent that answers the bot's question weighs more."""
        bonus = self.asked.get(asked or "", {})
        return {intent: score + bonus.get(intent, 0.0) if score > 0 else score for intent, score in scores.items()}

    def _yields(self, intent: str, score: float, size: int) -> float:
        """The weight of topic and asking to which the intent gives way."""
        if score >= CERTAIN:
            return math.inf
        yields = self.yields.get(intent, 0.0)
        return min(yields, UNSURE_YIELDS) if score < SURE or size > WORDY else yields

    def _rival(self, best: str, speaking: Mapping[str, float], weight: float, size: int) -> str | None:
        """Another intent that speaks nearly as loud as the best one, or the request to which that nearly gave way."""
        if speaking[best] >= CERTAIN:
            return None
        second = self._loudest(best, speaking, self.close * speaking[best])
        if second is None and frozenset((best, "request")) in self.rivals:
            return "request" if weight >= NEARLY * self._yields(best, speaking[best], size) else None
        return second

    def _rival_of_request(self, speaking: Mapping[str, float], weight: float, size: int) -> str | None:
        """An intent that gave way to a request only just."""
        near = {name: score for name, score in speaking.items() if self._yields(name, score, size) >= NEARLY * weight}
        return self._loudest("request", near, self.enough)

    def _loudest(self, best: str, speaking: Mapping[str, float], least: float) -> str | None:
        others = [name for name, score in speaking.items() if score >= least and frozenset((best, name)) in self.rivals]
        return max(others, key=lambda name: speaking[name], default=None)


ASKING = frozenset({"request"})
LONG = 6
"""A text of this many Chinese signs that says nothing known is still put before staff as a request."""
SURE, UNSURE_YIELDS = 5.0, 6.0
"""An intent that scores less than the first gives way to a known topic of the second."""
NEARLY = 0.85
"""A topic and asking of this share of what an intent gives way to is nearly enough."""
ASKS = 3.5
"""A topic and asking of so much is a request, whatever example the words are like."""
WORDY = 45
"""So does every intent in a text of more signs: who writes at length has a matter."""
CERTAIN = 12.0
"""Words that are the whole message: an intent that scores so much gives way to nothing."""


def stars(text: str, asked: str | None) -> int | None:
    """The number of stars given in answer to the question for a rating."""
    found = _STARS.fullmatch(text) if asked == "rating" else None
    return int(found.group(1)) if found else None


def intents(table: Mapping[str, Any], sets: Mapping[str, list[str]], requests: Iterable[str]) -> Intents:
    """Built from the table [intents] of the lexicon; `requests` are example messages about known matters."""
    rules: list[Rule] = []
    for name, row in table["of"].items():
        rules += weighted(name, row["says"])
    examples = {name: [*said, *_telling(table["of"][name]["says"])] for name, said in table["examples"].items()}
    examples["request"] = list(requests)
    folded = {name: [fold(text).replace(" ", "") for text in texts] for name, texts in examples.items()}
    return Intents(
        phrases=Phrases(rules, sets, {name: re.compile(pattern) for name, pattern in table["terms"].items()}),
        yields={name: row["yields_at"] for name, row in table["of"].items() if "yields_at" in row},
        up_to={name: row["up_to"] for name, row in table["of"].items() if "up_to" in row},
        by={name: frozenset(row["by"]) for name, row in table["of"].items() if "by" in row},
        asked=table.get("asked", {}),
        enough=table["enough"],
        filling=re.compile("|".join(table["filling"])),
        like=likeness({name: {} for name in folded}, folded),
        likely=frozenset(table["likely"]),
        alone=table["alone"],
        rivals=frozenset(frozenset(pair.split()) for pair in table["rivals"]),
        close=table["close"],
    )


def _telling(says: Mapping[str, Sequence[str]]) -> Iterable[str]:
    """The phrases that speak loud for an intent, as if they were messages."""
    for weight, phrases in says.items():
        if float(weight) >= LOUD:
            yield from (phrase.replace("+", "") for phrase in phrases if "@" not in phrase)


LOUD = 4.0
