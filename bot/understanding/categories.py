"""The catalogue of categories, as the office keeps it in config/categories.csv."""

import csv
from pathlib import Path

from bot.orders.restricted import EMERGENCY, RESTRICTED
from bot.understanding.normalize import fold, fold_solid
from bot.understanding.result import Category

UNKNOWN = "1608"
IN_OWN_WORDS = "*"  # a part of a cell of the column resident_name
_AS_WRITTEN = ("code", "level1", "level2", "owner", "sla", "volunteer", "note")
"""Columns that a category keeps as they stand."""
_LANES = {
    "W": "wish", "A": "matter", "Q": "question", "M": "mediation", "E": EMERGENCY, "R": RESTRICTED, "S": "feedback", "P": "matter",
}  # fmt: skip


def read_categories(path: Path) -> dict[str, Category]:
    """All categories by code, in the order of the file."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return {row["code"]: _category(row) for row in csv.DictReader(file)}


def _category(row: dict[str, str]) -> Category:
    everyday, *particular = row["resident_name"].split("|")
    return Category(
        **{name: row[name] for name in _AS_WRITTEN},
        name=row["level2"].partition("(")[0],
        lane=_LANES[row["lane"]],
        people=int(row["people"]),
        everyday=everyday,
        particular=tuple(_particular(cell) for cell in particular if cell != IN_OWN_WORDS),
        in_own_words=IN_OWN_WORDS in particular,
    )


def _particular(cell: str) -> tuple[str, tuple[str, ...]]:
    """`name:word word`, a part of a cell of the column resident_name."""
    name, _, words = cell.partition(":")
    return name, tuple(words.split())


def of_lane(categories: dict[str, Category], lane: str) -> frozenset[str]:
    """The codes of the categories of this lane."""
    return frozenset(code for code, category in categories.items() if category.lane == lane)


def find_category(categories: dict[str, Category], words: str) -> Category | None:
    """The category meant by a code or by (the beginning or a part of) a name, if just one is."""
    said = fold_solid(words)
    if said in categories or not said:
        return categories.get(said)
    names = {code: fold_solid(category.level2) for code, category in categories.items()}
    for fits in (lambda name: name == said, lambda name: name.startswith(said), lambda name: said in name):
        found = [code for code, name in names.items() if fits(name)]
        if len(found) == 1:
            return categories[found[0]]
    same = [category for category in categories.values() if fold(category.name) == said]
    return same[0] if len(same) == 1 else None
