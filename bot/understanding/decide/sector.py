"""Ranks the first-level classes of the petition catalogue, in which the office reports upward."""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from ahocorasick_rs import AhoCorasick

from bot.understanding.normalize import READ_LATELY

Ranking = tuple[tuple[str, float], ...]


class Sectors:
    """Weighted words by sector, from the table [sectors] of the lexicon; of words that begin together the longest counts.

    `codes`: the categories. The table names them, or how their codes begin; some belong to no one sector.
    """

    def __init__(self, table: Mapping[str, Any], codes: Iterable[str]) -> None:
        weights: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
        for name, rows in table["of"].items():
            for weight, words in rows.items():
                for word in words:
                    weights[word][name] += float(weight)
        self.names = tuple(table["of"])
        self._weights = [tuple(weight.items()) for weight in weights.values()]
        self._automaton = AhoCorasick(list(weights))
        of = table["of_category"]
        self._homes = {code: home for code in codes if (home := of.get(code) or of.get(code[:2]))}
        self._table = table
        self.scores = lru_cache(READ_LATELY)(self._scores)

    def _scores(self, text: str) -> Mapping[str, float]:
        """What the words of a folded text without spaces say for each sector. People put the matter into the beginning: words
        there count more."""
        scores, counted = dict.fromkeys(self.names, 0.0), dict[int, float]()
        lead, worth, reached = self._table["lead"], self._table["lead_worth"], 0
        found = self._automaton.find_matches_as_indexes(text, overlapping=True)
        for word, start, end in sorted(found, key=lambda match: (match[1], -match[2])):
            if end > reached:  # not merely inside a longer one
                reached = end
                counted[word] = counted.get(word, 0) + (worth if start < lead else 1)
        for word, count in counted.items():
            for name, weight in self._weights[word]:
                scores[name] += weight * math.log2(1 + count)
        return scores

    def lean(self, scores: Mapping[str, float]) -> dict[str, float]:
        """How much the sectors speak for each category: nothing where no sector stands out."""
        worth = {name: self._table["lean_worth"] * share for name, share in _shares(scores).items()}
        return {code: worth[home] for code, home in self._homes.items()}

    def rank(self, scores: Mapping[str, float], category: str, confidence: float) -> Ranking:
        """Every sector with its share (together 1), best first, else as listed. A surely known category speaks for its own."""
        home, points = self._homes.get(category), dict(scores)
        if home:
            points[home] += self._table["category_worth"] * confidence
        share = _shares(points)
        return tuple((name, round(share[name], 3)) for name in sorted(points, key=points.__getitem__, reverse=True))


def _shares(scores: Mapping[str, float]) -> dict[str, float]:
    """The share of each: four points ahead is nearly three times as likely."""
    best = max(scores.values())
    parts = {name: math.exp((value - best) / 4) for name, value in scores.items()}
    total = sum(parts.values())
    return {name: part / total for name, part in parts.items()}
