"""Learns from whole messages what danger to life sounds like, for those that hold no known word of it."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.understanding.folding import simplify
from bot.understanding.likeness import Likeness, likeness
from bot.understanding.margins import Row, separate

SOON, CALM = "soon", "calm"
"""The labels of messages that endanger nobody yet, and of those that only sound so."""
_APART = re.compile(r"[^\w\s]+")
_SPACE = re.compile(r"\s+")
SEEN = 2
"""A sign or a pair of signs must stand in so many messages to count."""
HEARD = 120
"""Signs that are listened to at a time: a cry for help at the end of a long story is still one."""
STEP = 60


@dataclass(frozen=True, slots=True)
class Hunch:
    """One weight for every sign and pair of signs that is known, and the kinds of danger by what they are like."""

    places: Mapping[str, int]
    weights: Sequence[float]
    kinds: Likeness

    def margin(self, text: str) -> float:
        """How far a text (simple forms, marks kept) lies among the dangerous ones; below 0 it lies among the others."""
        plain = _joined(text)
        return max(_row(_traits(plain[start : start + HEARD]), self.places).times(self.weights) for start in _starts(plain))

    def kind(self, text: str) -> str:
        """The kind of danger the text is most like."""
        scores = self.kinds.scores(_joined(text))
        return max(sorted(scores), key=lambda kind: scores[kind])


def hunch(heard: Mapping[str, Sequence[str]], ordinary: Sequence[str]) -> Hunch:
    """Learnt from messages by kind of danger (those of SOON and CALM endanger nobody yet), and from ordinary ones."""
    kinds = {kind: texts for kind, texts in heard.items() if kind not in (SOON, CALM)}
    dangerous = [text for texts in kinds.values() for text in texts]
    texts = (*dangerous, *heard.get(SOON, ()), *heard.get(CALM, ()), *ordinary)
    rows = [frozenset(_traits(_joined(simplify(text).text))) for text in texts]
    seen = Counter(trait for row in rows for trait in row)
    places = {trait: place for place, trait in enumerate(sorted(t for t, count in seen.items() if count >= SEEN))}
    inside = [at < len(dangerous) for at in range(len(rows))]
    weights = separate([_row(row, places) for row in rows], inside, len(places), 0)
    return Hunch(places, weights, likeness({}, kinds))


def _row(traits: Iterable[str], places: Mapping[str, int]) -> Row:
    known = sorted({places[trait] for trait in traits if trait in places})
    return Row(known, [1 / math.sqrt(len(known) or 1)] * len(known))


def _joined(text: str) -> str:
    return _APART.sub("|", _SPACE.sub("", text))


def _starts(text: str) -> range:
    return range(0, max(len(text) - STEP, 1), STEP)


def _traits(text: str) -> Iterator[str]:
    for part in text.split("|"):
        yield from part
        yield from (part[at : at + 2] for at in range(len(part) - 1))
