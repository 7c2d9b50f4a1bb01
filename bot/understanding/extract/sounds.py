"""Words typed by their sound. How characters sound: config/lexicon/pinyin.txt, a syllable and its characters a line."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from bot.understanding.normalize import Span, fold

_ALIKE = ((re.compile(r"^([zcs])h"), r"\1"), (re.compile(r"ng$"), "n"), (re.compile(r"^l"), "n"))
"""Sounds that people around here do not tell apart: zh z, ch c, sh s, in ing, n l."""
_WORD = re.compile(r"[\u3400-\u9fff]{2,4}")
SIZES = (4, 3, 2)
"""Characters of a word that is mended, the longest first."""
LEAST_SAME = 0.5
"""Of a word's characters that are typed right: 手套 is no 收到."""


@dataclass(frozen=True, slots=True)
class Sounds:
    """The sound of each character."""

    spelled: Mapping[str, str]
    """In pinyin."""
    alike: Mapping[str, str]
    """The same, those that people mix up made one."""

    def of(self, text: str) -> tuple[str, ...]:
        """By character its sound; one without a sound is its own."""
        return tuple(self.alike.get(character, character) for character in text)

    def spell(self, text: str) -> str:
        """In pinyin; a character without a sound stays."""
        return "".join(self.spelled.get(character, character) for character in text)

    def are_alike(self, one: str, other: str) -> bool:
        """Whether two characters sound alike."""
        sound = self.alike.get(one)
        return one == other or (sound is not None and sound == self.alike.get(other))

    def wrong(self, said: str, word: str) -> int | None:
        """How many characters of the word are typed by their sound; None where it is another word."""
        if len(said) != len(word) or not all(map(self.are_alike, said, word)):
            return None
        return sum(one != other for one, other in zip(said, word, strict=True))


SILENCE = Sounds({}, {})


@cache
def read_sounds(config_dir: Path) -> Sounds:
    """Of all characters in the file."""
    spelled: dict[str, str] = {}
    for line in (config_dir / "lexicon" / "pinyin.txt").read_text("utf-8").splitlines():
        syllable, _, characters = line.partition(" ")
        if syllable != "#":
            spelled.update(dict.fromkeys(characters, syllable))
    same = {syllable: _made_one(syllable) for syllable in set(spelled.values())}
    return Sounds(spelled, {character: same[syllable] for character, syllable in spelled.items()})


def _made_one(syllable: str) -> str:
    for pattern, same in _ALIKE:
        syllable = pattern.sub(same, syllable)
    return syllable


def reads_as(said: str, words: Iterable[str], sounds: Sounds, endings: re.Pattern[str]) -> bool:
    """Whether all of what was said is one of the words, typed wrong: by sound (收倒), in pinyin, one character twice. The word
    itself is not. `endings`: what may stand behind a word and says nothing."""
    plain = _short(said, endings)
    return bool(plain) and any(_is(plain, _short(word, endings), sounds) for word in words)


def _short(word: str, endings: re.Pattern[str]) -> str:
    """Folded, without its ending."""
    folded = "".join(fold(word).split())
    return next((folded[:at] for at in range(1, len(folded)) if endings.fullmatch(folded[at:])), folded)


def _is(said: str, word: str, sounds: Sounds) -> bool:
    if said.isascii():
        return said == sounds.spell(word)
    if len(said) == len(word) + 1:  # 收收到
        return any(said[at] == said[at - 1] and said[:at] + said[at + 1 :] == word for at in range(1, len(said)))
    return 0 < (sounds.wrong(said, word) or 0) <= (1 - LEAST_SAME) * len(word)


class Spelling:
    """Mends a word with one character exchanged for one that sounds like it (务业 for 物业). Words of danger are mended in every
    short message, the others only in one that says nothing: table [spelling] of the lexicon."""

    def __init__(self, lexicon: Mapping[str, Any], sounds: Sounds) -> None:
        table = lexicon["spelling"]
        self.belief: float = table["belief"]
        """A reading of a mended text keeps this share of its confidence."""
        self._up_to, danger = table["up_to"], table["danger"]
        parts = (part for phrase in _strings(lexicon) for part in phrase.split("+"))
        self._known = {*table["common"], *table["words"], *danger, *filter(_WORD.fullmatch, parts)}
        self._sounds = sounds
        self._all, self._danger = (self._index(words) for words in ([*table["words"], *danger], danger))

    def mend(self, text: str) -> str:
        """With all listed words."""
        return self._mended(text, *self._all) if len(text) <= self._up_to else text

    def mend_danger(self, text: str) -> str:
        """With the words of danger only."""
        return self._mended(text, *self._danger) if len(text) <= self._up_to else text

    def _index(self, words: Sequence[str]) -> tuple[Mapping[str, str], frozenset[str], frozenset[str]]:
        """The words by themselves with one character replaced by its sound; their first characters and the second ones: of a
        mistyped word one of the two stands as it should."""
        word_of = {key: word for word in sorted(words) for key in self._keys(word)}
        return word_of, frozenset(word[0] for word in words), frozenset(word[1] for word in words)

    def _keys(self, word: str) -> Iterator[str]:
        for place, character in enumerate(word):
            if character in self._sounds.alike:
                yield f"{word[:place]}<{self._sounds.alike[character]}>{word[place + 1 :]}"

    def _mended(self, text: str, word_of: Mapping[str, str], first: frozenset[str], second: frozenset[str]) -> str:
        """The text with each mistyped word put right. Words that are known as they stand stay, unless they are but a part of
        the mistyped one (身份 in 身份正)."""
        known: list[Span] | None = None
        for start in range(len(text) - 1):
            if text[start] not in first and text[start + 1] not in second:
                continue
            for end in (start + size for size in SIZES if start + size <= len(text)):
                word = next((word_of[key] for key in self._keys(text[start:end]) if key in word_of), None)
                if word is None:
                    continue
                known = self._known_in(text) if known is None else known
                if all(_inside(span, start, end) for span in known if span[0] < end and start < span[1]):
                    text = text[:start] + word + text[end:]
                    known.append((start, end))
                    break
        return text

    def _known_in(self, text: str) -> list[Span]:
        ends = ((start, start + size) for size in SIZES for start in range(len(text) - size + 1))
        return [(start, end) for start, end in ends if text[start:end] in self._known]


def _inside(span: Span, start: int, end: int) -> bool:
    """Whether a known word is a proper part of the stretch."""
    return start <= span[0] and span[1] <= end and span[1] - span[0] < end - start


def _strings(table: Any) -> Iterator[str]:
    """All texts in a table of tables and lists."""
    if isinstance(table, str):
        yield table
    elif isinstance(table, Mapping | list):
        for value in table.values() if isinstance(table, Mapping) else table:
            yield from _strings(value)
