"""Reads the answer to a numbered list: the number in any form, an option's words, or the printed line."""

from collections.abc import Sequence

from bot.understanding.extract.numerals import to_digits
from bot.understanding.lexicon import Rules
from bot.understanding.normalize import fold, simplify

_RULES = Rules("choices")


def number(text: str) -> int | None:
    """The number from 1 to 99 that is the whole text ("1", "1.", "①", "１", "一", "第一个", "1️⃣"); None for anything else."""
    found = _RULES.number.fullmatch(simplify(text).text.strip())
    return int(to_digits(found[1])) if found else None


def picked(text: str, options: Sequence[str]) -> int | None:
    """The number (from 1) that the text names: a number in any form, the last one, an option's words or its printed line.

    A bare number may lie outside the list, so that the caller can say how many options there are. None: no answer.
    """
    given = number(text)
    if given is not None:
        return given
    if options and _RULES.last_one.fullmatch(simplify(text).text.strip()):
        return len(options)
    said = fold(text)
    same = [place for place, option in enumerate(options, 1) if said == fold(option)]
    if len(same) == 1:
        return same[0]
    printed = _RULES.printed.fullmatch(simplify(text).text.strip())
    if printed is None or int(printed[1]) > len(options):
        return None
    option = fold(options[int(printed[1]) - 1])
    return int(printed[1]) if fold(printed[2]).startswith(option) else None


def stars(text: str) -> tuple[int, str] | None:
    """(1 to 5, the words behind it as they were typed); None where the text does not begin with such a number."""
    plain = simplify(text.strip())
    found = _RULES.stars.match(plain.text)
    return (int(to_digits(found[1])), plain.raw_from(found.end()).strip()) if found else None


def given_stars(text: str) -> tuple[int, str] | None:
    """As `stars`, where the words name them as stars or points (两颗星，灯泡歪起的; ⭐⭐⭐): a bare number is none."""
    plain = simplify(text.strip())
    found = _RULES.given.match(plain.text)
    if found is None:
        return None
    number = len(found[2]) if found[2] else int(to_digits(found[1]))
    return number, plain.raw_from(found.end()).strip()
