"""Whom a broadcast is for, read from what staff write."""

import re

from bot.broadcasts.audience import parse
from bot.dialogue.context import Context
from bot.errors import NotUnderstood
from bot.understanding.normalize import simplify


def read(context: Context, text: str, kind: str) -> tuple[dict[str, list[str]], int]:
    """The parts of the audience, and how many persons fit it. NotUnderstood."""
    words, plain = context.broadcasts.audience_words(), simplify(text).text
    names = context.broadcasts.names_in(plain)
    found = parse(plain, context.reader.communities(), context.broadcasts.role_words(), words, names)
    number = context.broadcasts.count_audience(found, kind)
    if not number and "names" in found:  # 王强和赵敏; but 李和平 is one name
        found |= {"names": [part for name in found["names"] for part in re.split(words["and"], name) if part]}
        number = context.broadcasts.count_audience(found, kind)
    return found, number


def is_one(context: Context, text: str) -> bool:
    """Whether the text names people or groups of the roster and nothing else."""
    words, plain = context.broadcasts.audience_words(), simplify(text).text
    known = context.broadcasts.names_in(plain)
    try:
        found = parse(plain, context.reader.communities(), context.broadcasts.role_words(), words, known)
    except NotUnderstood:
        return False
    return set(found.get("names", ())) <= set(known)
