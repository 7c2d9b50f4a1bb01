"""Open wishes that a volunteer may take."""

from collections.abc import Sequence

from bot.dialogue.choosing import pages
from bot.dialogue.choosing.pages import Position
from bot.dialogue.context import Context
from bot.orders.order import Order

WISHES = "wishes"
"""The list's name in the session."""
LISTED = 20
"""So many open wishes are looked for at a time."""


def wishes(context: Context, code: str | None, rest: str) -> str:
    """Invitations and open wishes: category, community and need; no name, no contact."""
    found = context.orders.wishes()
    if not found:
        return context.say("member.no_wishes")
    return context.say("member.wishes", orders=_page(context, found))


def further(context: Context, after: Position) -> str | None:
    """更多 behind 待接."""
    found = context.orders.wishes(after=(str(after[0]), int(after[1])))
    return context.say("lists.next", words="") + "\n" + _page(context, found) if found else None


def _page(context: Context, found: Sequence[Order]) -> str:
    return pages.page(
        context, WISHES, found, lambda order: [order.state, order.id], lambda order: need_of(context, order), LISTED
    )


def need_of(context: Context, order: Order) -> str:
    key = "member.invited_line" if order.state == "offered" else "member.open_line"
    return context.say(key, code=order.code, about=context.wording.about(order), text=context.wording.need(order))
