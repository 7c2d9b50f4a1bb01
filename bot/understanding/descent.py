"""Trains a linear machine with wide margins in plain Python: for what is learnt at start, where no library for it is loaded."""

import random
from array import array
from collections.abc import Sequence

from bot.understanding.model import Row

PENALTY = 1.0
"""What a row on the wrong side costs beside the size of the weights."""
ROUNDS = 20
STILL = 0.02
"""A round in which no row moves the weights by more than this is the last."""


def separate(
    rows: Sequence[Row], inside: Sequence[bool], width: int, seed: int, rounds: int = ROUNDS
) -> Sequence[float]:
    """Weights whose product with a row is positive for rows inside and negative for the others.

    The algorithm of Hsieh and others (2008), "A dual coordinate descent method for large-scale linear SVM".
    """
    weights = [0.0] * width
    pulls = [0.0] * len(rows)
    soft = 1 / (2 * PENALTY)
    sizes = [sum(value * value for value in row.values) + soft for row in rows]
    sides = [1.0 if here else -1.0 for here in inside]
    order = list(range(len(rows)))
    chance = random.Random(seed)
    for _ in range(rounds):
        chance.shuffle(order)
        moved = 0.0
        for at in order:
            row, side, before = rows[at], sides[at], pulls[at]
            slope = side * row.times(weights) - 1 + soft * before
            if before == 0.0 and slope >= 0:
                continue
            pulls[at] = max(before - slope / sizes[at], 0.0)
            step = (pulls[at] - before) * side
            if step:
                moved = max(moved, abs(step))
                for place, value in zip(row.places, row.values, strict=True):
                    weights[place] += step * value
        if moved < STILL:
            break
    return array("d", weights)
