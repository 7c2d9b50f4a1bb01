"""What staff do with an order besides giving it to somebody: publish, refer, answer, ask, urge, correct."""

from bot.dialogue.choosing.choose_order import choose
from bot.dialogue.context import Context
from bot.errors import NotAllowed, NotFound, NotUnderstood
from bot.orders.order import Order
from bot.orders.restricted import is_restricted

IN_HAND = ("accepted", "done")  # somebody works on it, or has


def publish(context: Context, code: str | None, rest: str) -> str:
    order = _chosen(context, "publish", code)
    if not context.people.volunteers_allowed(order):
        raise NotAllowed("refused.not_to_publish", code=order.code, owner=context.wording.owner(order))
    order = context.actions.perform(order, "publish", ring=0 if order.community else 2)
    return context.say("staff.published", code=order.code)


def refer(context: Context, code: str | None, rest: str) -> str:
    return _with_reason(context, "refer", code, rest, "staff.referred")


def reject(context: Context, code: str | None, rest: str) -> str:
    return _with_reason(context, "reject", code, rest, "staff.rejected")


def ask(context: Context, code: str | None, rest: str) -> str:
    """Once somebody works on it, words go through 转告."""
    order = _chosen(context, "ask", code)
    if order.state in IN_HAND and not is_restricted(order):
        raise NotAllowed("refused.ask_in_hand", code=order.code)
    return _with_reason(context, "ask", order.code, rest, "staff.asked")


def explain(context: Context, code: str | None, rest: str) -> str:
    return _with_reason(context, "explain", code, rest, "staff.explained")


def unmet(context: Context, code: str | None, rest: str) -> str:
    return _with_reason(context, "unmet", code, rest, "staff.unmet")


def _chosen(context: Context, action: str, code: str | None) -> Order:
    """As `choose`; where nothing fits, staff hear what there is none of."""
    try:
        return choose(context, action, code)
    except NotFound as refused:
        if refused.key != "none_fits.any":
            raise
        raise NotFound(f"none_fits.{action}" if action in ("urge", "instruct") else "none_fits.invite") from None


def _with_reason(context: Context, action: str, code: str | None, rest: str, reply: str) -> str:
    """The resident reads the reason, so there must be one."""
    order = _chosen(context, action, code)
    try:
        if not rest.strip():
            raise NotUnderstood(f"staff.why.{action}", code=order.code)
        context.actions.perform(order, action, rest.strip())
    except NotUnderstood:  # also where all of the reason became a matter of its own
        context.session.ask("reason", context.now, command=action, code=order.code)
        raise
    aside = context.outcome.set_aside is not None
    reason = context.say("staff.set_aside") if aside else rest.strip()
    said = context.wording.told(reply, order, reason=reason)
    if is_restricted(order) and (action != "ask" or order.danger):
        said += "\n" + context.say("restricted.neutral")
    return said


def urge(context: Context, code: str | None, rest: str) -> str:
    order = context.actions.perform(_chosen(context, "urge", code), "urge", rest or None)
    return context.say("staff.urged", code=order.code)


def instruct(context: Context, code: str | None, rest: str) -> str:
    """Words for whoever has the order in hand."""
    order = _chosen(context, "instruct", code)
    context.actions.perform(order, "instruct", rest)
    if context.outcome.set_aside is not None:
        return context.say("relay.not_passed_on", code=order.code)
    return context.say("staff.instructed", code=order.code, who=context.wording.helper(order))


def recategorise(context: Context, code: str | None, rest: str) -> str:
    """Into another category. Out of the sealed box only once it is confirmed, since others deal with it from then on."""
    order = _chosen(context, "recategorise", code)
    words = rest.strip()
    if not words:
        context.session.ask("reason", context.now, command="recategorise", code=order.code)
        raise NotUnderstood("staff.why.recategorise", code=order.code)
    if not context.corrections.leaves_box(order, words):
        return _recategorised(context, order, words)
    context.session.ask("leave_box", context.now, code=order.code, words=words)
    return context.say("staff.leave_box", code=order.code, words=words)


def confirmed(context: Context) -> str | None:
    """确认, 确认归类 CODE: the answer to whether a matter leaves the box; None where this is none."""
    leave = context.session.question
    said = "".join(filter(str.isalnum, context.meant.folded))
    yes = context.say("staff.leave_box_yes").split("、")
    if said.removesuffix(leave["code"]) not in yes:
        return None
    context.session.settle()
    return _recategorised(context, context.orders.by_code(leave["code"]), leave["words"])


def _recategorised(context: Context, order: Order, words: str) -> str:
    order = context.corrections.recategorise(order, words)
    return context.say("staff.recategorised", code=order.code, what=context.wording.category(order))
