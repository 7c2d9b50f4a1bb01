"""Mends words typed by their sound (务业 for 物业): one sign of a known word exchanged for one that sounds like it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_WORD = re.compile(r"[\u3400-\u9fff]{2,4}")
_ALIKE = ((re.compile(r"^([zcs])h"), r"\1"), (re.compile(r"ng$"), "n"), (re.compile(r"^l"), "n"))
"""Sounds that people around here do not tell apart: zh z, ch c, sh s, in ing, n l."""


@dataclass(frozen=True, slots=True)
class Sounds:
    """Known words by themselves, and by themselves with one sign replaced by its sound."""

    sound_of: Mapping[str, str]
    words: frozenset[str]
    heard: Mapping[str, str]
    openings: frozenset[str]
    """The first signs of the words that are mended…"""
    seconds: frozenset[str]
    """…and the signs behind them: of a mistyped word one of the two stands as it should."""

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
        keys = _keys(window, self.sound_of)
        return next((word for key in keys if (word := self.heard.get(key))), None)


def _inside(span: tuple[int, int], start: int, end: int) -> bool:
    """Whether a known word is a proper part of the stretch."""
    return start <= span[0] and span[1] <= end and span[1] - span[0] < end - start


@dataclass(frozen=True, slots=True)
class Typos:
    """Words of danger are mended in every short message, the others only in one that says nothing."""

    all: Sounds
    danger: Sounds
    up_to: int
    belief: float
    """A reading of a mended text keeps this share of its confidence."""

    def mend(self, text: str) -> str:
        """With all listed words."""
        return self.all.mend(text) if len(text) <= self.up_to else text

    def mend_danger(self, text: str) -> str:
        """With the words of danger only."""
        return self.danger.mend(text) if len(text) <= self.up_to else text


def _keys(word: str, sound_of: Mapping[str, str]) -> Iterable[str]:
    for place, sign in enumerate(word):
        if sign in sound_of:
            yield f"{word[:place]}<{sound_of[sign]}>{word[place + 1 :]}"


def read_sounds(path: Path) -> dict[str, str]:
    """The sound of each sign, those that people mix up made one."""
    sound_of: dict[str, str] = {}
    for line in path.read_text("utf-8").splitlines():
        syllable, _, signs = line.partition(" ")
        if syllable != "#":
            for pattern, same in _ALIKE:
                syllable = pattern.sub(same, syllable)
            sound_of.update(dict.fromkeys(signs, syllable))
    return sound_of


def typos(lexicon: Mapping[str, Any], path: Path) -> Typos:
    """Built from the whole lexicon and the file of sounds."""
    table, sound_of = lexicon["sounds"], read_sounds(path)
    danger = table["danger"]
    known = frozenset({*table["common"], *table["words"], *danger, *_words(_strings(lexicon))})
    return Typos(
        _sounds(sound_of, known, [*table["words"], *danger]),
        _sounds(sound_of, known, danger),
        table["up_to"],
        table["belief"],
    )


def _sounds(sound_of: Mapping[str, str], known: frozenset[str], words: Sequence[str]) -> Sounds:
    heard = {key: word for word in sorted(words) for key in _keys(word, sound_of)}
    return Sounds(sound_of, known, heard, frozenset(word[0] for word in words), frozenset(word[1] for word in words))


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
