"""What natural words amount to: the command that an intent stands for."""

from bot.dialogue.context import Context
from bot.dialogue.handlers import HANDLERS
from bot.errors import NotFound

COMMANDS = {
    "progress": "progress", "withdraw": "withdraw", "rate_good": "satisfied", "rate_bad": "dissatisfied",
    "human": "human", "help": "help", "privacy": "privacy", "ack": "ack", "accept": "accept", "decline": "decline",
    "finish": "finish", "append": "append",
}  # fmt: skip
SAYS_WHY = frozenset({"withdraw", "rate_bad", "decline", "finish", "append"})


def do(context: Context, intent: str) -> str:
    """As if the command had been typed. Natural words carry their own reason; 收到 and the like carry none.
    NotFound for an acknowledgement that the words deny."""
    if intent == "ack" and context.reader.matches("acknowledge_not", "other", context.meant):
        raise NotFound("broadcast.none_open")
    rest = context.meant.text if context.meant.intent in SAYS_WHY else ""
    return HANDLERS[COMMANDS[intent]](context, None, rest)
