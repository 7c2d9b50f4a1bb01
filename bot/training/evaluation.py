"""Measures a reading on labelled rows: how often it is right, by label, with an interval, and by how sure it is; and a new
model against the rules and the model in use, all as the service would read."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from scipy.stats import binomtest
from sklearn.metrics import precision_recall_fscore_support

from bot.training.corpus import Labelled
from bot.understanding.decide.arbitration import Learned
from bot.understanding.reader import Reader

Labeller = Callable[[str], tuple[str, float]]
"""Gives a text its label and a confidence."""

Terms = tuple[frozenset[str], Labeller]
"""Labels that mean something to the rules, and how the rules give them."""

STEPS = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95)
SURE = 0.95
"""The share of measurements that fall within the interval of a recall."""
PRIOR_ROWS = 5
"""How many rows the rules' usual share of right ones counts for beside a category's own."""
EXACT = 1e-9


class Unknown(ValueError):
    """The rules know none of these labels."""

    def __init__(self, labels: Sequence[str]) -> None:
        super().__init__("labels that the rules do not know")
        self.labels = labels


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
    calibration_error: float
    """How far confidence and share of right answers lie apart on the average (expected calibration error, by tenths)."""
    labels: dict[str, Score]
    answered: tuple[tuple[float, float, float], ...]


def measure(label: Labeller, rows: Sequence[Labelled]) -> Report:
    """The report on rows of (text, label). ValueError where there are none."""
    if not rows:
        raise ValueError("nothing to measure")
    found = [(own, *label(text)) for text, own in rows]
    scores = _scores([own for own, _, _ in found], [given for _, given, _ in found])
    return Report(
        rows=len(rows),
        accuracy=_share(own == given for own, given, _ in found),
        macro_f1=sum(score.f1 for score in scores.values()) / len(scores),
        calibration_error=_apart(found),
        labels=scores,
        answered=tuple(_answered(found, least) for least in STEPS),
    )


def rules(reader: Reader, labels: Iterable[str]) -> Labeller:
    """The rules as a labeller in the terms that most of the labels are. Unknown where they are none of ours.

    Terms: sectors (of those labels alone), intents, and of categories the codes, names and first levels.
    """
    wanted = frozenset(labels)
    known, labeller = max(_terms(reader, wanted), key=lambda term: len(wanted & term[0]))
    if not wanted & known:
        raise Unknown(sorted(wanted))
    return labeller


def _terms(reader: Reader, wanted: frozenset[str]) -> Iterator[Terms]:
    def sector(text: str) -> tuple[str, float]:
        return next(pair for pair in reader.understand(text).sectors if pair[0] in wanted)

    yield frozenset(reader.chooser.sectors.names), sector
    yield frozenset(reader.intents.names), lambda text: (reader.understand(text).intent, 1.0)
    every = reader.categories.values()
    for terms in (
        {category.code: category.code for category in every},
        {category.code: category.name for category in every},
        {category.code: category.level2 for category in every},
        {category.code: category.level1 for category in every},
        {category.code: category.code[:2] for category in every},
    ):
        yield frozenset(terms.values()), _category_labeller(reader, terms)


def _category_labeller(reader: Reader, terms: Mapping[str, str]) -> Labeller:
    return lambda text: (terms[(read := reader.understand(text)).category], read.confidence)


def _scores(own: Sequence[str], given: Sequence[str]) -> dict[str, Score]:
    names = sorted(set(own))
    columns = precision_recall_fscore_support(own, given, labels=names, zero_division=0)
    scores = {}
    for name, precision, recall, f1, count in zip(names, *(column.tolist() for column in columns), strict=True):
        bounds = binomtest(round(recall * count), count).proportion_ci(SURE, method="wilson")
        scores[name] = Score(count, precision, recall, f1, bounds.low, bounds.high)
    return scores


def _answered(found: Sequence[tuple[str, str, float]], least: float) -> tuple[float, float, float]:
    sure = [own == given for own, given, confidence in found if confidence >= least]
    return least, len(sure) / len(found), _share(sure)


def _apart(found: Sequence[tuple[str, str, float]]) -> float:
    gaps = [0.0] * 10
    for own, given, confidence in found:
        gaps[min(int(confidence * 10), 9)] += confidence - (own == given)
    return sum(map(abs, gaps)) / len(found)


def _share(right: Iterable[bool]) -> float:
    every = list(right)
    return sum(every) / len(every) if every else 0.0


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
    used = accuracy(reader, present, held) if present else None
    return Figures(accuracy(reader, new, held), accuracy(reader, None, held), used)


def accuracy(reader: Reader, learned: Learned | None, rows: Sequence[Labelled]) -> float:
    """The share of rows whose category is read as labelled."""
    return measure(lambda text: (reader.understand(text, learned=learned).category, 1.0), rows).accuracy


def trust(reader: Reader, rows: Sequence[Labelled]) -> Mapping[str, float]:
    """By category, how often the rules are right when they say so; where they seldom said it, near their usual share."""
    said, right = Counter[str](), Counter[str]()
    for text, label in rows:
        code = reader.understand(text).category
        said[code] += 1
        right[code] += code == label
    usual = right.total() / len(rows) if rows else 1.0
    return {code: (right[code] + PRIOR_ROWS * usual) / (count + PRIOR_ROWS) for code, count in said.items()}
