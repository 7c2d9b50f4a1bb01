"""拆分: one message asked for two things, and part of its words becomes an order of its own."""

from bot.dialogue.choosing.choose_order import choose
from bot.dialogue.context import Context
from bot.dialogue.staff import taking_down
from bot.errors import NotUnderstood
from bot.orders.order import Order
from bot.orders.restricted import is_restricted


def split(context: Context, code: str | None, rest: str) -> str:
    """拆分 CODE text."""
    order = choose(context, "split", code)
    if not rest.strip():
        context.session.ask("reason", context.now, command="split", code=order.code)
        raise NotUnderstood("staff.why.split", code=order.code)
    return split_off(context, order, rest.strip())


def split_off(context: Context, order: Order, words: str, category: str | None = None) -> str:
    """The words become an order of the same resident; `category`: as staff chose it, None as the reader finds it. Danger hears
    whom to call first; what is restricted goes into the box and leaves no trace at the first order."""
    meant = context.reader.read(words)
    made = context.actions.split(order, meant, category)
    if is_restricted(made):
        done = context.say("staff.split_sealed", code=order.code)
        return f"{done}\n{taking_down.receipt(context, made, meant, done)}"
    what = context.wording.category(made)
    done = context.wording.told("staff.split", order, other=made.code, what=what)
    return taking_down.receipt(context, made, meant, done)
