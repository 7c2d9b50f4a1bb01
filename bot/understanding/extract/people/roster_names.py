"""Finds in a text who is of the roster: the whole name as it is written, by its sounds, with marks between or in letters, and
of staff the given name alone."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from bot.understanding.extract.people.comparison import is_whole, same_characters
from bot.understanding.extract.people.name_index import NameIndex
from bot.understanding.extract.people.naming import SHORTEST, Naming, Said, bare_name, given_name
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


class RosterNames:
    """The names of these people, by what is looked for. `ordinary`: words that begin like a name; `common`: words that are given
    names too, which alone name nobody."""

    def __init__(
        self, naming: Naming, ordinary: re.Pattern[str], people: Collection[OnList] = (), common: Sequence[str] = ()
    ) -> None:
        self._naming, self._ordinary = naming, ordinary
        self._whole = frozenset(name for person in people if len(name := bare_name(person.name)) >= SHORTEST)
        staff = {given_name(person.name) for person in people if person.is_staff}
        self._given = {each for each in staff - set(common) if len(each) == SHORTEST}
        self._index = NameIndex(naming, self._whole)
        self._people = defaultdict[str, list[str]](list)
        for person in people:
            self._people[bare_name(person.name)].append(person.name)
        self._characters = frozenset(chain.from_iterable(self._whole))
        self._lengths = sorted({len(name) for name in self._whole}, reverse=True)

    def named(self, said: Said) -> set[str]:
        """The names, as they are on the roster, of which the whole stands in the text."""
        return {name for bare in self._index.named(said) for name in self._people[bare]}

    def marked(self, text: str) -> str:
        """The text, simplified, with SOMEBODY or NICKNAME in place of each name."""
        simple = simplify(text).text
        if not self._whole:
            return simple
        at = [place for place, character in enumerate(simple) if character.isalnum()]
        shown, end = "", 0
        for start, stop, sign in self._found("".join(simple[place] for place in at)):
            shown += simple[end : at[start]] + sign
            end = at[stop - 1] + 1
        shown += simple[end:]
        return _RULES.unusual.sub(self._named, shown)

    def _found(self, plain: str) -> Iterator[tuple[int, int, str]]:
        heard = self._naming.sounds.of(plain)
        given = (at for at in range(len(plain) - 1) if plain[at : at + SHORTEST] in self._given) if self._given else ()
        end = 0
        for start in sorted({*self._index.starts(heard), *given}):
            if start < end:
                continue
            lengths = (start + length for length in self._lengths)
            stop, sign = next((stop for stop in lengths if self._is_one(plain, heard, start, stop)), 0), SOMEBODY
            if not stop and plain[start : start + SHORTEST] in self._given:
                stop, sign = start + SHORTEST, NICKNAME
            if stop:
                yield start, stop, sign
                end = stop

    def _is_one(self, plain: str, heard: tuple[str, ...], start: int, stop: int) -> bool:
        alike = self._index.by_sounds.get(heard[start:stop]) if stop <= len(plain) else None
        if alike is None:
            return False
        if not is_whole(plain, start, stop):
            return False
        written = plain[start:stop]
        word = self._ordinary.match(written)
        if written in self._whole:
            return word is None or len(written) > word.end()
        if word is not None or self._naming.is_place(plain, start, stop):
            return False
        return any(_is_like(written, name) for name in alike)

    def _named(self, found: re.Match[str]) -> str:
        """SOMEBODY in place of what is unusual of a name: letters, or a mark in place of a character."""
        if self._index.is_spelled("".join(c for c in found[0] if c.isascii() and c.isalpha())):
            return SOMEBODY
        around = found.string[max(found.start() - AROUND, 0) : found.end() + AROUND]
        written = set(filter(CHINESE.match, around))  # letters and digits stand in too many texts
        if written.isdisjoint(self._characters):
            return found[0]
        named = self._index.named(self._naming.said(around))
        return SOMEBODY if any(not written.isdisjoint(name) for name in named) else found[0]


def _is_like(written: str, name: str) -> bool:
    """As `Naming` compares sounds; of two characters the surname is the right one."""
    same = list(same_characters(written, name))
    return written[0] == name[0] if len(same) < FULL else any(same)
