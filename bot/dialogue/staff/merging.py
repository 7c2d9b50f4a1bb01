"""Orders about the same matter become one."""

from bot.dialogue.choosing.choose_order import choose
from bot.dialogue.context import Context
from bot.errors import NotAllowed, NotUnderstood
from bot.orders.order import Order
from bot.orders.restricted import is_restricted


def merge(context: Context, code: str | None, rest: str) -> str:
    """The first order is closed as the same matter as the second; its resident keeps an own receipt.

    Without the second number it goes to the one it was offered with, without any to the only one offered so.
    """
    other = context.meant.command.other if context.meant.command else None
    order = context.orders.by_code(code) if code else choose(context, "merge", None)
    if other is None and (same := context.alike.first(order)) is not None:
        other = same.code
    if other is None or other == order.code:
        raise NotUnderstood("staff.merge_how")
    return merge_into(context, order, context.orders.by_code(other))


def merge_into(context: Context, order: Order, into: Order) -> str:
    """As `merge`, with both orders known."""
    if is_restricted(into):
        raise NotAllowed("refused.restricted", code=into.code)
    if into.state == "closed":
        raise NotAllowed("refused.merged_away", code=into.code)
    key = "merge_note_alone" if into.excludes else "merge_note"  # its code is not for everybody who reads this note
    context.actions.perform(order, "merge", context.say(f"staff.{key}", code=into.code), merged_into_id=into.id)
    return context.wording.told("staff.merged", order, other=into.code)


def repeated(context: Context, code: str | None, rest: str) -> str:
    """What comes up at one place again and again, so that its cause can be mended."""
    found = context.alike.repeated()
    if not found:
        return context.say("staff.none_repeated")
    lines = [context.say("staff.repeated_line", place=f.place, what=f.category, number=f.number) for f in found]
    return context.say("staff.repeated", places="\n".join(lines))
