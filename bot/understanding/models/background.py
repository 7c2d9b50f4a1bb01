"""Everyday sentences as a background: what stands in many of them is no evidence that two messages are alike."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bot.understanding.models.ngrams import contiguous
from bot.understanding.normalize import fold_solid


@dataclass(frozen=True, slots=True)
class Background:
    """In how many sentences each n-gram stands, and how many sentences there are."""

    counts: Mapping[str, int] = field(default_factory=dict)
    size: int = 0


def counted(sentences: Iterable[str]) -> Background:
    """The background of these sentences; their n-grams sorted."""
    found = [set(contiguous(fold_solid(sentence), 1, 2)) for sentence in sentences]
    counts = Counter(ngram for ngrams in found for ngram in ngrams)
    return Background(dict(sorted(counts.items())), len(found))
