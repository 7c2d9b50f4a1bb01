"""Tells several requests in one message apart, so that each can become an order of its own."""

import re
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.understanding.categories import UNKNOWN
from bot.understanding.classifier import Choice, Classifier
from bot.understanding.cuts import Cuts, Kind, cuts
from bot.understanding.folding import Plain, squeeze
from bot.understanding.places import door_number

LEFT = 2
"""A stretch with fewer signs besides greetings and bare questions says nothing by itself."""

NOTHING = Choice(UNKNOWN, 0.0, 0.0)
LONGEST = 80
"""In a long text a stretch of more signs goes on telling the same story."""


@dataclass(slots=True)
class Part:
    """A stretch of the raw text: its words, what they say besides filling, and what they are about.

    To read what words are about takes longer than all else, so it is done only where it is asked for.
    """

    start: int
    end: int
    words: str
    left: str
    building: str | None
    about: Callable[[str], Choice]
    more: list[str] = field(default_factory=list)
    """What was said besides: it tells the matter where the first words do not."""
    _choice: Choice | None = None

    @property
    def choice(self) -> Choice:
        if self._choice is None:
            choices = map(self.about, (self.words, *self.more))
            self._choice = next((choice for choice in choices if choice.category != UNKNOWN), NOTHING)
        return self._choice

    @property
    def code(self) -> str:
        return self.choice.category

    def take(self, other: "Part") -> None:
        """Goes on to where the other one ends."""
        self.end = other.end
        self.building = self.building or other.building
        if self._choice is None or self._choice.category == UNKNOWN:
            self._choice = None
            self.more.append(other.words)


@dataclass(frozen=True, slots=True)
class Level:
    """How clearly a matter must be said to stand apart: points of its phrases, and confidence."""

    said: float
    sure: float

    def met(self, choice: Choice) -> bool:
        return choice.category != UNKNOWN and choice.said >= self.said and choice.confidence >= self.sure


CLEAR = Level(4.0, 0.7)
"""An item of a list that is said so clearly stands apart however it begins."""


@dataclass(frozen=True, slots=True)
class Words:
    """What the words of a stretch tell about how it hangs together with what was said before."""

    filling: re.Pattern[str]
    heads: re.Pattern[str]
    core: re.Pattern[str]
    """A fault, a wish or a question."""
    leans: re.Pattern[str]
    """Begins as what follows from the matter before, is done about it or asked about it."""
    person: re.Pattern[str]
    asks: re.Pattern[str]
    own: re.Pattern[str]
    """Names a place or a person of its own."""

    def lean(self, words: str) -> bool:
        """Whether the stretch hangs on the one before."""
        return bool(self.leans.match(words)) or self.befalls(words)

    def befalls(self, words: str) -> bool:
        """Whether it tells how somebody fares, and asks nothing."""
        return bool(self.person.match(words) and not self.asks.search(words))

    def shared(self, one: str, other: str) -> set[str]:
        """The pairs of signs that name the same thing in both."""
        both = _pairs(self.filling.sub("", one)) & _pairs(self.filling.sub("", other))
        return {pair for pair in both if not (self.core.search(pair) or self.own.search(pair))}


@dataclass(frozen=True, slots=True)
class Asks:
    """Cuts a message into its requests: each about something known, and about something else than the others."""

    classifier: Classifier
    cuts: Cuts
    words: Words
    counted: re.Pattern[str]
    formal: re.Pattern[str]
    levels: Mapping[Kind, Level]
    at_length: Level
    up_to: Mapping[Kind, int]
    long: int
    brings: frozenset[tuple[str, str]]
    traits: frozenset[str]
    soft: frozenset[str]
    shared: frozenset[str]
    sealed: frozenset[str]

    def split(self, plain: Plain, danger: bool) -> tuple[str, ...]:
        """The texts of the requests in the sender's own words; empty where there is only one.

        In a message of danger only announced requests stand apart; what is for the discipline staff is never cut.
        """
        long = len(plain.raw) > self.long
        found = self.cuts.find(plain, Kind.ALSO if danger else self._least(plain))
        if not found:
            return ()
        counted = bool(self.counted.search(plain.text))
        parts = [self._part(plain, 0, found[0].start)]
        stretches = [parts[0].words]
        ends = [cut.start for cut in found[1:]] + [len(plain.raw)]
        for cut, end in zip(found, ends, strict=True):
            kind = Kind(cut.kind + 1) if counted and Kind.COMMA <= cut.kind <= Kind.END else cut.kind
            part = self._part(plain, cut.start, end)
            stretches.append(part.words)
            self._add(parts, part, kind, danger or long)
        if len(parts) < 2 or any(self.classifier.choose(words).category in self.sealed for words in stretches):
            return ()
        return tuple(plain.raw[part.start : part.end].strip(" ,，。;；、\n") for part in parts)

    def _least(self, plain: Plain) -> Kind:
        """The weakest kind of cut that a text of this length and manner is searched for."""
        if self.formal.search(plain.text):
            return Kind.ALSO
        return next((kind for kind in Kind if len(plain.raw) <= self.up_to.get(kind, len(plain.raw))), Kind.ALSO)

    def _part(self, plain: Plain, start: int, end: int) -> Part:
        text = plain.text[bisect_left(plain.origin, start) : bisect_left(plain.origin, end)]
        words = self.cuts.bare(squeeze(text).replace(" ", ""))
        left = self.words.filling.sub("", words)
        return Part(start, end, words, left, door_number(text).building, self.classifier.choose)

    def _add(self, parts: list[Part], part: Part, kind: Kind, strict: bool) -> None:
        """As a request of its own, or as more words of the one before."""
        last = parts[-1]
        if len(part.left) < LEFT or (kind < Kind.ALSO and self.words.lean(part.words)):
            last.take(part)
        elif self._says_nothing(last, kind):
            part.start = last.start
            part.building = part.building or last.building
            parts[-1] = part
        elif self._apart(parts, part, kind, strict):
            parts.append(part)
        else:
            last.take(part)

    def _says_nothing(self, part: Part, kind: Kind) -> bool:
        """Whether what was said so far is only an introduction to what follows, or the reason for it."""
        if kind < Kind.SAID and self.words.befalls(part.words):
            return True
        if part.code != UNKNOWN or self.words.heads.search(part.words):
            return part.code == UNKNOWN
        announced = kind >= Kind.END or part.building
        return not (announced and len(part.left) >= LEFT and self.words.core.search(part.words))

    def _apart(self, parts: Sequence[Part], part: Part, kind: Kind, strict: bool) -> bool:
        if self._elsewhere(parts[-1], part, kind):
            return True
        codes = {other.code for other in parts}
        if part.code == UNKNOWN or part.code in codes:
            return self._another(parts, part, kind, strict)
        level = self.at_length if strict else self.levels[kind]
        if strict and (part.end - part.start > LONGEST or part.code[:2] in {code[:2] for code in codes}):
            return False
        return level.met(part.choice) and not self._hangs(parts, part, kind)

    def _elsewhere(self, last: Part, part: Part, kind: Kind) -> bool:
        """Whether it is a fault in another building than the one before."""
        if not (last.building and part.building) or last.building == part.building or kind == Kind.BARE:
            return False
        if part.code == last.code and part.code in self.shared:
            return False
        return bool(self.words.core.search(part.words) and self.words.core.search(last.words))

    def _another(self, parts: Sequence[Part], part: Part, kind: Kind, strict: bool) -> bool:
        """Whether words alone announce another request, where the categories do not tell."""
        if strict or kind < Kind.SAID or self.words.lean(part.words) or not self.words.core.search(part.words):
            return False
        return not any(self.words.shared(other.words, part.words) for other in parts)

    def _hangs(self, parts: Sequence[Part], part: Part, kind: Kind) -> bool:
        """Whether it goes with a matter before: as its cause, its effect or what is asked about it."""
        own = bool(self.words.own.search(part.words))
        if not own and part.code in self.traits and any(other.code in self.traits for other in parts):
            return True
        if kind >= Kind.ALSO:
            if own or kind == Kind.SAID or (kind == Kind.ITEM and CLEAR.met(part.choice)):
                return False
            leans = self.words.leans.match(part.words) is not None
            return leans or (kind == Kind.ALSO and self._follows(parts, part))
        if part.code in self.soft or (kind == Kind.BARE and not own):
            return True
        return self._follows(parts, part) or any(self.words.shared(other.words, part.words) for other in parts)

    def _follows(self, parts: Sequence[Part], part: Part) -> bool:
        return any(self._goes(other.code, part.code) for other in parts)

    def _goes(self, one: str, other: str) -> bool:
        return any(
            (a, b) in self.brings
            for first, second in ((one, other), (other, one))
            for a in (first, first[:2])
            for b in (second, second[:2])
        )


def _pairs(text: str) -> set[str]:
    return {text[start : start + 2] for start in range(len(text) - 1)}


def asks(table: Mapping[str, Any], classifier: Classifier, sealed: frozenset[str]) -> Asks:
    """Built from the table [asks] of the lexicon; nothing that holds one of the `sealed` categories is ever cut."""
    patterns = {name: re.compile("|".join(words)) for name, words in table["words"].items()}
    levels = {Kind[name.upper()]: Level(*level) for name, level in table["levels"].items()}
    brings = {(first, second) for first, others in table["brings"].items() for second in others}
    return Asks(
        classifier,
        cuts(table),
        Words(**patterns),
        re.compile("|".join(table["counted"])),
        re.compile("|".join(table["formal"])),
        levels,
        Level(*table["at_length"]),
        {Kind[name.upper()]: signs for name, signs in table["up_to"].items()},
        table["long"],
        frozenset(brings),
        frozenset(table["traits"]),
        frozenset(table["soft"]),
        frozenset(table["shared"]),
        sealed,
    )
