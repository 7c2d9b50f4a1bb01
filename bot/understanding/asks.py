"""Tells several requests in one message apart, so that each can become an order of its own."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.understanding.categories import UNKNOWN
from bot.understanding.classifier import Choice, Classifier
from bot.understanding.cuts import Cut, Cuts, Kind, cuts
from bot.understanding.folding import Plain, squeeze
from bot.understanding.places import door_number
from bot.understanding.stretches import FAINT, Part, Words, words

ANNOUNCED = frozenset({Kind.ALSO, Kind.SAID, Kind.ITEM})
COUNTED = {Kind.COMMA: Kind.END, Kind.END: Kind.SAID}
"""What a mark is worth where the sender has counted the matters."""
TOO = "也"
"""Says of a thing with a place of its own that something is wrong with it, as with the one before."""
LEFT = 2
"""A stretch with fewer signs besides greetings and bare questions says nothing by itself."""
LISTED = 4
"""The same for an item of a list that is about nothing known."""
LONGEST = 80
"""In a long text a stretch of more signs goes on telling the same story."""


@dataclass(frozen=True, slots=True)
class Level:
    """How clearly a matter must be said to stand apart: points of its phrases, and confidence."""

    said: float
    sure: float

    def met(self, choice: Choice) -> bool:
        """Whether something known is said so clearly."""
        return choice.category != UNKNOWN and choice.said >= self.said and choice.confidence >= self.sure


@dataclass(frozen=True, slots=True)
class Ties:
    """Which matters go together as one request, by their codes or how these begin."""

    brings: frozenset[tuple[str, str]]
    """Causes and effects."""
    traits: frozenset[str]
    """Nuisances that one and the same neighbour or business may cause together."""
    soft: frozenset[str]
    """Matters that mostly go with another one…"""
    loose: frozenset[str]
    """…and those that do so less often."""
    shared: frozenset[str]
    """What a whole street or house lacks at once: in another building it is the same matter."""
    sealed: frozenset[str]
    """What is for the discipline staff only."""

    def goes(self, one: str, other: str) -> bool:
        """Whether one is the cause of the other."""
        return any(
            (a, b) in self.brings
            for first, second in ((one, other), (other, one))
            for a in (first, first[:2])
            for b in (second, second[:2])
        )


@dataclass(frozen=True, slots=True)
class Asks:
    """Cuts a message into its requests: each about something known, and about something else than the others."""

    classifier: Classifier
    cuts: Cuts
    words: Words
    ties: Ties
    counted: re.Pattern[str]
    formal: re.Pattern[str]
    levels: Mapping[str, Level]
    up_to: Mapping[Kind, int]
    long: int

    def split(self, plain: Plain, danger: bool) -> tuple[str, ...]:
        """The texts of the requests in the sender's own words; empty where there is only one.

        In a message of danger only announced requests stand apart; what is for the discipline staff is never cut.
        """
        found = self.cuts.find(plain, self._kinds(plain, danger))
        if not found:
            return ()
        counted = bool(self.counted.search(plain.text))
        stretches = list(self._stretches(plain, found))
        parts = [stretches[0]]
        said = [parts[0].words]
        for cut, part in zip(found, stretches[1:], strict=True):
            kind = COUNTED.get(cut.kind, cut.kind) if counted else cut.kind
            said.append(part.words)
            self._add(parts, part, kind, danger, len(plain.raw) > self.long)
        if len(parts) < 2 or any(self._sealed(self.classifier.choose(each)) for each in said):
            return ()
        return tuple(plain.raw[part.start : part.end].strip(" ,，。;；、\n") for part in parts)

    def _sealed(self, choice: Choice) -> bool:
        return choice.category in self.ties.sealed and self.levels["sealed"].met(choice)

    def _kinds(self, plain: Plain, danger: bool) -> frozenset[Kind]:
        """The kinds of cut that a text of this length and manner is searched for."""
        if danger or self.formal.search(plain.text):
            return ANNOUNCED
        return ANNOUNCED | {kind for kind, signs in self.up_to.items() if len(plain.raw) <= signs}

    def _stretches(self, plain: Plain, found: Sequence[Cut]) -> Iterable[Part]:
        """What stands between the cuts."""
        starts = [Cut(0, Kind.END), *found]
        ends = [cut.start for cut in found] + [len(plain.raw)]
        for at, (cut, end) in enumerate(zip(starts, ends, strict=True)):
            stop = end
            if cut.kind >= Kind.END:
                stop = next((next_.start for next_ in starts[at + 1 :] if next_.kind >= Kind.END), len(plain.raw))
            said, whole = (self._words(plain, cut.start, to) for to in (end, stop))
            whole = said if self.words.leans.match(said) else whole
            left = self.words.filling.sub("", said)
            if len(left) < LEFT:
                left = self.words.filling.sub("", whole)
            building = door_number(said).building
            yield Part(cut.start, end, said, left, building, whole, self.classifier.choose)

    def _words(self, plain: Plain, start: int, end: int) -> str:
        text = plain.text[bisect_left(plain.origin, start) : bisect_left(plain.origin, end)]
        return self.cuts.bare(squeeze(text).replace(" ", ""))

    def _add(self, parts: list[Part], part: Part, kind: Kind, danger: bool, long: bool) -> None:
        """As a request of its own, or as more words of the one before."""
        last = parts[-1]
        if len(part.left) < LEFT or (kind < Kind.END and self.words.lean(part.words)):
            last.take(part)
        elif self._says_nothing(last, kind):
            part.start = last.start
            part.building = part.building or last.building
            parts[-1] = part
        elif self._apart(parts, part, kind, danger, long):
            parts.append(part)
        else:
            last.take(part)

    def _says_nothing(self, part: Part, kind: Kind) -> bool:
        """Whether what was said so far is only an introduction to what follows, or the reason for it."""
        if kind < Kind.ALSO and self.words.befalls(part.whole if kind == Kind.END else part.words):
            return True
        if part.code != UNKNOWN and (kind >= Kind.ALSO or part.choice.said > 0):
            return False
        announced = kind >= Kind.END or part.building
        says = len(part.left) >= LEFT and self.words.core.search(part.words)
        return not (announced and says) or self.words.heads.search(part.words) is not None

    def _apart(self, parts: Sequence[Part], part: Part, kind: Kind, danger: bool, long: bool) -> bool:
        if self._elsewhere(parts[-1], part, kind):
            return True
        codes = {other.code for other in parts}
        if part.code == UNKNOWN or part.code in codes:
            return not (danger or long) and self._another(parts, part, kind)
        if danger or long:
            level = self.levels["clear" if danger and kind >= Kind.SAID else "at_length"]
            near = part.end - part.start > LONGEST or part.code[:2] in {code[:2] for code in codes}
            return level.met(part.choice) and not near and not self._hangs(parts, part, kind)
        return self._clear(part, kind) and not self._hangs(parts, part, kind)

    def _clear(self, part: Part, kind: Kind) -> bool:
        """Whether its matter is said clearly enough for what stands before it."""
        listed = kind == Kind.ITEM and self.levels["clear"].met(part.choice)
        own = self._own(part)
        lean = self.words.lean(part.words) if kind < Kind.ALSO else self.words.leans.match(part.words)
        loose = kind == Kind.END and part.code in self.ties.loose
        if loose or (kind >= Kind.END and lean and not (listed or own)):
            return self.levels["lean"].met(part.choice) or (kind == Kind.SAID and part.choice.said >= FAINT)
        too = TOO in part.words
        enough = self.levels["own_end" if kind == Kind.END or too else "own"]
        begins = own or (too and self.words.thing.match(part.words))
        return self.levels[kind.name.lower()].met(part.choice) or bool(begins and enough.met(part.choice))

    def _elsewhere(self, last: Part, part: Part, kind: Kind) -> bool:
        """Whether it is a fault in another building than the one before."""
        if not (last.building and part.building) or last.building == part.building:
            return False
        if part.code == last.code and part.code in self.ties.shared:
            return False
        return bool(self.words.core.search(part.words) and self.words.core.search(last.words))

    def _another(self, parts: Sequence[Part], part: Part, kind: Kind) -> bool:
        """Whether words alone announce another request, where the categories do not tell."""
        least = Kind.ALSO if self._own(part) and part.code == UNKNOWN else Kind.SAID
        if kind < least or len(part.left) < (LISTED if kind == Kind.ITEM else LEFT):
            return False
        if not self.words.core.search(part.words) or (kind != Kind.ITEM and self.words.lean(part.words)):
            return False
        return not any(self.words.shared(other.words, part.words) for other in parts)

    def _hangs(self, parts: Sequence[Part], part: Part, kind: Kind) -> bool:
        """Whether it goes with a matter before: as its cause, its effect or what is asked about it."""
        own = self._own(part)
        traits = part.code in self.ties.traits and any(other.code in self.ties.traits for other in parts)
        apart = own or self.words.asks.search(part.words) or (kind >= Kind.ALSO and self.words.thing.match(part.words))
        if traits and not apart:
            return True
        if kind <= Kind.ALSO and self.words.thanks.match(parts[-1].words) and not self.words.core.search(part.words):
            return True
        if kind < Kind.END and not (self.words.core.search(part.words) or self.levels["lean"].met(part.choice)):
            return True
        follows = any(self.ties.goes(other.code, part.code) for other in parts)
        if kind >= Kind.ALSO:
            return kind == Kind.ALSO and follows and not own
        if follows or part.code in self.ties.soft or any(self.words.shared(other.words, part.words) for other in parts):
            return True
        return kind < Kind.END and not own and not self._opens(parts[-1], part, kind)

    def _opens(self, last: Part, part: Part, kind: Kind) -> bool:
        """Whether it begins with a matter of its own where no place says so, and does not only ask on."""
        if part.code in self.ties.loose or all(self.words.question.search(each.words) for each in (last, part)):
            return False
        plain = last.code[:2] != part.code[:2] and all(self.levels["plain"].met(each.choice) for each in (last, part))
        return plain or (kind > Kind.BARE and self.words.thing.match(part.words) is not None)

    def _own(self, part: Part) -> bool:
        return self.words.own.search(part.words) is not None


def asks(table: Mapping[str, Any], classifier: Classifier, sealed: frozenset[str]) -> Asks:
    """Built from the table [asks] of the lexicon; nothing that holds one of the `sealed` categories is ever cut."""
    brings = frozenset((first, second) for first, others in table["brings"].items() for second in others)
    traits, soft, loose, shared = (frozenset(table[name]) for name in ("traits", "soft", "loose", "shared"))
    return Asks(
        classifier,
        cuts(table),
        words(table["words"]),
        Ties(brings, traits, soft, loose, shared, sealed),
        re.compile("|".join(table["counted"])),
        re.compile("|".join(table["formal"])),
        {name: Level(*level) for name, level in table["levels"].items()},
        {Kind[name.upper()]: signs for name, signs in table["up_to"].items()},
        table["long"],
    )
