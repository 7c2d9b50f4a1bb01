"""Whether a text names somebody of a list, however it is written: with marks between, in pinyin, by characters of the same
sound, by surname or nickname. Where it is uncertain the answer is yes: whom a report may be about must not read it."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

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


@dataclass(frozen=True, slots=True)
class Naming:
    """Looks for names by the sounds of characters; a character of `surnames` begins a name."""

    sounds: Sounds
    surnames: frozenset[str]

    def said(self, text: str) -> Said:
        """The text, prepared."""
        simple = unicodedata.normalize("NFD", simplify(text).text)  # the tones of pinyin are marks of their own
        plain, hidden = _letters(simple), _letters(_RULES.hiding.sub(_RULES.words["some"], simple))
        spelled, letters = "", list[bool]()
        for character in plain:
            part = character if character.isascii() else self.sounds.spelled.get(character, "")
            part = "" if part.isdigit() else part
            spelled += part
            letters += [character.isascii()] * len(part)
        return Said(plain, tuple(self.sounds.alike.get(c, c) for c in plain), spelled, tuple(letters), hidden)

    def is_named(self, name: str, said: Said) -> bool:
        """Whether the whole name stands in the text."""
        bare = bare_name(name)
        if len(bare) < SHORTEST:
            return False
        if bare in said.plain or self._by_sound(bare, said) or self._by_letters(bare, said):
            return True
        return bare[::-1] in said.plain or self._in_part(bare, said)

    def by_given(self, name: str, said: Said) -> bool:
        """Whether the given name stands alone, or a part of it with a form of address (强哥, 阿强, 小雪)."""
        given = bare_name(name)[len(surname(name)) :]
        if len(given) == SHORTEST and given in said.plain:
            said_so = _RULES.filled("called_so", given=re.escape(given))
            return given not in _RULES.words["common"] or bool(re.search(said_so, said.plain))
        if len(given) == SHORTEST and self._by_letters(given, said):
            return True
        if not any(c in said.plain for c in given):
            return False
        nickname = _RULES.filled("nickname", part=f"[{re.escape(given)}]", last=re.escape(given[-1:]))
        return any(found.group() not in _RULES.words["no_nickname"] for found in re.finditer(nickname, said.plain))

    def may_be(self, name: str, said: Said) -> bool:
        """Whether the name may be meant in any way at all: for whoever would read what is said of its bearer."""
        own, given = surname(name), bare_name(name)[len(surname(name)) :]
        if not own or not given:
            return False
        if _RULES.other_script.search(said.plain):
            return True
        first, last = re.escape(own), re.escape(given[-1])
        gaps = {"own": first, "given": re.escape(given), "last": last, "first": re.escape(given[0])}
        if any(re.search(_RULES.filled(form, **gaps), text) for form in _FORMS for text in {said.plain, said.hidden}):
            return True
        return self._in_letters(own, given, said) or self._surname_stands(own, given, said)

    def _surname_stands(self, own: str, given: str, said: Said) -> bool:
        """Whether the surname stands by itself or with a form of address or one more character: none of an ordinary word,
        and none of somebody whose whole name is another one."""
        if own == said.plain:
            return True
        for found in re.finditer(_RULES.filled("subject", own=re.escape(own)), said.plain):
            if _RULES.no_name.search(said.plain[max(0, found.start() - 1) : found.end()]):
                continue
            behind = found[1]
            alike = {self.sounds.alike.get(c, c) for c in given}
            if (
                len(behind) < SHORTEST
                or _RULES.any_title.search(behind)
                or alike & {self.sounds.alike.get(c, c) for c in behind}
            ):
                return True
        return False

    def _in_letters(self, own: str, given: str, said: Said) -> bool:
        """In letters that stand by themselves: initials, a part of the surname, both in any order and any dialect (zou zen)."""
        whole, rest = self._spelled(own), self._spelled(given)
        short = "".join(self._spelled(c)[:1] for c in given)
        forms = {whole + rest, rest + whole, whole + short, whole[:1] + rest, whole[:1] + short, whole, whole[:2]}
        forms = {_dialect(form) for form in forms if len(form) >= SHORTEST}
        words = re.findall(r"[a-z]+", said.plain)
        return any(
            _dialect(word) in forms or any(len(form) > LETTERS and form in _dialect(word) for form in forms)
            for word in words
        )

    def _spelled(self, text: str) -> str:
        return "".join(self.sounds.spelled.get(c, c) for c in text)

    def sounds_like(self, words: Iterable[str], said: Said) -> bool:
        """Whether one of these words stands in the text by characters of the same sound, or in pinyin."""
        for word in words:
            sounds = tuple(self.sounds.alike.get(c, c) for c in word)
            for start in range(len(said.plain) - len(word) + 1):
                written = said.plain[start : start + len(word)]
                if said.sounds[start : start + len(word)] == sounds and written not in _RULES.words["no_unit"]:
                    return True
            if any(_dialect(self._spelled(word)) in _dialect(each) for each in re.findall(r"[a-z]{5,}", said.plain)):
                return True
        return False

    def _in_part(self, name: str, said: Said) -> bool:
        """With letters, or marks, in place of some of its characters, and at least one as it is (刘z强, l志强, 刘某强)."""
        some = _RULES.words["some"]
        if not (any(said.letters) or some in said.hidden) or not any(c in said.plain for c in name):
            return False
        ways = (rf"(?:(?P<own{at}>{re.escape(c)})|{'|'.join(self._stands_for(c))})" for at, c in enumerate(name))
        pattern = _compiled(rf"(?<![a-z]){''.join(ways)}(?![a-z])")
        for text in {said.plain, said.hidden}:
            for found in pattern.finditer(text):
                if any(found.groupdict().values()) and not found.group().endswith(some * 2):
                    return True
        return False

    def _stands_for(self, character: str) -> Iterator[str]:
        spelled = self.sounds.spelled.get(character, "")
        yield from (spelled, spelled[0]) if spelled else ()
        yield from ("x", _RULES.words["some"])

    def by_surname(self, name: str, said: Said, titles: Iterable[str], between: Iterable[str]) -> Iterator[str]:
        """The titles with which somebody of this surname or given name is spoken of; empty for one without (姓周的, 小周)."""
        own, given = surname(name), bare_name(name)[len(surname(name)) :]
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

    def _surname_alone(self, own: str, said: Said) -> bool:
        """A double surname by itself, one told by its characters, one with a title that is cut short or with marks behind."""
        if len(own) == 2 and own in said.plain and own not in _RULES.words["place_names"]:
            return True
        told = _RULES.words["spelled_out"].get(own)
        if told and re.search(_RULES.filled("told", own=own, told=told), said.plain):
            return True
        short = self.sounds.spelled.get(own[0], "")
        letters = rf"|(?<![a-z])(?:{short}|{short[0]})" if short else ""
        return bool(
            re.search(_RULES.filled("short", own=re.escape(own), letters=letters), said.plain)
            or re.search(_RULES.filled("hidden", own=re.escape(own)), said.hidden)
        )

    def _is_surname(self, written: str, own: str, *, same: bool) -> bool:
        """Whether this is the surname; unless `same`, also one that sounds like it, or its first letter."""
        if written == own or (len(own) == 2 and written == own[0]):
            return True
        spelled = "".join(self.sounds.spelled.get(c, c) for c in own)
        if written.isascii():
            return written == spelled or (len(written) == 1 and spelled.startswith(written))
        alike = self.sounds.alike.get(written, written) == self.sounds.alike.get(own, own)
        return alike and not same and len(own) == 1 and written not in _RULES.words["no_surname"]

    def _by_sound(self, name: str, said: Said) -> bool:
        """Characters of the same sound: one of them is the right one, or it begins with a surname."""
        sounds = tuple(self.sounds.alike.get(c, c) for c in name)
        for start in range(len(said.plain) - len(name) + 1):
            if said.sounds[start : start + len(name)] != sounds:
                continue
            written = said.plain[start : start + len(name)]
            if written[0] in self.surnames or any(a == b for a, b in zip(written, name, strict=True)):
                return True
        return False

    def _by_letters(self, name: str, said: Said) -> bool:
        """In pinyin, whole or in part, or by its three or more initials."""
        syllables = [self.sounds.spelled.get(c, c) for c in name]
        spelled, initials = "".join(syllables), "".join(each[0] for each in syllables)
        start = said.spelled.find(spelled)
        while start >= 0 and len(spelled) >= LETTERS:
            if any(said.letters[start : start + len(spelled)]):
                return True
            start = said.spelled.find(spelled, start + 1)
        return len(initials) > SHORTEST and bool(re.search(rf"(?<![a-z]){re.escape(initials)}(?![a-z])", said.plain))


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
    return "".join(c for c in text if c.isalnum())


def surname(name: str) -> str:
    """The surname, of two characters where it is one of those."""
    bare = bare_name(name)
    return bare[:2] if bare.startswith(tuple(_RULES.words["double_surnames"])) else bare[:1]


@cache
def read_naming(config_dir: Path, surnames: Sequence[str]) -> Naming:
    """With these surnames, by the sounds of characters."""
    return Naming(read_sounds(config_dir), frozenset("".join(surnames)))
