"""Measures a reading on labelled rows: how often it is right, by label, with an interval, and by how sure it is."""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from bot.understanding.reader import Reader

Labeller = Callable[[str], tuple[str, float]]
"""Gives a text its label and a confidence."""

STEPS = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95)
SURE = 1.96
"""Standard deviations within which 95 of 100 measurements fall."""


@dataclass(frozen=True, slots=True)
class Score:
    """One label: rows that have it, and how many of these (recall) and of those given it (precision) are right."""

    rows: int
    precision: float
    recall: float
    f1: float
    low: float
    high: float
    """Bounds of the recall (95 percent, Wilson)."""


@dataclass(frozen=True, slots=True)
class Report:
    """What was measured; `answered` says, for each least confidence, what share is answered and how much of it is right."""

    rows: int
    accuracy: float
    macro_f1: float
    labels: dict[str, Score]
    answered: tuple[tuple[float, float, float], ...]


def measure(label: Labeller, rows: Sequence[tuple[str, str]]) -> Report:
    """The report on rows of (text, label). ValueError where there are none."""
    if not rows:
        raise ValueError("nothing to measure")
    found = [(own, *label(text)) for text, own in rows]
    pairs = Counter((own, given) for own, given, _ in found)
    names = sorted({own for own, _, _ in found})
    scores = {name: _score(name, pairs) for name in names}
    return Report(
        rows=len(rows),
        accuracy=_share(own == given for own, given, _ in found),
        macro_f1=sum(score.f1 for score in scores.values()) / len(names),
        labels=scores,
        answered=tuple(_answered(found, least) for least in STEPS),
    )


def rules(reader: Reader, labels: Iterable[str]) -> Labeller:
    """The rules as a labeller: of sectors, where all labels are sectors; of intents likewise; else of categories."""
    wanted = frozenset(labels)
    if wanted <= frozenset(reader.sectors.names):
        return lambda text: next(pair for pair in reader.understand(text).sectors if pair[0] in wanted)
    if wanted.isdisjoint(reader.categories) and wanted & frozenset(reader.intents.names):
        return lambda text: (reader.understand(text).intent, 1.0)
    return lambda text: ((read := reader.understand(text)).category, read.confidence)


def _score(name: str, pairs: Counter[tuple[str, str]]) -> Score:
    rows = sum(count for (own, _), count in pairs.items() if own == name)
    given = sum(count for (_, said), count in pairs.items() if said == name)
    right = pairs[name, name]
    return Score(rows, right / given if given else 0.0, right / rows, 2 * right / (rows + given), *_wilson(right, rows))


def _wilson(right: int, rows: int) -> tuple[float, float]:
    share, spread = right / rows, SURE * SURE / rows
    middle = share + spread / 2
    reach = SURE * math.sqrt(share * (1 - share) / rows + spread / (4 * rows))
    return (middle - reach) / (1 + spread), (middle + reach) / (1 + spread)


def _answered(found: Sequence[tuple[str, str, float]], least: float) -> tuple[float, float, float]:
    sure = [own == given for own, given, confidence in found if confidence >= least]
    return least, len(sure) / len(found), _share(sure)


def _share(right: Iterable[bool]) -> float:
    every = list(right)
    return sum(every) / len(every) if every else 0.0
