"""What is a telephone number of the office: as it is dialled, with spaces or hyphens between its digits."""

import re

_NUMBER = re.compile(r"\+?\d[\d\- ]{1,18}\d", re.ASCII)
_EXAMPLES = re.compile(r"(?:010-?)?12345678|1380000\d{4}|13800138000|0+")


def is_number(given: str) -> bool:
    """Whether it can be dialled."""
    return _NUMBER.fullmatch(given) is not None


def is_example(given: str) -> bool:
    """Whether it is a number of manuals and of the demo: nobody answers there."""
    return _EXAMPLES.fullmatch(given) is not None
