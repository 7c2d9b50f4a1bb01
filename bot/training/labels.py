"""Learns labels from an office's own history: rows of (text, label)."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from sys import intern
from zlib import crc32

from bot.training.fit import separate, table
from bot.understanding.models.label_model import Model, Space
from bot.understanding.models.vectorizer import Counts, Vectorizer

Labelled = tuple[str, str]
Case = tuple[Labelled, Counts]
"""A row, and what is seen in its text."""
HeldOut = tuple[Sequence[float], int]
"""The margins of a row by label, and which label it has."""

SEEN = 3
"""A group of characters must stand in so many rows (in two, where there are few) to count."""
FEW = 500
PARTS = 5
INVERSE_TEMPERATURES = tuple(1.05**step for step in range(-15, 50))


def train(rows: Sequence[Labelled], vectorizer: Vectorizer, seed: int = 0) -> Model:
    """A model of all rows, its confidence fitted on models that have not seen the row. ValueError with one label only."""
    if len({label for _, label in rows}) < 2:
        raise ValueError("nothing to learn: the rows need two labels or more")
    vectorizer = replace(vectorizer, category_worth=_category_worth(rows, vectorizer))
    cases = [(row, _counted(row[0], vectorizer)) for row in rows]
    unseen = [held_out for part in range(PARTS) for held_out in _unseen(cases, part, vectorizer, seed)]
    return replace(_learn(cases, vectorizer, seed), inverse_temperature=_fitted(unseen))


def hold_back(rows: Sequence[Labelled]) -> tuple[list[Labelled], list[Labelled]]:
    """Rows to learn from, and about a fifth to measure on: always the same ones, as told by their text."""
    kept: tuple[list[Labelled], list[Labelled]] = ([], [])
    for row in rows:
        kept[_part(row) == 0].append(row)
    return kept


def _part(row: Labelled, salt: str = "") -> int:
    """Rows with the same text always stand in the same part."""
    return crc32((salt + row[0]).encode()) % PARTS


def _category_worth(rows: Sequence[Labelled], vectorizer: Vectorizer) -> float:
    """Much where the labels follow our categories, nothing where they cut across: told by guessing every second row."""
    told = [(vectorizer.category(text), label) for text, label in rows]
    usual: dict[str, Counter[str]] = defaultdict(Counter)
    for category, label in told[::2]:
        usual[category][label] += 1
    guessed = [label == usual[category].most_common(1)[0][0] for category, label in told[1::2] if category in usual]
    return FOLLOWED if guessed and sum(guessed) / len(guessed) >= FOLLOWS else 0.0


FOLLOWS, FOLLOWED = 0.9, 1.0


def _counted(text: str, vectorizer: Vectorizer) -> Counts:
    """What is seen in a text, each name kept once for all texts: else a long history fills the memory."""
    whole, opening, said = vectorizer.counted(text)
    return _once(whole), _once(opening), said


def _once(counts: Counter[str]) -> Counter[str]:
    return Counter({intern(group): count for group, count in counts.items()})


def _unseen(cases: Sequence[Case], part: int, vectorizer: Vectorizer, seed: int) -> Iterator[HeldOut]:
    """The rows of one part, scored by a model of the others."""
    parts = [_part(row, salt="fitting") for row, _ in cases]
    learnt = [case for case, own in zip(cases, parts, strict=True) if own != part]
    if len({label for (_, label), _ in learnt}) > 1:
        model = _learn(learnt, vectorizer, seed)
        for ((_, label), counts), own in zip(cases, parts, strict=True):
            if own == part and label in model.labels:
                yield model.margins(model.space.vector(counts)), model.labels.index(label)


def _learn(cases: Sequence[Case], vectorizer: Vectorizer, seed: int) -> Model:
    space = _space([counts for _, counts in cases], vectorizer)
    vectors = table((space.vector(counts) for _, counts in cases), len(space.places))
    labels = tuple(sorted({label for (_, label), _ in cases}))
    found = [separate(vectors, [own == label for (_, own), _ in cases], seed) for label in labels]
    return Model(labels, space, [weights for weights, _ in found], [before for _, before in found], 1.0)


def _space(every: Sequence[Counts], vectorizer: Vectorizer) -> Space:
    seen: Counter[str] = Counter()
    keyword_features: set[str] = set()
    count = len(every)
    for whole, opening, said in every:
        seen.update([*whole, *opening])
        keyword_features.update(said)
    least = SEEN if count >= FEW else 2
    rarity = {group: math.log((1 + count) / (1 + rows)) + 1 for group, rows in seen.items() if rows >= least}
    names = [*rarity, *sorted(keyword_features)]
    return Space(vectorizer, {name: place for place, name in enumerate(names)}, rarity)


def _fitted(held_out: Sequence[HeldOut]) -> float:
    """The inverse temperature under which the labels of these rows are likeliest, had one row more gone to any label by chance."""
    slip = 1 / (len(held_out) + 1)

    def likelihood(inverse_temperature: float) -> float:
        return sum(_likelihood(margins, own, slip, inverse_temperature) for margins, own in held_out)

    return max(INVERSE_TEMPERATURES, key=likelihood) if held_out else 1.0


def _likelihood(margins: Sequence[float], own: int, slip: float, inverse_temperature: float) -> float:
    best = max(margins)
    whole = (
        best
        + math.log(sum(math.exp(inverse_temperature * (margin - best)) for margin in margins)) / inverse_temperature
    )
    expected = (1 - slip) * margins[own] + slip * sum(margins) / len(margins)
    return inverse_temperature * (expected - whole)
