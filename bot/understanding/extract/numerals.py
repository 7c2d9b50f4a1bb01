"""Turns spoken numbers (三, 十二, 五零一) into digits."""

import re

_DIGITS = {
    character: value
    for value, characters in enumerate(
        ("零〇", "一幺壹", "二两贰", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")
    )
    for character in characters
}
NUMERAL = "0-9" + "".join(_DIGITS) + "十百廿卅卌拾佰"
_TENS = str.maketrans({"廿": "二十", "卅": "三十", "卌": "四十", "拾": "十", "佰": "百"})
_RUN = "一二三四五六七八九"
_PAIRS = "|".join(["三五", *(_RUN[at : at + 2] for at in range(len(_RUN) - 1))])
_APPROXIMATE = re.compile(rf"(?:[{_RUN}]?十)?(?:{_PAIRS})|(?:{_PAIRS})[十百]")


def to_digits(said: str) -> str:
    """The number in digits, as one would write it on a door; anything else comes back unchanged."""
    said = said.translate(_TENS)
    if not any(character in _DIGITS or character in "十百" for character in said):
        return said
    if "十" not in said and "百" not in said:
        return "".join(str(_DIGITS.get(character, character)) for character in said)
    tens, zero, last = said.rpartition("零")
    if zero and "十" in tens and len(last) == 1:
        return f"{_counted(tens)}0{_DIGITS.get(last, last)}"
    return str(_counted(said))


def is_approximate(said: str) -> bool:
    """两三, 三五, 十七八, 二三十: two neighbouring numerals are a guess at a number, not a number."""
    return bool(_APPROXIMATE.fullmatch(said.translate(_TENS).replace("两", "二")))


def _counted(said: str) -> int:
    total, current = 0, 0
    for character in said:
        if character == "百":
            total, current = total + (current or 1) * 100, 0
        elif character == "十":
            total, current = total + (current or 1) * 10, 0
        elif character in _DIGITS:
            current = _DIGITS[character]
        else:
            current = current * 10 + int(character)
    return total + current
