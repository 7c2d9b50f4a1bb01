"""Tells several requests in one message apart, so that each can become an order of its own."""

import math
import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from itertools import islice
from typing import Any

from bot.understanding.categories import UNKNOWN
from bot.understanding.decide.category import Choice, Classifier
from bot.understanding.lexicon import Rules
from bot.understanding.models.linear import added
from bot.understanding.normalize import Plain, Span, solid


class Kind(IntEnum):
    """What stands at a cut, from the weakest to the strongest: nothing, a comma, a full stop, or words that announce."""

    BARE = 0
    COMMA = 1
    END = 2
    ALSO = 3
    SAID = 4
    ITEM = 5


ANNOUNCED = frozenset({Kind.ALSO, Kind.SAID, Kind.ITEM})
WORD = 6
"""A mark within so many characters after the word that announces a request belongs to that word ("对了，…")."""
RUN = 4
"""A request said without any mark around it has at least so many characters."""
LITTLE = 5
"""A stretch of fewer characters that is about nothing known is no request: it only says where, or greets. Where no mark parts it
from the next one, it is none whatever its length."""
OTHER = "other"
"""What is found where the two sides are about matters of different first levels."""
ALIKE_LEVEL = 2
"""So many digits of a code name the first level of the catalogue."""
BOUND = -1.25
"""From this certainty (log odds) a further request begins: two that stay one are told apart by staff later, and one that is
torn is put together again with a word."""
FIRM, LONG = 2.0, 120
"""The same in a message of danger, and in one of more characters; there it must be about something else, too: what goes with the
danger stays with it, and a long story mostly tells one matter."""
MOST, POINT = 10.0, 0.2
"""Points of phrases beyond which more tell no more, and what one is worth."""
STEP, STEPS, WHOLE, WHOLES = 3, 5, 15, 6
"""Characters by which the length of a stretch is told, and so many steps; the same for the whole message."""
STARTS, STRETCH = 24, 300
"""At most so many starts are looked at, and so many characters before a start: reading takes time in proportion to the text."""
OPENING, TAIL = 3, 6
"""How a request opens is told by up to so many characters. At the end of a message, in so many, people say that it was several
matters."""
_RULES = Rules("clauses")
_WORD = re.compile(r"\w")
_COMMA = re.compile(r"[,，、 \t]+")
_END = re.compile(r"[.。;；!！?？~～\n…]+[,，.。;；!！?？~～\s]*")
_MARKED = re.compile(r"[,，、.。;；!！?？\n…]")
_CLOSING = ",，.。!！?？~～ \n…"

SegmentStart = tuple[int, Kind]
"""Where a further request may begin, in characters of the raw text, and what stands there."""
Decision = Callable[[dict[str, float], int], bool]
About = Callable[[str], Choice]


@dataclass(frozen=True, slots=True)
class _Whole:
    """What the whole text tells at each start, and whether its matters are counted."""

    found: Mapping[str, float]
    counted: bool


class Segmentation:
    """Finds where a message may be cut, and what tells whether a further request begins there: table [segmentation] of the
    lexicon, and what was learnt. What holds one of the `sealed` categories is never cut."""

    def __init__(
        self,
        table: Mapping[str, Any],
        classifier: Classifier,
        sealed: frozenset[str],
        weights: Mapping[str, float],
        bias: float,
    ) -> None:
        self._classifier, self._sealed, self._weights, self._bias = classifier, sealed, weights, bias
        self._up_to = {Kind[name.upper()]: characters for name, characters in table["up_to"].items()}
        self._filling, self._counted, self._formal, self._said, self._also = (
            re.compile("|".join(table[name])) for name in ("filling", "counted", "formal", "said", "also")
        )
        unknown = Choice(UNKNOWN, 0.0, 0.0)
        self._unknown = {
            kind: max(added(weights, _relation(left, unknown, kind.name)) for left in (unknown, Choice("", 0.0, 0.0)))
            for kind in Kind
        }
        held = "".join(f"(?<!{word})" for word in table["held_by"])
        self._starts = re.compile(f"{held}(?:{'|'.join(table['starts'])})")
        self._opening = re.compile(_RULES.filled("opening", said=self._said.pattern, also=self._also.pattern))

    def split(self, plain: Plain, danger: bool) -> tuple[str, ...]:
        """The texts of the requests in the sender's own words; empty where there is only one.

        In a message of danger only announced requests stand apart; what is for the discipline staff is never cut.
        """
        firm = danger or len(plain.raw) > LONG
        least, about = FIRM if firm else BOUND, cache(self._classifier.choose)

        def begins(found: Mapping[str, float], _: int) -> bool:
            return self._odds(found) >= least and (OTHER in found or not firm)

        spans = self.spans(plain, danger, begins, about, least)
        if len(spans) < 2 or any(about(self._words(plain, span)).category in self._sealed for span in spans):
            return ()
        return tuple(plain.raw[start:end].strip(" ,，。;；、\n") for start, end in spans)

    def spans(self, plain: Plain, danger: bool, begins: Decision, about: About, least: float = -math.inf) -> list[Span]:
        """The stretches of the raw text that `begins` tells apart. `about` reads what words are about, which takes longer than all
        else: not what stands before words about nothing, where no certainty of `least` can come of it."""
        items = _items(plain.raw)
        found = self._found(plain, self._kinds(plain, danger), items)[:STARTS]
        first, *ends = [*(start for start, _ in found), len(plain.raw)]
        spans, words = [(0, first)], cache(lambda span: self._words(plain, span))
        whole = self._of_whole(plain, len(found)) if found else _Whole({}, counted=False)
        for (start, kind), end in zip(found, ends, strict=True):
            before, behind = spans[-1], (start, end)
            sides = words(before), words(behind)
            tells = self._both_tell(sides, kind, about, opens=before[0] == 0 and items[:1] != [0])
            seen = self._findings(plain, behind, sides, kind.name, whole) if tells else {}
            right = about(sides[1]) if tells else None
            if right and right.category == UNKNOWN and self._odds(seen) + self._unknown[kind] < least:
                right = None
            if right and begins(seen | _relation(about(sides[0]), right, kind.name), start):
                spans.append(behind)
            else:
                spans[-1] = (spans[-1][0], end)
        return spans

    def _odds(self, found: Mapping[str, float]) -> float:
        """How certain it is that a further request begins where this is found (log odds)."""
        return self._bias + added(self._weights, found)

    def _kinds(self, plain: Plain, danger: bool) -> frozenset[Kind]:
        """The kinds of cut that a text of this length and manner is searched for."""
        if danger or self._formal.search(plain.text):
            return ANNOUNCED
        return ANNOUNCED | {kind for kind, characters in self._up_to.items() if len(plain.raw) <= characters}

    def _found(self, plain: Plain, wanted: frozenset[Kind], items: list[int]) -> list[SegmentStart]:
        """The starts of the wanted kinds, in order; where several stand together only the strongest counts."""
        marks = {kind: [found.end() for found in mark.finditer(plain.raw)] for kind, mark in _MARKS.items()}
        every = {Kind.ITEM: items} | {kind: marks[kind] for kind in marks.keys() & wanted}
        words = {Kind.SAID: self._said, Kind.ALSO: self._also}
        if Kind.BARE in wanted and not _MARKED.search(plain.raw.rstrip(_CLOSING)):
            words[Kind.BARE] = self._starts
        for kind, pattern in words.items():
            every[kind] = [plain.origin[found.start()] for found in pattern.finditer(plain.text)]
        kinds: dict[int, Kind] = {}
        for kind, starts in every.items():
            for start in starts:
                kinds[start] = max(kind, kinds.get(start, kind))
        return _thinned(sorted(kinds.items()), {end for ends in marks.values() for end in ends}, len(plain.raw))

    def _of_whole(self, plain: Plain, starts: int) -> "_Whole":
        """What the whole text tells, looked for once."""
        found = {f"of {min(starts, STEPS)} starts": 0.5, f"length {min(len(plain.raw) // WHOLE, WHOLES)}": 0.7}
        tail = "".join(_WORD.findall(plain.raw))[-TAIL:]
        found.update((f"at the end {word}", 1.0) for word in _RULES.words["together"] if word in tail)
        return _Whole(found, counted=self._counted.search(plain.text) is not None)

    def _findings(
        self, plain: Plain, behind: Span, sides: tuple[str, str], kind: str, whole: "_Whole"
    ) -> dict[str, float]:
        """What tells whether another request begins: what stands at the cut, how either side begins and ends."""
        left, right = sides
        opens = "".join(found[0] for found in islice(_WORD.finditer(plain.raw, *behind), OPENING))
        found = {f"at {kind}": 1.0, **whole.found}
        if whole.counted:
            found.update({"counted": 1.0, f"counted at {kind}": 1.0})
        if behind[1] == len(plain.raw):
            found["last"] = 1.0
        for name, words in (("left", left), ("right", right)):
            found[f"{name} length {self._length(words) // STEP}"] = 1.0
        found.update((f"opens {opens[:size]}", 0.8) for size in range(1, OPENING + 1))
        found.update({f"goes on {right[:1]}": 0.5, f"goes on {right[:2]}": 0.8, f"ends {right[-2:]}": 0.6})
        found.update({f"ended {left[-2:]}": 0.6, f"ended {left[-1:]}": 0.4})
        return found

    def _words(self, plain: Plain, span: Span) -> str:
        """A stretch, folded, without the list's number or the words that announce it."""
        start = max(span[0], span[1] - STRETCH)
        text = plain.text[bisect_left(plain.origin, start) : bisect_left(plain.origin, span[1])]
        return self._opening.sub("", solid(text), count=1)

    def _both_tell(self, sides: tuple[str, str], kind: Kind, about: About, *, opens: bool) -> bool:
        """Whether both sides of the cut may be requests. `opens`: the left one stands before the first
        item of a list: that says who writes, and is none unless known words say what it is about."""
        if kind == Kind.ITEM:
            return not opens or about(sides[0]).own > 0
        return all(self._tells(side, kind, about) for side in reversed(sides))

    def _tells(self, words: str, kind: Kind, about: About) -> bool:
        """Whether the stretch on one side of the cut says enough to be a request."""
        length = self._length(words)
        return (kind != Kind.BARE and length >= LITTLE) or (length > 0 and about(words).own > 0)

    def _length(self, words: str) -> int:
        """How many characters are left without filling, counted to STEP * STEPS."""
        length = place = 0
        for found in self._filling.finditer(words):
            length += found.start() - place
            place = found.end()
            if length >= STEP * STEPS:
                break
        else:
            length += len(words) - place
        return min(length, STEP * STEPS)


_MARKS = {Kind.COMMA: _COMMA, Kind.END: _END}


def _relation(left: Choice, right: Choice, kind: str) -> dict[str, float]:
    """How what the two sides are about goes together, and how clearly they say it."""
    unknown = right.category == UNKNOWN
    level = left.category[:ALIKE_LEVEL] == right.category[:ALIKE_LEVEL]
    same = "same" if left.category == right.category else "alike" if level else OTHER
    relation = "unknown" if unknown else same
    found = {relation: 1.0, f"{relation} at {kind}": 1.0}
    if left.category == UNKNOWN:
        found |= {f"{relation} behind unknown": 1.0, f"{relation} behind unknown at {kind}": 1.0}
    if not unknown and same != "same":
        said = [min(each.own, MOST) * POINT for each in (left, right)]
        found |= {"left own": said[0], "right own": said[1], "both own": min(said), f"both own at {kind}": min(said)}
        found |= {"left sure": left.confidence, "right sure": right.confidence}
        found["both sure"] = left.confidence * right.confidence
    return found


def _thinned(starts: Iterable[SegmentStart], marks: set[int], end: int) -> list[SegmentStart]:
    """Without those at the very ends, next to the word that announces, and bare ones next to others."""
    found: list[SegmentStart] = [(0, Kind.BARE)]
    for start, kind in starts:
        last, stronger = found[-1]
        near = start - last
        if start == end or (kind == Kind.BARE and near < (RUN if stronger < Kind.ALSO else 2 * RUN)):
            continue
        if near <= WORD and kind <= stronger and stronger >= Kind.ALSO and kind != Kind.ITEM:
            continue
        inside = near <= WORD and kind == Kind.ALSO and last and start not in marks
        if not near or inside:  # "in front of the house there is also"
            found[-1] = last, kind
        else:
            found.append((start, kind))
    return found[1:]


def _items(raw: str) -> list[int]:
    """Where the items of a list begin that counts up from one; empty where there are not two."""
    starts: list[int] = []
    for found in _RULES.item.finditer(raw):
        character = next(group for group in found.groups() if group)
        if any(numbers[len(starts) : len(starts) + 1] == character for numbers in _RULES.words["numbers"]):
            starts.append(found.start())
    return starts if len(starts) > 1 else []
