"""Finds messages that may be about the same event: those that share what is rare elsewhere, and say the same place."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from bot.understanding.categories import UNKNOWN
from bot.understanding.extract.places.address import door_number
from bot.understanding.lexicon import Rules
from bot.understanding.models.linear import added
from bot.understanding.models.ngrams import NgramCounts, contiguous, idf
from bot.understanding.normalize import CHINESE, fold, fold_solid
from bot.understanding.result import Place

_ADDRESS = Rules("address")
LONGEST = 400
"""So many characters of a text are compared."""
TITLE_WORTH = 2
"""A pair of characters in the title counts so often."""
OFFERED = 0.06
"""A pair of messages that is less alike is not worth offering."""
COMMON, FEW = 0.05, 80
"""What stands in a larger share of the messages (but in more than a few) is no evidence that two are alike (a cut-off of document frequency)."""
SHORT, ELSEWHERE = 60, 0.4
"""Two short messages that name different buildings keep this share of their similarity."""
APART = 0.6
"""So do two messages that name places, but none in common."""
ALIKE = 0.6
"""From here on two short messages are worth offering to each other as the same matter."""
PARTS = ("estate", "road", "building", "unit")
ROWS = ("anchors", "aspects", "objects")
"""Tables of words: those of one row mean the same, those of two rows do not."""
SAID = ("sides", "roads")

Pair = tuple[int, int, float]
Vector = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Message:
    """A title (may be empty) and a text."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class WordFeatures:
    """A message's words as vectors of length 1."""

    pairs: Vector
    with_characters: Vector | None
    """Of a short message: its single characters count too. None for a long one."""
    building: str | None


Weigh = Callable[[str], WordFeatures]


@dataclass(frozen=True)
class Features:
    """What is compared of two short messages about a public fault. Its words are weighed when they are first needed: most
    others are told apart by their places."""

    category: str
    place: Place
    said: Mapping[str, frozenset[Any]]
    """By name of ROWS the rows of which the text holds a word, by name of SAID what it says."""
    text: str
    weigh: Weigh
    weights: Vector
    """What speaks for the same matter and against it."""

    @cached_property
    def words(self) -> WordFeatures:
        """What is compared of its words."""
        return self.weigh(self.text)


class DuplicateDetector:
    """Compares messages against a background of everyday sentences, in which common words are common; the words by which people
    say where it is and what is wrong there, and what these weigh, are those of the table [duplicates] of the lexicon."""

    def __init__(self, table: Mapping[str, Any], background: Mapping[str, int], sentences: int) -> None:
        self._background, self._sentences, self._weights = NgramCounts(background), sentences, table["weights"]
        self._rows = {name: {word: at for at, row in enumerate(table[name]) for word in row} for name in ROWS}
        self._said = {name: re.compile(table[name]) for name in SAID}
        self._names = re.compile(table["names"])

    def features(self, text: str, folded: str, category: str, place: Place, weigh: Weigh | None = None) -> Features:
        """What `same_matter` compares of a short message; `folded`: its text as words are compared. `weigh`: what gives the
        features of its words, else `words`."""
        said = {
            name: frozenset(row for word, row in rows.items() if word in folded) for name, rows in self._rows.items()
        }
        said |= {name: frozenset(pattern.findall(folded)) for name, pattern in self._said.items()}
        return Features(category, place, said, text, weigh or self.words, self._weights)

    def words(self, text: str) -> WordFeatures:
        """What is compared of the words of a short message."""
        message, rarity = Message("", text), self._idf(())
        building = _building(message)
        pairs = _weights(_counted(message, building), rarity)
        short = len(f"{message.title} {message.text}") <= SHORT
        with_characters = _unit({**pairs, **_weights(_characters(message), rarity)}) if short else None
        return WordFeatures(_unit(pairs), with_characters, building)

    def pairs(self, messages: Sequence[Message]) -> list[Pair]:
        """The pairs worth offering, by position, best first: by what is rare among the messages, too."""
        buildings = [_building(message) for message in messages]
        counts = [_counted(message, building) for message, building in zip(messages, buildings, strict=True)]
        weigh = self._idf(counts)
        vectors = [_unit(_weights(count, weigh)) for count in counts]
        named = [frozenset(self._names.findall(fold(f"{each.title} {each.text[:LONGEST]}"))) for each in messages]
        found = []
        for first, second in _neighbours(vectors):
            nearness = _nearness(buildings[first], buildings[second])
            score = _product(vectors[first], vectors[second]) * nearness
            if score >= OFFERED:
                apart = _apart(named[first], named[second])
                found.append((first, second, round(score * APART if apart else score, 4)))
        return sorted(found, key=lambda pair: (-pair[2], pair))

    def _idf(self, counts: Sequence[Mapping[str, int]]) -> Callable[[str], float]:
        """The inverse document frequency of an n-gram in the background and these messages together."""
        size, there = self._sentences + len(counts), self._background.of
        if not counts:
            return lambda ngram: idf(size, there(ngram))
        here = Counter(ngram for count in counts for ngram in count)
        return lambda ngram: idf(size, here.get(ngram, 0) + there(ngram))


def same_matter(one: Features, other: Features) -> float:
    """How likely two short messages are about the same public fault, from 0 to 1."""
    return _chance(_odds(one, other) + _said_alike(one, other))


def likely_same(one: Features, other: Features) -> float:
    """As `same_matter`; 0 where the same words could not make it as likely as ALIKE."""
    odds = _odds(one, other)
    return _chance(odds + _said_alike(one, other)) if _chance(odds + one.weights["words"]) >= ALIKE else 0.0


def _said_alike(one: Features, other: Features) -> float:
    return one.weights["words"] * math.sqrt(similarity(one.words, other.words))


def _chance(odds: float) -> float:
    return 1 / (1 + math.exp(-odds))


def _odds(one: Features, other: Features) -> float:
    """The log odds by category and place, without the words."""
    known, same = UNKNOWN not in (one.category, other.category), one.category == other.category
    apart = {name: _apart(one.said[name], other.said[name]) for name in (*ROWS, *SAID)}
    parts = [(getattr(one.place, part), getattr(other.place, part)) for part in ("community", *PARTS)]
    differ = [bool(said and also and said != also) for said, also in parts]
    agreed = sum(bool(said) and said == also for said, also in parts[1:])
    found = {
        "bias": 1,
        "category": known and same,
        "near": known and not same and one.category[:2] == other.category[:2],
        "elsewhere": any(differ) or apart["sides"] or apart["roads"] or apart["anchors"],
        "agreed": min(agreed, 2) / 2,
        "half": bool(one.said["roads"]) != bool(other.said["roads"]) or _half_said(one.place, other.place),
        "excluded": apart["objects"] or differ[1 + PARTS.index("building")],
        "aspect": apart["aspects"],
    }
    return added(one.weights, found)


def _half_said(one: Place, other: Place) -> bool:
    """Whether only one of them says in which building it is, or neither and only one in which estate."""
    by_road = bool(one.road and not one.estate), bool(other.road and not other.estate)
    if one.building and other.building and one.estate != other.estate and any(by_road):
        return True  # of a road and of an estate: the same number says little
    if one.building or other.building:
        return not (one.building and other.building)
    return bool(one.estate) != bool(other.estate)


def _apart(one: frozenset[Any], other: frozenset[Any]) -> bool:
    """Whether both say something and nothing of it is the same."""
    return bool(one and other) and one.isdisjoint(other)


def similarity(one: WordFeatures, other: WordFeatures) -> float:
    """How alike two messages are, from 0 to 1, by what is rare in everyday sentences."""
    if one.with_characters is not None and other.with_characters is not None:
        product = _product(one.with_characters, other.with_characters)
    else:
        product = _product(one.pairs, other.pairs)
    return product * _nearness(one.building, other.building)


def _counted(message: Message, building: str | None) -> Counter[str]:
    counted = Counter(contiguous(fold_solid(message.text)[:LONGEST], 2))
    for pair in contiguous(fold_solid(message.title), 2):
        counted[pair] += TITLE_WORTH
    if building:
        counted[f"{building}{_ADDRESS.words['counted']}"] += TITLE_WORTH  # however it was written: 3#, 三号楼, 3栋
    return counted


def _characters(message: Message) -> Counter[str]:
    return Counter(CHINESE.findall(fold(f"{message.title} {message.text}")))


def _weights(counted: Mapping[str, int], weigh: Callable[[str], float]) -> dict[str, float]:
    """By n-gram; repeated ones weigh a little more than single ones."""
    return {ngram: (1 + math.log(count)) * weigh(ngram) for ngram, count in counted.items()}


def _unit(weights: Vector) -> dict[str, float]:
    """A vector of length 1."""
    size = math.hypot(*weights.values()) or 1.0
    return {ngram: weight / size for ngram, weight in weights.items()}


def _product(one: Vector, other: Vector) -> float:
    small, large = sorted((one, other), key=len)
    return sum(weight * large[pair] for pair, weight in small.items() if pair in large)


def _neighbours(vectors: Sequence[Vector]) -> Iterable[tuple[int, int]]:
    """Pairs of vectors that share enough of what is not common: no others are ever compared."""
    holders = Counter(pair for vector in vectors for pair in vector)
    limit = max(FEW, COMMON * len(vectors))
    index: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for at, vector in enumerate(vectors):
        shared: dict[int, float] = defaultdict(float)
        for pair, weight in vector.items():
            if 1 < holders[pair] <= limit:
                for first, other in index[pair]:
                    shared[first] += weight * other
                index[pair].append((at, weight))
        yield from ((first, at) for first, product in shared.items() if product >= OFFERED * ELSEWHERE)


def _building(message: Message) -> str | None:
    said = f"{message.title} {message.text}"
    return door_number(said).building if len(said) <= SHORT else None


def _nearness(one: str | None, other: str | None) -> float:
    return ELSEWHERE if one and other and one != other else 1.0
