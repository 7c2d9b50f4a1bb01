"""What is added to the speaker's own order, and why one is kept."""

from bot.dialogue import relay
from bot.dialogue.choosing.choose_order import choose
from bot.dialogue.context import Context
from bot.dialogue.resident import further_words
from bot.errors import Spoken


def append(context: Context, code: str | None, rest: str) -> str:
    """More about an order of mine."""
    order = choose(context, "append", code)
    if not rest.strip():
        context.talk_about(order)
        return context.say("order.append_what", code=order.code)
    said = relay.moved(context.with_meaning(context.reading_of(rest)), order)
    return said if said is not None else further_words.add(context, order, rest)


def keep_refused(context: Context, refused: Spoken) -> str:
    """What a resident says with a command that the order does not take in its state (不满意 before it is done) is added to the order, so
    that who works on it and the staff read it; the line that says so, empty where nothing was said or it is no order of the speaker's."""
    command, code = context.meant.command, refused.facts.get("code")
    if command is None or not command.rest.strip() or not code or not refused.key.startswith(OF_STATE):
        return ""
    order = context.orders.by_code(str(code))
    if order.person_id != context.me.id:
        return ""
    said = further_words.add(context, order, f"{command.words} {command.rest.strip()}")
    return f"\n{said}" if said else ""


OF_STATE = "refused.state."
