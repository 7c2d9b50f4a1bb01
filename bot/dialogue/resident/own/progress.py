"""How the speaker's own orders stand, what is added to one, and why one is kept."""

from collections.abc import Sequence

from bot.dialogue import relay
from bot.dialogue.choosing import pages
from bot.dialogue.choosing.choose_order import choose
from bot.dialogue.choosing.pages import Position
from bot.dialogue.context import Context
from bot.dialogue.resident import about, further_words
from bot.errors import NotFound, Spoken
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
            return about.answered("far", context, plain[0])
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
