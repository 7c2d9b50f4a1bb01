"""The answer book: finds the entry that answers a question, and keeps silent when unsure."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.understanding.categories import UNKNOWN
from bot.understanding.models.ngrams import contiguous, idf
from bot.understanding.normalize import fold, fold_solid, without_words
from bot.understanding.result import Understanding

STRANGE = 0.5
"""What a pair of characters that the book does not know weighs; one that a single entry uses weighs 1."""
LEAST = 0.1
"""What a pair of characters that every entry uses still weighs."""
HELD = 0.65
"""Share of the score that says how much of a question the text holds; the rest, how much of the text the entry covers."""

_RUNS = re.compile(r"[\u3400-\u9fff]+|[0-9a-z]+")


@dataclass(frozen=True, slots=True)
class Entry:
    """One question, in several ways of asking it, with its answer and until when that holds."""

    id: str
    category: str
    lane: str
    questions: tuple[str, ...]
    answer: str
    source: str
    valid_until: date
    to_confirm: bool
    phone: str | None = None
    alone: bool = False
    """Nothing is left for staff to do: no order goes with the answer."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What counts as asked and as found; see config/answers/settings.toml."""

    longest: int
    enough: float
    other: float
    foreign: float
    lead: float
    fault: float
    bare: float
    asking: tuple[str, ...]
    faults: tuple[str, ...]
    filler: re.Pattern[str]

    def units(self, text: str) -> frozenset[str]:
        """Pairs of characters, and whole numbers and Latin words, of a folded text without its filling words."""
        found: set[str] = set()
        for run in _RUNS.findall(self.filler.sub(" ", text)):
            found.update([run] if run.isascii() or len(run) == 1 else contiguous(run, 2))
        return frozenset(found)


@dataclass(frozen=True, slots=True)
class Known:
    """An entry as it is searched: all its pairs of characters, and which words of a fault it speaks of itself."""

    entry: Entry
    units: frozenset[str]
    faults: frozenset[str]


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry, how well it answers (0…1), and how much of the text it covers (0…1)."""

    known: Known
    score: float
    covered: float


@dataclass(frozen=True, slots=True)
class Answers:
    """The office's answer book, ready for searching. Built by `bot.understanding.faq.answer_book.load`."""

    answer_first: str
    """ "order": the answer comes with an order; "answer": an order is made only when the answer was not enough."""
    finding: Finding
    known: tuple[Known, ...]
    ways: tuple[tuple[int, float], ...]
    """For each way of asking: its entry's place in `known`, and the weight of all its pairs."""
    holding: Mapping[str, Sequence[int]]
    """The ways of asking that hold a pair of characters."""
    weights: Mapping[str, float]

    def find(self, meant: Understanding, today: date) -> Entry | None:
        """The entry that answers this message; None where none surely does, or it holds no longer."""
        asks = any(word in meant.folded for word in self.finding.asking)
        if len(meant.folded) > self.finding.longest or not (asks or meant.lane == "question"):
            return None
        best, *others = [*self.rank(meant), None]
        if best is None or best.known.entry.valid_until < today:
            return None
        second = others[0].score if others[0] else 0.0
        entry = best.known.entry
        sure = best.score >= self._enough(entry, meant.category) and best.score - second >= self.finding.lead
        named = asks or best.covered >= self.finding.bare  # among matters of advice, naming the thing is asking
        return entry if sure and named else None

    def rank(self, meant: Understanding) -> list[Hit]:
        """Every entry that has anything in common with the message, the best first."""
        text = _without_place(meant)
        units = self.finding.units(text)
        total = sum(self.weights.get(unit, STRANGE) for unit in units)
        faults = frozenset(word for word in self.finding.faults if word in text)
        hits = [self._hit(at, held, units, total, faults) for at, held in self._held(units).items()]
        return sorted(hits, key=lambda hit: (-hit.score, hit.known.entry.id))

    def _held(self, units: frozenset[str]) -> dict[int, float]:
        """By entry: the largest share of one of its ways of asking that the text holds."""
        shared: dict[int, float] = defaultdict(float)
        for unit in units:
            for way in self.holding.get(unit, ()):
                shared[way] += self.weights[unit]
        best: dict[int, float] = defaultdict(float)
        for way, weight in shared.items():
            at, whole = self.ways[way]
            best[at] = max(best[at], weight / whole)
        return best

    def _hit(self, at: int, held: float, units: frozenset[str], total: float, faults: frozenset[str]) -> Hit:
        known = self.known[at]
        covered = sum(self.weights[unit] for unit in units & known.units) / total
        score = held**HELD * covered ** (1 - HELD) - self.finding.fault * len(faults - known.faults)
        return Hit(known, score, covered)

    def _enough(self, entry: Entry, category: str) -> float:
        """The score that is sure enough, given what the message was read to be about."""
        if entry.category == category:
            return self.finding.enough
        near = category == UNKNOWN or category[:2] == entry.category[:2]
        return self.finding.enough + (self.finding.other if near else self.finding.foreign)


def index(answer_first: str, finding: Finding, entries: Sequence[Entry]) -> Answers:
    """The book made searchable. A pair of characters weighs the more, the fewer entries use it."""
    asked = [[finding.units(fold_solid(question)) for question in entry.questions] for entry in entries]
    known = [_known(finding, entry, ways) for entry, ways in zip(entries, asked, strict=True)]
    counts = Counter(unit for one in known for unit in one.units)
    most = idf(len(entries), 0)
    weights = {unit: max(idf(len(entries), count - 1) / most, LEAST) for unit, count in counts.items()}
    ways: list[tuple[int, float]] = []
    holding: dict[str, list[int]] = defaultdict(list)
    for at, questions in enumerate(asked):
        for units in questions:
            for unit in units:
                holding[unit].append(len(ways))
            ways.append((at, sum(weights[unit] for unit in units)))
    return Answers(answer_first, finding, tuple(known), tuple(ways), dict(holding), weights)


def _known(finding: Finding, entry: Entry, ways: Sequence[frozenset[str]]) -> Known:
    said = "\n".join(map(fold, entry.questions))
    return Known(entry, frozenset().union(*ways), frozenset(word for word in finding.faults if word in said))


def _without_place(meant: Understanding) -> str:
    """The folded text without spaces, and without the words of a place that the office knows."""
    known = meant.place.community or meant.place.estate
    return (without_words(meant.folded, meant.place.raw) if known else meant.folded).replace(" ", "")
