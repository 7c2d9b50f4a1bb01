"""Reads when somebody wants something done; when something happened, and how long it has lasted, is no such time."""

import re

from bot.understanding.extract.moment import is_possible
from bot.understanding.lexicon import Rules
from bot.understanding.normalize import Plain

_RULES = Rules("time")
_CLAUSE = re.compile(r"[,，。!！?？;；\n]")
_LEAD = 14
"""So many characters before a time belong to it at most."""
_NEAR = 120
"""So many characters behind a time are looked at."""
_SHORT = 4
"""A time with so little behind it in its clause is spoken on in the next one (周六，来修吧)."""


def find_when(plain: Plain) -> str | None:
    """The words that say when it is wanted, as they were said; None where there are none."""
    text = plain.text
    wanted = [found for found in _RULES.any.finditer(text) if _is_wanted(text, found) and is_possible(found.group())]
    if not wanted:
        return None
    exact = [found for found in wanted if found.lastgroup != "vague"]
    moved = [found for found in exact if _RULES.moved.search(text[max(found.start() - _LEAD, 0) : found.start()])]
    suits = next(
        (found for found in moved or exact if not _RULES.cannot.match(text, found.end())), (exact or wanted)[0]
    )
    start, end = plain.raw_span(*suits.span())
    return plain.raw[start:end].strip()


def _is_wanted(text: str, found: re.Match[str]) -> bool:
    """Whether the time lies ahead and something is to happen then."""
    before = _CLAUSE.split(text[max(found.start() - _LEAD, 0) : found.start()])[-1]
    rest = text[found.end() : found.end() + _NEAR]
    after = _CLAUSE.split(rest)[0]
    clause, said = f"{before} {after}", found.group()
    past = bool(_RULES.past.search(clause)) or bool(_RULES.since.search(before))
    match found.lastgroup:
        case "vague":
            return True
        case "soon":
            told = _RULES.told.search(before) and _RULES.in_vain.search(text)
            return not told and not (past and _RULES.later.search(said))
        case "part":
            return not past and bool(_RULES.come.search(clause)) and not _RULES.each.search(before)
    if _RULES.each_day.match(said):
        return not past and bool(_RULES.come.search(clause))
    asked = _RULES.wish.search(clause) or (len(after) <= _SHORT and _RULES.wish.search(rest[:_LEAD]))
    alone = len(text) - len(said) <= 2 or bool(_RULES.until.search(said))
    return not past and (alone or bool(asked))
