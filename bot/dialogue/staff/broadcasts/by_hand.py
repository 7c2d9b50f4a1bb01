"""Who has not acknowledged a broadcast; who was told, or is at a meeting, by hand."""

from bot.dialogue.context import Context
from bot.errors import NotAllowed, NotFound
from bot.understanding.normalize import simplify


def unanswered(context: Context, number: int) -> str | None:
    """The names of who has not acknowledged, for the author once the rounds are through; None before and for all others."""
    try:
        found = context.broadcasts.unanswered(number)
    except (NotAllowed, NotFound):
        return None
    left = [each.name for each in found if not each.is_told]
    told = [each.name for each in found if each.is_told]
    if not found:
        return context.say("broadcast.all_answered", number=number)
    by_hand = context.say("broadcast.unanswered_told", names="、".join(told)) if told else ""
    if not left:
        return context.say("broadcast.nobody_left", number=number, told=by_hand)
    return context.say("broadcast.unanswered", number=number, count=len(left), names="、".join(left), told=by_hand)


def told_by_hand(context: Context, how: str, words: str) -> str | None:
    """Records that the named ones were told by hand; None where the words name nobody who has not acknowledged."""
    names = context.broadcasts.names_in(simplify(words).text)
    for each in context.broadcasts.mine() if names else ():
        if each.state != "sent":
            continue
        try:
            left = [one for one in context.broadcasts.unanswered(each.number) if one.name in names]
        except (NotAllowed, NotFound):
            continue
        if not left:
            continue
        ways = context.broadcasts.way_words()
        for one in left:
            context.broadcasts.told_by_hand(each.number, one.person_id, ways.get(how, "call"))
        context.outcome.taken = True
        return context.say("broadcast.told_by_hand", number=each.number, names="、".join(one.name for one in left))
    return None


def signed_in(context: Context, words: str) -> str | None:
    """帮王强签到: who is at the speaker's meeting without a telephone; None where the words name nobody who is called to one."""
    names = context.broadcasts.names_in(simplify(words).text)
    refused: NotAllowed | None = None
    for each in context.broadcasts.mine() if names else ():
        there = [one for one in context.broadcasts.not_there(each.number) if one[1] in names]
        try:
            for person_id, _ in there:
                context.broadcasts.sign_in_by_hand(each.number, person_id)
        except NotAllowed as early:  # another one may be today
            refused = refused or early
            continue
        if there:
            context.outcome.taken = True
            return context.say(
                "broadcast.signed_in_by_hand", number=each.number, names="、".join(name for _, name in there)
            )
    if refused is not None:
        raise refused
    return None
