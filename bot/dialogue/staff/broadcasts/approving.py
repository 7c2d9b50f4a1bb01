"""Approving or returning what others wrote, in the chat."""

from bot.broadcasts.life import State
from bot.dialogue.context import Context
from bot.dialogue.resident import general
from bot.dialogue.staff.broadcasts import previewing
from bot.dialogue.staff.broadcasts.words import numbered
from bot.errors import NotUnderstood

BEGINNING = 20  # characters by which the rest of a text is known


def approve(context: Context, code: str | None, rest: str) -> str:
    """同意, 批准 N: of the text that the speaker has read; who has not, or not of late, is shown it first."""
    number, _ = numbered(code or rest or only_one(context), "approve")
    _speaks_of_text(context)
    if context.broadcasts.is_to_be_read(number):
        key = "broadcast.changed_since" if context.broadcasts.is_newer(number) else "broadcast.read_first"
        return context.say(key, number=number) + "\n" + shown(context, number)
    if _is_cut(context, number):
        return context.say("broadcast.read_rest", number=number) + "\n" + general.more(context, None, "")
    context.broadcasts.approve(number)
    seen = context.broadcasts.progress(number)
    if seen.state == State.REVIEW:
        return context.say(
            "broadcast.approved_first", number=number, people=seen.recipients, names="、".join(seen.approvers)
        )
    missed = previewing.unreached(context, context.broadcasts.not_reached(number))
    key = "broadcast.approved_for_later" if seen.state == State.SCHEDULED else "broadcast.approved"
    both = context.say("broadcast.approved_by", names="、".join(seen.approvers)) if len(seen.approvers) > 1 else ""
    return context.say(key, number=number, people=seen.recipients, unreached=missed, both=both)


def _is_cut(context: Context, number: int) -> bool:
    """Whether the text was longer than one reply, and its rest was not asked for."""
    rest = str(context.session.data.get("rest", ""))[:BEGINNING]
    return bool(rest) and rest in context.broadcasts.progress(number).body


def reject(context: Context, code: str | None, rest: str) -> str:
    """退回 原因, 不批准 N 原因; the author reads the reason, so there must be one."""
    words = f"{code or ''} {rest}".strip()
    number, note = numbered(words if words[:1].isdigit() else f"{only_one(context)} {rest}", "reject")
    if not note:
        raise NotUnderstood("broadcast.why", number=number)
    _speaks_of_text(context)
    context.broadcasts.reject(number, note)
    return context.say("broadcast.rejected", number=number)


def _speaks_of_text(context: Context) -> None:
    """What an approver says of a text is no report (购物卡也要写进去), unless it tells what somebody does."""
    context.outcome.taken |= context.reader.tells_of_nobody(context.meant.text, of_text=True)


def shown(context: Context, number: int) -> str:
    """什么内容, 谁写的, 发给谁: what waits for approval."""
    seen = context.broadcasts.progress(number)
    context.broadcasts.show(number)
    return context.say(
        "broadcast.to_approve", number=number, title=seen.title, body=seen.body, who=seen.author, people=seen.recipients,
        mass=context.broadcasts.mass_line(number),
    )  # fmt: skip


def named(context: Context, words: str) -> bool:
    """Whether the words begin with the number of a broadcast that waits for this person's approval."""
    number = words.split(maxsplit=1)[0] if words.strip() else ""
    return any(each.kind == "approval" and each.number == number for each in context.waiting.items())


def only_one(context: Context) -> str:
    """The number of the broadcast that waits for this person's approval; of several the one whose text was shown after all of
    them had come. Empty where there is no such one."""
    waits = [each for each in context.waiting.items() if each.kind == "approval"]
    if len(waits) == 1:
        return waits[0].number
    number, at = context.broadcasts.shown_last() or ("", context.now)
    is_last = any(each.number == number for each in waits) and all(each.at <= at for each in waits)
    return number if is_last else ""
