"""What staff write about broadcasts, compared with the patterns of the locale ([broadcast.said])."""

import re

from bot.dialogue.context import Context
from bot.errors import NotUnderstood
from bot.understanding.normalize import simplify

NUMBERED = re.compile(r"\W*(\d{1,15})(?!\d)\W*(.*)", re.DOTALL)


def match(name: str, context: Context, text: str) -> re.Match[str] | None:
    """Where the pattern of this name fits the text; None where it does not."""
    return re.search(context.broadcasts.said(name), simplify(text).text.strip())


def raw(found: re.Match[str], group: str, text: str) -> str:
    """What stands in this group, as it was typed."""
    plain = simplify(text.strip())
    start, end = found.span(group)
    if start >= end:
        return ""
    left, right = plain.raw_span(start, end)
    return plain.raw[left:right].strip()


def numbered(rest: str, command: str) -> tuple[int, str]:
    """The number of a broadcast, and the words after it. NotUnderstood without one."""
    found = NUMBERED.fullmatch(rest)
    if found is None:
        raise NotUnderstood(f"broadcast.which_{command}")
    return int(found[1]), found[2].strip()
