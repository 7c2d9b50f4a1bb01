"""Learns labels from an office's own history: rows of (text, label)."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from zlib import crc32

from bot.understanding.margins import separate
from bot.understanding.model import Model, Space, confidence
from bot.understanding.traits import Traits

Labelled = tuple[str, str]

SEEN = 3
"""A group of signs must stand in so many rows (in two, where there are few) to count."""
FEW = 500
SHARPNESS = (0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 7.0, 10.0)


def train(rows: Sequence[Labelled], traits: Traits, seed: int = 0) -> Model:
    """A model of all rows, its confidence fitted on a fifth of them held back. ValueError with less than two labels."""
    if len({label for _, label in rows}) < 2:
        raise ValueError("nothing to learn: the rows need two labels or more")
    traits = replace(traits, category_worth=_category_worth(rows, traits))
    learnt, held = hold_back(rows, salt="fitting")
    sharpness = _fitted(_learn(learnt, traits, seed), held) if len({label for _, label in learnt}) > 1 else 1.0
    model = _learn(rows, traits, seed)
    return Model(model.labels, model.space, model.weights, sharpness)


def hold_back(rows: Sequence[Labelled], every: int = 5, salt: str = "") -> tuple[list[Labelled], list[Labelled]]:
    """Rows to learn from, and every fifth or so to measure on: always the same ones, as told by text and salt."""
    kept: tuple[list[Labelled], list[Labelled]] = ([], [])
    for row in rows:
        kept[crc32((salt + row[0]).encode()) % every == 0].append(row)
    return kept


def _category_worth(rows: Sequence[Labelled], traits: Traits) -> float:
    """Much where the labels follow our categories, nothing where they cut across: told by guessing every second row."""
    told = [(traits.category(text), label) for text, label in rows]
    usual: dict[str, Counter[str]] = defaultdict(Counter)
    for category, label in told[::2]:
        usual[category][label] += 1
    guessed = [label == usual[category].most_common(1)[0][0] for category, label in told[1::2] if category in usual]
    return FOLLOWED if guessed and sum(guessed) / len(guessed) >= FOLLOWS else 0.0


FOLLOWS, FOLLOWED = 0.9, 1.0


def _learn(rows: Sequence[Labelled], traits: Traits, seed: int) -> Model:
    space = _space([text for text, _ in rows], traits)
    vectors = [space.row(text) for text, _ in rows]
    labels = tuple(sorted({label for _, label in rows}))
    weights = [separate(vectors, [own == label for _, own in rows], len(space.places), seed) for label in labels]
    return Model(labels, space, weights, 1.0)


def _space(texts: Iterable[str], traits: Traits) -> Space:
    seen: Counter[str] = Counter()
    verdicts: set[str] = set()
    count = 0
    for text in texts:
        whole, opening, said = traits.counted(text)
        seen.update([*whole, *opening])
        verdicts.update(said)
        count += 1
    least = SEEN if count >= FEW else 2
    rarity = {group: math.log((1 + count) / (1 + rows)) + 1 for group, rows in seen.items() if rows >= least}
    names = [*rarity, *sorted(verdicts)]
    return Space(traits, {name: place for place, name in enumerate(names)}, rarity)


def _fitted(model: Model, held: Sequence[Labelled]) -> float:
    """The sharpness under which the held-back rows are likeliest."""
    rows = [
        (model.margins(model.space.row(text)), model.labels.index(label))
        for text, label in held
        if label in model.labels
    ]

    def likelihood(sharpness: float) -> float:
        return sum(math.log(confidence(margins, own, sharpness) + 1e-9) for margins, own in rows)

    return max(SHARPNESS, key=likelihood)
