"""What a linear classifier uses in a short text: its characters by themselves and in pairs, and how it begins and ends."""

import re
from operator import add

_APART = re.compile(r"[^\w\s]+")
_SPACE = re.compile(r"\s+")
GAP = "_"
"""Stands for any character within a pair."""


def joined(text: str) -> str:
    """Marks become one bar, spaces go: people type them anywhere."""
    return _APART.sub("|", _SPACE.sub("", text))


def ngrams(text: str) -> set[str]:
    """Characters, pairs of characters, pairs with one or two characters between them, opening and ending of a joined text."""
    found: set[str] = set()
    for part in text.split("|"):
        found.update(part)
        found.update(map(add, part, part[1:]))
        found.update(map(f"{{}}{GAP}{{}}".format, part, part[2:]))
        found.update(map(f"{{}}{GAP}{GAP}{{}}".format, part, part[3:]))
    whole = text.strip("|")
    found.update((f"^{whole[:2]}", f"{whole[-1:]}$", f"{whole[-2:]}$"))
    return found
