"""What only the discipline staff can say: which restricted matters wait, and the words of one; every look is logged."""

from bot.dialogue.context import Desk


def restricted(desk: Desk, code: str | None, rest: str) -> str:
    """受限: the list, without words. 受限 CODE: the words, place and contact of one. 受限 CODE 记录: who looked."""
    if code is None:
        found = desk.restricted()
        if not found:
            return desk.say("restricted.none")
        lines = "\n".join(desk.line(order) for order in found[:8])
        return desk.say("restricted.list", number=len(found), orders=lines)
    order = desk.restricted_one(code)
    if rest.strip() == desk.say("restricted.views_word"):
        return desk.say(
            "restricted.views", code=code, views=desk.restricted_views(order) or desk.say("restricted.no_views")
        )
    return desk.say("restricted.one", line=desk.line(order), words=desk.restricted_words(order))
