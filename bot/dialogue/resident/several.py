"""Several requests in one message: an order of each, shown together; one word makes them one again."""

from dataclasses import replace

from bot.dialogue.context import Desk, Order
from bot.dialogue.resident import questions, repeated, requests
from bot.errors import NotFound
from bot.understanding import Place, Understanding


def place(desk: Desk) -> str | None:
    """An order of each request; None where there is only one, and where a part is nobody's business but a few."""
    if (
        desk.meant.request_count < 2
        or desk.correction() is not None
        or requests.in_danger(desk)
        or requests.is_sealed(desk)
    ):
        return None
    parts = _parts(desk)
    if len(parts) < 2 or any(part.lane == "restricted" for part in parts):
        return None
    orders: list[Order] = []
    lines = [_placed(desk, number, part, orders) for number, part in enumerate(parts, 1)]
    if len(orders) > 1:
        desk.session.data["split"] = {"codes": [order.code for order in orders], "text": desk.meant.text}
    shown = desk.say("several.placed", number=len(parts), orders="\n".join(lines))
    if len(orders) > 1:
        shown += "\n" + desk.say("several.undo")
    return shown + requests.ask_next(desk, orders)


def with_danger(desk: Desk) -> str:
    """The danger first, with the whole message as its words; what was asked besides is kept apart from it."""
    parts = [] if requests.is_sealed(desk) else _parts(desk)
    shown = requests.place(desk)
    besides = [part for part in parts if part.urgency != "U0"]
    if len(besides) == len(parts) or desk.meant.lane == "restricted" or any(p.lane == "restricted" for p in besides):
        return shown
    lines = [_line(desk, number, desk.place(part)) for number, part in enumerate(besides, 1)]
    return shown + "\n" + desk.say("several.besides", orders="\n".join(lines)) if lines else shown


def one_matter(desk: Desk, code: str | None, rest: str) -> str:
    """一件事: the split is undone; the first order keeps all the words."""
    split = desk.session.data.pop("split", None)
    if split is None:
        raise NotFound("several.nothing_split")
    order = desk.join(split["codes"], split["text"])
    shown = desk.say("several.joined", code=order.code, others="、".join(split["codes"][1:]))
    return shown + requests.ask_next(desk, [order])


def _parts(desk: Desk) -> list[Understanding]:
    """Each request read by itself; where it names no place, the one named before it holds."""
    if desk.meant.command is not None or desk.meant.lane == "restricted":
        return []
    place, found = desk.meant.place, []
    for text in desk.meant.parts:
        part = desk.read(text)
        place = _within(part.place, place)
        found.append(replace(part, place=place, phone=part.phone or desk.meant.phone))
    return found


def _within(said: Place, before: Place) -> Place:
    """What was said, completed by the area named before."""
    if not said.said:
        return before
    if said.community:
        return said
    return replace(said, community=before.community, estate=said.estate or before.estate)


def _placed(desk: Desk, number: int, part: Understanding, orders: list[Order]) -> str:
    """The line that shows one request: its new order, or the one that is there already, and the book's answer."""
    known = desk.said_before(part)
    if known is not None:
        return desk.say("several.known", number=_sign(number), line=desk.line(repeated.add(desk, known, part)))
    entry, part, enough = questions.looked_up(desk, part)
    answer = "\n" + questions.given(desk, entry) if entry else ""
    if enough:
        return desk.say("several.answered", number=_sign(number)) + answer
    orders.append(desk.place(part, entry))
    return _line(desk, number, orders[-1]) + answer


def _sign(number: int) -> str:
    """A number in a circle, which nobody takes for a step of an answer."""
    return chr(ord("①") + number - 1)


def _line(desk: Desk, number: int, order: Order) -> str:
    return desk.say("several.line", number=_sign(number), code=order.code, **requests.understood(desk, order))
