"""What was understood of an order, put right at the console; and a later limit, with the reason that the resident reads."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import partial
from typing import Any

from bot.dialogue import policy, wrong_time
from bot.dialogue.context import Context
from bot.errors import NotFound, NotUnderstood
from bot.orders.order import Order
from bot.services.console.acts import Act, Done, chosen
from bot.services.console.seat import Seat, acting
from bot.services.office import Office
from bot.services.orders import shown
from bot.services.reading import typed_text
from bot.understanding.lexicon import Rules
from bot.understanding.normalize import simplify
from bot.understanding.result import Command

_RULES = Rules("appointment")

URGENCIES = ("U0", "U1", "U2", "U3")
LATEST_DAYS = 365  # from now
LONGEST_PLACE, LONGEST_WHEN = 100, 60  # characters


@dataclass(frozen=True, slots=True)
class Correction:
    """`part`: what of the order. `value`: as it is from now on. `words`: why. `version`: as of `Act`."""

    code: str
    part: str
    value: str
    version: int | None = None
    words: str = ""


def correct(office: Office, seat: Seat, wanted: Correction, now: datetime) -> Done:
    """NotUnderstood where the value is none; NotFound and NotAllowed as of `acts.act`."""
    change = PARTS.get(wanted.part)
    if change is None:
        raise NotFound("refused.no_such_order", code=wanted.code)
    typed = "\n".join(filter(None, (wanted.value, wanted.words)))
    with acting(office, seat, now, Command("correct", wanted.code, typed)) as context:
        order = chosen(context, Act("correct", wanted.code, version=wanted.version))
        said = policy.perform(context, partial(change, office, context, order, wanted), order=order)
    return Done(wanted.code, said, is_done=True)


def _community(office: Office, context: Context, order: Order, wanted: Correction) -> str:
    """Into another community, whose staff decide from now on; where none was known it is learnt."""
    if wanted.value not in office.reader.communities():
        raise NotUnderstood("console.correct.no_community")
    if wanted.value == order.community:
        raise NotUnderstood("console.correct.same")
    said = context.say("console.correct.note", part=context.say("console.part.community"), value=wanted.value)
    context.actions.perform(order, "transfer", said, community=wanted.value, grid=None)
    return context.say("console.correct.transferred", code=order.code, community=wanted.value)


def _grid(office: Office, context: Context, order: Order, wanted: Correction) -> str:
    """One of the order's community, as far as the list of places has any; none for an empty field."""
    name = office.reader.grid(wanted.value, order.community)
    if wanted.value and name is None and office.reader.lists_grids():
        _refuse_tales(office, context, order, wanted)
        raise NotUnderstood("console.correct.no_grid", community=order.community or "")
    return _plain(office, context, order, wanted, grid=name or wanted.value[:32] or None)


def _place(office: Office, context: Context, order: Order, wanted: Correction) -> str:
    place = office.readings.find_place(wanted.value)
    return _plain(
        office,
        context,
        order,
        wanted,
        place_sealed=wanted.value[:LONGEST_PLACE] or None,
        estate=place.estate or order.estate,
        grid=(place.grid if place.community in (None, order.community) else None) or order.grid,
    )


def _when(office: Office, context: Context, order: Order, wanted: Correction) -> str:
    """A time that can be; none for an empty field."""
    _refuse_tales(office, context, order, wanted)
    wrong_time.refuse(context, wanted.value)
    if wanted.value and not _RULES.some_time.search(simplify(wanted.value).text):
        raise NotUnderstood("console.correct.no_time")
    return _plain(office, context, order, wanted, wanted_when=wanted.value[:LONGEST_WHEN] or None)


def _urgency(office: Office, context: Context, order: Order, wanted: Correction) -> str:
    """Higher at once, up to a danger to life; lower with a reason, which colleagues read in the history."""
    if wanted.value not in URGENCIES or wanted.value == order.urgency:
        raise NotUnderstood("console.correct.no_urgency")
    if wanted.value > order.urgency and not wanted.words:
        raise NotUnderstood("console.correct.why_lower")
    part, value = context.say("console.part.urgency"), context.say(f"urgency.{wanted.value}")
    note = context.say("console.correct.note", part=part, value="，".join(filter(None, (value, wanted.words))))
    context.corrections.set_urgency(order, wanted.value, note)
    done = "alarmed" if wanted.value == "U0" else "done"
    return context.say(f"console.correct.{done}", code=order.code, part=part)


def _category(office: Office, context: Context, order: Order, wanted: Correction) -> str:
    changed = context.corrections.recategorise(order, wanted.value)
    return context.say("staff.recategorised", code=order.code, what=context.wording.category(changed))


def _limit(office: Office, context: Context, order: Order, wanted: Correction) -> str:
    """The whole matter's limit becomes the end of a day; the resident reads why."""
    try:
        day = date.fromisoformat(wanted.value)
    except ValueError:
        raise NotUnderstood("console.correct.no_day") from None
    due_at = datetime.combine(day, time(23, 59), office.calendar.zone)
    if (
        due_at <= context.now
        or (due_at - context.now).days > LATEST_DAYS
        or (order.due_at is not None and due_at <= order.due_at)
    ):
        raise NotUnderstood("console.correct.no_day")
    if not wanted.words:
        raise NotUnderstood("console.correct.why")
    step = office.limits.step_due_at(
        order.state, order.urgency, order.step_at or context.now, office.calendar, due_at=due_at
    )
    reason = context.say("console.correct.until", at=due_at, why=wanted.words)
    context.actions.perform(order, "extend", reason, due_at=due_at, step_due_at=step)
    return context.wording.told("console.correct.extended", order, at=due_at)


def _plain(office: Office, context: Context, order: Order, wanted: Correction, **columns: Any) -> str:
    """NotUnderstood where nothing changes."""
    _refuse_tales(office, context, order, wanted)
    known = {name: getattr(order, name) for name in columns} | {"place_sealed": shown.given(office, order) or None}
    if all(known[name] == value for name, value in columns.items()):
        raise NotUnderstood("console.correct.unchanged")
    part = context.say(f"console.part.{wanted.part}")
    context.actions.perform(
        order, "correct", context.say("console.correct.note", part=part, value=wanted.value), **columns
    )
    return context.say("console.correct.done", code=order.code, part=part)


def _refuse_tales(office: Office, context: Context, order: Order, wanted: Correction) -> None:
    """A column that helpers read holds nothing but what it is for: a report typed there would go past the sealed box."""
    may_stand, _ = typed_text.note(office, order, wanted.value)
    if (wanted.value and may_stand is None) or typed_text.tells(office, wanted.value):
        raise NotUnderstood("console.correct.tells", part=context.say(f"console.part.{wanted.part}"))


PARTS: Mapping[str, Callable[[Office, Context, Order, Correction], str]] = {
    "category": _category, "community": _community, "grid": _grid, "place": _place, "when": _when, "urgency": _urgency, "limit": _limit,
}  # fmt: skip
