"""Another time for an order: which of the times that a message names counts from now on, completed by what was agreed before."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.dialogue.context import Context
from bot.dialogue.resident import same_matter
from bot.orders.order import Order
from bot.understanding.extract import clauses, clock
from bot.understanding.extract.moment import is_possible
from bot.understanding.lexicon import Rules
from bot.understanding.normalize import READ_LATELY, simplify
from bot.understanding.topics import standard_text

_RULES = Rules("appointment")
BEFORE, BEHIND = 6, 300  # characters before a time that say whether it counts, and of what is said behind it
MOVED_TO, AGREED, SUITS, MENTIONED, GIVEN_UP = 3, 2, 1, -1, -2
_MARK = re.compile(r"[,，。；;!！?？\n]")
_CLAUSE = re.compile(r"[,，。；;!！?？\n\s]")


@dataclass(frozen=True, slots=True)
class Named:
    """A time that a message names, where it stands, and what is said of it: MOVED_TO, AGREED, SUITS, MENTIONED or GIVEN_UP.
    `edge`: 之前 or 之后 behind the day."""

    day: str
    part: str
    hour: str
    said: int
    edge: str
    span: tuple[int, int]


def names_time(context: Context) -> bool:
    """Whether the message names a time, or by how much another one is later."""
    text = _text(context)
    return context.meant.when is not None or bool(_named(text)) or _RULES.shift.search(text) is not None


def said_with(context: Context) -> str | None:
    """The last clause of the message that names a time; None where none does."""
    return next((clause for clause in reversed(clauses.by_marks(_text(context))) if _named(clause)), None)


def is_about(context: Context, at_hand: Callable[[], Order | None]) -> bool:
    """Whether the words are of a time and hardly of a matter of their own. `at_hand` is asked only where they name one."""
    meant = context.meant
    place = meant.place
    elsewhere = place.community or place.estate or place.road or place.building
    if meant.urgency == "U0" or elsewhere or not names_time(context):
        return False
    if is_all_about_time(context) or moves(context):
        return True
    order = at_hand()
    if order is not None and keeps_away(context):
        return True
    agreed = order is not None and (stays(context, order) or gives_up(context, order))
    return (agreed or suits(context)) and not (meant.urgency == "U1" or same_matter.is_whole_request(meant))


def is_all_about_time(context: Context) -> bool:
    """Whether the message names a time and says nothing besides."""
    left = _RULES.time.sub("", _RULES.shift.sub("", _text(context)))
    return names_time(context) and not re.sub(r"\W", "", _RULES.around.sub("", left))


def moves(context: Context) -> bool:
    """Whether the words move something to a time that they name, or by so much."""
    text = _text(context)
    return _RULES.shift.search(text) is not None or any(time.said == MOVED_TO for time in _named(text))


def suits(context: Context) -> bool:
    """Whether the words name a time that suits, beside one that does not."""
    said = {time.said for time in _named(_text(context))}
    return not said.isdisjoint({AGREED, SUITS}) and GIVEN_UP in said


def keeps_away(context: Context) -> bool:
    """Whether the words only tell that a time does not suit, whatever the speaker does then (周三不行周三我要带孩子打疫苗): nothing is
    asked for besides."""
    named = _named(_text(context))
    said = {time.said for time in named}
    away = GIVEN_UP in said and said <= {GIVEN_UP, MENTIONED} and not _RULES.any_time.search(_text(context))
    return away and not context.reader.matches("asked", "help", context.meant)


def gives_up(context: Context, order: Order) -> bool:
    """Whether the words say that the agreed time does not suit."""
    agreed = simplify(order.wanted_when or "").text
    given_up = [time for time in _named(_text(context)) if time.said == GIVEN_UP]
    return bool(agreed) and any(_fits(time, agreed) for time in given_up)


def stays(context: Context, order: Order) -> bool:
    """Whether the words say or ask that the agreed time stays."""
    text, agreed = _text(context), simplify(order.wanted_when or "").text
    if not agreed or _RULES.shift.search(text) is not None:
        return False
    named, at = _named(text), clock.minutes_of(agreed)
    same = [time for time in named if time.hour and clock.minutes_of(time.hour) == at and _fits(time, agreed)]
    others = [time for time in named if time not in same and time.said > 0]
    if others or any(time.said == GIVEN_UP for time in same):
        return False
    return _RULES.stays.search(text) is not None or any(time.said > 0 for time in same)


def lacks_new_time(context: Context, order: Order) -> bool:
    """Whether the words give the agreed time up or ask for another one, and name none that would suit."""
    text = _text(context)
    named = _named(text)
    if any(time.said > 0 for time in named):
        return False
    given_up = [time for time in named if time.said == GIVEN_UP]
    asks_other = _RULES.another.search(text) is not None and all(time.said == GIVEN_UP for time in named)
    return asks_other or (bool(given_up) and (not order.wanted_when or gives_up(context, order)))


def nobody_opens(context: Context) -> bool:
    """Whether somebody stands before a door where nobody opens."""
    return _RULES.nobody_opens.search(_text(context)) is not None


def new_time(context: Context, order: Order) -> str | None:
    """The time that counts from now on: the one that the words move to, else the last one that would suit; an hour alone is
    one of the day named before it or agreed, and a day alone keeps the agreed hour, unless that is given up too. None where no such
    time is named."""
    text, agreed = _text(context), simplify(order.wanted_when or "").text
    named = _named(text)
    best = max((time.said for time in named), default=GIVEN_UP)
    if _RULES.shift.search(text) is not None and best != MOVED_TO:
        return _shifted(text, agreed)
    if best < 0:
        return None
    chosen = [time for time in named if time.said == best][-1]
    if chosen.day and not (chosen.part or chosen.hour):  # 时间改周六吧，周六上午九点
        chosen = next((time for time in named if time.day == chosen.day and time.said > 0 and time.hour), chosen)
    others = [time for time in named if time is not chosen]
    if chosen.edge:
        return f"{chosen.day}{chosen.edge}{chosen.part}{chosen.hour}"
    if days := _days_alike(text, named, chosen):
        return f"{days}{_first('part', agreed)}{_first('clock', agreed)}"
    if chosen.day and not (chosen.part or chosen.hour or any(time.part or time.hour for time in others)):
        return f"{chosen.day}{_first('part', agreed)}{_first('clock', agreed)}"
    day = chosen.day or _whole(next((time.day for time in others if time.day), "")) or _first("day", agreed)
    return f"{day}{chosen.part or _part(chosen, others, agreed)}{chosen.hour}" or None


def _days_alike(text: str, named: Sequence[Named], chosen: Named) -> str:
    """The days that suit alike, joined (周四周五都行); empty where the chosen time is no day that others lead to."""
    if chosen.part or chosen.hour or not _RULES.all_of_them.search(text[chosen.span[1] :]):
        return ""
    alike = [chosen]
    for time in reversed(named[: named.index(chosen)]):
        between = text[time.span[1] : alike[0].span[0]]
        if time.part or time.hour or not time.day or not _RULES.joins.fullmatch(between):
            break
        alike.insert(0, time)
    return str(_RULES.words["also"]).join(_whole(time.day) for time in alike) if len(alike) > 1 else ""


def _text(context: Context) -> str:
    return standard_text(simplify(context.meant.text).text)


@lru_cache(READ_LATELY)
def _named(text: str) -> Sequence[Named]:
    """Every time of a simplified text that may lie ahead, in order."""
    return tuple(
        Named(
            met["day"] or "",
            met["part"] or "",
            met["clock"] or "",
            _said(text, *met.span()),
            met["edge"] or "",
            met.span(),
        )
        for met in _RULES.time.finditer(text)
        if (met["day"] or met["part"] or met["clock"]) and not (met["past"] or met["none"]) and is_possible(met.group())
    )


def _said(text: str, start: int, end: int) -> int:
    """What the words around a time say of it."""
    before = _MARK.split(text[max(start - BEFORE, 0) : start])[-1]
    behind = _CLAUSE.split(text[end : end + BEHIND].lstrip(), 1)[0]
    if _RULES.moved_from.search(before) or _RULES.given_up.search(behind):
        return GIVEN_UP
    if _RULES.moved_to.search(before):
        return MOVED_TO
    if _RULES.objects.search(behind):
        return MENTIONED
    if _RULES.obstacle.search(behind):
        return GIVEN_UP
    if _RULES.unsuitable.search(behind):
        return GIVEN_UP
    if _RULES.own.search(behind) or _RULES.of_own.search(before):
        return MENTIONED
    return AGREED if _RULES.agrees.search(behind) else SUITS


def _fits(time: Named, agreed: str) -> bool:
    """Whether the day and the part of the day are those that were agreed, as far as they are named."""
    day, part, morning = _first("day", agreed), _first("part", agreed), _RULES.words["morning"]
    same_part = time.part in ("", part) or not part or (time.part in morning and part in morning)
    return same_part and (time.day in ("", day) or not day)


def _shifted(text: str, agreed: str) -> str | None:
    """The agreed time so much later or earlier; None where that cannot be told."""
    met = _RULES.shift.search(text)
    if met is None:
        return None
    much = clock.later_by(met["much"], met["unit"])
    if much is None:
        return None
    much *= -1 if _RULES.earlier.fullmatch(met["way"]) else 1
    if met["unit"] != _RULES.words["day"]:
        return clock.time_later(agreed, much) or None
    day = _first("day", agreed)
    moved = clock.day_later(day, much) if day else ""
    return agreed.replace(day, moved, 1) if moved else None


def _part(chosen: Named, others: Sequence[Named], agreed: str) -> str:
    """The part of the day that was named before or agreed, where the hour lies in the same one (上午九点 to 十点)."""
    minutes = clock.minutes_of(chosen.hour) if chosen.hour else None
    part = next((time.part for time in others if time.part), "") or _first("part", agreed)
    same = minutes is not None and clock.is_morning(minutes) == (part in _RULES.words["morning"])
    return part if same else ""


def _whole(day: str) -> str:
    return str(_RULES.words["short_days"].get(day, day))


def _first(name: str, text: str) -> str:
    return next((met[name] for met in _RULES.time.finditer(text) if met[name]), "")
