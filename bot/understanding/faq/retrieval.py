"""The answer book: finds the entry that answers a question, and keeps silent when unsure."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from bot.understanding.categories import UNKNOWN
from bot.understanding.lexicon import any_of
from bot.understanding.models.ngrams import contiguous, idf
from bot.understanding.normalize import fold, fold_solid, without_words
from bot.understanding.result import Understanding
from bot.understanding.topics import names_nothing

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


class Known(NamedTuple):
    """An entry as it is searched: all its pairs of characters, and which words of a fault it speaks of itself."""

    entry: Entry
    units: frozenset[str]
    faults: frozenset[str]


class Hit(NamedTuple):
    """An entry, how well it answers (0…1), and how much of the text it covers (0…1)."""

    known: Known
    score: float
    covered: float


class Answers:
    """The office's answer book, made searchable. A pair of characters weighs the more, the fewer entries use it.

    `answer_first`: "order": the answer comes with an order; "answer": an order is made only when the answer was not enough.
    `finding`: what counts as asked and as found, see config/answers/settings.toml.
    """

    def __init__(self, answer_first: str, finding: Mapping[str, Any], entries: Sequence[Entry]) -> None:
        self.answer_first, self.finding = answer_first, finding
        self._filler = re.compile(any_of(finding["filler"]))
        asked = [[self._units(fold_solid(question)) for question in entry.questions] for entry in entries]
        self.known = [self._known(*each) for each in zip(entries, asked, strict=True)]
        counts = Counter(unit for one in self.known for unit in one.units)
        most = idf(len(entries), 0)
        self._weights = {unit: max(idf(len(entries), count - 1) / most, LEAST) for unit, count in counts.items()}
        # of each way of asking: its entry's place in `known`, and the weight of all its pairs; which ways hold a pair
        self._ways: list[tuple[int, float]] = []
        self._holding: dict[str, list[int]] = defaultdict(list)
        for at, units in ((at, units) for at, questions in enumerate(asked) for units in questions):
            for unit in units:
                self._holding[unit].append(len(self._ways))
            self._ways.append((at, sum(self._weights[unit] for unit in units)))

    def find(self, meant: Understanding, today: date) -> Entry | None:
        """The entry that answers this message; None where none surely does, or it holds no longer."""
        asks = any(word in meant.folded for word in self.finding["asking"])
        if (
            len(meant.folded) > self.finding["longest"]
            or not (asks or meant.lane == "question")
            or names_nothing(meant.text)
        ):
            return None
        best, *others = [*self.rank(meant), None]
        if best is None or best.known.entry.valid_until < today:
            return None
        second = others[0].score if others[0] else 0.0
        entry = best.known.entry
        sure = best.score >= self._enough(entry, meant.category) and best.score - second >= self.finding["lead"]
        named = asks or best.covered >= self.finding["bare"]  # among matters of advice, naming the thing is asking
        return entry if sure and named else None

    def rank(self, meant: Understanding) -> list[Hit]:
        """Every entry that has anything in common with the message, the best first."""
        known = meant.place.community or meant.place.estate  # the words of such a place say nothing
        text = (without_words(meant.folded, meant.place.raw) if known else meant.folded).replace(" ", "")
        units = self._units(text)
        total = sum(self._weights.get(unit, STRANGE) for unit in units)
        faults = frozenset(word for word in self.finding["faults"] if word in text)
        hits = [self._hit(self.known[at], held, units, total, faults) for at, held in self._held(units).items()]
        return sorted(hits, key=lambda hit: (-hit.score, hit.known.entry.id))

    def _units(self, text: str) -> frozenset[str]:
        """Pairs of characters, and whole numbers and Latin words, of a folded text without its filling words."""
        runs = _RUNS.findall(self._filler.sub(" ", text))
        return frozenset(
            unit for run in runs for unit in ([run] if run.isascii() or len(run) == 1 else contiguous(run, 2))
        )

    def _known(self, entry: Entry, ways: Sequence[frozenset[str]]) -> Known:
        said = "\n".join(map(fold, entry.questions))
        return Known(entry, frozenset().union(*ways), frozenset(w for w in self.finding["faults"] if w in said))

    def _held(self, units: frozenset[str]) -> dict[int, float]:
        """By entry: the largest share of one of its ways of asking that the text holds."""
        shared: dict[int, float] = defaultdict(float)
        for unit in units:
            for way in self._holding.get(unit, ()):
                shared[way] += self._weights[unit]
        best: dict[int, float] = defaultdict(float)
        for way, weight in shared.items():
            at, whole = self._ways[way]
            best[at] = max(best[at], weight / whole)
        return best

    def _hit(self, known: Known, held: float, units: frozenset[str], total: float, faults: frozenset[str]) -> Hit:
        covered = sum(self._weights[unit] for unit in units & known.units) / total
        fault = self.finding["fault_costs"] * len(faults - known.faults)
        return Hit(known, held**HELD * covered ** (1 - HELD) - fault, covered)

    def _enough(self, entry: Entry, category: str) -> float:
        """The score that is sure enough, given what the message was read to be about."""
        near = category == UNKNOWN or category[:2] == entry.category[:2]
        more = 0.0 if entry.category == category else self.finding["other" if near else "foreign"]
        return float(self.finding["enough"] + more)
