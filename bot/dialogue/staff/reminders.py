"""Reminders in the chat: written step by step, approved by somebody else, watched by the author."""

import re

from bot.dialogue.context import Context
from bot.dialogue.staff import broadcast_draft
from bot.dialogue.staff.words import said


def remind(context: Context, code: str | None, rest: str) -> str:
    draft: broadcast_draft.Draft = {}
    return _go_on(context, draft, broadcast_draft.start(context, rest, draft))


def natural(context: Context) -> str | None:
    """给全体党员发个提醒：…: a reminder written in one sentence."""
    found = said.in_raw(context, "broadcast") or _notify(context)
    if found is None:
        return None
    draft: broadcast_draft.Draft = {}
    return _go_on(context, draft, broadcast_draft.whole(context, found["audience"], found["text"], draft))


def _notify(context: Context) -> re.Match[str] | None:
    """通知王强和赵敏明天来开会: to people of the roster; who else is to be told something is no audience."""
    found = said.in_raw(context, "notify")
    return found if found is not None and broadcast_draft.is_audience(context, found["audience"]) else None


def answer(context: Context) -> str | None:
    """The answer to the draft's question."""
    draft = dict(context.session.question)
    return _go_on(context, draft, broadcast_draft.answer(context, context.meant.text, draft))


def _go_on(context: Context, draft: broadcast_draft.Draft, reply: str) -> str:
    context.outcome.taken = True  # a text for many, which somebody else reads before it goes out, is nobody's report
    if draft:
        context.session.ask("broadcast", context.now, **draft)
    else:
        context.session.settle()
    return reply


def approve(context: Context, code: str | None, rest: str) -> str:
    return broadcast_draft.approve(context, code or rest or only_one(context))


def reject(context: Context, code: str | None, rest: str) -> str:
    numbered = f"{code or ''} {rest}".strip()
    return broadcast_draft.reject(context, numbered if numbered[:1].isdigit() else f"{only_one(context)} {rest}")


def named(context: Context, words: str) -> bool:
    """Whether the words begin with the number of a broadcast that waits for this person's approval."""
    number = words.split(maxsplit=1)[0] if words.strip() else ""
    return any(each.kind == "approval" and each.number == number for each in context.waiting.items())


def only_one(context: Context) -> str:
    """The number of the broadcast that waits for this person's approval; empty where none waits, or several do."""
    waits = [each.number for each in context.waiting.items() if each.kind == "approval"]
    return waits[0] if len(waits) == 1 else ""


def report(context: Context, code: str | None, rest: str) -> str:
    return broadcast_draft.report(context, code or rest)
