"""What only the discipline staff can say: which restricted matters wait, and the words of one; every look is logged."""

from bot.dialogue.context import Context


def restricted(context: Context, code: str | None, rest: str) -> str:
    """受限: the list, without words. 受限 CODE: the words, place and contact of one. 受限 CODE 记录: who looked."""
    if code is None:
        found = context.restricted.waiting()
        if not found:
            return context.say("restricted.none")
        lines = "\n".join(context.wording.line(order) for order in found[:8])
        return context.say("restricted.list", number=len(found), orders=lines)
    order = context.restricted.one(code)
    if rest.strip() == context.say("restricted.views_word"):
        return context.say(
            "restricted.views", code=code, views=context.restricted.views(order) or context.say("restricted.no_views")
        )
    return context.say("restricted.one", line=context.wording.line(order), words=context.restricted.words(order))
