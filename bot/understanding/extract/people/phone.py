"""Finds telephone numbers in every form in which people write them: grouped, in brackets, spoken, with an extension."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from bot.understanding.lexicon import Rules
from bot.understanding.normalize import READ_LATELY, Span

_RULES = Rules("phone")
_LENGTHS = {3, 4, 5, 7, 11}
"""Of the first group of a mobile number; an order's number and a number behind it are none."""


@dataclass(frozen=True, slots=True)
class Phone:
    """A number in digits, and where it stands with its country code and extension."""

    digits: str
    span: Span


@cache
def _spoken() -> Mapping[int, int]:
    return str.maketrans(_RULES.words["spoken"], _RULES.words["digits"])


def in_digits(text: str) -> str:
    """The text with spoken digits as digits; each character stays where it is."""
    return text.translate(_spoken())


@lru_cache(maxsize=READ_LATELY)
def phones(text: str) -> tuple[Phone, ...]:
    """Mobile numbers first, then others, each kind in the order of the text, none inside another."""
    found: list[Phone] = []
    taken = bytearray(len(text))
    spoken = in_digits(text)
    for read in (_mobile, _landline, _abroad, _local):
        for form in (text, spoken) if spoken != text else (text,):
            for phone in read(form):
                start, end = phone.span
                if not any(taken[start:end]):
                    taken[start:end] = b"\1" * (end - start)
                    found.append(phone)
    return tuple(found)


def _each(pattern: re.Pattern[str], text: str, fits: Callable[[str], bool] = bool) -> Iterator[Phone]:
    place = 0
    while found := pattern.search(text, place):
        if fits(found.group(1)):
            first = found.start(1) if pattern is _RULES.local else found.start()
            yield Phone(re.sub(r"\D", "", found.group(1)), (first, found.end()))
            place = found.end()
        else:
            place = found.start() + 1


def _mobile(text: str) -> Iterator[Phone]:
    return _each(_RULES.mobile, text, _is_grouped)


def _landline(text: str) -> Iterator[Phone]:
    return _each(_RULES.landline, text)


def _abroad(text: str) -> Iterator[Phone]:
    return (Phone(f"0{phone.digits}", phone.span) for phone in _each(_RULES.abroad, text))


def _local(text: str) -> Iterator[Phone]:
    return _each(_RULES.local, text)


def _is_grouped(number: str) -> bool:
    """Whether the digits are in groups as of a mobile number: one by one, a long first group and no single digit, or a pair
    and long groups."""
    groups = [len(group) for group in re.findall(r"\d+", number)]
    if not set(number).isdisjoint(_RULES.words["strict"]):
        return groups == [3, 4, 4]
    if groups[0] == 2:
        return min(groups[1:]) > 2
    return set(groups) == {1} or (groups[0] in _LENGTHS and 1 not in groups)
