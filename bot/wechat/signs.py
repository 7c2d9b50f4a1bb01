"""Which characters the platform's XML and a database can carry."""

import re

# control characters, noncharacters: no XML 1.0 document may hold them, and PostgreSQL refuses NUL
IMPOSSIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
HALVES = re.compile("[\ud800-\udfff]")  # of a pair that JSON may write and UTF-8 cannot


def clean(text: str) -> str:
    """The text without what cannot be carried; half a pair becomes the replacement character."""
    return HALVES.sub("\ufffd", IMPOSSIBLE.sub("", text))
