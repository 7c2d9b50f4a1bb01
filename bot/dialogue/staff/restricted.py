"""Which restricted matters wait, and the words of one: for the discipline staff, and in danger to life for who is on duty; every
look is logged."""

from collections.abc import Sequence

from bot.dialogue.choosing import pages
from bot.dialogue.choosing.pages import Position
from bot.dialogue.context import Context
from bot.dialogue.staff.words import said
from bot.orders.order import Order
from bot.orders.restricted import READERS

WAITING = "restricted"
"""The list's name in the session."""


def restricted(context: Context, code: str | None, rest: str) -> str:
    """受限: the list, without words, in pages. 受限 CODE: the words, place and contact of one. 受限 CODE 记录: who looked, for the discipline
    staff alone."""
    if code is None:
        found = context.restricted.waiting()
        if not found:
            return context.say("restricted.none")
        key = "list" if context.me.rights.holds(READERS) else "list_duty"
        return context.say(f"restricted.{key}", number=len(found), orders=_page(context, found))
    if rest.strip() == context.say("restricted.views_word"):
        views = context.restricted.views(context.restricted.one(code))
        return context.say("restricted.views", code=code, views=views or context.say("restricted.no_views"))
    order = context.restricted.one(code, on_duty=True)
    return context.say("restricted.one", line=context.wording.line(order), words=context.restricted.words(order))


def natural(context: Context) -> str | None:
    """有没有新的举报, asked by the discipline staff: the list."""
    if not context.me.rights.holds(READERS) or said.found(context, "reports") is None:
        return None
    context.outcome.taken = True  # asking for reports is none
    return restricted(context, None, "")


def further(context: Context, after: Position) -> str | None:
    """更多 behind 受限."""
    found = context.restricted.waiting(after)
    return context.say("lists.next", words="") + "\n" + _page(context, found) if found else None


def _page(context: Context, found: Sequence[Order]) -> str:
    return pages.page(context, WAITING, found, _position, context.wording.line)


def _position(order: Order) -> Position:
    return [order.urgency, order.limit_at.isoformat(), order.id]
