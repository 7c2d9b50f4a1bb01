"""Several requests in one message: an order of each, shown together; one word makes them one again."""

from dataclasses import replace
from datetime import timedelta

from bot.dialogue.context import Context
from bot.dialogue.resident import further_words, questions, receipts, repeated, requests, same_matter
from bot.dialogue.resident.own import number
from bot.errors import NotFound
from bot.orders.order import Order
from bot.orders.restricted import is_restricted
from bot.understanding import Place, Understanding


def apart(context: Context) -> str | None:
    """Restricted words in a message: all of it goes into the box, and what it clearly asks for besides is an order as usual.
    None where there are no such words, where a restricted message asks for nothing besides, or where the talk is of a
    restricted matter."""
    if same_matter.is_sealed(context):
        return None
    restricted, own = is_restricted(context.meant), _sealed(context)
    if own is None:
        return None
    besides = context.reader.besides(context.meant)
    if restricted and besides is None:
        return None
    if besides is None:
        further_words.answer_besides(context, context.orders.focus())
    return _with_besides(context, own, besides)


def _sealed(context: Context) -> Understanding | None:
    """The reading under which the message goes into the box; None where it does not."""
    return context.meant if is_restricted(context.meant) else context.reader.matter_of_its_own(context.meant)


def _with_besides(context: Context, own: Understanding, besides: Understanding | None) -> str:
    """The door of what goes into the box, and the order of what is asked besides. A danger to life is told first; the report
    beside it is none."""
    if besides is not None and besides.urgency == "U0":
        own = replace(own, urgency="U3", danger=None, danger_role=None)
        door = requests.place(context.with_meaning(own))
        return requests.place(context.with_meaning(besides)) + "\n" + door
    shown = requests.place(context.with_meaning(own))
    if besides is None:
        return shown
    order = context.actions.place(besides)
    line = _line(context, 1, order) + number.remember_beside(context, own, order)
    return shown + "\n" + context.say("several.besides", orders=line)


def place(context: Context) -> str | None:
    """An order of each request; None where there is only one, and where a part is nobody's business but a few."""
    if (
        context.meant.request_count < 2
        or context.reader.correction(context.meant) is not None
        or same_matter.in_danger(context)
        or same_matter.is_sealed(context)
    ):
        return None
    parts = _parts(context)
    if len(parts) < 2 or any(is_restricted(part) for part in parts):
        return None
    urgent = next((part for part in parts if part.urgency == "U0"), None)
    if urgent is not None:
        return _danger_first(context, urgent, parts)
    orders: list[Order] = []
    lines = [_placed(context, place, part, orders) for place, part in enumerate(parts, 1)]
    if len(orders) > 1:
        context.session.data["split"] = {"codes": [order.code for order in orders], "text": context.meant.text}
    shown = context.say("several.placed", number=len(parts), orders="\n".join(lines))
    if len(orders) > 1:
        shown += "\n" + context.say("several.undo")
    question = requests.ask_next(context, orders)
    closed = receipts.after_hours(context) if orders else ""
    return shown + ("\n" + closed + question.lstrip("\n") if closed else question)


def _danger_first(context: Context, urgent: Understanding, parts: list[Understanding]) -> str:
    """One part tells of danger, which the message as a whole does not: it decides the reply, and has all the words."""
    meant = replace(
        context.meant, urgency="U0", danger=urgent.danger, danger_role=urgent.danger_role, lane=urgent.lane,
        category=urgent.category, place=urgent.place, request_count=1, parts=(),
    )  # fmt: skip
    shown = requests.place(context.with_meaning(meant))
    besides = [part for part in parts if part.urgency != "U0"]
    lines = [_line(context, place, context.actions.place(part)) for place, part in enumerate(besides, 1)]
    return shown + "\n" + context.say("several.besides", orders="\n".join(lines)) if lines else shown


def with_danger(context: Context) -> str:
    """The danger first, with the whole message as its words; what was asked besides is kept apart from it."""
    at_hand, own = same_matter.is_sealed(context), _sealed(context)
    if own is not None:
        return _with_besides(context, own, None if at_hand else context.reader.besides(context.meant))
    parts = [] if at_hand else _parts(context)
    shown = requests.place(context)
    besides = [part for part in parts if part.urgency != "U0"]
    if len(besides) == len(parts) or any(is_restricted(part) for part in besides):
        return shown
    lines = [_line(context, place, context.actions.place(part)) for place, part in enumerate(besides, 1)]
    return shown + "\n" + context.say("several.besides", orders="\n".join(lines)) if lines else shown


def one_matter(context: Context, code: str | None, rest: str) -> str:
    """一件事: the split is undone, or the last two orders of this conversation are one; the first keeps all the words."""
    split = context.session.data.pop("split", None)
    codes = split["codes"] if split is not None else [order.code for order in _last_two(context)]
    if not codes:
        raise NotFound("several.nothing_split")
    order = context.actions.join(codes, split["text"] if split is not None else None)
    shown = context.say("several.joined", code=order.code, others="、".join(codes[1:]))
    return shown + requests.ask_next(context, [order])


def _last_two(context: Context) -> list[Order]:
    """The last two orders of one's own, the older one first, where both came in a short time ago and nobody has taken them up;
    empty where there are no two. Danger and what is restricted stay as they are."""
    since = context.now - JOINED_WITHIN
    fresh = [order for order in context.orders.mine() if order.state == "submitted" and order.created_at >= since]
    last = sorted(fresh, key=lambda order: order.id)[-2:]
    apart = any(is_restricted(order) or order.urgency == "U0" for order in last)
    return last if len(last) > 1 and not apart else []


JOINED_WITHIN = timedelta(minutes=30)
"""As long as further messages belong to an order (belongs_minutes of config/lanes.toml)."""


def _parts(context: Context) -> list[Understanding]:
    """Each request read by itself; where it names no place, the one named before it holds."""
    if context.meant.command is not None or is_restricted(context.meant):
        return []
    place, found = context.meant.place, []
    for text in context.meant.parts:
        part = context.reader.read(text)
        place = _within(part.place, place)
        found.append(replace(part, place=place, phone=part.phone or context.meant.phone))
    return found


def _within(said: Place, before: Place) -> Place:
    """What was said, completed by the area named before."""
    if not said.said:
        return before
    if said.community:
        return said
    return replace(said, community=before.community, estate=said.estate or before.estate)


def _placed(context: Context, place: int, part: Understanding, orders: list[Order]) -> str:
    """The line that shows one request: its new order, or the one that is there already, and the book's answer."""
    known = context.alike.own(part)
    if known is not None:
        return context.say(
            "several.known", number=_sign(place), line=context.wording.line(repeated.add(context, known, part))
        )
    entry, part, enough = questions.looked_up(context, part)
    answer = "\n" + questions.given(context, entry) if entry else ""
    if enough:
        return context.say("several.answered", number=_sign(place)) + answer
    orders.append(context.actions.place(part, entry))
    return _line(context, place, orders[-1]) + answer


def _sign(place: int) -> str:
    """A number in a circle, which nobody takes for a step of an answer."""
    return chr(ord("①") + place - 1)


def _line(context: Context, place: int, order: Order) -> str:
    return context.say("several.line", number=_sign(place), code=order.code, **receipts.understood(context, order))
