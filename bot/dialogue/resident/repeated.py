"""A matter that the same resident has told before: where it stands, instead of a second order."""

from bot.dialogue.context import Context
from bot.dialogue.resident import questions, requests
from bot.errors import NotFound
from bot.orders.order import Order
from bot.understanding import Understanding


def known(context: Context) -> str | None:
    """The progress of the order that is there already, to which the words are added; None for a new matter."""
    order = context.alike.own(context.meant)
    if order is None:
        return None
    order = add(context, order, context.meant)
    context.session.data["again"] = {"text": context.meant.text, "code": order.code}
    entry, _, _ = questions.looked_up(context, context.meant)
    shown = questions.given(context, entry) + "\n" if entry else ""
    key = "alike.done" if order.state == "done" else "alike.known"
    last = context.wording.history(order)[-2:][0]  # the last line is what has just been said
    return shown + context.say(key, line=context.wording.line(order), code=order.code, last=last)


def another(context: Context, code: str | None, rest: str) -> str:
    """另一件: what was taken for an earlier matter becomes an order of its own."""
    again = context.session.data.pop("again", None)
    if again is None:
        raise NotFound("alike.nothing")
    return requests.place(context, context.reader.read(again["text"]))


def add(context: Context, order: Order, meant: Understanding) -> Order:
    """The words go to the order that is there: whoever works on it and the staff hear that it is asked for again."""
    return context.actions.enrich(order, "append", meant.text, context.reading_of(meant.text))
