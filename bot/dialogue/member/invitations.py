"""What a volunteer can say: invited, never assigned; free to decline."""

from bot.dialogue.choose_order import choose
from bot.dialogue.context import Desk, Order
from bot.errors import NotAllowed


def wishes(desk: Desk, code: str | None, rest: str) -> str:
    """Invitations and open wishes: category, community and need; no name, no contact."""
    found = desk.wishes()
    if not found:
        return desk.say("member.no_wishes")
    return desk.say("member.wishes", orders="\n".join(_need(desk, order) for order in found))


def _need(desk: Desk, order: Order) -> str:
    key = "member.invited_line" if order.state == "offered" else "member.open_line"
    area = order.community or desk.say("order.no_place")
    return desk.say(key, code=order.code, what=desk.category(order), area=area, text=desk.need(order))


def accept(desk: Desk, code: str | None, rest: str) -> str:
    """Accept an invitation or claim an open order; exactly one of any number wins."""
    order = choose(desk, "accept", code)
    if order.handler_id == desk.me.id and order.state == "accepted":
        return desk.say("member.already_yours", code=order.code)
    if order.state not in ("open", "offered"):
        raise NotAllowed(f"refused.state.{order.state}", code=order.code)
    order = desk.act(order, "claim" if order.state == "open" else "accept")
    return desk.say("member.accepted", **_full(desk, order))


def _full(desk: Desk, order: Order) -> dict[str, str]:
    return {"code": order.code, "text": order.text, **desk.details(order)}


def decline(desk: Desk, code: str | None, rest: str) -> str:
    order = desk.act(choose(desk, "decline", code), "decline", rest or None)
    return desk.say("member.declined", code=order.code)


def give_back(desk: Desk, code: str | None, rest: str) -> str:
    order = desk.act(choose(desk, "return", code), "return", rest or None)
    return desk.say("member.returned", code=order.code)


def finish(desk: Desk, code: str | None, rest: str) -> str:
    order = desk.act(choose(desk, "finish", code), "finish", rest or None)
    return desk.say("member.finished", code=order.code)


def my_orders(desk: Desk, code: str | None, rest: str) -> str:
    """What I have in hand, with place and contact; every look is logged."""
    found = desk.in_hand()
    if not found:
        return desk.say("member.none_in_hand")
    return desk.say("member.in_hand", orders="\n".join(desk.say("member.full", **_full(desk, o)) for o in found))


def rest(desk: Desk, code: str | None, rest: str) -> str:
    desk.rest(True)
    return desk.say("member.resting")


def on_duty(desk: Desk, code: str | None, rest: str) -> str:
    desk.rest(False)
    return desk.say("member.on_duty")


def acknowledge(desk: Desk, code: str | None, rest: str) -> str:
    """收到: the newest reminder, or the one named by its number; counted once."""
    digits = "".join(ch for ch in (code or rest) if ch.isdigit())
    number, first = desk.acknowledge(int(digits) if digits else None)
    said = desk.say("member.acked" if first else "member.acked_before", number=number)
    return said + "\n" + desk.reminder(number)


def refuse_over_limit(in_hand: int, limit: int) -> None:
    """At most `limit` orders in hand at a time."""
    if in_hand >= limit:
        raise NotAllowed("refused.enough", limit=limit)
