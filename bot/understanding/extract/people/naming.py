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
from bot.understanding.normalize import simplify

_RULES = Rules("naming")
SHORTEST = 2
"""Characters of a name that is looked for in a text."""
LETTERS = 4
"""Letters of a name in pinyin that is looked for."""
_FORMS = ("around", "given_only", "subject_end")


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
    hidden: str
    """As `plain`, with marks in place of a character kept."""


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
        parts = [c if c.isascii() else self.sounds.spelled.get(c, "") for c in plain]
        spelled = [("" if part.isdigit() else part, c.isascii()) for part, c in zip(parts, plain, strict=True)]
        letters = tuple(typed for part, typed in spelled for _ in part)
        return Said(plain, self.sounds.of(plain), "".join(part for part, _ in spelled), letters, hidden)

    def is_named(self, name: str, said: Said) -> bool:
        """Whether the whole name stands in the text."""
        bare = bare_name(name)
        if len(bare) < SHORTEST:
            return False
        written = any(is_whole(said.plain, at.start(), at.end()) for at in re.finditer(re.escape(bare), said.plain))
        if written or self._by_sound(bare, said) or self._by_letters(bare, said):
            return True
        return bare[::-1] in said.plain or self._in_part(bare, said)

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

    def by_surname(self, name: str, said: Said, titles: Iterable[str], between: Iterable[str]) -> Iterator[str]:
        """The titles with which somebody of this surname or given name is spoken of; empty for one without (姓周的, 小周)."""
        own, given = surname(name), given_name(name)
        if self._surname_alone(own, said):
            yield ""
        title, filling = any_of(titles), any_of(between)
        for found in re.finditer(_RULES.filled("addressed", own=re.escape(own)), said.plain):
            if self._is_surname(found[2], own, same=not found[1]):
                yield ""
        for found in re.finditer(rf"({re.escape(own)}|[a-z]+|[\u4e00-\u9fff])(?:{filling})?({title})", said.plain):
            if self._is_surname(found.group(1), own, same=False):
                yield found.group(2)
        if len(given) >= SHORTEST:
            yield from (found.group(1) for found in re.finditer(rf"{re.escape(given)}({title})", said.plain))

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

    def _by_sound(self, name: str, said: Said) -> bool:
        """Characters of the same sound: one of them is the right one, or it begins with a surname."""
        return any(
            written[0] in self.surnames or any(same_characters(written, name))
            for written in self._of_sound(name, said)
            if written != name
        )

    def is_place(self, plain: str, start: int, stop: int) -> bool:
        """Whether this stretch, which sounds like a name, belongs to an address."""
        address = self.places.match(plain, start) or _RULES.address.match(plain, start)
        return address is not None or _RULES.place_behind.match(plain, stop) is not None

    def _by_letters(self, name: str, said: Said) -> bool:
        """In pinyin, whole or in part, or by its three or more initials."""
        spelled, initials = self.sounds.spell(name), "".join(self.sounds.spell(c)[0] for c in name)
        places = re.finditer(f"(?={re.escape(spelled)})", said.spelled) if len(spelled) >= LETTERS else ()
        if any(any(said.letters[found.start() : found.start() + len(spelled)]) for found in places):
            return True
        return len(initials) > SHORTEST and bool(re.search(rf"(?<![a-z]){re.escape(initials)}(?![a-z])", said.plain))

    def _in_part(self, name: str, said: Said) -> bool:
        """With letters, or marks, in place of some of its characters, and at least one as it is (刘z强, l志强, 刘某强)."""
        some = _RULES.words["some"]
        if not (any(said.letters) or some in said.hidden) or not any(c in said.plain for c in name):
            return False
        ways = (rf"(?:(?P<own{at}>{re.escape(c)})|{'|'.join(self._stands_for(c))})" for at, c in enumerate(name))
        pattern = _compiled(rf"(?<![a-z]){''.join(ways)}(?![a-z])")
        return any(
            any(found.groupdict().values()) and not found.group().endswith(some * 2)
            for text in {said.plain, said.hidden}
            for found in pattern.finditer(text)
        )

    def _stands_for(self, character: str) -> Iterator[str]:
        spelled = self.sounds.spelled.get(character, "")
        yield from (spelled, spelled[0]) if spelled else ()
        yield from ("x", _RULES.words["some"])

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


@lru_cache(8192)
def _compiled(pattern: str) -> re.Pattern[str]:
    """Of the names of a roster, which are looked for again and again: `re` itself keeps 512."""
    return re.compile(pattern)


def _dialect(letters: str) -> str:
    """Pinyin without the differences that many speakers do not make."""
    for heard, same in _RULES.words["dialect"].items():
        letters = letters.replace(heard, same)
    return letters


def bare_name(name: str) -> str:
    """Letters and digits of a name, simplified."""
    return _letters(simplify(name).text)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


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
