"""Finds in a text who is of the roster: the whole name as it is written, by its sounds, with marks between or in letters, and
of staff the given name alone."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bot.understanding.extract.people.naming import LETTERS, SHORTEST, Naming, bare_name, surname
from bot.understanding.lexicon import Rules
from bot.understanding.normalize import CHINESE, simplify

SOMEBODY, NICKNAME = "\ue000", "\ue001"
"""What stands for a name in a text that the rules of by_name.toml read."""
_RULES = Rules("by_name")
AROUND = 2  # characters beside what is unusual that may belong to the name
FULL = 3  # characters of a name that is known by its sounds whatever its surname


@dataclass(frozen=True, slots=True)
class OnList:
    """Somebody of the roster. `is_staff`: and not of the members alone."""

    name: str
    is_staff: bool


@dataclass(frozen=True, slots=True)
class RosterNames:
    """The names of a roster, by what is looked for."""

    naming: Naming
    ordinary: re.Pattern[str]
    """Words that begin like a name."""
    whole: frozenset[str] = frozenset()
    given: frozenset[str] = frozenset()
    sounds: Mapping[tuple[str, ...], Sequence[str]] = field(default_factory=dict)
    by_character: Mapping[str, Sequence[str]] = field(default_factory=dict)
    spelled: frozenset[str] = frozenset()
    initials: frozenset[str] = frozenset()
    lengths: tuple[int, ...] = ()

    def marked(self, text: str) -> str:
        """The text, simplified, with SOMEBODY or NICKNAME in place of each name."""
        simple = simplify(text).text
        at = [place for place, character in enumerate(simple) if character.isalnum()]
        plain = "".join(simple[place] for place in at)
        shown, end = "", 0
        for start, stop, sign in self._found(plain):
            shown += simple[end : at[start]] + sign
            end = at[stop - 1] + 1
        shown += simple[end:]
        return self._unusual(shown) if self.whole and _RULES.unusual.search(shown) else shown

    def _found(self, plain: str) -> Iterator[tuple[int, int, str]]:
        heard = tuple(self.naming.sounds.alike.get(c, c) for c in plain) if self.whole else ()
        start, end = 0, len(plain)
        while start < end:
            stop = next((start + n for n in self.lengths if self._is_one(plain, heard, start, start + n)), 0)
            sign = SOMEBODY
            if not stop and plain[start : start + SHORTEST] in self.given:
                stop, sign = start + SHORTEST, NICKNAME
            if stop:
                yield start, stop, sign
            start = stop or start + 1

    def _is_one(self, plain: str, heard: tuple[str, ...], start: int, stop: int) -> bool:
        alike = self.sounds.get(heard[start:stop]) if stop <= len(plain) else None
        if alike is None:
            return False
        written = plain[start:stop]
        word = self.ordinary.match(written)
        if written in self.whole:
            return word is None or len(written) > word.end()
        return word is None and any(_is_like(written, name) for name in alike)

    def _unusual(self, text: str) -> str:
        """With names in letters, or with a mark in place of a character: what is unusual of them is replaced."""
        shown, end = "", 0
        for found in _RULES.unusual.finditer(text):
            around = text[max(found.start() - AROUND, 0) : found.end() + AROUND]
            known = self._in_letters(found[0]) or self._in_part(around)
            shown += text[end : found.start()] + (SOMEBODY if known else found[0])
            end = found.end()
        return shown + text[end:]

    def _in_letters(self, written: str) -> bool:
        letters = "".join(c for c in written if c.isascii() and c.isalpha())
        return letters in self.initials or any(spelled in letters for spelled in self.spelled)

    def _in_part(self, written: str) -> bool:
        names = {name for c in written for name in self.by_character.get(c, ())}
        said = self.naming.said(written) if names else None
        return said is not None and any(self.naming.is_named(name, said) for name in names)


def _is_like(written: str, name: str) -> bool:
    """As `Naming` compares sounds; of two characters the surname is the right one."""
    if len(name) < FULL:
        return written[0] == name[0]
    return any(a == b for a, b in zip(written, name, strict=True))


def roster_names(
    naming: Naming, ordinary: re.Pattern[str], people: Collection[OnList], common: Sequence[str]
) -> RosterNames:
    """Of these people. `common`: words that are given names too, which alone name nobody."""
    bare = sorted({name for person in people if len(name := bare_name(person.name)) >= SHORTEST})
    sounds, by_character = dict[tuple[str, ...], list[str]](), dict[str, list[str]]()
    for name in bare:
        sounds.setdefault(tuple(naming.sounds.alike.get(c, c) for c in name), []).append(name)
        for character in set(filter(CHINESE.match, name)):  # letters and digits stand in too many texts
            by_character.setdefault(character, []).append(name)
    alone = {bare_name(person.name) for person in people if person.is_staff}
    given = {name[len(surname(name)) :] for name in alone} - set(common)
    syllables = [[naming.sounds.spelled.get(c, c) for c in name] for name in bare]
    return RosterNames(
        naming, ordinary, frozenset(bare), frozenset(each for each in given if len(each) == SHORTEST), sounds, by_character,
        spelled=frozenset(word for each in syllables if len(word := "".join(each)) >= LETTERS),
        initials=frozenset("".join(part[0] for part in each) for each in syllables if len(each) > SHORTEST),
        lengths=tuple(sorted({len(name) for name in bare}, reverse=True)),
    )  # fmt: skip
