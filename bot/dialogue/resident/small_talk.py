"""What asks for nothing and is no order: a humane answer to tears, abuse, a joke, "are you a robot", words meant for others."""

from bot.dialogue.context import Context
from bot.dialogue.resident import same_matter
from bot.orders.order import Order
from bot.orders.restricted import is_restricted

ASKS_NOTHING = frozenset({"chitchat", "spam", "greeting", "thanks", "human", "ack", "request"})
CLEAR = 0.8
CERTAIN = frozenset({"others", "who", "robot", "office_phone"})
"""Topics whose words are enough, whatever the message is read as."""


def talk(context: Context) -> str | None:
    """The reply; None where something is asked for, or where the matter at hand is one of life and death."""
    meant = context.meant
    found = context.reader.topic("small", meant)
    if found is None or meant.sensitive or same_matter.in_danger(context):
        return None
    asks = meant.intent == "request" and (meant.confidence >= CLEAR or meant.place.said)
    if found.name not in CERTAIN and (meant.intent not in ASKS_NOTHING or asks or meant.in_a_part):
        return None
    if found.name == "abuse" and (order := _open(context)) is not None:
        context.actions.perform(order, "append", meant.text)
        return context.say("small.abuse_open", code=order.code)
    return context.say(f"small.{found.name}")


def _open(context: Context) -> Order | None:
    """The ordinary order that the anger may be about: the one talked of, or the only one that is open."""
    order, mine = context.orders.focus(), context.orders.candidates("no_show")
    order = order if order is not None and order.state not in ("done", "closed") else None
    found = order or (mine[0] if len(mine) == 1 else None)
    return found if found is not None and found.person_id == context.me.id and not is_restricted(found) else None
