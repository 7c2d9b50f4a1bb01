"""One message about several orders at hand: 灯泡那个不用了，手机还是要教的."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from bot.dialogue.choosing.naming import named_by_words
from bot.dialogue.context import Context
from bot.errors import Spoken
from bot.orders.order import Order
from bot.understanding.extract import clauses
from bot.understanding.topics import Topic

MOST_CLAUSES = 24  # of a message about several orders: each is read


@dataclass(frozen=True, slots=True)
class SaidOf:
    """What is said of one order. `context`: with these words as its message."""

    order: Order
    context: Context

    def topic(self, group: str) -> Topic | None:
        """The topic of these words alone."""
        return self.context.reader.topic(group, self.context.meant)


def one_by_one(context: Context, doing: Iterable[Callable[[], str]]) -> str:
    """A line for each: what was done, or why it was refused. One that is refused does not stop the others."""
    return "\n".join(_done_or_refused(context, each) for each in doing)


def _done_or_refused(context: Context, do: Callable[[], str]) -> str:
    try:
        return do()
    except Spoken as refused:
        return context.say(refused.key, **refused.facts)


def by_order(context: Context, orders: Sequence[Order]) -> Sequence[SaidOf]:
    """The clauses by the order that they name, those that name none with the one before them; empty where the message
    names fewer than two of these orders, or has more than MOST_CLAUSES."""
    said = clauses.by_sentences(context.meant.text)
    if len(orders) < 2 or len(said) > MOST_CLAUSES:
        return ()
    named: list[tuple[Order, str]] = []
    for clause in said:
        order = named_by_words(context.with_meaning(context.reader.read(clause)), orders)
        if named and (order is None or order.id == named[-1][0].id):
            named[-1] = (named[-1][0], f"{named[-1][1]}，{clause}")
        elif order is not None:
            named.append((order, clause))
    if len({order.id for order, _ in named}) < 2:
        return ()
    return [SaidOf(order, context.with_meaning(context.reader.read(words))) for order, words in named]
