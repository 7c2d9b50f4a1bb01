"""Counts of n-grams that stand by their first character."""

import pytest

from bot.understanding.models.ngrams import NgramCounts

COUNTS = {"路": 7, "路灯": 3, "灯": 2, "灯坏": 900}


@pytest.mark.parametrize("ngram", [*COUNTS, "路坏", "坏", "灯路"])
def test_every_ngram_has_its_count_and_others_have_none(ngram: str) -> None:
    assert NgramCounts(COUNTS).of(ngram) == COUNTS.get(ngram, 0)
