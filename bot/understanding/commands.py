"""Reads typed commands: a word, perhaps an order's number, perhaps more text."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.orders.codes import is_valid
from bot.understanding.lexicon import Rules
from bot.understanding.normalize import Plain, simplify, squeeze
from bot.understanding.result import Command, Speaker

_GAP = re.compile(r"[\s\W_]*")
_NUMBER = re.compile(r"\d{6,8}(?!\d)")
_GROUPS = re.compile(r"\d{1,7}(?: \d{1,7})+(?!\d)")
_SHORT = {
    "ack": re.compile(r"\d{1,8}(?!\d)"),
    "attend": re.compile(r"\d{1,8}(?=\D?[\W_]*$)"),
}
"""Numbers of broadcasts, which are shorter than those of orders, by the command that takes them: behind 参加 it ends the message,
since much may follow that begins with one (参加5月1日的活动)."""
_RULES = Rules("choices")


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a command, and where the text goes on behind it."""

    digits: str
    end: int


@dataclass(frozen=True, slots=True)
class Grammar:
    """The command words of one language and what may follow each (words.toml)."""

    words: Mapping[str, Sequence[tuple[str, str]]]
    """Words and names of commands by the first character of the word, the longest words first."""
    said_by: Mapping[str, frozenset[str]]
    shape: Mapping[str, str]
    openings: frozenset[str]
    """Words behind which anything may follow, whatever their command's shape is."""
    with_number: Mapping[str, str]
    intents: Mapping[str, str]
    names: re.Pattern[str]
    endings: re.Pattern[str]

    def read(self, plain: Plain, who: Speaker) -> Command | None:
        """The command the message is, if this speaker may say it; else None."""
        start = _end(_GAP, plain.text, 0)
        bare = _number(self.names, plain.text, start, _NUMBER)
        if bare and _end(_GAP, plain.text, bare.end) == len(plain.text):
            return (
                None if who.asked in ("phone", "which") else Command("progress", bare.digits, words=plain.raw.strip())
            )
        for word, name in self.words.get(plain.text[start : start + 1], ()):
            after = _behind(plain.text, start, word)
            if after is not None and self._may_say(name, who):
                command = self._parse(plain, start, after, word, name)
                if command:
                    return command
        return None

    def intent(self, command: Command) -> str:
        """The intent of the command."""
        if command.name == "rate":
            stars = rating(command)
            return "command" if stars is None else "rate_good" if stars >= 3 else "rate_bad"
        return self.intents.get(command.name, "command")

    def _may_say(self, name: str, who: Speaker) -> bool:
        allowed = self.said_by[name]
        return "anyone" in allowed or bool(allowed & who.roles)

    def _parse(self, plain: Plain, start: int, after: int, word: str, name: str) -> Command | None:
        typed = plain.raw[plain.origin[start] : plain.origin[after - 1] + 1]
        place = _end(_GAP, plain.text, after)
        if name == "bind":
            return Command(name, None, plain.raw_from(place).strip(), typed)
        number = _number(self.names, plain.text, place, _SHORT.get(name, _NUMBER))
        if not number:
            return self._without_number(plain, after, place, name, typed, word)
        name = self.with_number.get(name, name)
        place = _end(_GAP, plain.text, number.end)
        other = _number(self.names, plain.text, place, _NUMBER) if name == "merge" else None
        if other:
            place = _end(_GAP, plain.text, other.end)
        rest = plain.raw_from(place).strip()
        return Command(name, number.digits, rest, typed, other.digits if other else None)

    def _without_number(self, plain: Plain, after: int, place: int, name: str, typed: str, word: str) -> Command | None:
        tail = plain.text[place:]
        if self.endings.fullmatch(tail):
            return Command(name, None, "", typed)
        shape = "glued" if word in self.openings else self.shape[name]
        apart = place > after or (name == "rate" and _RULES.rated.match(tail))
        if shape == "alone" or (shape == "apart" and not apart):
            return None
        return Command(name, None, plain.raw_from(place).strip(), typed)


def rating(command: Command) -> int | None:
    """The stars (1…5) that a rating names; None where it names none."""
    found = _RULES.rated.match(simplify(command.rest).text)
    return int(found.group(1)) if found else None


def grammar(words: Mapping[str, Any]) -> Grammar:
    """The grammar from the tables of words.toml."""
    pairs = [
        (squeeze(simplify(word).text), name) for name, all_words in words["commands"].items() for word in all_words
    ]
    pairs.sort(key=lambda pair: -len(pair[0]))
    names = "|".join(map(re.escape, words["grammar"]["number_names"]))
    endings = "|".join(map(re.escape, words["grammar"]["endings"]))
    return Grammar(
        words={word[0]: [pair for pair in pairs if pair[0][0] == word[0]] for word, _ in pairs},
        said_by={name: frozenset(roles) for name, roles in words["said_by"].items()},
        shape={name: shape for shape, all_names in words["followed_by"].items() for name in all_names},
        openings=frozenset(words["grammar"]["openings"]),
        with_number=words["with_number"],
        intents=words["intents"],
        names=re.compile(rf"(?:{names})?[\s\W_]*"),
        endings=re.compile(rf"(?:{endings}|[\W_])*"),
    )


def _end(pattern: re.Pattern[str], text: str, start: int) -> int:
    found = pattern.match(text, start)
    return found.end() if found else start


def _behind(text: str, start: int, word: str) -> int | None:
    """Where the text goes on behind this word, between whose characters blanks may stand; None where it is another one."""
    if text.startswith(word, start):
        return start + len(word)
    place = start
    for character in word:
        while text[place : place + 1] == " ":
            place += 1
        if text[place : place + 1] != character:
            return None
        place += 1
    return place


def _number(names: re.Pattern[str], text: str, start: int, number: re.Pattern[str]) -> Number | None:
    """The number that stands here; an order's may be typed in groups (502 0755), which its check digit tells from other digits."""
    start = _end(names, text, start)
    found, groups = number.match(text, start), _GROUPS.match(text, start)
    together = groups[0].replace(" ", "") if groups is not None else ""
    if groups is not None and is_valid(together) and (found is None or not is_valid(found[0])):
        return Number(together, groups.end())
    return Number(found[0], found.end()) if found is not None else None
