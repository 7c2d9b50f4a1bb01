"""Turns spoken numbers (三, 十二, 五零一) into digits."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from bot.understanding.lexicon import Rules

_RULES = Rules("numerals")


@dataclass(frozen=True, slots=True)
class Numerals:
    """The values of characters, and the forms that are written in another way today (for `str.translate`)."""

    digits: Mapping[str, int]
    units: Mapping[str, int]
    ten: str
    zero: str
    older: Mapping[int, str]
    same: Mapping[int, str]


@cache
def _numerals() -> Numerals:
    words = _RULES.words
    digits = {character: value for value, characters in enumerate(words["digits"]) for character in characters}
    older, same = str.maketrans(words["older"]), str.maketrans(words["same"])
    return Numerals(digits, words["units"], words["ten"], words["zero"], older, same)


def to_digits(said: str) -> str:
    """The number in digits, as one would write it on a door; anything else comes back unchanged."""
    known = _numerals()
    said = said.translate(known.older)
    if not any(character in known.digits or character in known.units for character in said):
        return said
    if known.units.keys().isdisjoint(said):
        return "".join(str(known.digits.get(character, character)) for character in said)
    tens, zero, last = said.rpartition(known.zero)
    if zero and known.ten in tens and len(last) == 1:
        return f"{_counted(tens, known)}0{known.digits.get(last, last)}"
    return str(_counted(said, known))


def spoken(number: str) -> str:
    """A number from 1 to 99 as it is spoken; anything else as it is."""
    if not number.isdecimal() or not 0 < int(number) < 100:
        return number
    digits: list[str] = _RULES.words["digits"]
    ten, (tens, ones) = _numerals().ten, (digits[int(digit)][0] for digit in number.zfill(2)[-2:])
    head = "" if int(number) < 10 else ten if int(number) < 20 else tens + ten
    return head + (ones if int(number) % 10 else "")


def is_approximate(said: str) -> bool:
    """两三, 三五, 十七八, 二三十: two neighbouring numerals are a guess at a number, not a number."""
    known = _numerals()
    return bool(_RULES.approximate.fullmatch(said.translate(known.older).translate(known.same)))


def _counted(said: str, known: Numerals) -> int:
    total, current = 0, 0
    for character in said:
        if character in known.units:
            total, current = total + (current or 1) * known.units[character], 0
        elif character in known.digits:
            current = known.digits[character]
        else:
            current = current * 10 + int(character)
    return total + current
