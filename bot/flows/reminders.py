"""Reminders in the chat: written step by step, approved by somebody else, watched by the author."""

from bot.flows import broadcasts
from bot.flows.desk import Desk


def remind(desk: Desk, code: str | None, rest: str) -> str:
    return _go_on(desk, broadcasts.start(desk, rest, _draft(desk)))


def answer(desk: Desk) -> str | None:
    """The answer to the draft's question; None where no reminder is being written."""
    if desk.session.asked != "broadcast" or not _draft(desk):
        return None
    return _go_on(desk, broadcasts.answer(desk, desk.meant.text, _draft(desk)))


def _draft(desk: Desk) -> broadcasts.Draft:
    draft: broadcasts.Draft = desk.session.data.setdefault("draft", {})
    return draft


def _go_on(desk: Desk, reply: str) -> str:
    if _draft(desk):
        desk.session.ask("broadcast", desk.now)
    else:
        desk.session.settle()
    return reply


def approve(desk: Desk, code: str | None, rest: str) -> str:
    return broadcasts.approve(desk, code or rest)


def reject(desk: Desk, code: str | None, rest: str) -> str:
    return broadcasts.reject(desk, f"{code or ''} {rest}")


def report(desk: Desk, code: str | None, rest: str) -> str:
    return broadcasts.report(desk, code or rest)
