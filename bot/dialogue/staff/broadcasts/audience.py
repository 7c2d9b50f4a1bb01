"""Whom a broadcast is for, read from what staff write."""

import re

from bot.broadcasts.audience_words import parse
from bot.dialogue.context import Context
from bot.errors import NotUnderstood
from bot.understanding.normalize import simplify


def read(context: Context, text: str, kind: str) -> tuple[dict[str, list[str]], int]:
    """The parts of the audience, and how many persons fit it. NotUnderstood."""
    words, plain = context.broadcasts.audience_words(), simplify(text).text
    names = context.broadcasts.names_in(plain)
    found = parse(plain, context.reader.communities(), context.broadcasts.role_words(), words, names)
    if "names" in found:  # 王强和无此人: who is on the roster was found before, 李和平 too
        said = [[name] if name in names else re.split(words["and"], name) for name in found["names"]]
        found |= {"names": [name for each in said for name in each if name]}
    return found, context.broadcasts.count_audience(found, kind)


def is_one(context: Context, text: str) -> bool:
    """Whether the text names people or groups of the roster and nothing else."""
    words, plain = context.broadcasts.audience_words(), simplify(text).text
    known = context.broadcasts.names_in(plain)
    try:
        found = parse(plain, context.reader.communities(), context.broadcasts.role_words(), words, known)
    except NotUnderstood:
        return False
    return set(found.get("names", ())) <= set(known)
