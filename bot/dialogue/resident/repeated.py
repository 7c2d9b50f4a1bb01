"""A matter that the same resident has told before: where it stands, instead of a second order."""

from bot.dialogue.context import Context
from bot.dialogue.resident import questions, requests, same_matter
from bot.errors import NotFound
from bot.orders.order import Order
from bot.orders.restricted import is_restricted
from bot.understanding import Understanding
from bot.understanding.categories import UNKNOWN


def known(context: Context) -> str | None:
    """The progress of the order that is there already, to which the words are added; None for a new matter."""
    order = context.alike.own(context.meant) or _still_open(context)
    return _shown(context, order) if order is not None else None


def still(context: Context) -> str | None:
    """The same of words that only ask why it is not done yet (6号楼的路灯怎么还没修)."""
    order = _still_open(context)
    return _shown(context, order) if order is not None else None


def _still_open(context: Context) -> Order | None:
    """The speaker's own open order of the kind that the words say is not done yet, where they name no other house."""
    meant = context.meant
    if meant.category == UNKNOWN or not context.reader.matches("again", "still", meant):
        return None
    alike = [
        order
        for order in context.orders.candidates("append")
        if order.category == meant.category and order.urgency != "U0" and not is_restricted(order)
    ]
    return alike[0] if len(alike) == 1 and not same_matter.is_at_other_house(context, alike[0]) else None


def _shown(context: Context, order: Order) -> str:
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
