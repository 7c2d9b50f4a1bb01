"""Learns from whole messages what danger to life sounds like, for those that hold no known word of it."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, compress
from operator import add

from bot.understanding.descent import separate
from bot.understanding.likeness import Likeness, likeness
from bot.understanding.model import Row

SOON, CALM = "soon", "calm"
"""The labels of messages that endanger nobody yet, and of those that only sound so."""
OTHER = "other"
"""The danger of which nobody can say what kind it is."""
CLEAR = 1.15
"""By this factor the likeliest kind must lead."""
PHRASE = "6"
"""The weight of a phrase of danger among those of the lexicon."""
ROUNDS = 4
"""So often all messages are gone through; more changes little."""
SEEN = 2
"""A trait must stand in so many messages to count."""
HEARD, STEP = 120, 60
"""Signs that are listened to at a time, and from one time to the next: a cry at the end of a long story is still one."""
LONG = 0.2
"""What every further part of a long text takes off: one of many sentences soon sounds dangerous."""
USUAL = 1.0
"""The worth of what all messages have in common: where little is known, a message is taken for an ordinary one."""
_APART = re.compile(r"[^\w\s]+")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Space:
    """Where each trait stands in a vector, and how much it is worth there."""

    places: Mapping[str, int]
    worth: Sequence[float]

    def row(self, traits: Iterable[str]) -> Row:
        """A vector of length 1; traits that were never learnt fall out. The less is known, the more weighs place 0."""
        known = [0, *sorted(map(self.places.__getitem__, self.places.keys() & traits))]
        values = list(map(self.worth.__getitem__, known))
        size = math.hypot(*values)
        return Row(known, [value / size for value in values])


@dataclass(frozen=True, slots=True)
class Hunch:
    """One weight for every trait that is known, and the kinds of danger by what they are like."""

    space: Space
    weights: Sequence[float]
    kinds: Likeness

    def margin(self, text: str) -> float:
        """How far a text (simple forms, marks kept) lies among the dangerous ones; below 0 it lies among the others."""
        plain = _joined(text)
        parts = [plain[start : start + HEARD] for start in range(0, max(len(plain) - STEP, 1), STEP)]
        closest = max(self.space.row(_traits(part)).times(self.weights) for part in parts)
        return closest - LONG * min(len(parts) - 1, 3)

    def likeliest(self, text: str, kinds: Iterable[str]) -> str:
        """Which of these kinds of danger the text is most like; the first where it is like none."""
        scores = self.kinds.scores(_joined(text))
        return max(kinds, key=lambda kind: scores.get(kind, 0.0))

    def kind(self, text: str) -> str:
        """The kind of danger the text is clearly most like; OTHER where that is none."""
        scores = self.kinds.scores(_joined(text))
        ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
        clear = len(ranked) == 1 or (len(ranked) > 1 and ranked[0][1] >= CLEAR * ranked[1][1])
        return ranked[0][0] if clear else OTHER


def hunch(heard: Mapping[str, Sequence[str]], phrases: Mapping[str, Sequence[str]], ordinary: Sequence[str]) -> Hunch:
    """Learnt from messages by kind of danger (those of SOON and CALM endanger nobody yet), and from ordinary ones.

    `phrases` are what is said of each kind: they help to tell the kinds apart.
    """
    kinds = {kind: texts for kind, texts in heard.items() if kind not in (SOON, CALM)}
    dangerous = [text for texts in kinds.values() for text in texts]
    texts = (*dangerous, *heard.get(SOON, ()), *heard.get(CALM, ()), *ordinary)
    rows = [frozenset(_traits(_joined(text.lower()))) for text in texts]
    inside = [at < len(dangerous) for at in range(len(rows))]
    space = _space(rows, inside)
    weights = separate([space.row(row) for row in rows], inside, len(space.worth), 0, ROUNDS)
    return Hunch(space, weights, likeness({kind: {PHRASE: said} for kind, said in phrases.items()}, kinds))


def _space(rows: Sequence[frozenset[str]], inside: Sequence[bool]) -> Space:
    """A trait is worth the more, the more its share among the dangerous differs from that among the others."""
    there = Counter(chain.from_iterable(compress(rows, inside)))
    everywhere = Counter(chain.from_iterable(rows))
    known = sorted(trait for trait, count in everywhere.items() if count >= SEEN)
    dangerous = len(known) + sum(there[trait] for trait in known)
    harmless = len(known) + sum(everywhere[trait] - there[trait] for trait in known)
    shares = [((there[trait] + 1) / dangerous, (everywhere[trait] - there[trait] + 1) / harmless) for trait in known]
    worth = [USUAL, *(math.sqrt(abs(math.log(here / elsewhere))) for here, elsewhere in shares)]
    return Space({trait: place for place, trait in enumerate(known, 1)}, worth)


def _joined(text: str) -> str:
    """Marks become one bar, spaces go: people type them anywhere."""
    return _APART.sub("|", _SPACE.sub("", text))


def _traits(text: str) -> Iterator[str]:
    """Signs, pairs of signs, pairs with any sign between them, and how the text begins and ends."""
    for part in text.split("|"):
        yield from part
        yield from map(add, part, part[1:])
        yield from map("{}_{}".format, part, part[2:])
    whole = text.strip("|")
    yield from (f"^{whole[:2]}", f"{whole[-1:]}$", f"{whole[-2:]}$")
