"""Finds which of many names stand in a text, however each is written; the time does not grow with the number of names."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import pairwise, product
from typing import TypeVar, cast

from bot.understanding.extract.people.comparison import is_whole
from bot.understanding.extract.people.naming import LETTERS, SHORTEST, Naming, Said
from bot.understanding.lexicon import Rules

_RULES = Rules("naming")
_Key = TypeVar("_Key")
ANY = "*"
"""In a key, the place of a character of which nothing is known."""
MOST_REPLACED = 3
"""Characters of a name that may be replaced by letters or marks."""
Names = Mapping[str, Collection[str]]


class NameIndex:
    """Dictionaries of these names (letters and digits alone), by every form in which they are looked for."""

    def __init__(self, naming: Naming, names: Iterable[str]) -> None:
        self._naming, self._names = naming, frozenset(name for name in names if len(name) >= SHORTEST)
        self.by_sounds = _grouped((naming.sounds.of(name), name) for name in self._names)
        self._reversed = {name[::-1]: name for name in self._names}
        self._heard_first = {sounds[:SHORTEST] for sounds in self.by_sounds}
        self._turned_first = {tuple(turned[:SHORTEST]) for turned in self._reversed}
        syllables = {name: [naming.sounds.spell(character) for character in name] for name in self._names}
        self._spelled = _grouped(
            (word, name) for name, parts in syllables.items() if len(word := "".join(parts)) >= LETTERS
        )
        self._initials = _grouped(
            ("".join(part[0] for part in parts), name) for name, parts in syllables.items() if len(parts) > SHORTEST
        )
        self._letters_first = {word[:LETTERS] for word in self._spelled}
        self._lengths = sorted({len(name) for name in self._names})
        self._spelled_lengths = sorted({len(word) for word in self._spelled})
        self._initials_lengths = sorted({len(word) for word in self._initials})

    def named(self, said: Said) -> set[str]:
        """The names of which the whole stands in the text. Where it is uncertain, one does."""
        found = set(self._written(said))
        if any(said.letters):
            found.update(self._in_pinyin(said))
            found.update(self._by_initials(said.plain))
        some = _RULES.words["some"]
        for text in {said.plain, said.hidden}:
            if some in text or any(said.letters):
                found.update(self._in_part(text))
        return found

    def is_spelled(self, letters: str) -> bool:
        """Whether these are the initials of a name, or hold one in pinyin."""
        return letters in self._initials or any(
            letters[start : start + size] in self._spelled
            for start in range(len(letters))
            if letters[start : start + LETTERS] in self._letters_first
            for size in self._spelled_lengths
        )

    def starts(self, sounds: Sequence[str]) -> Iterator[int]:
        """Where two characters stand that sound like the first ones of a name."""
        first = self._heard_first
        return (start for start, pair in enumerate(pairwise(sounds)) if pair in first)

    def _written(self, said: Said) -> Iterator[str]:
        """As they are, by characters of the same sound, or the given name first."""
        plain, sounds = said.plain, said.sounds
        pairs = enumerate(pairwise(plain))
        turned = {start for start, pair in pairs if pair in self._turned_first}
        for start in turned.union(self.starts(sounds)):
            for stop in (start + size for size in self._lengths if start + size <= len(plain)):
                if name := self._reversed.get(plain[start:stop]):
                    yield name
                alike = self.by_sounds.get(sounds[start:stop])
                if alike and is_whole(plain, start, stop):
                    yield from (name for name in alike if self._naming.is_meant(name, plain, start, stop))

    def _in_pinyin(self, said: Said) -> Iterator[str]:
        """In pinyin, of which a part at least was typed as letters."""
        spelled, first = said.spelled, self._letters_first
        for start in range(len(spelled)):
            if spelled[start : start + LETTERS] in first:
                for stop in (start + size for size in self._spelled_lengths if start + size <= len(spelled)):
                    if any(said.letters[start:stop]):
                        yield from self._spelled.get(spelled[start:stop], ())

    def _by_initials(self, plain: str) -> Iterator[str]:
        """By three or more initials that stand by themselves."""
        for start in range(len(plain)):
            if plain[start].isascii() and not _is_letter(plain, start - 1):
                for size in self._initials_lengths:
                    if not _is_letter(plain, start + size):
                        yield from self._initials.get(plain[start : start + size], ())

    def _in_part(self, text: str) -> Iterator[str]:
        """With letters, or marks, in place of some of their characters, and at least one as it is (刘z强, l志强, 刘某强)."""
        some, longest = _RULES.words["some"], max(self._lengths, default=0)
        odd = [at for at, character in enumerate(text) if character == some or _is_letter(text, at)]
        starts = {start for at in odd for start in range(max(0, at - longest + 1), at + 1)}
        near = {at: self._next(text, at) for start in starts for at in range(start, start + longest) if at < len(text)}
        tried: set[tuple[str, ...]] = set()
        for start in starts:
            if not _is_letter(text, start - 1):
                for key, items in self._items(text, start, near):
                    names = self._keys.get(key)
                    if names and items not in tried:
                        tried.add(items)
                        yield from (name for name in names if self._stands_for(items, name))

    def _items(
        self, text: str, start: int, near: Mapping[int, list[tuple[str, str]]]
    ) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Every way in which the text from here on may be a name: its key, and what was written for each character."""
        longest, ways = self._lengths[-1], [(start, "", cast(tuple[str, ...], ()))]
        while ways:
            at, key, items = ways.pop()
            if len(items) >= SHORTEST and not _is_letter(text, at):
                yield key, items
            if at < len(text) and len(items) < longest and (len(key) != SHORTEST or key in self._beginnings):
                ways += [(at + len(item), key + sign, (*items, item)) for sign, item in near[at]]

    def _next(self, text: str, at: int) -> list[tuple[str, str]]:
        """What may stand for one character here: its sign in a key, and what was written."""
        character = text[at]
        found = [(character, character)]
        if character in ("x", _RULES.words["some"]):
            found.append((ANY, character))
        if _is_letter(text, at):
            found += [(character, each) for each in self._syllables.get(character, ()) if text.startswith(each, at)]
        return found

    def _stands_for(self, items: tuple[str, ...], name: str) -> bool:
        """Whether what was written may be this name: one character at least is its own."""
        some, spelled = _RULES.words["some"], self._naming.sounds.spelled
        if items[-2:] == (some, some):
            return False
        own = [item == character for item, character in zip(items, name, strict=True)]
        return any(own) and all(
            same or item in ("x", some) or item in ((sound := spelled.get(character, "")), sound[:1])
            for same, item, character in zip(own, items, name, strict=True)
        )

    @cached_property
    def _keys(self) -> Names:
        """The names by their characters, some of them replaced by the initial or by ANY. Made when first needed."""
        spelled = self._naming.sounds.spelled
        return _grouped(
            ("".join(signs), name)
            for name in self._names
            for signs in product(*((c, *spelled.get(c, "")[:1], ANY) for c in name))
            if 0 < sum(sign != c for sign, c in zip(signs, name, strict=True)) <= MOST_REPLACED
        )

    @cached_property
    def _beginnings(self) -> frozenset[str]:
        """The first characters of all keys."""
        return frozenset(key[:SHORTEST] for key in self._keys)

    @cached_property
    def _syllables(self) -> Mapping[str, Collection[str]]:
        """The syllables of two letters or more that stand for a character of a name, by their first letter."""
        heard = {self._naming.sounds.spelled.get(character, "") for name in self._names for character in name}
        return _grouped((syllable[0], syllable) for syllable in sorted(heard) if len(syllable) > 1)


def _grouped(pairs: Iterable[tuple[_Key, str]]) -> dict[_Key, tuple[str, ...]]:
    """The second by the first."""
    found: dict[_Key, dict[str, None]] = defaultdict(dict)
    for key, name in pairs:
        found[key][name] = None
    return {key: tuple(names) for key, names in found.items()}


def _is_letter(text: str, at: int) -> bool:
    return 0 <= at < len(text) and "a" <= text[at] <= "z"
