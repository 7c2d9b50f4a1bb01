"""Watching broadcasts in the chat: how far they are."""

from bot.broadcasts.life import NOT_APPROVED
from bot.dialogue.context import Context
from bot.dialogue.interface.broadcast import NotReached
from bot.dialogue.interface.under_way import Progress
from bot.dialogue.member import broadcasts as received
from bot.dialogue.staff.broadcasts import approving, previewing
from bot.dialogue.staff.broadcasts.by_hand import signed_in, told_by_hand
from bot.dialogue.staff.broadcasts.words import match, numbered, raw
from bot.errors import NotAllowed

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
        acked=seen.acked, unreached=previewing.unreached(context, missed),
    )  # fmt: skip


def _unbound(seen: Progress) -> list[NotReached]:
    return [NotReached(previewing.FIRST_REASON, seen.unbound, ())] if seen.unbound else []


def natural(context: Context) -> str | None:
    """提醒发得怎么样了, 王强已经打电话说了: the words about what goes out already."""
    for pattern in ("told", "told_after"):
        told = match(pattern, context, context.meant.text)
        said = told_by_hand(context, told["how"], raw(told, "names", context.meant.text)) if told is not None else None
        if said is not None:
            return said
    there = match("signed_in", context, context.meant.text)
    said = signed_in(context, raw(there, "names", context.meant.text)) if there is not None else None
    if said is not None:
        return said
    if match("self_approved", context, context.meant.text) is not None and context.broadcasts.mine():
        return context.say("broadcast.own")
    agreed = match("agreed", context, context.meant.text)
    if agreed is not None:  # of one that waits for this person's approval it was an answer
        return approving.approve(context, None, agreed["number"])
    going = match("going", context, context.meant.text)
    return mine(context) if going is not None else None
