"""Mends words typed by their sound (务业 for 物业): one character of a known word exchanged for one that sounds like it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_WORD = re.compile(r"[\u3400-\u9fff]{2,4}")


@dataclass(frozen=True, slots=True)
class PhoneticIndex:
    """Known words by themselves, and by themselves with one character replaced by its sound."""

    pinyin_of: Mapping[str, str]
    words: frozenset[str]
    word_of: Mapping[str, str]
    openings: frozenset[str]
    """The first characters of the words that are mended…"""
    seconds: frozenset[str]
    """…and the characters behind them: of a mistyped word one of the two stands as it should."""

    def mend(self, text: str) -> str:
        """The text with each mistyped word put right.

        Words that are known as they stand stay, unless they are but a part of the mistyped one (身份 in 身份正).
        """
        typed = text
        known: list[tuple[int, int]] | None = None
        for start in range(len(text) - 1):
            if text[start] not in self.openings and text[start + 1] not in self.seconds:
                continue
            for size in (4, 3, 2):
                end = start + size
                word = self._meant(text[start:end]) if end <= len(text) else None
                if word is None:
                    continue
                known = self._known(typed) if known is None else known
                if all(_inside(span, start, end) for span in known if span[0] < end and start < span[1]):
                    text = text[:start] + word + text[end:]
                    known.append((start, end))
                    break
        return text

    def _known(self, text: str) -> list[tuple[int, int]]:
        return [
            (start, start + size)
            for size in (4, 3, 2)
            for start in range(len(text) - size + 1)
            if text[start : start + size] in self.words
        ]

    def _meant(self, window: str) -> str | None:
        keys = _keys(window, self.pinyin_of)
        return next((word for key in keys if (word := self.word_of.get(key))), None)


def _inside(span: tuple[int, int], start: int, end: int) -> bool:
    """Whether a known word is a proper part of the stretch."""
    return start <= span[0] and span[1] <= end and span[1] - span[0] < end - start


@dataclass(frozen=True, slots=True)
class Spelling:
    """Words of danger are mended in every short message, the others only in one that says nothing."""

    all: PhoneticIndex
    danger: PhoneticIndex
    up_to: int
    belief: float
    """A reading of a mended text keeps this share of its confidence."""

    def mend(self, text: str) -> str:
        """With all listed words."""
        return self.all.mend(text) if len(text) <= self.up_to else text

    def mend_danger(self, text: str) -> str:
        """With the words of danger only."""
        return self.danger.mend(text) if len(text) <= self.up_to else text


def _keys(word: str, pinyin_of: Mapping[str, str]) -> Iterable[str]:
    for place, character in enumerate(word):
        if character in pinyin_of:
            yield f"{word[:place]}<{pinyin_of[character]}>{word[place + 1 :]}"


def spelling(lexicon: Mapping[str, Any], pinyin_of: Mapping[str, str]) -> Spelling:
    """Built from the whole lexicon and the sounds of characters."""
    table = lexicon["spelling"]
    danger = table["danger"]
    known = frozenset({*table["common"], *table["words"], *danger, *_words(_strings(lexicon))})
    return Spelling(
        _phonetic_index(pinyin_of, known, [*table["words"], *danger]),
        _phonetic_index(pinyin_of, known, danger),
        table["up_to"],
        table["belief"],
    )


def _phonetic_index(pinyin_of: Mapping[str, str], known: frozenset[str], words: Sequence[str]) -> PhoneticIndex:
    word_of = {key: word for word in sorted(words) for key in _keys(word, pinyin_of)}
    return PhoneticIndex(
        pinyin_of, known, word_of, frozenset(word[0] for word in words), frozenset(word[1] for word in words)
    )


def _words(phrases: Iterable[str]) -> Iterable[str]:
    return (part for phrase in phrases for part in phrase.split("+") if _WORD.fullmatch(part))


def _strings(table: Any) -> Iterable[str]:
    if isinstance(table, str):
        yield table
    elif isinstance(table, Mapping):
        for value in table.values():
            yield from _strings(value)
    elif isinstance(table, list):
        for value in table:
            yield from _strings(value)
