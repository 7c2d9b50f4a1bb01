"""Decides whether a message is one of danger: by what it names, by what it is like, and by what speaks against that."""

from dataclasses import dataclass

from bot.understanding.decide.danger_model import Hunch
from bot.understanding.decide.danger_rules import Alarms, Danger, Heard
from bot.understanding.decide.features import Sight
from bot.understanding.extract.masking import without_phone
from bot.understanding.extract.spelling import Typos
from bot.understanding.models.ngrams import joined
from bot.understanding.normalize import Plain, fold
from bot.understanding.result import Place

HEARD = 2100
"""Danger is listened for in so many signs: more than a chat message can hold."""
DOUBT = -0.25
"""From this certainty (log odds) a message alarms…"""
CRY, SHORT = -1.5, 14
"""…and from this one where it has no more signs than these, names a danger, and nothing in it calms."""
ANSWER = 1.5
"""How much surer it must be where the message answers a question: answers are short, and the question is no danger."""
TELLS = 4
"""Fewer signs than these, besides place, person and courtesies, tell too little where no danger is named."""


@dataclass(frozen=True, slots=True)
class Alertness:
    """Words of danger, the likeness to messages of danger, and the categories that stand for one."""

    alarms: Alarms
    hunch: Hunch
    typos: Typos
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
        return joined(self.alarms.shields.courtesy.sub("", text)[:HEARD])

    def worst(self, sight: Sight, commanded: bool, answering: bool) -> Danger | None:
        """The worst danger: named, or told by what the message is like. A command alarms only where it names one."""
        named = sight.heard.to_life
        telling = not commanded and sum(map(str.isalnum, sight.bare)) >= TELLS
        cry = named and not sight.heard.calmed and len(sight.said) <= SHORT
        least = (CRY if cry else DOUBT) + ANSWER * answering
        worst = None
        if (named or telling) and self.hunch.certainty(sight) >= least:
            worst = self.alarms.dangers[self.hunch.kind(sight)]
        return worst or sight.heard.soon
