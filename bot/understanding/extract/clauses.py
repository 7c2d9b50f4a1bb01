"""Cuts a text into the pieces that people say one after the other: at its marks, and before who does something."""

import re
from collections.abc import Iterator, Sequence

from bot.understanding.lexicon import Rules

_RULES = Rules("clauses")
_MARKS = re.compile(r"[\s。．.！!？?；;…，,、：:|（）()“”\"~—-]+")
_SENTENCES = re.compile(r"[。．！!？?；;…，,、：:\n]+")
SHORTEST = 2
"""Fewer characters are no piece of their own."""


def by_marks(text: str) -> list[str]:
    """The pieces between marks and blanks, in the sender's own words."""
    return _whole(_MARKS.split(text))


def by_sentences(text: str) -> list[str]:
    """The pieces between marks alone: blanks stand in them."""
    return [piece for piece in _SENTENCES.split(text) if piece.strip()]


def by_subjects(text: str) -> list[str]:
    """The pieces that begin with a person or with a word for something further."""
    return _whole(_RULES.subject.split(text))


def sections(text: str) -> list[str]:
    """The stretches of a text, each but the first behind words that announce another matter."""
    return [section for section in _RULES.section.split(text) if section.strip()]


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


def besides(text: str) -> tuple[str, str]:
    """What stands before the words that announce another matter, and what behind them; the second empty without any."""
    found = _RULES.besides.search(text)
    return (text[: found.start()].strip(), text[found.end() :].strip(" ,，")) if found else (text, "")


def turns(text: str) -> Iterator[tuple[str, str]]:
    """Each way to part a text where it may turn to another thing (好了，不过还想请人看看水龙头): what stands before, what behind."""
    for found in _RULES.turn.finditer(text):
        first, rest = text[: found.start()].strip(), text[found.end() :].strip(" ,，")
        if first and rest:
            yield first, rest
