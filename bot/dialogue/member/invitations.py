"""What a volunteer can say: invited, never assigned; free to decline."""

from collections.abc import Sequence

from bot.dialogue import relay
from bot.dialogue.choosing import pages
from bot.dialogue.choosing.choose_order import choose
from bot.dialogue.choosing.pages import Position
from bot.dialogue.context import Context
from bot.dialogue.staff.broadcasts import approving
from bot.errors import NotAllowed, NotFound
from bot.orders.order import Order
from bot.understanding.extract.time import minutes_spent

WISHES = "wishes"
"""The list's name in the session."""
LISTED = 20
"""So many open wishes are looked for at a time."""
KEPT = "for_resident"
"""Where the session keeps words for the resident of an invitation."""
MOST_KEPT = 3


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
        context, WISHES, found, lambda order: [order.state, order.id], lambda order: _need(context, order), LISTED
    )


def _need(context: Context, order: Order) -> str:
    key = "member.invited_line" if order.state == "offered" else "member.open_line"
    return context.say(key, code=order.code, about=context.wording.about(order), text=context.wording.need(order))


def accept(context: Context, code: str | None, rest: str) -> str:
    """Accept an invitation or claim an open order; exactly one of any number wins. Who guesses codes is stopped."""
    context.account.may_claim()
    try:
        order = choose(context, "accept", code)
    except NotFound:
        if code:
            context.account.missed_claim()
        raise
    if order.handler_id == context.me.id and order.state == "accepted":
        return context.say("member.already_yours", code=order.code)
    if order.state not in ("open", "offered"):
        raise NotAllowed(f"refused.state.{order.state}", code=order.code)
    order = context.actions.perform(order, "claim" if order.state == "open" else "accept")
    return context.say("member.accepted", **_full(context, order)) + _pass_kept_on(context, order)


def keep_words(context: Context, order: Order) -> str:
    """What an invited person says for the resident before accepting: it is passed on with the yes."""
    words = [*_kept(context, order), context.meant.text]
    context.session.data[KEPT] = {"code": order.code, "words": words[-MOST_KEPT:]}
    return context.say("member.kept", order=_need(context, order))


def _kept(context: Context, order: Order) -> list[str]:
    """The words that are kept about this order."""
    kept = context.session.data.get(KEPT, {"code": None, "words": []})
    return list(kept["words"]) if kept["code"] == order.code else []


def _pass_kept_on(context: Context, order: Order) -> str:
    """Passes the kept words on; a line that says so, or nothing."""
    words = _kept(context, order)
    if not words:
        return ""
    del context.session.data[KEPT]
    return "\n" + relay.pass_on(context, order, "；".join(words))


def _full(context: Context, order: Order) -> dict[str, str]:
    return {"code": order.code, "card": context.orders.card(order)}


def before_accepting(context: Context, codes: Sequence[str]) -> str:
    """What may be known of these invitations before one is accepted."""
    found = [context.orders.by_code(code) for code in codes]
    return context.say("member.before_accepting", orders="\n".join(_need(context, order) for order in found))


def ask_again(context: Context, codes: Sequence[str]) -> str:
    """The invitations again, with what can be answered."""
    found = [context.orders.by_code(code) for code in codes]
    return context.say("member.ask_again", orders="\n".join(_need(context, order) for order in found))


def decline(context: Context, code: str | None, rest: str) -> str:
    order = context.actions.perform(choose(context, "decline", code), "decline", rest or None)
    if _kept(context, order):
        del context.session.data[KEPT]
    return context.say("member.declined", code=order.code)


def give_back(context: Context, code: str | None, rest: str) -> str:
    """退单, 退回: of an order in hand; without any, of the broadcast that waits for this person's approval."""
    if code is None and (
        approving.named(context, rest) or (not context.orders.in_hand() and approving.only_one(context))
    ):
        return approving.reject(context, None, rest)
    order = context.actions.perform(choose(context, "return", code), "return", rest or None)
    return context.say("member.returned", code=order.code)


def finish(context: Context, code: str | None, rest: str) -> str:
    """完成 CODE note. How long it took counts once the resident has confirmed it."""
    minutes = minutes_spent(rest)
    order = context.actions.perform(choose(context, "finish", code), "finish", rest or None, served_minutes=minutes)
    return context.say("member.finished", code=order.code)


def my_orders(context: Context, code: str | None, rest: str) -> str:
    """What I have in hand, with place and contact; every look is logged."""
    found = context.orders.in_hand()
    if not found:
        return context.say("member.none_in_hand")
    return context.say(
        "member.in_hand", orders="\n".join(context.say("member.full", **_full(context, o)) for o in found)
    )


def rest(context: Context, code: str | None, rest: str) -> str:
    context.account.rest(True)
    return context.say("member.resting")


def on_duty(context: Context, code: str | None, rest: str) -> str:
    context.account.rest(False)
    return context.say("member.on_duty")


def refuse_over_limit(in_hand: int, limit: int) -> None:
    """At most `limit` orders in hand at a time."""
    if in_hand >= limit:
        raise NotAllowed("refused.enough", limit=limit)
