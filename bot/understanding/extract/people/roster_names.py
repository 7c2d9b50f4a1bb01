"""Finds in a text who is of the roster: the whole name as it is written, by its sounds, with marks between or in letters, and
of staff the given name alone."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from bot.understanding.extract.people.naming import Naming, bare_name, surname
from bot.understanding.lexicon import Rules
from bot.understanding.normalize import Span, simplify

SOMEBODY, NICKNAME = "\ue000", "\ue001"
"""What stands for a name in a text that the rules of by_name.toml read."""
_RULES = Rules("by_name")
AROUND = 2  # characters beside what is unusual that may belong to the name
SHORTEST = 2
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
    sounds: dict[tuple[str, ...], list[str]] = field(default_factory=dict)

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
        heard = tuple(self.naming.sounds.alike.get(c, c) for c in plain) if self.sounds else ()
        lengths = sorted({len(name) for name in self.whole}, reverse=True)
        start = 0
        while start < len(plain):
            stop = next((start + n for n in lengths if self._is_one(plain, heard, (start, start + n))), 0)
            sign = SOMEBODY
            if not stop and plain[start : start + SHORTEST] in self.given:
                stop, sign = start + SHORTEST, NICKNAME
            if stop:
                yield start, stop, sign
            start = stop or start + 1

    def _is_one(self, plain: str, heard: tuple[str, ...], span: Span) -> bool:
        written = plain[span[0] : span[1]]
        if len(written) < span[1] - span[0]:
            return False
        word = self.ordinary.match(written)
        if written in self.whole:
            return word is None or len(written) > word.end()
        if word:
            return False
        alike = self.sounds.get(heard[span[0] : span[1]], ())
        return any(_is_like(written, name) for name in alike)

    def _unusual(self, text: str) -> str:
        """With names in letters, or with a mark in place of a character: what is unusual of them is replaced."""
        shown, end = "", 0
        for found in _RULES.unusual.finditer(text):
            said = self.naming.said(text[max(found.start() - AROUND, 0) : found.end() + AROUND])
            known = any(self.naming.is_named(name, said) for name in self.whole)
            shown += text[end : found.start()] + (SOMEBODY if known else found[0])
            end = found.end()
        return shown + text[end:]


def _is_like(written: str, name: str) -> bool:
    """As `Naming` compares sounds; of two characters the surname is the right one."""
    if len(name) < FULL:
        return written[0] == name[0]
    return any(a == b for a, b in zip(written, name, strict=True))


def roster_names(
    naming: Naming, ordinary: re.Pattern[str], people: Iterable[OnList], common: Sequence[str]
) -> RosterNames:
    """Of these people. `common`: words that are given names too, which alone name nobody."""
    whole, given, sounds = set[str](), set[str](), dict[tuple[str, ...], list[str]]()
    for person in people:
        bare = bare_name(person.name)
        if len(bare) < SHORTEST:
            continue
        whole.add(bare)
        sounds.setdefault(tuple(naming.sounds.alike.get(c, c) for c in bare), []).append(bare)
        alone = bare[len(surname(bare)) :]
        if person.is_staff and len(alone) == SHORTEST and alone not in common:
            given.add(alone)
    return RosterNames(naming, ordinary, frozenset(whole), frozenset(given), sounds)
