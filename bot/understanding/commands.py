"""Reads typed commands: a word, perhaps an order's number, perhaps more text."""

import re
from collections.abc import Mapping
from typing import Any

from bot.orders.codes import is_valid
from bot.understanding.lexicon import Rules, any_of
from bot.understanding.normalize import Plain, fold, simplify
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
_NUMBERS = frozenset({"phone", "which"})
"""Questions that a bare number answers."""


class Grammar:
    """The command words of one language and what may follow each: the tables of words.toml."""

    def __init__(self, words: Mapping[str, Any]) -> None:
        pairs = [(fold(word), name) for name, same in words["commands"].items() for word in same]
        pairs.sort(key=lambda pair: -len(pair[0]))  # by the first character of the word, the longest words first
        self._words = {word[0]: [pair for pair in pairs if pair[0][0] == word[0]] for word, _ in pairs}
        self._shape = {name: shape for shape, names in words["followed_by"].items() for name in names}
        self._openings = frozenset(
            words["grammar"]["openings"]
        )  # anything may follow them, whatever their command's shape
        self.said_by, self._with_number, self._intents = words["said_by"], words["with_number"], words["intents"]
        names, endings = any_of(words["grammar"]["number_names"]), any_of(words["grammar"]["endings"])
        self._names = re.compile(rf"(?:{names})?[\s\W_]*")
        self.endings = re.compile(rf"(?:{endings}|[\W_])*")

    def read(self, plain: Plain, who: Speaker) -> Command | None:
        """The command the message is, if this speaker may say it; else None."""
        start = _end(_GAP, plain.text, 0)
        digits, end = self._number(plain.text, start, _NUMBER)
        if digits and _end(_GAP, plain.text, end) == len(plain.text):
            return None if who.asked in _NUMBERS else Command("progress", digits, words=plain.raw.strip())
        for word, name in self._words.get(plain.text[start : start + 1], ()):
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
        return str(self._intents.get(command.name, "command"))

    def _may_say(self, name: str, who: Speaker) -> bool:
        return "anyone" in self.said_by[name] or not who.roles.isdisjoint(self.said_by[name])

    def _parse(self, plain: Plain, start: int, after: int, word: str, name: str) -> Command | None:
        typed = plain.raw[plain.origin[start] : plain.origin[after - 1] + 1]
        place = _end(_GAP, plain.text, after)
        if name == "bind":
            return Command(name, None, plain.raw_from(place).strip(), typed)
        code, end = self._number(plain.text, place, _SHORT.get(name, _NUMBER))
        if not code:
            return self._without_number(plain, after, place, name, typed, word)
        name = self._with_number.get(name, name)
        place = _end(_GAP, plain.text, end)
        other, end = self._number(plain.text, place, _NUMBER) if name == "merge" else ("", 0)
        if other:
            place = _end(_GAP, plain.text, end)
        return Command(name, code, plain.raw_from(place).strip(), typed, other or None)

    def _without_number(self, plain: Plain, after: int, place: int, name: str, typed: str, word: str) -> Command | None:
        tail = plain.text[place:]
        if self.endings.fullmatch(tail):
            return Command(name, None, "", typed)
        shape = "glued" if word in self._openings else self._shape[name]
        apart = place > after or (name == "rate" and _RULES.rated.match(tail))
        if shape == "alone" or (shape == "apart" and not apart):
            return None
        return Command(name, None, plain.raw_from(place).strip(), typed)

    def _number(self, text: str, start: int, number: re.Pattern[str]) -> tuple[str, int]:
        """The number that stands here, and where the text goes on behind it; an order's may be typed in groups (502 0755),
        which its check digit tells from other digits. Empty without one."""
        start = _end(self._names, text, start)
        found, groups = number.match(text, start), _GROUPS.match(text, start)
        together = groups[0].replace(" ", "") if groups else ""
        if groups and is_valid(together) and not (found and is_valid(found[0])):
            return together, groups.end()
        return (found[0], found.end()) if found else ("", start)


def rating(command: Command) -> int | None:
    """The stars (1…5) that a rating names; None where it names none."""
    found = _RULES.rated.match(simplify(command.rest).text)
    return int(found.group(1)) if found else None


def _end(pattern: re.Pattern[str], text: str, start: int) -> int:
    found = pattern.match(text, start)
    return found.end() if found else start


def _behind(text: str, start: int, word: str) -> int | None:
    """Where the text goes on behind this word, between whose characters blanks may stand; None where it is another one."""
    place = start
    for character in word:
        while text.startswith(" ", place) and character != " ":
            place += 1
        if not text.startswith(character, place):
            return None
        place += 1
    return place
