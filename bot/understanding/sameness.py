"""Finds messages that may be about the same event: those that share what is rare elsewhere."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from bot.understanding.doors import door_number
from bot.understanding.folding import fold
from bot.understanding.lexicon import read_lexicon
from bot.understanding.meaning import Place, Understanding

LONGEST = 400
"""So many signs of a text are compared."""
ALIKE = 0.3
"""From this on two short messages are worth offering as the same matter."""
TITLE_WORTH = 2
"""A pair of signs in the title counts so often."""
OFFERED = 0.06
"""A pair of messages that is less alike is not worth offering."""
COMMON, FEW = 0.1, 80
"""What stands in a larger share of the messages (but in more than a few) brings no two of them together."""
SHORT, ELSEWHERE = 60, 0.4
"""Two short messages that name different buildings keep this share of their likeness."""

Pair = tuple[int, int, float]


@dataclass(frozen=True, slots=True)
class Message:
    """A title (may be empty) and a text."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Sameness:
    """Compares messages against a background of everyday sentences, in which common words are common."""

    background: Mapping[str, int]
    size: int

    def likeness(self, one: Message, other: Message) -> float:
        """How alike two messages are, from 0 to 1, by what is rare in everyday sentences."""
        counts = [_counted(message) for message in (one, other)]
        vectors = [_unit(count, self._rarity(())) for count in counts]
        return _product(*vectors) * _nearness(_building(one), _building(other))

    def same_matter(self, one: Understanding, other: Understanding) -> float:
        """How likely two readings are about one thing: their words, where their places do not contradict each other."""
        if one.category != other.category or _elsewhere(one.place, other.place):
            return 0.0
        return self.likeness(Message("", one.text), Message("", other.text))

    def pairs(self, messages: Sequence[Message]) -> list[Pair]:
        """The pairs worth offering, by position, best first: by what is rare among the messages, too."""
        counts = [_counted(message) for message in messages]
        rarity = self._rarity(counts)
        vectors = [_unit(count, rarity) for count in counts]
        buildings = [_building(message) for message in messages]
        found = []
        for first, second in _neighbours(vectors):
            nearness = _nearness(buildings[first], buildings[second])
            score = _product(vectors[first], vectors[second]) * nearness
            if score >= OFFERED:
                found.append((first, second, round(score, 4)))
        return sorted(found, key=lambda pair: (-pair[2], pair))

    def _rarity(self, counts: Sequence[Mapping[str, int]]) -> "Rarity":
        here = Counter(pair for count in counts for pair in count)
        return Rarity(self.background, here, self.size + len(counts))


@dataclass(frozen=True, slots=True)
class Rarity:
    """How rare a pair of signs is, in the background and here together."""

    background: Mapping[str, int]
    here: Mapping[str, int]
    size: int

    def of(self, pair: str) -> float:
        """0 for a pair that stands everywhere; more, the rarer it is."""
        return math.log((self.size + 1) / (self.here.get(pair, 0) + self.background.get(pair, 0) + 1))


def sameness(sentences: Iterable[str]) -> Sameness:
    """Against these everyday sentences: the examples of the lexicon will do."""
    background: Counter[str] = Counter()
    size = 0
    for sentence in sentences:
        background.update(set(_pairs(fold(sentence).replace(" ", ""))))
        size += 1
    return Sameness(background, size)


def of_lexicon(folder: Path) -> Sameness:
    """Against the examples of the lexicon in this folder."""
    examples = read_lexicon(folder)["categories"]["examples"]
    return sameness(chain.from_iterable(examples.values()))


def _elsewhere(one: Place, other: Place) -> bool:
    names = ("community", "estate", "building", "unit", "room", "road")
    return any((a := getattr(one, n)) and (b := getattr(other, n)) and a != b for n in names)


def _counted(message: Message) -> Counter[str]:
    title, text = (fold(part).replace(" ", "") for part in (message.title, message.text))
    counted = Counter(_pairs(text[:LONGEST]))
    for pair in _pairs(title):
        counted[pair] += TITLE_WORTH
    building = _building(message)
    if building:
        counted[f"{building}栋"] += TITLE_WORTH  # however it was written: 3#, 三号楼, 3栋
    return counted


def _pairs(text: str) -> Iterable[str]:
    return (text[start : start + 2] for start in range(len(text) - 1))


def _unit(counted: Mapping[str, int], rarity: Rarity) -> dict[str, float]:
    """A vector of length 1; repeated pairs weigh a little more than single ones."""
    weights = {pair: (1 + math.log(count)) * rarity.of(pair) for pair, count in counted.items()}
    size = math.hypot(*weights.values()) or 1.0
    return {pair: weight / size for pair, weight in weights.items()}


def _product(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    small, large = sorted((one, other), key=len)
    return sum(weight * large[pair] for pair, weight in small.items() if pair in large)


def _neighbours(vectors: Sequence[Mapping[str, float]]) -> Iterable[tuple[int, int]]:
    """Pairs of vectors that share enough of what is not common: no others are ever compared."""
    holders = Counter(pair for vector in vectors for pair in vector)
    limit = max(FEW, COMMON * len(vectors))
    index: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for at, vector in enumerate(vectors):
        shared: dict[int, float] = defaultdict(float)
        for pair, weight in vector.items():
            if 1 < holders[pair] <= limit:
                for earlier, other in index[pair]:
                    shared[earlier] += weight * other
                index[pair].append((at, weight))
        yield from ((earlier, at) for earlier, product in shared.items() if product >= OFFERED * ELSEWHERE)


def _building(message: Message) -> str | None:
    said = f"{message.title} {message.text}"
    return door_number(said).building if len(said) <= SHORT else None


def _nearness(one: str | None, other: str | None) -> float:
    return ELSEWHERE if one and other and one != other else 1.0
