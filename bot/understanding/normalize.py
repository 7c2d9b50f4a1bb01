"""Brings different ways of typing the same thing together: width, traditional forms, case, marks, spaces."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from opencc import OpenCC

from bot.characters import is_invisible
from bot.understanding.lexicon import Rules

Span = tuple[int, int]
"""Where a stretch of a text begins and ends."""
READ_LATELY = 64
"""Texts whose folded form, numbers and doors are remembered: one message is looked at by several parts of the reader."""

_MARKS = re.compile(r"(?:[^\w\s\U0001F000-\U0001FAFF\u2600-\u27BF]|_|\s)+")
CHINESE = re.compile(r"[\u4e00-\u9fff]")
_ODD = re.compile(r"[^\x00-\x7f\u4e00-\u9fff]")
_REPEATED = re.compile(r"([^0-9])\1{3,}")
_RULES = Rules("characters")


@dataclass(frozen=True, slots=True)
class Plain:
    """A text with every character in its simple form; `origin[i]` is where character i stands in the raw text."""

    raw: str
    text: str
    origin: Sequence[int]

    def raw_from(self, start: int) -> str:
        """The raw text from this character on."""
        return self.raw[self.origin[start] :] if start < len(self.origin) else ""

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """Where the characters start…end stand in the raw text."""
        return self.origin[start], self.origin[end - 1] + 1


@lru_cache(maxsize=1)
def _simplifier() -> OpenCC:
    return OpenCC("t2s")


@lru_cache(maxsize=READ_LATELY)
def simplify(raw: str) -> Plain:
    """Half width, simplified, lower case, without invisible characters; marks and spaces stay where they are."""
    text, origin = _typed(raw)
    converted = text if text.isascii() else _simplifier().convert(text)
    if len(converted) != len(text):
        converted = text
    return Plain(raw, _lowered(converted), origin)


def _typed(raw: str) -> tuple[str, Sequence[int]]:
    """The text in compatibility forms, and where each character stands in the raw text."""
    odd: dict[str, str] = {character: _simple(character) for character in set(_ODD.findall(raw))}
    if all(len(simple) == 1 for simple in odd.values()):
        return raw.translate({ord(character): simple for character, simple in odd.items()}), range(len(raw))
    simples = [odd.get(character, character) for character in raw]
    return "".join(simples), tuple(at for at, simple in enumerate(simples) for _ in simple)


def _lowered(text: str) -> str:
    """In lower case, each character by itself and only where it stays one."""
    low = text.lower()
    if len(low) == len(text) and "Σ" not in text:  # a sigma at the end of a word becomes another one
        return low
    return "".join(low if len(low := character.lower()) == 1 else character for character in text)


@cache
def _radicals() -> Mapping[int, int]:
    return str.maketrans(_RULES.words["radicals"], _RULES.words["meant"])


@lru_cache(maxsize=4096)
def _simple(character: str) -> str:
    """Its compatibility form; a radical as the character it looks like, a digit of any kind (❶, ٣) as ASCII digits, nothing
    where it is invisible."""
    if is_invisible(character):
        return ""
    simple = unicodedata.normalize("NFKC", character).translate(_radicals())
    if simple.isascii() or unicodedata.category(simple[:1]) not in ("Nd", "No"):
        return simple
    value = unicodedata.numeric(simple, None) if len(simple) == 1 else None
    return str(int(value)) if value is not None and value.is_integer() else simple


@lru_cache(maxsize=READ_LATELY)
def squeeze(plain: str) -> str:
    """Marks and spaces become one space, a character said more than three times is said three times; digits of
    numbers stay."""
    return _REPEATED.sub(r"\1\1\1", _MARKS.sub(" ", plain)).strip()


def fold(text: str) -> str:
    """The form in which words are compared."""
    return squeeze(simplify(text).text)


def solid(plain: str) -> str:
    """A simplified text without marks and spaces."""
    return squeeze(plain).replace(" ", "")


def fold_solid(text: str) -> str:
    """As `fold`, without spaces."""
    return solid(simplify(text).text)


class Taken:
    """Which characters of a text belong to something that was found: what is found later overlaps nothing that was found first."""

    def __init__(self, text: str) -> None:
        self._taken = bytearray(len(text))

    def take(self, start: int, end: int) -> bool:
        """Whether all of these characters were free; if so, they are taken from now on."""
        free = not any(self._taken[start:end])
        if free:
            self._taken[start:end] = b"\1" * (end - start)
        return free


def without_words(text: str, words: str | None) -> str:
    """The text without the first of each of these words, which are given as they were said."""
    for word in fold(words or "").split():
        text = text.replace(word, "", 1)
    return text


def clean_name(raw: str) -> str:
    """A name as it is stored: half width, simplified, nothing invisible, no line end. Case and marks stay, and so does
    every character of GB 2312: 乾 is simplified already where it is a name."""
    plain = simplify(raw)
    kept = []
    for at, character in enumerate(plain.text):
        typed = unicodedata.normalize("NFKC", raw[plain.origin[at]])
        same = len(typed) == 1 and (typed.lower() == character or _is_simplified(typed))
        kept.append(typed if same else character)
    seen = (c for c in kept if unicodedata.category(c) not in ("Cc", "Cf", "Co", "Cn", "Cs", "Zl", "Zp"))
    return " ".join("".join(seen).split())


def _is_simplified(character: str) -> bool:
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


@lru_cache(maxsize=10_000)
def fold_name(raw: str) -> str:
    """The form in which names are compared: letters and digits alone."""
    return "".join(c for c in simplify(raw).text if c.isalnum())
