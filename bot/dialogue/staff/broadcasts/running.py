"""Watching broadcasts in the chat: how far they are; stop, go on, take back; who has not acknowledged, and who was told by hand."""

from bot.broadcasts.life import NOT_APPROVED
from bot.dialogue.context import Context
from bot.dialogue.interface.broadcast import NotReached, Progress
from bot.dialogue.member import broadcasts as received
from bot.dialogue.staff.broadcasts import approving, handing_over
from bot.dialogue.staff.broadcasts.words import NUMBERED, match, numbered, raw
from bot.errors import NotAllowed, NotFound
from bot.understanding.normalize import simplify

STAFF = frozenset({"staff", "admin", "discipline"})


def report(context: Context, code: str | None, rest: str) -> str:
    """查看提醒: one's own that are not over. 查看提醒 N: how far that one is; to its recipients its whole text."""
    words = code or rest
    if not words.strip():
        return mine(context) if context.me.roles & STAFF else received.listed(context, None, "")
    number, _ = numbered(words, "report")
    try:
        return _whole(context, context.broadcasts.progress(number))
    except NotAllowed:
        if context.received.one(number) is None:
            raise
        return received.whole(context, number)


def mine(context: Context) -> str:
    """A line for each broadcast that the speaker wrote."""
    found = context.broadcasts.mine()
    if not found:
        return context.say("broadcast.none_of_mine")
    return context.say("broadcast.mine", lines="\n".join(_line(context, each) for each in found))


def _line(context: Context, seen: Progress) -> str:
    return context.say(
        "broadcast.mine_line", number=seen.number, title=seen.title, state=_state(context, seen),
        recipients=seen.recipients, sent=seen.sent, acked=seen.acked,
    )  # fmt: skip


def _state(context: Context, seen: Progress) -> str:
    return context.say(f"broadcast.state.{seen.state}")


def _whole(context: Context, seen: Progress) -> str:
    missed = context.broadcasts.not_reached(seen.number) if seen.state in NOT_APPROVED else _unbound(seen)
    approvers = context.say("broadcast.approved_in", names="、".join(seen.approvers)) if seen.approvers else ""
    return context.say(
        "broadcast.report", number=seen.number, title=seen.title, state=_state(context, seen), approvers=approvers,
        recipients=seen.recipients, sent=seen.sent, delivered=seen.delivered, waiting=seen.waiting, failed=seen.failed,
        acked=seen.acked, unreached=handing_over.unreached(context, missed),
    )  # fmt: skip


def _unbound(seen: Progress) -> list[NotReached]:
    return [NotReached(handing_over.FIRST_REASON, seen.unbound, ())] if seen.unbound else []


def natural(context: Context) -> str | None:
    """提醒发得怎么样了, 王强已经打电话说了: the words about what goes out already."""
    for pattern in ("told", "told_after"):
        told = match(pattern, context, context.meant.text)
        said = _told(context, told["how"], raw(told, "names", context.meant.text)) if told is not None else None
        if said is not None:
            return said
    there = match("signed_in", context, context.meant.text)
    said = _signed_in(context, raw(there, "names", context.meant.text)) if there is not None else None
    if said is not None:
        return said
    if match("self_approved", context, context.meant.text) is not None and context.broadcasts.mine():
        return context.say("broadcast.own")
    agreed = match("agreed", context, context.meant.text)
    if agreed is not None:  # of one that waits for this person's approval it was an answer
        return approving.approve(context, None, agreed["number"])
    going = match("going", context, context.meant.text)
    return mine(context) if going is not None else None


def pause(context: Context, code: str | None, rest: str) -> str:
    """暂停提醒 N."""
    number = _only(context, rest, "pause")
    context.broadcasts.pause(number)
    return context.say("broadcast.paused", number=number)


def resume(context: Context, code: str | None, rest: str) -> str:
    """继续提醒 N."""
    number = _only(context, rest, "resume")
    state = context.broadcasts.resume(number)
    return context.say("broadcast.resumed", number=number, state=context.say(f"broadcast.state.{state}"))


def recall(context: Context, code: str | None, rest: str) -> str:
    """撤回提醒 N, with words of correction for those who have it already."""
    found = NUMBERED.fullmatch(rest)
    number = int(found[1]) if found is not None else _only(context, rest, "recall")
    words = found[2].strip() if found is not None else ""
    told = context.broadcasts.recall(number, words)
    key = "broadcast.recalled_told" if told else "broadcast.recalled"
    return context.say(key, number=number, told=told)


def _only(context: Context, rest: str, command: str) -> int:
    """The broadcast that the words name, or the only one of the speaker's that is under way."""
    if not rest.strip():
        under_way = [each.number for each in context.broadcasts.mine() if each.state in UNDER_WAY[command]]
        if len(under_way) == 1:
            return under_way[0]
    return numbered(rest, command)[0]


UNDER_WAY = {
    "pause": ("scheduled", "sending"), "resume": ("paused",), "recall": ("review", "scheduled", "sending", "paused"),
}  # fmt: skip


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


def _told(context: Context, how: str, words: str) -> str | None:
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


def _signed_in(context: Context, words: str) -> str | None:
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
