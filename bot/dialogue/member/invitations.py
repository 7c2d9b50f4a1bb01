"""What a volunteer can say to an invitation: invited, never assigned; free to decline."""

from collections.abc import Sequence

from bot.dialogue import relay
from bot.dialogue.choosing.choose_order import choose
from bot.dialogue.context import Context
from bot.dialogue.member.orders_in_hand import full_card
from bot.dialogue.member.wishes import need_of
from bot.errors import NotAllowed, NotFound
from bot.orders.order import Order

KEPT = "for_resident"
"""Where the session keeps words for the resident of an invitation."""
MOST_KEPT = 3


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
    return context.say("member.accepted", **full_card(context, order)) + _pass_kept_on(context, order)


def keep_words(context: Context, order: Order) -> str:
    """What an invited person says for the resident before accepting: it is passed on with the yes."""
    words = [*_kept(context, order), context.meant.text]
    context.session.data[KEPT] = {"code": order.code, "words": words[-MOST_KEPT:], "when": order.wanted_when}
    return context.say("member.kept", order=need_of(context, order))


def _kept(context: Context, order: Order) -> list[str]:
    """The words that are kept about this order."""
    kept = context.session.data.get(KEPT, {"code": None, "words": []})
    return list(kept["words"]) if kept["code"] == order.code else []


def _pass_kept_on(context: Context, order: Order) -> str:
    """Passes the kept words on; a line that says so, or nothing. Words that were said to another time than the resident's present
    one are out of date: the helper hears that time instead."""
    words, was = _kept(context, order), context.session.data.get(KEPT, {}).get("when")
    if not words:
        return ""
    del context.session.data[KEPT]
    if order.wanted_when and order.wanted_when != was:
        return "\n" + context.say("member.kept_stale", when=order.wanted_when)
    return "\n" + relay.pass_on(context, order, "；".join(words))


def before_accepting(context: Context, codes: Sequence[str]) -> str:
    """What may be known of these invitations before one is accepted."""
    found = [context.orders.by_code(code) for code in codes]
    return context.say("member.before_accepting", orders="\n".join(need_of(context, order) for order in found))


def ask_again(context: Context, codes: Sequence[str]) -> str:
    """The invitations again, with what can be answered."""
    found = [context.orders.by_code(code) for code in codes]
    return context.say("member.ask_again", orders="\n".join(need_of(context, order) for order in found))


def decline(context: Context, code: str | None, rest: str) -> str:
    order = context.actions.perform(choose(context, "decline", code), "decline", rest or None)
    if _kept(context, order):
        del context.session.data[KEPT]
    return context.say("member.declined", code=order.code)
