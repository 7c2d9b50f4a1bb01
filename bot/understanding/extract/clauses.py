"""Cuts a text into the pieces that people say one after the other: at its marks, and before who does something."""

import re
from collections.abc import Iterator, Sequence

_MARKS = re.compile(r"[\s。．.！!？?；;…，,、：:|（）()“”\"~—-]+")
_SUBJECT = re.compile(
    r"(?=另外|还有|顺便|对了|而且|再说|然后|不过|但是|就是[我他她你]|我|他|她|你们|孩子|小孩|娃|老公|丈夫|老婆|儿子|女儿|爸|妈|社区|小区|主任|书记|村)"
)
SHORTEST = 2
"""Fewer characters are no piece of their own."""


def by_marks(text: str) -> list[str]:
    """The pieces between marks and blanks, in the sender's own words."""
    return _whole(_MARKS.split(text))


def by_subjects(text: str) -> list[str]:
    """The pieces that begin with a person or with a word for something further."""
    return _whole(_SUBJECT.split(text))


def runs(pieces: Sequence[str], width: int) -> Iterator[str]:
    """Each stretch of so many neighbours, as one text."""
    for start in range(len(pieces) - width + 1):
        yield "".join(pieces[start : start + width])


def _whole(pieces: Sequence[str]) -> list[str]:
    found: list[str] = []
    for piece in pieces:
        if found and (len(piece) < SHORTEST or len(found[-1]) < SHORTEST):
            found[-1] += piece
        elif piece:
            found.append(piece)
    return found
