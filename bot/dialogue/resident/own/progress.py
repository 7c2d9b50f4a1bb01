"""How the speaker's own orders stand."""

from collections.abc import Sequence

from bot.dialogue.choosing import pages
from bot.dialogue.choosing.pages import Position
from bot.dialogue.context import Context
from bot.dialogue.resident import about
from bot.errors import NotFound
from bot.orders.order import Order
from bot.orders.restricted import is_restricted

MINE = "mine"
"""The list's name in the session."""
LISTED = 20
"""So many of one's own orders are looked for at a time."""


def progress(context: Context, code: str | None, rest: str) -> str:
    """All my orders, or the story of one; natural words about the only one are answered with how far it is."""
    if code is None:
        mine = context.orders.mine()
        if not mine:
            raise NotFound("progress.none")
        plain = [order for order in mine if order.state != "closed" and not is_restricted(order)]
        if len(mine) == len(plain) == 1 and context.meant.command is None:
            return about.with_words(context, plain[0], about.answered("far", context, plain[0]))
        return context.say("progress.list", orders=_page(context, mine))
    order = context.orders.by_code(code)
    if not context.orders.may_read(order):
        raise NotFound("refused.no_such_order", code=code)
    if is_restricted(order):  # somebody else may hold the telephone
        return context.say("progress.restricted", code=order.code, state=context.say(f"state.{order.state}"))
    return context.say(
        "progress.one",
        told=context.say("progress.told_own" if order.person_id == context.me.id else "progress.told_other"),
        line=context.wording.line(order),
        text=context.wording.words(order),
        history="\n".join(context.wording.history(order)),
    )


def further(context: Context, after: Position) -> str | None:
    """更多 behind 进度: older ones."""
    found = context.orders.mine(before=int(after[0]))
    return context.say("lists.next", words="") + "\n" + _page(context, found) if found else None


def _page(context: Context, mine: Sequence[Order]) -> str:
    return pages.page(context, MINE, mine, lambda order: [order.id], context.wording.line, LISTED)
