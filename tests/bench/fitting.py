"""Fits how sure a category is: `python -m tests.bench.fitting [LABELLED.jsonl …]` (fields text and label, a code or several).

Messages that were used to tune the words would make it too sure: fit on tables that were held back.
"""

import argparse
import json
import math
from collections.abc import Sequence
from pathlib import Path

from bot.understanding import Reader, load
from bot.understanding.categories import UNKNOWN
from config.settings import CONFIG_DIR
from tests.understanding.test_chats import rows
from tests.understanding.test_reader import messages

MOST, STEPS, RATE, PARTS = 12.0, 4000, 0.2, 5
Row = tuple[tuple[float, float, float], bool]
"""What stands behind a choice (1, ln(1 + lead), points of its phrases), and whether it is right."""


def main() -> None:
    """Print the numbers for [categories.sure], and what share is right from each confidence on, on parts not fitted."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("files", nargs="*", type=Path)
    reader = load(CONFIG_DIR)
    pairs = [pair for file in ask.parse_args().files for pair in _read(file)]
    chats = [(text, row[0]) for name in ("chats_held_back.txt", "sayings_held_back.txt") for row, text in rows(name)]
    pairs += [(text, code) for text, code in chats if code != "-"]
    pairs += [(text, code) for code, text in messages("held_back.txt")]
    known = [row for text, label in pairs if (row := _row(reader, text, label))]
    base, lead, own = fit(known)
    print(f"{len(pairs)} messages, of {len(known)} the category is known and there is no danger")
    print(f"base = {base:.2f}\nlead = {lead:.2f}\nown = {own:.3f}\nmost = {MOST}")
    guessed = [
        (chance(fit(_others(known, part)), row[0]), row[1]) for part in range(PARTS) for row in known[part::PARTS]
    ]
    for least in (0.0, 0.5, 0.7, 0.8, 0.9, 0.95):
        sure = [right for value, right in guessed if value >= least]
        share = sum(sure) / len(sure) if sure else 0.0
        print(f"at confidence {least}: {len(sure) / len(guessed):.2f} answered, {share:.3f} of these right")


def fit(known: Sequence[Row]) -> tuple[float, float, float]:
    """The logistic weights under which the rows are likeliest, by gradient ascent."""
    weights = (0.0, 0.0, 0.0)
    for _ in range(STEPS):
        errors = [(behind, right - chance(weights, behind)) for behind, right in known]
        slopes = [sum(error * behind[at] for behind, error in errors) / len(known) for at in range(3)]
        weights = (
            weights[0] + RATE * slopes[0],
            weights[1] + RATE * slopes[1],
            weights[2] + RATE / MOST * slopes[2],
        )
    return weights


def chance(weights: Sequence[float], behind: Sequence[float]) -> float:
    """That a choice with so much behind it is right."""
    return 1 / (1 + math.exp(-sum(weight * value for weight, value in zip(weights, behind, strict=True))))


def _row(reader: Reader, text: str, label: str) -> Row | None:
    choice = reader.see(text).choice
    if choice.category == UNKNOWN or not choice.lead or reader.understand(text).danger:
        return None
    behind = (1.0, math.log1p(choice.lead), min(max(choice.own, 0.0), MOST))
    return behind, any(choice.category.startswith(code) for code in label.split("/"))


def _others(known: Sequence[Row], part: int) -> list[Row]:
    return [row for place, row in enumerate(known) if place % PARTS != part]


def _read(file: Path) -> list[tuple[str, str]]:
    lines = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    return [(str(line["text"]), str(line["label"])) for line in lines]


if __name__ == "__main__":
    main()
