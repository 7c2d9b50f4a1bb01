"""What staff say of an order in words that no pattern holds: the order that shares words with it, a name of the roster, and a word for what
shall happen. Only where one order alone is named."""

from collections.abc import Iterator

from bot.dialogue.choosing.naming import named_by_words
from bot.dialogue.context import Context
from bot.dialogue.interface.work import Listed
from bot.dialogue.staff import lists
from bot.dialogue.staff.words import giving, said
from bot.orders.order import Order

LONGEST = 40  # characters
NAME = (4, 3, 2)  # characters


def natural(context: Context) -> str | None:
    """灯泡那个是谁在弄, 灯泡那单催催呗, 陈静负责一下井盖那单."""
    if len(context.meant.folded) > LONGEST or said.found(context, "own") is not None:
        return None
    if said.found(context, "loose_urges") is not None:
        order = _named(context, "urge")
        return giving.with_order(context, "urge", order.code, "") if order is not None else None
    if said.found(context, "loose_asks") is not None:
        order = _named(context, "tell")
        return _stands(context, order) if order is not None else None
    if said.found(context, "loose_gives") is None or said.found(context, "loose_not") is not None:
        return None
    order = _named(context, "invite")
    name = next(_names(context), None) if order is not None else None
    return giving.with_order(context, "dispatch", order.code, name) if order is not None and name is not None else None


def _stands(context: Context, order: Order) -> str:
    line = lists.line(context, Listed(order, context.wording.helper(order), None))
    return f"{line}\n{context.say('work_talk.see_one', code=order.code)}"


def _named(context: Context, action: str) -> Order | None:
    """The one order, of those that the action fits, whose words stand in the message."""
    fitting = [order for order in context.orders.candidates(action) if order.urgency != "U0"]
    return named_by_words(context, fitting)


def _names(context: Context) -> Iterator[str]:
    """Names of the roster in the message, the longest at each place."""
    text = said.words(context)
    for at in range(len(text) - 1):
        yield from (text[at : at + size] for size in NAME if context.people.is_known(text[at : at + size]))
