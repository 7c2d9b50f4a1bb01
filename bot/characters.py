"""Which characters XML 1.0 and the database can carry, and what is done with the others."""

import re
import unicodedata

# Control characters (C0, DEL, C1) and noncharacters: XML 1.0 forbids or discourages them, and PostgreSQL refuses NUL.
# Tab, line feed and carriage return stay. Controls of the direction of writing show what follows in another order.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")
_SURROGATES = re.compile("[\ud800-\udfff]")  # half of a pair: JSON may write one, UTF-8 cannot
_LINE_CONTROLS = re.compile("[\t\n\r]")
_REFERENCE = re.compile(r"&#(?:[xX]0*([0-9A-Fa-f]{1,8})|0*([0-9]{1,10}));")
_LARGEST = 0x10FFFF


_FILLERS = frozenset(
    "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\u20e3"
)  # no glyph of their own; U+20E3 draws a keycap

LONGEST_NUMBER = 15  # digits


def clean(text: str) -> str:
    """The text without forbidden characters; a single surrogate becomes U+FFFD. Tabs and line ends stay. Empty where nothing
    of it can be seen."""
    if not text.isprintable():  # none of these characters is
        text = _SURROGATES.sub("\ufffd", _FORBIDDEN.sub("", text))
    return text if text.isspace() or not all(map(_shows_nothing, text)) else ""


def _shows_nothing(character: str) -> bool:
    return character.isspace() or is_invisible(character)


def is_invisible(character: str) -> bool:
    """Whether it has no glyph: format characters, variation selectors, fillers."""
    selector = "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"
    return selector or character in _FILLERS or unicodedata.category(character) == "Cf"


def clean_line(text: str) -> str:
    """`clean`, for what is one line, such as a name or a number: tabs and line ends are dropped too."""
    return _LINE_CONTROLS.sub("", clean(text))


def decode(document: bytes) -> str:
    """A document as text: broken UTF-8 becomes U+FFFD, forbidden characters are dropped."""
    return clean(document.decode("utf-8", "replace"))


def parseable(document: bytes) -> str:
    """An XML or JSON document as text that a parser can take: as `decode`, and references to forbidden characters are
    dropped too."""
    return _REFERENCE.sub(_allowed, decode(document))


def _allowed(found: re.Match[str]) -> str:
    """The reference where XML admits its character, else nothing."""
    code = int(found[1], 16) if found[1] else int(found[2])
    return found[0] if 0 < code <= _LARGEST and clean(chr(code)) == chr(code) else ""


def number(given: str | None) -> int | None:
    """A number of ordinary digits, as an address or a form may hold it; None for anything else, also for one that no row
    of either database can have."""
    plain = (given or "").strip()
    return int(plain) if plain.isascii() and plain.isdecimal() and len(plain) <= LONGEST_NUMBER else None
