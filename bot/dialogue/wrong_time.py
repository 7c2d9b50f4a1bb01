"""A time for which somebody is to come, but that no calendar or clock has, or that lies behind: it is said so and asked again."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from bot.dialogue.context import Context
from bot.errors import NotUnderstood
from bot.understanding.extract import moment
from bot.understanding.lexicon import Rules
from bot.understanding.normalize import READ_LATELY, simplify
from bot.understanding.topics import standard_text

_RULES = Rules("appointment")
BEFORE, BEHIND = 8, 300  # characters before a time that say whether it is wished for, and of what is said behind it
NEXT_YEAR = timedelta(days=300)
"""A date of this year that lies so far ahead has just passed and is read as one of the next."""
_MARK = re.compile(r"[,，。；;!！?？\n\s]")


@dataclass(frozen=True, slots=True)
class WrongTime:
    """Whether it lies behind, and the text without the words for it."""

    passed: bool
    rest: str

    @property
    def key(self) -> str:
        """Of the sentence that says so and asks for another one."""
        return "reschedule.passed" if self.passed else "reschedule.no_such_time"


def find(text: str, now: datetime, place: str | None = None, *, wished: bool = False) -> WrongTime | None:
    """The first time of a text at which somebody is to come and cannot; None where there is none. `now`: in the office's time
    zone. The words of a place are no time (新锐巷45号). `wished`: any time of the text is one to come at."""
    text = standard_text(simplify(text).text)
    for met in _times(text):
        words = met.group().strip()
        if not words or words in simplify(place or "").text:
            continue
        before = _MARK.split(text[max(met.start() - BEFORE, 0) : met.start()])[-1]
        behind = _MARK.split(text[met.end() : met.end() + BEHIND].lstrip(), 1)[0]
        wrong = met["past"] or met["none"] or not moment.is_possible(words) or _has_passed(met, now)
        if wrong and (wished or _is_wished(before, behind, past=met["past"] is not None)):
            rest = text[: met.start()] + text[met.end() :]
            return WrongTime(bool(met["past"]) or _has_passed(met, now), rest)
    return None


@lru_cache(READ_LATELY)
def _times(text: str) -> Sequence[re.Match[str]]:
    """Every time of a text in standard words. Of one message it is asked several times."""
    return tuple(_RULES.time.finditer(text))


def said(context: Context) -> WrongTime | None:
    """The one that the message names as all it is about, or as what something shall be moved to."""
    meant = context.meant
    wrong = find(meant.text, _now(context), meant.place.raw) if meant.urgency != "U0" else None
    if wrong is None:
        return None
    left = re.sub(r"\W", "", _RULES.around.sub("", _RULES.moving.sub("", wrong.rest)))
    return wrong if not left else None


def refuse(context: Context, text: str) -> None:
    """NotUnderstood, which says why and asks again, where another time that somebody has typed cannot be kept."""
    wrong = find(text, _now(context), wished=True)
    if wrong is not None:
        raise NotUnderstood(wrong.key)


def _now(context: Context) -> datetime:
    return context.broadcasts.local(context.now)


def _is_wished(before: str, behind: str, *, past: bool) -> bool:
    """Whether somebody is to come then. What lies behind may as well be told."""
    if _RULES.moved_to.search(before):
        return True
    if past:
        return bool(_RULES.wishes_before.search(before) and _RULES.to_come.match(behind))
    return bool(_RULES.to_come.match(behind) or _RULES.nothing_more.match(behind))


def _has_passed(met: re.Match[str], now: datetime) -> bool:
    """Whether a time of a named day lies behind; a part of the day lasts until it ends. A date without a month may be one of
    the next."""
    if not met["day"] or met["past"] or met["none"] or _RULES.of_some_month.fullmatch(met["day"]):
        return False
    words = _RULES.words
    end = "" if met["clock"] else words["part_ends"].get(met["part"] or "", words["day_ends_at"])
    found = moment.find(met.group() + end, now)
    return found is not None and not found.rest and (found.at < now or found.at - now > NEXT_YEAR)
