"""Learns labels from an office's own history: rows of (text, label)."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from zlib import crc32

from bot.understanding.margins import separate, table
from bot.understanding.model import Model, Space, confidence
from bot.understanding.traits import Traits

Labelled = tuple[str, str]
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
    unseen = [pair for part in range(PARTS) for pair in _unseen(rows, part, traits, seed)]
    return replace(_learn(rows, traits, seed), sharpness=_fitted(unseen))


def hold_back(rows: Sequence[Labelled], part: int = 0, salt: str = "") -> tuple[list[Labelled], list[Labelled]]:
    """Rows to learn from, and one part of five to measure on: always the same ones, as told by text and salt."""
    kept: tuple[list[Labelled], list[Labelled]] = ([], [])
    for row in rows:
        kept[crc32((salt + row[0]).encode()) % PARTS == part].append(row)
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


def _unseen(rows: Sequence[Labelled], part: int, traits: Traits, seed: int) -> Iterator[Judged]:
    """The rows of one part, judged by a model of the others."""
    learnt, held = hold_back(rows, part, salt="fitting")
    if len({label for _, label in learnt}) > 1:
        model = _learn(learnt, traits, seed)
        for text, label in held:
            if label in model.labels:
                yield model.margins(model.space.row(text)), model.labels.index(label)


def _learn(rows: Sequence[Labelled], traits: Traits, seed: int) -> Model:
    space = _space([text for text, _ in rows], traits)
    vectors = table([space.row(text) for text, _ in rows], len(space.places))
    labels = tuple(sorted({label for _, label in rows}))
    found = [separate(vectors, [own == label for _, own in rows], seed) for label in labels]
    return Model(labels, space, [weights for weights, _ in found], [before for _, before in found], 1.0)


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


def _fitted(judged: Sequence[Judged]) -> float:
    """The sharpness under which the labels of these rows are likeliest."""

    def likelihood(sharpness: float) -> float:
        return sum(math.log(confidence(margins, own, sharpness) + 1e-9) for margins, own in judged)

    return max(SHARPNESS, key=likelihood)
