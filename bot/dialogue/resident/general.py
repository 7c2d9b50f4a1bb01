"""What everybody can say about the service itself."""

from bot.dialogue.context import Context
from bot.dialogue.resident import emergency, further_words, receipts, requests
from bot.dialogue.resident.own import withdrawing
from bot.errors import NotUnderstood
from bot.orders.restricted import is_restricted


def help_(context: Context, code: str | None, rest: str) -> str:
    """What one can say, with examples, by what the person is."""
    parts = [context.say("help.resident")]
    if "member" in context.me.roles:
        parts.append(context.say("help.member"))
    if context.me.roles & {"staff", "admin"}:
        parts.append(context.say("help.staff"))
    if "admin" in context.me.roles:
        parts.append(context.say("help.admin"))
    if "discipline" in context.me.roles:
        parts.append(context.say("help.discipline"))
    return "\n".join(parts)


def human(context: Context, code: str | None, rest: str) -> str:
    """Puts the conversation before staff: with the matter at hand, or as an order of its own."""
    if not context.session.is_alarmed:
        context.session.settle()
    order = context.orders.focus()
    if order is None or order.state == "closed":
        order = context.actions.place(context.meant)
        context.talk_about(order)
        context.actions.hand_over(order, "asked")
        told = context.say("human.placed", code=order.code) + receipts.after_hours(context)
        return requests.first_of_all(context, order) or told
    context.actions.perform(order, "append", context.say("human.note", text=context.meant.text))
    context.actions.hand_over(order, "asked")
    return requests.unless_alone(context, order, context.say("human.told", code=order.code))


def privacy(context: Context, code: str | None, rest: str) -> str:
    return context.say("privacy.notice")


def forget_me(context: Context, code: str | None, rest: str) -> str:
    """Asks for deletion: an order stands for it, and an administrator confirms it; asked again, it is the same one."""
    return context.deletion.waiting() or context.deletion.ask(context.actions.place(context.meant))


def bind(context: Context, code: str | None, rest: str) -> str:
    given = (code or "") + rest
    if not given.strip():
        raise NotUnderstood("bind.how")
    return context.account.bind(given.strip())


def cancel(context: Context, code: str | None, rest: str) -> str:
    pending, order = context.session.asked is not None, context.orders.focus()
    if order is not None and context.session.is_alarmed and order.state != "closed":
        if emergency.only_cancels(context):
            return context.say("safe.not_cancelled", code=order.code)
        if emergency.tells_end(context):
            return withdrawing.withdraw(context, order.code, context.meant.text)
        return further_words.add(context, order, context.meant.text)
    context.session.settle()
    context.session.data.clear()
    if order is not None and is_restricted(order) and context.session.order_id is not None:
        context.session.order_id = context.session.order_at = None
        return context.say("chat.another_matter")
    if not pending and not context.me.roles and context.orders.candidates("withdraw"):
        return withdrawing.withdraw(context, None, "")
    return context.say("chat.cancelled" if pending else "chat.nothing_pending")


def skip(context: Context, code: str | None, rest: str) -> str:
    order = context.orders.focus()
    if order is None:
        return context.say("chat.nothing_asked")
    return context.say("order.skipped") + requests.next_question(context, order)


def more(context: Context, code: str | None, rest: str) -> str:
    """The rest of a reply that was too long for the platform."""
    return str(context.session.data.pop("rest", "")) or context.say("chat.no_more")
