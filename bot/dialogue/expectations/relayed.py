"""Words that were passed on to this person: what is said next goes back to whom they came from."""

from collections.abc import Sequence

from bot.dialogue import appointment, relay
from bot.dialogue.context import Context
from bot.dialogue.interface.waits import Waits
from bot.dialogue.resident import same_matter

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
    return relay.pass_on(context, order, context.meant.text)
