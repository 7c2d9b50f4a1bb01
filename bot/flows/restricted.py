"""What only the discipline staff can say: which restricted matters wait, and the words of one; every look is logged."""

from bot.errors import NotFound
from bot.flows.desk import Desk


def restricted(desk: Desk, code: str | None, rest: str) -> str:
    """受限: the list, without words. 受限 CODE: the words, place and contact of one."""
    found = desk.restricted()
    if code is None:
        if not found:
            return desk.say("restricted.none")
        lines = "\n".join(desk.line(order) for order in found[:8])
        return desk.say("restricted.list", number=len(found), orders=lines)
    order = next((order for order in found if order.code == code), None)
    if order is None:
        raise NotFound("refused.no_such_order", code=code)
    return desk.say("restricted.one", line=desk.line(order), words=desk.restricted_words(order))
