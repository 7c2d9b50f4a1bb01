"""What everybody can say about the service itself."""

from bot.dialogue.context import Desk
from bot.dialogue.resident import requests
from bot.errors import NotUnderstood


def help_(desk: Desk, code: str | None, rest: str) -> str:
    """What one can say, with examples, by what the person is."""
    parts = [desk.say("help.resident")]
    if "member" in desk.me.roles:
        parts.append(desk.say("help.member"))
    if desk.me.roles & {"staff", "admin"}:
        parts.append(desk.say("help.staff"))
    if "admin" in desk.me.roles:
        parts.append(desk.say("help.admin"))
    if "discipline" in desk.me.roles:
        parts.append(desk.say("help.discipline"))
    return "\n".join(parts)


def human(desk: Desk, code: str | None, rest: str) -> str:
    """Puts the conversation before staff: with the matter at hand, or as an order of its own."""
    desk.session.settle()
    order = desk.focus()
    if order is None or order.state == "closed":
        order = desk.place(desk.meant)
        desk.session.order_id, desk.session.order_at = order.id, desk.now
        return desk.say("human.placed", code=order.code)
    desk.act(order, "append", desk.say("human.note", text=desk.meant.text))
    return desk.say("human.told", code=order.code)


def privacy(desk: Desk, code: str | None, rest: str) -> str:
    return desk.say("privacy.notice")


def forget_me(desk: Desk, code: str | None, rest: str) -> str:
    """Asks for deletion: an order of its own for who is responsible for personal data."""
    order = desk.place(desk.meant)
    return desk.say("privacy.asked", code=order.code)


def bind(desk: Desk, code: str | None, rest: str) -> str:
    given = (code or "") + rest
    if not given.strip():
        raise NotUnderstood("bind.how")
    return desk.bind(given.strip())


def cancel(desk: Desk, code: str | None, rest: str) -> str:
    pending, order = desk.session.asked is not None, desk.focus()
    desk.session.settle()
    desk.session.data.clear()
    if order is not None and order.lane == "restricted" and desk.session.order_id is not None:
        desk.session.order_id = desk.session.order_at = None
        return desk.say("chat.another_matter")
    return desk.say("chat.cancelled" if pending else "chat.nothing_pending")


def skip(desk: Desk, code: str | None, rest: str) -> str:
    order = desk.focus()
    if order is None:
        return desk.say("chat.nothing_asked")
    return desk.say("order.skipped") + requests.next_question(desk, order)


def more(desk: Desk, code: str | None, rest: str) -> str:
    """The rest of a reply that was too long for the platform."""
    return str(desk.session.data.pop("rest", "")) or desk.say("chat.no_more")
