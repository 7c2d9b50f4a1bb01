"""Tries a new model against the rules and the model in use, all three as the service would read, on the same rows."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.training.evaluation import measure
from bot.training.rows import Labelled
from bot.understanding.decide.arbitration import Learned
from bot.understanding.reader import Reader

PRIOR_ROWS = 5
"""How many rows the rules' usual share of right ones counts for beside a category's own."""
EXACT = 1e-9


@dataclass(frozen=True, slots=True)
class Figures:
    """The accuracy of each reading on the rows held back; `present` is None where no model is in use."""

    new: float
    rules: float
    present: float | None = None

    def keeps(self, margin: float) -> bool:
        """Whether the new one is better than both by the margin."""
        return self.new + EXACT >= max(self.rules, self.present or 0.0) + margin

    def falls_behind(self, margin: float) -> bool:
        """Whether the model in use reads worse than the rules alone by the margin."""
        return self.present is not None and self.rules + EXACT >= self.present + margin


def tried(reader: Reader, new: Learned, present: Learned | None, held: Sequence[Labelled]) -> Figures:
    """Measured on rows that neither was trained on. ValueError where there are none."""
    return Figures(
        new=accuracy(reader, new, held),
        rules=accuracy(reader, None, held),
        present=accuracy(reader, present, held) if present else None,
    )


def accuracy(reader: Reader, learned: Learned | None, rows: Sequence[Labelled]) -> float:
    """The share of rows whose category is read as labelled."""

    def label(text: str) -> tuple[str, float]:
        meant = reader.understand(text, learned=learned)
        return meant.category, meant.confidence

    return measure(label, rows).accuracy


def trust(reader: Reader, rows: Sequence[Labelled]) -> Mapping[str, float]:
    """By category, how often the rules are right when they say so; where they seldom said it, near their usual share."""
    said, right = Counter[str](), Counter[str]()
    for text, label in rows:
        code = reader.understand(text).category
        said[code] += 1
        right[code] += code == label
    usual = right.total() / len(rows) if rows else 1.0
    return {code: (right[code] + PRIOR_ROWS * usual) / (count + PRIOR_ROWS) for code, count in said.items()}
