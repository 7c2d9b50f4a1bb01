"""One message about several orders at hand: 灯泡那个不用了，手机还是要教的."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.dialogue.choose_order import named_by_words
from bot.dialogue.context import Context
from bot.orders.order import Order
from bot.understanding.extract import clauses


@dataclass(frozen=True, slots=True)
class SaidOf:
    """What is said of one order. `context`: with these words as its message."""

    order: Order
    context: Context


def by_order(context: Context, orders: Sequence[Order]) -> Sequence[SaidOf]:
    """The clauses by the order that they name, those that name none with the one before them; empty where the message
    names fewer than two of these orders."""
    if len(orders) < 2:
        return ()
    named: list[tuple[Order, str]] = []
    for clause in clauses.by_sentences(context.meant.text):
        order = named_by_words(context.with_meaning(context.reader.read(clause)), orders)
        if named and (order is None or order.id == named[-1][0].id):
            named[-1] = (named[-1][0], f"{named[-1][1]}，{clause}")
        elif order is not None:
            named.append((order, clause))
    if len({order.id for order, _ in named}) < 2:
        return ()
    return [SaidOf(order, context.with_meaning(context.reader.read(words))) for order, words in named]
