"""Which restricted matters wait, and the words of one: for the discipline staff, and in danger to life for who is on duty; every
look is logged."""

from bot.dialogue.context import Context
from bot.orders.restricted import READERS


def restricted(context: Context, code: str | None, rest: str) -> str:
    """受限: the list, without words. 受限 CODE: the words, place and contact of one. 受限 CODE 记录: who looked, for the discipline
    staff alone."""
    if code is None:
        found = context.restricted.waiting()
        if not found:
            return context.say("restricted.none")
        lines = "\n".join(context.wording.line(order) for order in found[:8])
        key = "list" if context.me.rights.holds(READERS) else "list_duty"
        return context.say(f"restricted.{key}", number=len(found), orders=lines)
    if rest.strip() == context.say("restricted.views_word"):
        views = context.restricted.views(context.restricted.one(code))
        return context.say("restricted.views", code=code, views=views or context.say("restricted.no_views"))
    order = context.restricted.one(code, on_duty=True)
    return context.say("restricted.one", line=context.wording.line(order), words=context.restricted.words(order))
