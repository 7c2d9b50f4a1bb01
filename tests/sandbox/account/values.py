"""Typed values of template fields and what each type admits; a longer value is refused, not cut."""

import re
from collections.abc import Mapping
from typing import Any

from tests.sandbox.account.errors import PlatformError

HAN = "[\u4e00-\u9fff]"
_TIME = r"([01]?\d|2[0-3]):[0-5]\d(:[0-5]\d)?"
_DATE = r"(\d{4}年\d{1,2}月\d{1,2}日|\d{4}[-/.]\d{1,2}[-/.]\d{1,2})"
_MOMENT = rf"({_DATE}\s?({_TIME})?|{_TIME})"
PATTERNS = {
    kind: re.compile(pattern, re.DOTALL)
    for kind, pattern in {
        "thing": r".{1,20}", "short_thing": r".{1,5}", "number": r"\d{1,32}", "letter": r"[A-Za-z]{1,32}",
        "symbol": r"[^\w\s\u4e00-\u9fff]{1,5}", "character_string": r"[!-~]{1,32}",
        "time": rf"{_MOMENT}(\s?~\s?{_MOMENT})?", "date": rf"{_DATE}(\s?{_TIME})?(\s?~\s?{_DATE}(\s?{_TIME})?)?",
        "amount": r"[¥￥$€£]?\d{1,10}(\.\d{1,2})?元?", "phone_number": r"[\d+\-() ]{1,17}",
        "car_number": r".{1,8}", "name": rf"({HAN}|·){{1,10}}|[A-Za-z .·]{{1,20}}", "phrase": rf"{HAN}{{1,5}}",
        "const": r".{1,20}", "enum": r".{1,20}",
    }.items()
}  # fmt: skip


def checked(fields: Mapping[str, str], data: Any) -> dict[str, str]:
    """The values of `fields` in a message's `data`. PlatformError 47003 names the first wrong one."""
    if not isinstance(data, dict):
        raise PlatformError(47003, "argument invalid! data")
    values: dict[str, str] = {}
    for key in fields:
        given = data.get(key)
        value = given.get("value") if isinstance(given, dict) else None
        if value is None or str(value) == "":
            raise PlatformError(47003, f"argument invalid! data.{key}.value is empty")
        if not admits(key, str(value)):
            raise PlatformError(47003, f"argument invalid! data.{key}.value invalid")
        values[key] = str(value)
    return values


def admits(key: str, value: str) -> bool:
    """Whether the field's type (its key without the number) admits this value."""
    if any(ch < " " or ch == "\x7f" for ch in value):
        return False
    pattern = PATTERNS.get(key.rstrip("0123456789"))
    return pattern is None or pattern.fullmatch(value) is not None
