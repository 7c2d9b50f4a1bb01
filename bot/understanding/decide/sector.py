"""Ranks the first-level classes of the petition catalogue, in which the office reports upward."""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ahocorasick_rs import AhoCorasick

Ranking = tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Sectors:
    """Weighted words by sector; of words that begin together the longest counts."""

    words: Sequence[str]
    automaton: AhoCorasick
    weights: Mapping[str, Mapping[str, float]]
    names: tuple[str, ...]
    homes: Mapping[str, str]
    """The sector of each category; those that belong to no one sector are not there."""
    lead: int
    """People put the matter into the first this many characters: words there count `lead_worth` times."""
    lead_worth: float
    category_worth: float
    """Points that a surely known category gives to its sector."""
    lean_worth: float
    """Points that a sector gives to its categories."""

    def scores(self, text: str) -> dict[str, float]:
        """What the words of a folded text without spaces say for each sector."""
        scores = dict.fromkeys(self.names, 0.0)
        for word, count in self._counted(text).items():
            for name, weight in self.weights[word].items():
                scores[name] += weight * math.log2(1 + count)
        return scores

    def lean(self, scores: Mapping[str, float]) -> dict[str, float]:
        """How much the sectors speak for each category: nothing where no sector stands out."""
        worth = {name: self.lean_worth * share for name, share in shares(scores).items()}
        return {code: worth[home] for code, home in self.homes.items()}

    def rank(self, scores: Mapping[str, float], category: str, confidence: float) -> Ranking:
        """Every sector with its share (together 1), best first, else as listed."""
        home = self.homes.get(category)
        return ranked(
            {name: value + self.category_worth * confidence * (name == home) for name, value in scores.items()}
        )

    def _counted(self, text: str) -> dict[str, float]:
        """How often each word stands in the text and not merely inside a longer one."""
        counted: dict[str, float] = defaultdict(float)
        reached = 0
        found = self.automaton.find_matches_as_indexes(text, overlapping=True)
        for word, start, end in sorted(found, key=lambda match: (match[1], -match[2])):
            if end > reached:
                reached = end
                counted[self.words[word]] += self.lead_worth if start < self.lead else 1
        return counted


def ranked(scores: Mapping[str, float]) -> Ranking:
    """Each with its share, best first; of equal ones the first listed first."""
    share = shares(scores)
    return tuple((name, share[name]) for name in sorted(scores, key=scores.__getitem__, reverse=True))


def shares(scores: Mapping[str, float]) -> dict[str, float]:
    """The share of each: four points ahead is nearly three times as likely."""
    best = max(scores.values())
    parts = {name: math.exp((value - best) / 4) for name, value in scores.items()}
    total = sum(parts.values())
    return {name: round(part / total, 3) for name, part in parts.items()}


def sectors(table: Mapping[str, Any], categories: Iterable[str]) -> Sectors:
    """Built from the table [sectors] of the lexicon, for these categories: it names them or how their codes begin."""
    of = table["of_category"]
    weights: dict[str, dict[str, float]] = defaultdict(dict)
    for name, rows in table["of"].items():
        for word, weight in _weighted(rows):
            weights[word][name] = weights[word].get(name, 0.0) + weight
    words = list(weights)
    return Sectors(
        words,
        AhoCorasick(words),
        weights,
        tuple(table["of"]),
        {code: home for code in categories if (home := of.get(code) or of.get(code[:2]))},
        table["lead"],
        table["lead_worth"],
        table["category_worth"],
        table["lean_worth"],
    )


def _weighted(rows: Mapping[str, list[str]]) -> Iterable[tuple[str, float]]:
    for weight, words in rows.items():
        for word in words:
            yield word, float(weight)
