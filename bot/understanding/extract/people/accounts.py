"""Finds what names or leads to a person besides telephone numbers: mail, accounts, number plates, codes of doors, positions."""

import re
from collections.abc import Iterator

from bot.understanding.extract.people.phone import in_digits
from bot.understanding.lexicon import Rules
from bot.understanding.normalize import Span

_RULES = Rules("accounts")


def reachable(text: str) -> Iterator[Span]:
    """Where mail addresses, names of accounts and oddly written numbers stand in a simplified text."""
    if not _RULES.hint.search(text):
        return
    spoken = in_digits(text)
    yield from _spans(text, _RULES.mail, _RULES.odd_mail, _RULES.loose_mobile, _RULES.certificate, _RULES.han_local)
    yield from _spans(text, _RULES.odd_handle, _RULES.disguised)
    yield from _spans(spoken, _RULES.disguised, _RULES.piece)
    yield from _spans(spoken, _RULES.handle, _RULES.qq, _RULES.parted)
    yield from ((found.start(found.lastindex or 0), found.end()) for found in _RULES.local.finditer(spoken))


def plates(text: str) -> Iterator[Span]:
    """Where number plates stand."""
    if _RULES.hint.search(text):
        yield from _spans(text, _RULES.plate, _RULES.odd_plate)
        yield from _spans(in_digits(text), _RULES.spaced_plate)


def door_codes(text: str) -> Iterator[Span]:
    """Where the codes of doors stand, and what else opens a home: where its key lies, that it is not locked."""
    if _RULES.hint.search(text):
        yield from _spans(in_digits(text), _RULES.door_code, _RULES.odd_door_code)
        yield from _spans(text, _RULES.opens)
        yield from _spans(in_digits(text), _RULES.opens)


def spots(text: str) -> Iterator[Span]:
    """Where words say which home it is (五楼右手, 东户)."""
    return _spans(text, _RULES.spot)


def cards(text: str) -> Iterator[Span]:
    """Where the numbers of identity and bank cards stand."""
    yield from _spans(text, _RULES.identity, _RULES.bank_card)
    yield from _spans(in_digits(text), _RULES.identity, _RULES.bank_card)


def positions(text: str) -> Iterator[Span]:
    """Where geographical positions stand."""
    return _spans(text, _RULES.position)


def _spans(text: str, *patterns: re.Pattern[str]) -> Iterator[Span]:
    """Where they match: of an expression with groups, the last group that did."""
    for pattern in patterns:
        yield from (found.span(found.lastindex or 0) for found in pattern.finditer(text))
