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
    weights = array("d", bytes(8 * width))
    pulls = [0.0] * len(rows)
    soft = 1 / (2 * PENALTY)
    sizes = [sum(value * value for value in row.values) + soft for row in rows]
    order = list(range(len(rows)))
    chance = random.Random(seed)
    for _ in range(rounds):
        chance.shuffle(order)
        moved = 0.0
        for at in order:
            row, side = rows[at], 1.0 if inside[at] else -1.0
            slope = side * row.times(weights) - 1 + soft * pulls[at]
            if pulls[at] == 0.0 and slope >= 0:
                continue
            pull = max(pulls[at] - slope / sizes[at], 0.0)
            step = (pull - pulls[at]) * side
            pulls[at] = pull
            if step:
                moved = max(moved, abs(step))
                for place, value in zip(row.places, row.values, strict=True):
                    weights[place] += step * value
        if moved < STILL:
            break
    return weights
