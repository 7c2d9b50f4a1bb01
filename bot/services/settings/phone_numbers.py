"""What is a telephone number: of the office, as it is dialled, with spaces or hyphens between its digits; and one that somebody
leaves to be called back."""

import re
import unicodedata

_NUMBER = re.compile(r"\+?\d[\d\- ]{1,18}\d", re.ASCII)
_EXAMPLES = re.compile(r"(?:010-?)?12345678|1380000\d{4}|13800138000|0+")

_NO_DIGIT = re.compile(r"[^0-9*]")
_CALLABLE = re.compile(
    r"(?:86)?1[3-9][0-9*]{9}.*|0?[0-9*]{2,4}[0-9*]{7,8}.*|[2-9][0-9*]{6,7}.*"
)  # a mobile, a landline; more may follow


def folded(typed: str) -> str:
    """A number that somebody left in half width, as it is checked and kept."""
    return unicodedata.normalize("NFKC", typed).strip()


def is_callable(typed: str) -> bool:
    """Whether somebody can be called back under it; hidden digits count."""
    return _CALLABLE.fullmatch(_NO_DIGIT.sub("", folded(typed))) is not None


def is_number(given: str) -> bool:
    """Whether it can be dialled."""
    return _NUMBER.fullmatch(given) is not None


def is_example(given: str) -> bool:
    """Whether it is a number of manuals and of the demo: nobody answers there."""
    return _EXAMPLES.fullmatch(given) is not None
