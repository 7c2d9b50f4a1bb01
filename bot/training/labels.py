"""Learns labels from an office's own history: rows of (text, label)."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from sys import intern
from zlib import crc32

from bot.training.fit import separate, table
from bot.understanding.models.label_model import Model, Space
from bot.understanding.models.vectorizer import Counts, Traits

Labelled = tuple[str, str]
Case = tuple[Labelled, Counts]
"""A row, and what is seen in its text."""
Judged = tuple[Sequence[float], int]
"""The margins of a row by label, and which label it has."""

SEEN = 3
"""A group of signs must stand in so many rows (in two, where there are few) to count."""
FEW = 500
PARTS = 5
SHARPNESS = tuple(1.05**step for step in range(-15, 50))


def train(rows: Sequence[Labelled], traits: Traits, seed: int = 0) -> Model:
    """A model of all rows, its confidence fitted on models that have not seen the row. ValueError with one label only."""
    if len({label for _, label in rows}) < 2:
        raise ValueError("nothing to learn: the rows need two labels or more")
    traits = replace(traits, category_worth=_category_worth(rows, traits))
    cases = [(row, _counted(row[0], traits)) for row in rows]
    unseen = [judged for part in range(PARTS) for judged in _unseen(cases, part, traits, seed)]
    return replace(_learn(cases, traits, seed), sharpness=_fitted(unseen))


def hold_back(rows: Sequence[Labelled]) -> tuple[list[Labelled], list[Labelled]]:
    """Rows to learn from, and about a fifth to measure on: always the same ones, as told by their text."""
    kept: tuple[list[Labelled], list[Labelled]] = ([], [])
    for row in rows:
        kept[_part(row) == 0].append(row)
    return kept


def _part(row: Labelled, salt: str = "") -> int:
    """Rows with the same text always stand in the same part."""
    return crc32((salt + row[0]).encode()) % PARTS


def _category_worth(rows: Sequence[Labelled], traits: Traits) -> float:
    """Much where the labels follow our categories, nothing where they cut across: told by guessing every second row."""
    told = [(traits.category(text), label) for text, label in rows]
    usual: dict[str, Counter[str]] = defaultdict(Counter)
    for category, label in told[::2]:
        usual[category][label] += 1
    guessed = [label == usual[category].most_common(1)[0][0] for category, label in told[1::2] if category in usual]
    return FOLLOWED if guessed and sum(guessed) / len(guessed) >= FOLLOWS else 0.0


FOLLOWS, FOLLOWED = 0.9, 1.0


def _counted(text: str, traits: Traits) -> Counts:
    """What is seen in a text, each name kept once for all texts: else a long history fills the memory."""
    whole, opening, said = traits.counted(text)
    return _once(whole), _once(opening), said


def _once(counts: Counter[str]) -> Counter[str]:
    return Counter({intern(group): count for group, count in counts.items()})


def _unseen(cases: Sequence[Case], part: int, traits: Traits, seed: int) -> Iterator[Judged]:
    """The rows of one part, judged by a model of the others."""
    parts = [_part(row, salt="fitting") for row, _ in cases]
    learnt = [case for case, own in zip(cases, parts, strict=True) if own != part]
    if len({label for (_, label), _ in learnt}) > 1:
        model = _learn(learnt, traits, seed)
        for ((_, label), counts), own in zip(cases, parts, strict=True):
            if own == part and label in model.labels:
                yield model.margins(model.space.vector(counts)), model.labels.index(label)


def _learn(cases: Sequence[Case], traits: Traits, seed: int) -> Model:
    space = _space([counts for _, counts in cases], traits)
    vectors = table((space.vector(counts) for _, counts in cases), len(space.places))
    labels = tuple(sorted({label for (_, label), _ in cases}))
    found = [separate(vectors, [own == label for (_, own), _ in cases], seed) for label in labels]
    return Model(labels, space, [weights for weights, _ in found], [before for _, before in found], 1.0)


def _space(every: Sequence[Counts], traits: Traits) -> Space:
    seen: Counter[str] = Counter()
    verdicts: set[str] = set()
    count = len(every)
    for whole, opening, said in every:
        seen.update([*whole, *opening])
        verdicts.update(said)
    least = SEEN if count >= FEW else 2
    rarity = {group: math.log((1 + count) / (1 + rows)) + 1 for group, rows in seen.items() if rows >= least}
    names = [*rarity, *sorted(verdicts)]
    return Space(traits, {name: place for place, name in enumerate(names)}, rarity)


def _fitted(judged: Sequence[Judged]) -> float:
    """The sharpness under which the labels of these rows are likeliest, had one row more gone to any label by chance."""
    slip = 1 / (len(judged) + 1)

    def likelihood(sharpness: float) -> float:
        return sum(_likelihood(margins, own, slip, sharpness) for margins, own in judged)

    return max(SHARPNESS, key=likelihood) if judged else 1.0


def _likelihood(margins: Sequence[float], own: int, slip: float, sharpness: float) -> float:
    best = max(margins)
    whole = best + math.log(sum(math.exp(sharpness * (margin - best)) for margin in margins)) / sharpness
    expected = (1 - slip) * margins[own] + slip * sum(margins) / len(margins)
    return sharpness * (expected - whole)
