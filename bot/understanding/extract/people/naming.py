"""Whether a text names somebody of a list, however it is written: with marks between, in pinyin, by characters of the same
sound, by surname or nickname. Where it is uncertain the answer is yes: whom a report may be about must not read it."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from bot.understanding.extract.people.comparison import is_whole, same_characters
from bot.understanding.extract.sounds import Sounds, read_sounds
from bot.understanding.lexicon import Rules, any_of
from bot.understanding.normalize import CHINESE, simplify

_RULES = Rules("naming")
SHORTEST = 2
"""Characters of a name that is looked for in a text."""
LETTERS = 4
"""Letters of a name in pinyin that is looked for."""
_LETTER = re.compile("[a-zA-Z]")
_FORMS = ("around", "given_only", "subject_end")


@dataclass(frozen=True, slots=True)
class Said:
    """A text in the forms in which names are looked for."""

    plain: str
    """Letters and digits alone."""
    sounds: tuple[str, ...]
    """By character of `plain`, its sound; a letter is its own."""
    spelled: str
    """In pinyin, without digits, where `letters` of it were typed as letters; else empty."""
    letters: tuple[bool, ...]
    hidden: str
    """As `plain`, with marks in place of a character kept."""


@dataclass(frozen=True, slots=True)
class SpokenOf:
    """Surnames, or what stands for one, in a text."""

    called: frozenset[tuple[str, bool]]
    """With a form of address (小周), and whether characters of the same sound are none (姓周的: not)."""
    titled: frozenset[tuple[str, str]]
    """With a title behind."""
    title: str
    """An expression of all titles."""


_NO_PLACE = re.compile("(?!)")


@dataclass(frozen=True, slots=True)
class Naming:
    """Looks for names by the sounds of characters; a character of `surnames` begins a name. What begins as `places` do only sounds
    like one: 花都路一号 is no 花都路乙."""

    sounds: Sounds
    surnames: frozenset[str]
    places: re.Pattern[str] = _NO_PLACE

    def said(self, text: str) -> Said:
        """The text, prepared."""
        simple = unicodedata.normalize("NFD", simplify(text).text)  # the tones of pinyin are marks of their own
        plain, hidden = _letters(simple), _letters(_RULES.hiding.sub(_RULES.words["some"], simple))
        spelled, letters = self._spelled(plain) if _LETTER.search(plain) else ("", ())
        return Said(plain, self.sounds.of(plain), spelled, letters, hidden)

    def _spelled(self, plain: str) -> tuple[str, tuple[bool, ...]]:
        parts = [c if c.isascii() else self.sounds.spelled.get(c, "") for c in plain]
        spelled = [("" if part.isdigit() else part, c.isascii()) for part, c in zip(parts, plain, strict=True)]
        return "".join(part for part, _ in spelled), tuple(typed for part, typed in spelled for _ in part)

    def is_meant(self, name: str, plain: str, start: int, stop: int) -> bool:
        """Whether this stretch, which sounds like the name, stands for it: it is the name, or no part of an address, and one character
        is the right one, or it begins with a surname."""
        written = plain[start:stop]
        if written == name:
            return True
        alike = written[0] in self.surnames or any(same_characters(written, name))
        return alike and not self.is_place(plain, start, stop)

    def by_given(self, name: str, said: Said) -> bool:
        """Whether the given name stands alone, or a part of it with a form of address (强哥, 阿强, 小雪)."""
        given = given_name(name)
        if len(given) == SHORTEST and given in said.plain:
            so = _RULES.filled("called_so", given=re.escape(given))
            return given not in _RULES.words["common"] or bool(re.search(so, said.plain))
        if len(given) == SHORTEST and self._by_letters(given, said):
            return True
        if not any(c in said.plain for c in given):
            return False
        nickname = _RULES.filled("nickname", part=f"[{re.escape(given)}]", last=re.escape(given[-1:]))
        return any(found.group() not in _RULES.words["no_nickname"] for found in re.finditer(nickname, said.plain))

    def may_be(self, name: str, said: Said) -> bool:
        """Whether the name may be meant in any way at all: for whoever would read what is said of its bearer."""
        own, given = surname(name), given_name(name)
        if not own or not given:
            return False
        if _RULES.other_script.search(said.plain):
            return True
        first, last = re.escape(own), re.escape(given[-1])
        gaps = {"own": first, "given": re.escape(given), "last": last, "first": re.escape(given[0])}
        if any(re.search(_RULES.filled(form, **gaps), text) for form in _FORMS for text in {said.plain, said.hidden}):
            return True
        return self._in_letters(own, given, said) or self._surname_stands(own, given, said)

    def spoken_of(self, said: Said, title: str, filling: str) -> "SpokenOf":
        """What stands before titles and behind forms of address. `title`, `filling`: expressions of all titles, and of what may
        stand before one."""
        own = "|".join((*_RULES.words["double_surnames"], "[a-z]+", CHINESE.pattern))
        called = re.finditer(_RULES.filled("addressed", own=own), said.plain)
        titled = re.finditer(rf"({own})(?:{filling})?({title})", said.plain)
        return SpokenOf(
            frozenset((end, not found[1]) for found in called for end in _ends(found[2])),
            frozenset((end, found[2]) for found in titled for end in _ends(found[1])),
            title,
        )

    def by_surname(self, name: str, said: Said, spoken_of: "SpokenOf") -> Iterator[str]:
        """The titles with which somebody of this surname or given name is spoken of; empty for one without (姓周的, 小周)."""
        own, given = surname(name), given_name(name)
        if self._surname_alone(own, said):
            yield ""
        if any(self._is_surname(written, own, same=same) for written, same in spoken_of.called):
            yield ""
        yield from (each for written, each in spoken_of.titled if self._is_surname(written, own, same=False))
        if len(given) >= SHORTEST and given in said.plain:
            yield from (found[1] for found in re.finditer(rf"{re.escape(given)}({spoken_of.title})", said.plain))

    def sounds_like(self, words: Iterable[str], said: Said) -> bool:
        """Whether one of these words stands in the text by characters of the same sound, or in pinyin."""
        typed = [_dialect(each) for each in re.findall(r"[a-z]{5,}", said.plain)]
        return any(
            any(written not in _RULES.words["no_unit"] for written in self._of_sound(word, said))
            or any(_dialect(self.sounds.spell(word)) in each for each in typed)
            for word in words
        )

    def _of_sound(self, name: str, said: Said) -> Iterator[str]:
        """The stretches of the text that sound like this."""
        sounds, size = self.sounds.of(name), len(name)
        for start in range(len(said.plain) - size + 1):
            stop, heard = start + size, said.sounds[start : start + size] == sounds
            if heard and is_whole(said.plain, start, stop) and not self.is_place(said.plain, start, stop):
                yield said.plain[start:stop]

    def is_place(self, plain: str, start: int, stop: int) -> bool:
        """Whether this stretch, which sounds like a name, belongs to an address."""
        address = self.places.match(plain, start) or _RULES.address.match(plain, start)
        return address is not None or _RULES.place_behind.match(plain, stop) is not None

    def _by_letters(self, name: str, said: Said) -> bool:
        """In pinyin, of which a part at least was typed as letters."""
        spelled, at = self.sounds.spell(name), -1
        if len(spelled) < LETTERS:
            return False
        while (at := said.spelled.find(spelled, at + 1)) >= 0:
            if any(said.letters[at : at + len(spelled)]):
                return True
        return False

    def _in_letters(self, own: str, given: str, said: Said) -> bool:
        """In letters that stand by themselves: initials, a part of the surname, both in any order and any dialect (zou zen)."""
        whole, rest = self.sounds.spell(own), self.sounds.spell(given)
        short = "".join(self.sounds.spell(c)[:1] for c in given)
        forms = {whole + rest, rest + whole, whole + short, whole[:1] + rest, whole[:1] + short, whole, whole[:2]}
        forms = {_dialect(form) for form in forms if len(form) >= SHORTEST}
        words = map(_dialect, re.findall(r"[a-z]+", said.plain))
        return any(word in forms or any(len(form) > LETTERS and form in word for form in forms) for word in words)

    def _surname_stands(self, own: str, given: str, said: Said) -> bool:
        """Whether the surname stands by itself or with a form of address or one more character: none of an ordinary word,
        and none of somebody whose whole name is another one."""
        for found in re.finditer(_RULES.filled("subject", own=re.escape(own)), said.plain):
            behind, around = found[1], said.plain[max(0, found.start() - 1) : found.end()]
            short = len(behind) < SHORTEST or _RULES.any_title.search(behind)
            if (short or {*self.sounds.of(given)} & {*self.sounds.of(behind)}) and not _RULES.no_name.search(around):
                return True
        return own == said.plain

    def _surname_alone(self, own: str, said: Said) -> bool:
        """A double surname by itself, one told by its characters, one with a title that is cut short or with marks behind."""
        if len(own) == 2 and own in said.plain and own not in _RULES.words["place_names"]:
            return True
        told, short = _RULES.words["spelled_out"].get(own), self.sounds.spelled.get(own[0], "")
        letters = rf"|(?<![a-z])(?:{short}|{short[0]})" if short else ""
        sources = [_RULES.filled("short", own=re.escape(own), letters=letters)]
        sources += [_RULES.filled("told", own=own, told=told)] if told else []
        hidden = re.search(_RULES.filled("hidden", own=re.escape(own)), said.hidden)
        return hidden is not None or any(re.search(source, said.plain) for source in sources)

    def _is_surname(self, written: str, own: str, *, same: bool) -> bool:
        """Whether this is the surname; unless `same`, also one that sounds like it, or its first letter."""
        if written == own or (len(own) == 2 and written == own[0]):
            return True
        if written.isascii():
            spelled = self.sounds.spell(own)
            return written == spelled or (len(written) == 1 and spelled.startswith(written))
        alike = self.sounds.of(written) == self.sounds.of(own)
        return alike and not same and written not in _RULES.words["no_surname"]


def _dialect(letters: str) -> str:
    """Pinyin without the differences that many speakers do not make."""
    for heard, same in _RULES.words["dialect"].items():
        letters = letters.replace(heard, same)
    return letters


@lru_cache(4096)
def bare_name(name: str) -> str:
    """Letters and digits of a name, simplified."""
    return _letters(simplify(name).text)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def _ends(written: str) -> Iterable[str]:
    """What may be the surname: what is written, or its last character."""
    return {written, written[-1]} if not written.isascii() else (written,)


def surname(name: str) -> str:
    """The surname, of two characters where it is one of those."""
    bare = bare_name(name)
    return bare[:2] if bare.startswith(tuple(_RULES.words["double_surnames"])) else bare[:1]


def given_name(name: str) -> str:
    """The name without the surname."""
    return bare_name(name)[len(surname(name)) :]


@cache
def read_naming(config_dir: Path, surnames: Sequence[str], places: Sequence[str]) -> Naming:
    """With these surnames and names of places, by the sounds of characters."""
    return Naming(read_sounds(config_dir), frozenset("".join(surnames)), re.compile(any_of(places) or "(?!)"))
