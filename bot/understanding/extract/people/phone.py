"""Finds telephone numbers in every form in which people write them: grouped, in brackets, spoken, with an extension."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from bot.understanding.lexicon import Rules
from bot.understanding.normalize import READ_LATELY, Plain, Span, Taken

_RULES = Rules("phone")
KINDS = ("mobile", "landline", "abroad", "local")
_LENGTHS = {3, 4, 5, 7, 11}
"""Of the first group of a mobile number; an order's number and a number behind it are none."""
_LEAD = 20
"""What announces a number is looked for in so many characters before it."""
_WORDS = re.compile(r"[\u3400-\u9fff]")
MATTER = 4
"""So many signs besides a number say what it is about."""


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
    taken, spoken = Taken(text), in_digits(text)
    if not _RULES.enough.search(spoken):
        return ()
    forms = (text, spoken) if spoken != text else (text,)
    every = (phone for kind in KINDS for form in forms for phone in _of_kind(kind, form))
    return tuple(phone for phone in every if taken.take(*phone.span))


def find_phone(plain: Plain) -> str | None:
    """The number to call, in digits, however it is grouped: the sender's own where the words say which it is, else the first that is
    not said to be somebody else's. None where there is none."""
    found = phones(plain.text)
    own = [phone for phone in found if _RULES.own.search(_before(plain.text, phone))]
    free = [phone for phone in found if not _is_of_others(plain.text, phone)]
    surely = [phone for phone in free if not _RULES.of_them.search(_before(plain.text, phone))]
    return next((phone.digits for phone in (*own, *surely, *free)), None)


def is_of_others(text: str) -> bool:
    """Whether every number of the text is said to be somebody else's whom the matter is about (楼上户主电话…)."""
    found = phones(text)
    return bool(found) and all(_is_of_others(text, phone) for phone in found)


def _before(text: str, phone: Phone) -> str:
    return text[max(phone.span[0] - _LEAD, 0) : phone.span[0]]


def _is_of_others(text: str, phone: Phone) -> bool:
    """Whether a number is said to be somebody else's, before it or by what whoever has it does."""
    before, behind = _before(text, phone), text[phone.span[1] : phone.span[1] + _LEAD]
    told = _RULES.of_others.search(before) or _RULES.of_others_behind.search(behind)
    return bool(told) and not _RULES.own.search(before)


def is_own_alone(text: str) -> bool:
    """Whether a text says nothing but one telephone number, as the sender's own where it says whose it is."""
    found = phones(text)
    if len(found) != 1:
        return False
    start, end = found[0].span
    return bool(_RULES.own_before.fullmatch(text[:start]) and _RULES.own_behind.fullmatch(text[end:]))


def corrects(text: str) -> bool:
    """Whether the text corrects some digits of a number (不是139是138)."""
    said = in_digits(text)
    return _RULES.wrong_digits.search(said) is not None or _RULES.right_digits.search(said) is not None


def put_right(number: str, text: str, *, last: bool) -> str | None:
    """The number with the digits that the text corrects (不是139是138); `last`: the text corrects its last one. None where the text
    corrects no digits of this number, or where that cannot be told."""
    said = in_digits(text)
    if last:
        found = _RULES.last_digit.search(said)
        return number[:-1] + found[1] if found else None
    if found := _RULES.wrong_digits.search(said):
        wrong, right = found[1], found[2]
    elif found := _RULES.right_digits.search(said):
        wrong, right = found[2], found[1]
    else:
        return None
    return number.replace(wrong, right) if len(wrong) == len(right) and number.count(wrong) == 1 else None


@lru_cache(maxsize=READ_LATELY)
def without_phone(text: str) -> str:
    """The text without telephone numbers and what announces them; the whole of it where it says little else."""
    found, kept, place = sorted(phone.span for phone in phones(text)), list[str](), 0
    for start, end in found:
        announced = _RULES.announced.search(text[max(place, start - _LEAD) : start])
        kept.append(text[place : start - len(announced.group()) if announced else start])
        place = end
    rest = " ".join([*kept, text[place:]])
    return rest if not found or len(_WORDS.findall(rest)) >= MATTER else text


def _of_kind(kind: str, text: str) -> Iterator[Phone]:
    pattern: re.Pattern[str] = getattr(_RULES, kind)
    place = 0
    while found := pattern.search(text, place):
        place = found.start() + 1
        if kind != "mobile" or _is_grouped(found[1]):
            place = found.end()
            digits = re.sub(r"\D", "", found[1])
            first = found.start(1) if kind == "local" else found.start()
            yield Phone(f"0{digits}" if kind == "abroad" else digits, (first, place))


def _is_grouped(number: str) -> bool:
    """Whether the digits are in groups as of a mobile number: one by one, a long first group and no single digit, or a pair
    and long groups."""
    groups = [len(group) for group in re.findall(r"\d+", number)]
    if not set(number).isdisjoint(_RULES.words["strict"]):
        return groups == [3, 4, 4]
    if groups[0] == 2:
        return min(groups[1:]) > 2
    return set(groups) == {1} or (groups[0] in _LENGTHS and 1 not in groups)
