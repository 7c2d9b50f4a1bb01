"""The speaker does not want to be called, or named to those whom it is about: 发消息就行, 别说是我说的."""

from bot.dialogue.context import Context
from bot.dialogue.resident import further_words, same_matter
from bot.orders.order import Order
from bot.orders.restricted import is_restricted


def talk(context: Context) -> str | None:
    """It stands with the order talked of, else with the only one that is open; None where there is none, and where the words name
    another number, a house or another matter, or tell that a danger is over."""
    meant = context.meant
    secret = context.reader.matches("contact", "secret", meant)
    if not (secret or context.reader.matches("contact", "no_call", meant)) or same_matter.asks_anew(meant):
        return None
    if context.reader.matches("alarm", "over", meant) or meant.request_count > 1:
        return None
    order = _at_hand(context)
    if order is None or (is_restricted(meant) and not is_restricted(order)):
        return None
    told = further_words.add(context, order, meant.text)
    ordinary = secret and not is_restricted(order) and order.urgency != "U0"
    return context.say("order.secret", code=order.code) if ordinary and context.outcome.set_aside is None else told


def _at_hand(context: Context) -> Order | None:
    focus = context.orders.focus()
    if focus is None:
        mine = context.orders.candidates("append")
        focus = mine[0] if len(mine) == 1 else None
    return focus if focus is not None and focus.state != "closed" and focus.person_id == context.me.id else None
