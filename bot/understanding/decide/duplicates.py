"""Finds messages that may be about the same event: those that share what is rare elsewhere."""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.understanding.categories import UNKNOWN
from bot.understanding.decide import place_match as places
from bot.understanding.decide.place_match import PlaceFeatures, PlaceMatch
from bot.understanding.extract.places.address import door_number
from bot.understanding.lexicon import Rules
from bot.understanding.models.background import Background
from bot.understanding.models.ngrams import contiguous, idf
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

Pair = tuple[int, int, float]


@dataclass(frozen=True, slots=True)
class Weights:
    """What speaks for the same matter and against it: fitted on pairs of short messages (log odds)."""

    bias: float = -3.1
    category: float = 3.0
    near: float = -1.0
    """Another category of the same first level."""
    elsewhere: float = -3.5
    agreed: float = 0.5
    half: float = -2.6
    """Only one of them says in which building or road."""
    excluded: float = -9.0
    """Other things are broken, or it is in another building: set by hand, no words outweigh it."""
    aspect: float = -2.1
    """Other things are wrong."""
    words: float = 3.2


WEIGHTS = Weights()


@dataclass(frozen=True, slots=True)
class Message:
    """A title (may be empty) and a text."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class DuplicateDetector:
    """Compares messages against a background of everyday sentences, in which common words are common."""

    background: Background
    where: PlaceMatch

    def features(self, text: str, folded: str, category: str, place: Place, weigh: "Weigh | None" = None) -> "Features":
        """What `same_matter` compares of a short message; `folded`: its text as words are compared. `weigh`: what gives the
        features of its words, else `words`."""
        return Features(category, self.where.features(folded, place), text, weigh or self.words)

    def words(self, text: str) -> "WordFeatures":
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
        named = [self._named(message) for message in messages]
        found = []
        for first, second in _neighbours(vectors):
            nearness = _nearness(buildings[first], buildings[second])
            score = _product(vectors[first], vectors[second]) * nearness
            if score >= OFFERED:
                apart = named[first] and named[second] and not named[first] & named[second]
                found.append((first, second, round(score * APART if apart else score, 4)))
        return sorted(found, key=lambda pair: (-pair[2], pair))

    def _named(self, message: Message) -> set[str]:
        return set(self.where.names.findall(fold(f"{message.title} {message.text[:LONGEST]}")))

    def _idf(self, counts: Sequence[Mapping[str, int]]) -> Callable[[str], float]:
        """The inverse document frequency of an n-gram in the background and these messages together."""
        here, there = Counter(ngram for count in counts for ngram in count), self.background.counts
        size = self.background.size + len(counts)
        return lambda ngram: idf(size, here.get(ngram, 0) + there.get(ngram, 0))


@dataclass(frozen=True, slots=True)
class WordFeatures:
    """A message's words as vectors of length 1."""

    pairs: Mapping[str, float]
    with_characters: Mapping[str, float] | None
    """Of a short message: its single characters count too. None for a long one."""
    building: str | None


Weigh = Callable[[str], WordFeatures]


@dataclass(frozen=True)
class Features:
    """What is compared of two short messages about a public fault. Its words are weighed when they are first needed: most
    others are told apart by their places."""

    category: str
    where: PlaceFeatures
    text: str
    weigh: Weigh

    @cached_property
    def words(self) -> WordFeatures:
        """What is compared of its words."""
        return self.weigh(self.text)


def same_matter(one: Features, other: Features) -> float:
    """How likely two short messages are about the same public fault, from 0 to 1."""
    return _chance(_odds(one, other) + _said_alike(one, other))


def likely_same(one: Features, other: Features) -> float:
    """As `same_matter`; 0 where the same words could not make it as likely as ALIKE."""
    odds = _odds(one, other)
    return _chance(odds + _said_alike(one, other)) if _chance(odds + WEIGHTS.words) >= ALIKE else 0.0


def _said_alike(one: Features, other: Features) -> float:
    return WEIGHTS.words * math.sqrt(similarity(one.words, other.words))


def _chance(odds: float) -> float:
    return 1 / (1 + math.exp(-odds))


def _odds(one: Features, other: Features) -> float:
    """The log odds by category and place, without the words."""
    known = UNKNOWN not in (one.category, other.category)
    same = one.category == other.category
    return (
        WEIGHTS.bias
        + WEIGHTS.category * (known and same)
        + WEIGHTS.near * (known and not same and one.category[:2] == other.category[:2])
        + WEIGHTS.elsewhere * places.differ(one.where, other.where)
        + WEIGHTS.agreed * min(places.agreed(one.where, other.where), 2) / 2
        + WEIGHTS.half * places.half_said(one.where, other.where)
        + WEIGHTS.excluded * places.excluded(one.where, other.where)
        + WEIGHTS.aspect * places.apart(one.where.aspects, other.where.aspects)
    )


def similarity(one: WordFeatures, other: WordFeatures) -> float:
    """How alike two messages are, from 0 to 1, by what is rare in everyday sentences."""
    if one.with_characters is not None and other.with_characters is not None:
        product = _product(one.with_characters, other.with_characters)
    else:
        product = _product(one.pairs, other.pairs)
    return product * _nearness(one.building, other.building)


def _counted(message: Message, building: str | None) -> Counter[str]:
    title, text = fold_solid(message.title), fold_solid(message.text)
    counted = Counter(contiguous(text[:LONGEST], 2))
    for pair in contiguous(title, 2):
        counted[pair] += TITLE_WORTH
    if building:
        counted[f"{building}{_ADDRESS.words['counted']}"] += TITLE_WORTH  # however it was written: 3#, 三号楼, 3栋
    return counted


def _characters(message: Message) -> Counter[str]:
    return Counter(CHINESE.findall(fold(f"{message.title} {message.text}")))


def _weights(counted: Mapping[str, int], weigh: Callable[[str], float]) -> dict[str, float]:
    """By n-gram; repeated ones weigh a little more than single ones."""
    return {ngram: (1 + math.log(count)) * weigh(ngram) for ngram, count in counted.items()}


def _unit(weights: Mapping[str, float]) -> dict[str, float]:
    """A vector of length 1."""
    size = math.hypot(*weights.values()) or 1.0
    return {ngram: weight / size for ngram, weight in weights.items()}


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
                for first, other in index[pair]:
                    shared[first] += weight * other
                index[pair].append((at, weight))
        yield from ((first, at) for first, product in shared.items() if product >= OFFERED * ELSEWHERE)


def _building(message: Message) -> str | None:
    said = f"{message.title} {message.text}"
    return door_number(said).building if len(said) <= SHORT else None


def _nearness(one: str | None, other: str | None) -> float:
    return ELSEWHERE if one and other and one != other else 1.0
