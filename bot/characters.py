"""Which characters XML 1.0 and the database can carry, and what is done with the others."""

import re

# Control characters and noncharacters: no XML 1.0 document may hold them, and PostgreSQL refuses NUL.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_SURROGATES = re.compile("[\ud800-\udfff]")  # half of a pair: JSON may write one, UTF-8 cannot
_REFERENCE = re.compile(r"&#(?:[xX]0*([0-9A-Fa-f]{1,8})|0*([0-9]{1,10}));")
_LARGEST = 0x10FFFF


def clean(text: str) -> str:
    """The text without forbidden characters; a single surrogate becomes U+FFFD."""
    return _SURROGATES.sub("\ufffd", _FORBIDDEN.sub("", text))


def parseable(document: bytes) -> str:
    """An XML or JSON document as text that a parser can take: broken UTF-8 becomes U+FFFD, forbidden characters are
    dropped, whether they stand there themselves or as XML character references."""
    return _REFERENCE.sub(_allowed, clean(document.decode("utf-8", "replace")))


def _allowed(found: re.Match[str]) -> str:
    """The reference where XML admits its character, else nothing."""
    code = int(found[1], 16) if found[1] else int(found[2])
    return found[0] if 0 < code <= _LARGEST and clean(chr(code)) == chr(code) else ""
