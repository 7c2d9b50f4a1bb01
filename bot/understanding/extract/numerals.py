"""Turns spoken numbers (三, 十二, 五零一) into digits."""

_DIGITS = {
    sign: value
    for value, signs in enumerate(("零〇", "一幺", "二两", "三", "四", "五", "六", "七", "八", "九"))
    for sign in signs
}
NUMERAL = "0-9" + "".join(_DIGITS) + "十百廿卅"
_TENS = str.maketrans({"廿": "二十", "卅": "三十"})
_SPOKEN = "一二三四五六七八九"


def to_digits(said: str) -> str:
    """The number in digits, as one would write it on a door; anything else comes back unchanged."""
    said = said.translate(_TENS)
    if not any(sign in _DIGITS or sign in "十百" for sign in said):
        return said
    if "十" not in said and "百" not in said:
        return "".join(str(_DIGITS.get(sign, sign)) for sign in said)
    tens, zero, last = said.rpartition("零")
    if zero and "十" in tens and len(last) == 1:
        return f"{_counted(tens)}0{_DIGITS.get(last, last)}"
    return str(_counted(said))


def is_approximate(said: str) -> bool:
    """两三, 七八: two neighbouring numerals are a guess at a number, not a number."""
    return len(said) == 2 and said.replace("两", "二") in _SPOKEN


def _counted(said: str) -> int:
    total, current = 0, 0
    for sign in said:
        if sign == "百":
            total, current = total + (current or 1) * 100, 0
        elif sign == "十":
            total, current = total + (current or 1) * 10, 0
        elif sign in _DIGITS:
            current = _DIGITS[sign]
        else:
            current = current * 10 + int(sign)
    return total + current
