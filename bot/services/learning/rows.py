"""What may be learnt from the office's orders: one row (text, category) for each matter that people have settled."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.orders.restricted import is_restricted
from bot.training.corpus import Labelled
from bot.understanding.categories import UNKNOWN
from bot.understanding.normalize import fold_solid
from bot.understanding.result import Category

SETTLED = frozenset({"confirmed", "explained", "referred", "unmet"})
"""Outcomes after which the category was right enough for whoever dealt with it."""
VOID = frozenset({"withdrawn", "merged", "rejected"})
"""Outcomes that say nothing about the category, whoever chose it."""
SHORTEST = 4
"""Characters; less than this names no matter."""


@dataclass(frozen=True, slots=True)
class Decided:
    """An order as far as it teaches: its masked text, the category as it stands, and who settled that."""

    text: str
    category: str
    lane: str
    outcome: str | None
    by_staff: bool
    """Staff sorted it themselves."""
    was_done: bool
    is_demo: bool = False


def training_rows(decided: Iterable[Decided], categories: Mapping[str, Category], least: int) -> list[Labelled]:
    """The rows, in the order of the orders given (oldest first): the same words only once, with what staff chose for
    them or else the latest; categories with fewer than `least` rows are left out."""
    ruled: dict[str, Decided] = {}
    for one in decided:
        words = fold_solid(one.text)
        if len(words) < SHORTEST or not teaches(one, categories):
            continue
        known = ruled.get(words)
        if known is None or one.by_staff or not known.by_staff:
            ruled[words] = one
    counts = Counter(one.category for one in ruled.values())
    return [(one.text, one.category) for one in ruled.values() if counts[one.category] >= least]


def teaches(one: Decided, categories: Mapping[str, Category]) -> bool:
    """Whether people have settled what it is about, and the matter may be learnt from at all."""
    category = categories.get(one.category)
    if one.is_demo or category is None or is_restricted(one) or is_restricted(category) or one.outcome in VOID:
        return False
    if one.by_staff:
        return True
    settled = one.outcome in SETTLED or (one.outcome == "no_reply" and one.was_done)
    return settled and one.category != UNKNOWN
