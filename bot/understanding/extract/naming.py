"""Whether a text names somebody of a list, however it is written: with marks between, in pinyin, by characters of the same
sound, by surname or nickname. Where it is uncertain the answer is yes: whom a report may be about must not read it."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bot.understanding.extract.spelling import read_pinyin
from bot.understanding.normalize import simplify

DOUBLE_SURNAMES = (
    "欧阳",
    "上官",
    "司马",
    "诸葛",
    "夏侯",
    "慕容",
    "皇甫",
    "东方",
    "令狐",
    "尉迟",
    "公孙",
    "长孙",
    "宇文",
    "司徒",
    "端木",
)
SHORTEST = 2
"""Characters of a name that is looked for in a text."""
LETTERS = 4
"""Letters of a name in pinyin that is looked for."""
_NO_SURNAME = frozenset("区村镇县市处委会办道门组长副和的是这那有个们跟给让找叫向被说把与及同对在某老小大")
"""A character before a title that only sounds like a surname."""


@dataclass(frozen=True, slots=True)
class Said:
    """A text in the forms in which names are looked for."""

    plain: str
    """Letters and digits alone."""
    sounds: tuple[str, ...]
    """By character of `plain`, its sound; a letter is its own."""
    spelled: str
    """In pinyin, without digits; `letters` of it were typed as letters."""
    letters: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Naming:
    """Sounds: as people mix them up, and as they are spelled."""

    alike: Mapping[str, str]
    pinyin: Mapping[str, str]
    surnames: frozenset[str]

    def said(self, text: str) -> Said:
        """The text, prepared."""
        plain = "".join(c for c in simplify(text).text if c.isalnum())
        spelled, letters = "", list[bool]()
        for character in plain:
            part = character if character.isascii() else self.pinyin.get(character, "")
            part = "" if part.isdigit() else part
            spelled += part
            letters += [character.isascii()] * len(part)
        return Said(plain, tuple(self.alike.get(c, c) for c in plain), spelled, tuple(letters))

    def is_named(self, name: str, said: Said) -> bool:
        """Whether the whole name stands in the text."""
        bare = bare_name(name)
        if len(bare) < SHORTEST:
            return False
        return bare in said.plain or self._by_sound(bare, said) or self._by_letters(bare, said)

    def by_surname(self, name: str, said: Said, titles: Iterable[str], between: Iterable[str]) -> Iterator[str]:
        """The titles with which somebody of this surname or given name is spoken of; empty for one without (姓周的, 小周)."""
        own, given = surname(name), bare_name(name)[len(surname(name)) :]
        title, filling = _any(titles), _any(between)
        for found in re.finditer(rf"(?:姓|[小老阿])({re.escape(own)}|[a-z]+|[\u4e00-\u9fff])", said.plain):
            strict = said.plain[found.start()] != "姓"
            if self._is_surname(found.group(1), own, same=strict):
                yield ""
        for found in re.finditer(rf"({re.escape(own)}|[a-z]+|[\u4e00-\u9fff])(?:{filling})?({title})", said.plain):
            if self._is_surname(found.group(1), own, same=False):
                yield found.group(2)
        if len(given) >= SHORTEST:
            yield from (found.group(1) for found in re.finditer(rf"{re.escape(given)}({title})", said.plain))

    def _is_surname(self, written: str, own: str, *, same: bool) -> bool:
        """Whether this is the surname; unless `same`, also one that sounds like it, or its first letter."""
        if written == own:
            return True
        spelled = "".join(self.pinyin.get(c, c) for c in own)
        if written.isascii():
            return written == spelled or (len(written) == 1 and spelled.startswith(written))
        alike = self.alike.get(written, written) == self.alike.get(own, own)
        return alike and not same and len(own) == 1 and written not in _NO_SURNAME

    def _by_sound(self, name: str, said: Said) -> bool:
        """Characters of the same sound: one of them is the right one, or it begins with a surname."""
        sounds = tuple(self.alike.get(c, c) for c in name)
        for start in range(len(said.plain) - len(name) + 1):
            if said.sounds[start : start + len(name)] != sounds:
                continue
            written = said.plain[start : start + len(name)]
            if written[0] in self.surnames or any(a == b for a, b in zip(written, name, strict=True)):
                return True
        return False

    def _by_letters(self, name: str, said: Said) -> bool:
        """In pinyin, whole or in part, or by its three or more initials."""
        syllables = [self.pinyin.get(c, c) for c in name]
        spelled, initials = "".join(syllables), "".join(each[0] for each in syllables)
        start = said.spelled.find(spelled)
        while start >= 0 and len(spelled) >= LETTERS:
            if any(said.letters[start : start + len(spelled)]):
                return True
            start = said.spelled.find(spelled, start + 1)
        return len(initials) > SHORTEST and bool(re.search(rf"(?<![a-z]){re.escape(initials)}(?![a-z])", said.plain))


def bare_name(name: str) -> str:
    """Letters and digits of a name, simplified."""
    return "".join(c for c in simplify(name).text if c.isalnum())


def surname(name: str) -> str:
    """The surname, of two characters where it is one of those."""
    bare = bare_name(name)
    return bare[:2] if bare.startswith(DOUBLE_SURNAMES) else bare[:1]


def _any(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


@cache
def read_naming(config_dir: Path, surnames: Sequence[str]) -> Naming:
    """Built from the table of sounds."""
    path = config_dir / "lexicon" / "pinyin.txt"
    lines = (line.partition(" ") for line in path.read_text("utf-8").splitlines())
    spelled = {c: syllable for syllable, _, characters in lines if syllable != "#" for c in characters}
    return Naming(read_pinyin(path), spelled, frozenset("".join(surnames)))
