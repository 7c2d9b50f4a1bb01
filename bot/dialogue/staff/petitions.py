"""What staff say about a petition: that it is registered as one, and that the notice in writing was given."""

from bot.dialogue.choosing.choose_order import choose
from bot.dialogue.context import Context


def register(context: Context, code: str | None, rest: str) -> str:
    """信访 CODE: the 15 days begin, the resident is told, and staff are pointed to the official system."""
    order = choose(context, "register", code)
    return context.say("petition.registered", code=order.code, until=context.petitions.register(order))


def give_notice(context: Context, code: str | None, rest: str) -> str:
    """书面告知 CODE words: it was sent; the words say how, such as its number."""
    order = choose(context, "give_notice", code)
    context.petitions.give_notice(order, rest.strip())
    return context.say("petition.noticed", code=order.code)
