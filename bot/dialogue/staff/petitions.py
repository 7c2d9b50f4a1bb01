"""What staff say about a petition: that it is registered as one, and that the notice in writing was given."""

from bot.dialogue.choose_order import choose
from bot.dialogue.context import Desk


def register(desk: Desk, code: str | None, rest: str) -> str:
    """信访 CODE: the 15 days begin, the resident is told, and staff are pointed to the official system."""
    order = choose(desk, "register", code)
    return desk.say("petition.registered", code=order.code, until=desk.register(order))


def give_notice(desk: Desk, code: str | None, rest: str) -> str:
    """书面告知 CODE words: it was sent; the words say how, such as its number."""
    order = choose(desk, "give_notice", code)
    desk.give_notice(order, rest.strip())
    return desk.say("petition.noticed", code=order.code)
