"""Finds what names or leads to a person besides telephone numbers: mail, accounts, number plates, codes of doors, positions."""

from collections.abc import Iterator

from bot.understanding.extract.people.phone import in_digits
from bot.understanding.lexicon import Rules
from bot.understanding.normalize import Span

_RULES = Rules("accounts")


def reachable(text: str) -> Iterator[Span]:
    """Where mail addresses, names of accounts and oddly written mobile numbers stand in a simplified text."""
    if not _RULES.hint.search(text):
        return
    spoken = in_digits(text)
    yield from (
        found.span()
        for pattern in (_RULES.mail, _RULES.odd_mail, _RULES.loose_mobile, _RULES.certificate, _RULES.han_local)
        for found in pattern.finditer(text)
    )
    for pattern in (_RULES.handle, _RULES.qq):
        yield from (found.span(1) for found in pattern.finditer(spoken))
    yield from (found.span() for found in _RULES.parted.finditer(spoken))
    yield from (found.span(found.lastindex or 0) for found in _RULES.odd_handle.finditer(text))
    yield from ((found.start(found.lastindex or 0), found.end()) for found in _RULES.local.finditer(spoken))


def plates(text: str) -> Iterator[Span]:
    """Where number plates stand."""
    if _RULES.hint.search(text):
        yield from (found.span(1) if found.group(1) else found.span() for found in _RULES.plate.finditer(text))
        yield from (found.span() for found in _RULES.odd_plate.finditer(text))


def door_codes(text: str) -> Iterator[Span]:
    """Where the codes of doors stand."""
    if _RULES.hint.search(text):
        spoken = in_digits(text)
        yield from (found.span(1) for found in _RULES.door_code.finditer(spoken))
        yield from (found.span(found.lastindex or 0) for found in _RULES.odd_door_code.finditer(spoken))


def cards(text: str) -> Iterator[Span]:
    """Where the numbers of identity and bank cards stand."""
    for pattern in (_RULES.identity, _RULES.bank_card):
        yield from (found.span() for found in pattern.finditer(text))


def positions(text: str) -> Iterator[Span]:
    """Where geographical positions stand."""
    yield from (found.span() for found in _RULES.position.finditer(text))
