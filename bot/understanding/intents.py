"""Decides what a message is for, from what its words speak for and what the bot last asked."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.understanding.features import Phrases, Rule, weighted

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


@dataclass(frozen=True, slots=True)
class Intents:
    """The phrases of each intent, and the request score from which it gives way to a request."""

    phrases: Phrases
    yields: Mapping[str, float]
    asked: Mapping[str, Mapping[str, float]]
    enough: float

    def scores(self, text: str, asked: str | None) -> dict[str, float]:
        """Score by intent; an intent that answers the bot's question weighs more."""
        scores = self.phrases.scores(text)
        for intent, bonus in self.asked.get(asked or "", {}).items():
            if scores.get(intent, 0.0) > 0:
                scores[intent] += bonus
        return scores

    def choose(self, seen: Evidence) -> tuple[str, float]:
        """The intent and how far it is ahead."""
        scores = self.scores(seen.text, seen.asked)
        weight = seen.topic + seen.request
        standing = {
            intent: score for intent, score in scores.items()
            if intent in self.yields and score >= self.enough and weight < self.yields[intent]
        }
        if standing:
            ahead = sorted(standing.values())[-2:]
            intent = max(standing, key=lambda name: standing[name])
            return intent, ahead[-1] - (ahead[0] if len(ahead) > 1 else 0.0)
        if seen.place_only:
            return "append", 1.0
        if weight >= self.enough or len(seen.text) >= LONG:
            return "request", weight
        return "chitchat", 1.0


LONG = 6
"""A text of this many signs that says nothing known is still put before staff as a request."""


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
        asked=table.get("asked", {}),
        enough=table["enough"],
    )
