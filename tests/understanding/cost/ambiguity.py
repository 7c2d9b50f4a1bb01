"""Finds repeats that read one text in several ways: where such a repeat fails behind many of them, it tries every way.

The time then doubles with every further word. A possessive repeat (`*+`) or an atomic group reads a text in one way alone.
"""

import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from importlib import import_module
from typing import Any

# what `re` itself reads expressions with; it has no types
parser, parts, compiler = (import_module(f"re.{name}") for name in ("_parser", "_constants", "_compiler"))

MANY = 10  # a repeat of fewer does not grow far
TRIALS = 200
LONGEST = 40  # characters of a sample
_ONE_CHARACTER = (parts.IN, parts.LITERAL, parts.NOT_LITERAL, parts.ANY)
_REPEATS = (parts.MAX_REPEAT, parts.MIN_REPEAT)
_OF_CATEGORY = {parts.CATEGORY_DIGIT: "1", parts.CATEGORY_SPACE: " ", parts.CATEGORY_NOT_WORD: "，"}


def ambiguous(source: str, seed: int = 1) -> str | None:
    """A text that a repeat of the expression reads in several ways; None where no sample shows one."""
    draw = random.Random(seed)
    for body in _repeated(parser.parse(source)):
        for _ in range(TRIALS):
            text = "".join(_sample(body, draw) for _ in range(draw.choice((1, 2, 2, 3))))
            if text and len(text) < LONGEST and _repeats((1, LONGEST, body), text, 0)[len(text)] > 1:
                return text
    return None


def _repeated(sequence: Any) -> Iterator[Any]:
    """What is repeated often, neither possessively nor within an atomic group, and is more than one character."""
    for kind, value in sequence:
        if kind in _REPEATS:
            if value[1] >= MANY and not (len(value[2]) == 1 and value[2][0][0] in _ONE_CHARACTER):
                yield value[2]
            yield from _repeated(value[2])
        elif kind is parts.BRANCH:
            for each in value[1]:
                yield from _repeated(each)
        elif kind is parts.SUBPATTERN:
            yield from _repeated(value[3])
        elif kind in (parts.ASSERT, parts.ASSERT_NOT):
            yield from _repeated(value[1])


def _ends(sequence: Sequence[Any], text: str, start: int) -> Counter[int]:
    """Where the sequence can end that begins here, and in how many ways it gets there."""
    here = Counter({start: 1})
    for kind, value in sequence:
        after: Counter[int] = Counter()
        for at, ways in here.items():
            for end, more in _ends_of(kind, value, text, at).items():
                after[end] += ways * more
        here = after
    return here


def _ends_of(kind: Any, value: Any, text: str, at: int) -> Counter[int]:
    if kind is parts.BRANCH:
        return sum((_ends(each, text, at) for each in value[1]), Counter())
    if kind is parts.SUBPATTERN:
        return _ends(value[3], text, at)
    if kind in _REPEATS:
        return _repeats(value, text, at)
    if kind in (parts.POSSESSIVE_REPEAT, parts.ATOMIC_GROUP):  # one way alone
        return Counter({found.end(): 1} if (found := _compiled(kind, value).match(text, at)) else ())
    if kind in (parts.IN, parts.LITERAL, parts.NOT_LITERAL, parts.ANY, parts.AT, parts.ASSERT, parts.ASSERT_NOT):
        return Counter({found.end(): 1} if (found := _compiled(kind, value).match(text, at)) else ())
    return Counter({at: 1})


def _repeats(value: Any, text: str, at: int) -> Counter[int]:
    low, high, body = value
    here, found = Counter({at: 1}), Counter({at: 1} if low == 0 else ())
    for number in range(1, min(high, len(text) - at) + 1):
        after: Counter[int] = Counter()
        for start, ways in here.items():
            for end, more in _ends(body, text, start).items():
                if end > start:
                    after[end] += ways * more
        if not after:
            break
        here = after
        if number >= low:
            found.update(here)
    return found


_KNOWN: dict[int, tuple[Any, re.Pattern[str]]] = {}


def _compiled(kind: Any, value: Any) -> re.Pattern[str]:
    """One item as an expression. `value` is kept, so that its id stays its own."""
    key = id(value) if isinstance(value, list | tuple) else hash((kind, value))
    if key not in _KNOWN:
        item = parser.SubPattern(parser.State(), [(kind, value)])
        _KNOWN[key] = (value, compiler.compile(item, 0))
    return _KNOWN[key][1]


def _sample(sequence: Any, draw: random.Random) -> str:
    """A text that the sequence matches, but for what it looks ahead or back to."""
    return "".join(_one(kind, value, draw) for kind, value in sequence)


def _one(kind: Any, value: Any, draw: random.Random) -> str:
    if kind is parts.LITERAL:
        return chr(value)
    if kind is parts.IN:
        return _of_set(value, draw)
    if kind is parts.BRANCH:
        return _sample(draw.choice(value[1]), draw)
    if kind is parts.SUBPATTERN:
        return _sample(value[3], draw)
    if kind is parts.ATOMIC_GROUP:
        return _sample(value, draw)
    if kind in (*_REPEATS, parts.POSSESSIVE_REPEAT):
        low, high, body = value
        return "".join(_sample(body, draw) for _ in range(low or draw.randint(0, min(high, 1))))
    return "中" if kind in (parts.ANY, parts.NOT_LITERAL) else ""


def _of_set(values: Any, draw: random.Random) -> str:
    if values[0][0] is parts.NEGATE:
        return draw.choice("中，1a 水楼")
    kind, value = draw.choice(values)
    if kind is parts.RANGE:
        return chr(draw.choice(value))
    return chr(value) if kind is parts.LITERAL else _OF_CATEGORY.get(value, "中")
