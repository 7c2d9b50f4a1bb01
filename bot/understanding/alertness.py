"""Decides whether a message is one of danger: by what it names, by what it is like, and by what speaks against that."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.understanding.classifier import Choice
from bot.understanding.folding import Plain, fold
from bot.understanding.hunch import Hunch, hunch
from bot.understanding.intents import Intents
from bot.understanding.meaning import Place
from bot.understanding.privacy import without_phone
from bot.understanding.sounds import Typos
from bot.understanding.urgency import SURE as CERTAIN
from bot.understanding.urgency import Alarms, Danger, Heard, alarms

HEARD = 2100
"""Danger is listened for in so many signs: more than a chat message can hold."""
SURE = 0.9
"""From this confidence a category of danger alarms without a known trigger."""
SAID = 4.0
"""For that, phrases must say at least this much."""
NAMED, HINTED = -0.95, -0.7
"""How much a message that names a danger, or hints at one, must be like those in danger (1: as they are, -1: as harmless ones)."""
LIKE, CALMED, KNOWN, ANSWER = 0.0, 0.35, 0.5, 0.5
"""How much one that names none must be like them to alarm; the most of these on top of it: where something speaks against
an alarm, where it is surely about something else, and where it answers a question. Fitted on messages not learnt from."""
ASKING = 0.35
"""How much more, where it asks for something that has time."""
TELLS = 6
"""Fewer signs than these, besides place, person and courtesies, tell too little to be like anything."""


@dataclass(frozen=True, slots=True)
class Talk:
    """What is known of a message before its danger is judged."""

    said: str
    """Folded, without spaces."""
    bare: str
    """What happened, without where, who and courtesies."""
    choice: Choice
    commanded: bool
    answering: bool


@dataclass(frozen=True, slots=True)
class Alertness:
    """Words of danger, the likeness to messages of danger, and the categories that stand for one."""

    alarms: Alarms
    hunch: Hunch
    typos: Typos
    intents: Intents
    categories: frozenset[str]
    """Those of the lane of emergencies."""

    def hear(self, text: str) -> Heard:
        """The dangers that the words name, also where one is mistyped."""
        text = text[:HEARD]
        heard = self.alarms.hear(text)
        if heard.to_life:
            return heard
        mended = self.typos.mend_danger(text)
        return heard if mended == text else self.alarms.hear(mended)

    def bare(self, plain: Plain, place: Place) -> str:
        """What happened, without where, who and the courtesies: these stand in any message."""
        text = without_phone(plain.text)
        for word in fold(place.raw or "").split():
            text = text.replace(word, "", 1)
        return self.alarms.shields.courtesy.sub("", text)[:HEARD]

    def worst(self, heard: Heard, talk: Talk) -> Danger | None:
        """The worst danger: named, or told by the category or by the messages this one is like."""
        margin = self.hunch.margin(talk.bare)
        worst = None
        if heard.to_life and margin >= (NAMED if heard.weight >= CERTAIN else HINTED) + ASKING * heard.asking:
            worst = self.alarms.dangers[self.hunch.likeliest(talk.bare, [danger.name for danger in heard.to_life])]
        if worst is None and not talk.commanded:
            worst = self._feared(heard, talk, margin)
        worst = worst or heard.soon
        voided = worst is not None and worst.unless and self.intents.reads_as(talk.said, worst.unless)
        return None if voided else worst

    def _feared(self, heard: Heard, talk: Talk, margin: float) -> Danger | None:
        """The danger in a message that names none."""
        category = talk.choice.category
        sure = talk.choice.confidence >= SURE and talk.choice.said >= SAID
        if sure and not heard.calmed and margin >= HINTED and (danger := self.alarms.suspect(category)):
            return danger
        known = sure and category not in self.categories
        enough = LIKE + max(CALMED * heard.calmed, ASKING * heard.asking, KNOWN * known, ANSWER * talk.answering)
        tells = sum(map(str.isalnum, talk.bare)) >= TELLS
        if margin < enough or not tells or self.intents.surely_no_request(talk.said):
            return None
        return self.alarms.dangers[self.hunch.kind(talk.bare)]


def alertness(lexicon: Mapping[str, Any], typos: Typos, intents: Intents, categories: frozenset[str]) -> Alertness:
    """Built from the lexicon; the likeness is learnt now."""
    heard = alarms(lexicon)
    return Alertness(heard, _hunch(lexicon, heard.shields.courtesy), typos, intents, categories)


def _hunch(lexicon: Mapping[str, Any], courtesy: re.Pattern[str]) -> Hunch:
    """Learnt from the messages heard, the phrases of danger, and the examples of all categories without suspicion."""
    grave = {name: row for name, row in lexicon["danger"].items() if row["level"] == "U0"}
    suspected = {row.get("category") for row in grave.values()}
    examples = lexicon["categories"]["examples"]
    ordinary = [text for code, texts in examples.items() if code not in suspected for text in texts]
    heard = {kind: [courtesy.sub("", text) for text in texts] for kind, texts in lexicon["heard"].items()}
    return hunch(heard, {name: row["says"] for name, row in grave.items()}, ordinary)
