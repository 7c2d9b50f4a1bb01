"""Turns spoken numbers (三, 十二, 五零一) into digits."""

from collections.abc import Mapping
from functools import cache

from bot.understanding.lexicon import Rules

_RULES = Rules("numerals")


@cache
def _values() -> Mapping[str, int]:
    """Of the characters for digits."""
    return {character: value for value, same in enumerate(_RULES.words["digits"]) for character in same}


@cache
def _forms(name: str) -> Mapping[int, int]:
    """Forms that are written in another way today, for `str.translate`."""
    return str.maketrans(_RULES.words[name])


def to_digits(said: str) -> str:
    """The number in digits, as one would write it on a door; anything else comes back unchanged."""
    values, units = _values(), _RULES.words["units"].keys()
    said = said.translate(_forms("older"))
    if values.keys().isdisjoint(said) and units.isdisjoint(said):
        return said
    if units.isdisjoint(said):
        return "".join(str(values.get(character, character)) for character in said)
    tens, zero, last = said.rpartition(_RULES.words["zero"])
    if zero and _RULES.words["ten"] in tens and len(last) == 1:
        return f"{_counted(tens)}0{values.get(last, last)}"
    return str(_counted(said))


def spoken(number: str) -> str:
    """A number from 1 to 99 as it is spoken; anything else as it is."""
    if not number.isdecimal() or not 0 < int(number) < 100:
        return number
    tens, ones = (_RULES.words["digits"][int(digit)][0] for digit in number.zfill(2)[-2:])
    ten = "" if int(number) < 10 else _RULES.words["ten"]
    return ("" if int(number) < 20 else tens) + ten + (ones if int(number) % 10 else "")


def is_approximate(said: str) -> bool:
    """两三, 三五, 十七八, 二三十: two neighbouring numerals are a guess at a number, not a number."""
    return bool(_RULES.approximate.fullmatch(said.translate(_forms("older")).translate(_forms("same"))))


def _counted(said: str) -> int:
    total, current, units = 0, 0, _RULES.words["units"]
    for character in said:
        if character in units:
            total, current = total + (current or 1) * units[character], 0
        else:
            value = _values().get(character)
            current = current * 10 + int(character) if value is None else value
    return total + current
