"""Reads when somebody wants something done, and how long somebody helped; when something happened, and how long it has lasted,
is no such time."""

import re

from bot.understanding.extract.moment import is_possible
from bot.understanding.extract.numerals import to_digits
from bot.understanding.extract.people.phone import phones
from bot.understanding.lexicon import Rules
from bot.understanding.normalize import Plain

_RULES = Rules("time")
_SERVICE = Rules("service_time")
BESIDE = "\ue000"
"""Stands for a character of a telephone number."""
_CLAUSE = re.compile(rf"[,，。!！?？;；\n{BESIDE}]")
_LEAD, _NEAR = 14, 120
"""So many characters before a time belong to it at most, and so many behind it are looked at."""
_SHORT = 4
"""A time with so little behind it in its clause is spoken on in the next one (周六，来修吧)."""
HALF = 30  # minutes


def find_when(plain: Plain) -> str | None:
    """The words that say when it is wanted, as they were said; None where there are none."""
    text = _without_numbers(plain.text)
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


def _without_numbers(text: str) -> str:
    """The text with a sign in place of each character of a telephone number: what stands beside one belongs to it."""
    for phone in phones(text):
        start, end = phone.span
        text = text[:start] + BESIDE * (end - start) + text[end:]
    return text


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
    beside = not (before.strip() or after.strip()) and _stands_beside_number(text, found)
    alone = len(text) - len(said) <= 2 or bool(_RULES.until.search(said)) or beside
    return not past and (alone or bool(asked))


def _stands_beside_number(text: str, found: re.Match[str]) -> bool:
    """Whether a telephone number stands right before or behind a time that is a clause of its own."""
    marks = " ,，。;；、"
    return text[: found.start()].rstrip(marks).endswith(BESIDE) or text[found.end() :].lstrip(marks).startswith(BESIDE)


def minutes_spent(text: str) -> int | None:
    """Minutes of help, as they are said with the work's end; None where nothing is said of it, or nothing that can be true."""
    found = _SERVICE.spent.search(text)
    if found is None:
        return None
    try:
        number = HALF if found["half"] else int(to_digits(found["minutes"] or "0"))
        if found["hours"]:
            number = round(float(to_digits(found["hours"])) * 60) + (HALF if found["more"] or found["rest"] else 0)
    except ValueError:
        return None
    return number if 0 < number <= _SERVICE.words["longest"] else None
