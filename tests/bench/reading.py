"""How good and how fast the reading is: `python -m tests.bench.reading [LABELLED.jsonl …]` (fields text and label)."""

import argparse
import json
import resource
import statistics
import time
from pathlib import Path

from bot.training.evaluation import Report, measure, rules
from bot.training.labels import hold_back, train
from bot.understanding import Reader, load
from config.settings import CONFIG_DIR
from tests.understanding.decide.test_segmentation import seen_right
from tests.understanding.extract import test_details as details
from tests.understanding.test_chats import LEAST, measured, rows


def main() -> None:
    """Print the figures on the project's own tables, and on every labelled file given."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("files", nargs="*", type=Path)
    ask.add_argument("--fold", type=int, help="only rows of this fold are measured, the others are learnt from")
    given = ask.parse_args()
    started = time.perf_counter()
    reader = load(CONFIG_DIR)
    print(f"loading {time.perf_counter() - started:.2f} s")
    figures(reader)
    for file in given.files:
        lines = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
        labelled(reader, file.name, lines, given.fold)


def figures(reader: Reader) -> None:
    """Time, memory and shares read right on the tables of tests/understanding."""
    times = [_timed(reader, text) for name in LEAST for _, text in rows(name)]
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"reading a chat message: median {statistics.median(times):.2f} ms; the process {memory:.0f} MB")
    for name in LEAST:
        print(name, {thing: round(share, 3) for thing, share in measured(reader, name).items()})
    for name in details.LEAST:
        shares = details.shares_right(reader, details.rows(name))
        print(name, {thing: (round(found, 3), round(right, 3)) for thing, (found, right) in shares.items()})
    print(
        f"asks_held_back.txt: several seen {seen_right(reader, True):.3f}, one left alone {seen_right(reader, False):.3f}"
    )


def labelled(reader: Reader, name: str, lines: list[dict[str, object]], fold: int | None) -> None:
    """The rules, and a model learnt from the rows that are not measured."""
    pairs = [(str(line["text"]), str(line["label"])) for line in lines]
    learnt, held = hold_back(pairs)
    if fold is not None:
        held = [pair for pair, line in zip(pairs, lines, strict=True) if line["fold"] == fold]
        learnt = [pair for pair, line in zip(pairs, lines, strict=True) if line["fold"] != fold]
    _print(f"{name}, rules", measure(rules(reader, {label for _, label in pairs}), held))
    started = time.perf_counter()
    model = train(learnt, reader.vectorizer)
    print(f"learning {len(learnt)} rows: {time.perf_counter() - started:.0f} s")
    _print(f"{name}, learnt", measure(model.label, held))


def _print(what: str, report: Report) -> None:
    print(f"{what}: {report.rows} rows, accuracy {report.accuracy:.3f}, macro-F1 {report.macro_f1:.3f}")
    print(f"  confidence and accuracy lie {report.calibration_error:.3f} apart")
    for label, score in report.labels.items():
        print(
            f"  {label}: {score.rows} rows, F1 {score.f1:.2f}, recall {score.recall:.2f} ({_range(score.low, score.high)})"
        )
    for least, share, right in report.answered:
        print(f"  at confidence {least}: {share:.2f} answered, {right:.3f} of these right")


def _range(*bounds: float) -> str:
    return "–".join(f"{bound:.2f}" for bound in bounds)


def _timed(reader: Reader, text: str) -> float:
    started = time.perf_counter()
    reader.understand(text)
    return (time.perf_counter() - started) * 1000


if __name__ == "__main__":
    main()
