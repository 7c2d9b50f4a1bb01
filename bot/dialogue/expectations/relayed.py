"""Words that were passed on to this person: what is said next goes back to whom they came from."""

from collections.abc import Sequence

from bot.dialogue import appointment, relay
from bot.dialogue.choosing.choose_order import choose
from bot.dialogue.choosing.naming import named_by_words
from bot.dialogue.context import Context
from bot.dialogue.interface.waits import Waits
from bot.dialogue.resident import same_matter
from bot.orders.order import Order

FEW = 6  # characters that may answer anything
OF_OTHER_THINGS = frozenset({"help", "human", "privacy", "withdraw", "spam", "greeting"})


def answer(context: Context, waits: Sequence[Waits]) -> str | None:
    """The reply; None where the words are clearly about something else."""
    order = context.orders.by_code(waits[0].number)
    if order.handler_id == context.me.id and context.reader.matches("member", "finished", context.meant):
        return None
    if appointment.is_about(context, lambda: order):
        return None
    asks = context.reader.topic("resident", context.meant)
    if asks is not None or context.meant.intent in OF_OTHER_THINGS or same_matter.is_matter_of_its_own(context, order):
        return None
    if order.handler_id == context.me.id and (named := _named_or_asked(context, order)) is not None:
        order = named
    return relay.pass_on(context, order, context.meant.text)


def _named_or_asked(context: Context, order: Order) -> Order | None:
    """Of several orders in hand the one that the words name; None where a few words, a time or a yes answer the one who waits.
    NotUnderstood, with the question which, for anything else: what is said of one home is not told to another."""
    in_hand = [each for each in context.orders.in_hand() if each.state == "accepted"]
    if len(in_hand) < 2:
        return None
    said = context.reader.topic("invitation", context.meant)
    plain = len(context.meant.folded) <= FEW or said is not None or appointment.names_time(context)
    return named_by_words(context, in_hand) or (None if plain else choose(context, "relay", None))
