"""What asks for nothing and is no order: a humane answer to tears, abuse, a joke, "are you a robot", words meant for others."""

from bot.dialogue.context import Context
from bot.dialogue.resident import requests

ASKS_NOTHING = frozenset({"chitchat", "spam", "greeting", "thanks", "human", "ack", "request"})
CLEAR = 0.8
CERTAIN = frozenset({"others", "who", "robot"})
"""Topics whose words are enough, whatever the message is read as."""


def talk(context: Context) -> str | None:
    """The reply; None where something is asked for, or where the matter at hand is one of life and death."""
    meant = context.meant
    found = context.reader.topic("small", meant)
    if found is None or meant.sensitive or requests.in_danger(context):
        return None
    asks = meant.intent == "request" and (meant.confidence >= CLEAR or meant.place.said)
    if found.name not in CERTAIN and (meant.intent not in ASKS_NOTHING or asks or meant.in_a_part):
        return None
    return context.say(f"small.{found.name}")
