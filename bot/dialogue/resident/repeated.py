"""A matter that the same resident has told before: where it stands, instead of a second order."""

from bot.dialogue.context import Desk, Order
from bot.dialogue.resident import questions, requests
from bot.errors import NotFound
from bot.understanding import Understanding


def known(desk: Desk) -> str | None:
    """The progress of the order that is there already, to which the words are added; None for a new matter."""
    order = desk.said_before(desk.meant)
    if order is None:
        return None
    order = add(desk, order, desk.meant)
    desk.session.data["again"] = {"text": desk.meant.text, "code": order.code}
    entry, _, _ = questions.looked_up(desk, desk.meant)
    shown = questions.given(desk, entry) + "\n" if entry else ""
    key = "earlier.done" if order.state == "done" else "earlier.known"
    last = desk.history(order)[-2:][0]  # the last line is what has just been said
    return shown + desk.say(key, line=desk.line(order), code=order.code, last=last)


def another(desk: Desk, code: str | None, rest: str) -> str:
    """另一件: what was taken for an earlier matter becomes an order of its own."""
    again = desk.session.data.pop("again", None)
    if again is None:
        raise NotFound("earlier.nothing")
    return requests.place(desk, desk.read(again["text"]))


def add(desk: Desk, order: Order, meant: Understanding) -> Order:
    """The words go to the order that is there: whoever works on it and the staff hear that it is asked for again."""
    return desk.enrich(order, "append", meant.text)
