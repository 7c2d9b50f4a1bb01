"""`make bench`: the figures of docs/performance.md, each as a ratio against a reference measured in the same run.

`make bench PART=path` or `python -m tests.bench path …` runs one part or some; --write puts the tables into the document.
"""

import argparse
import signal
import sys
from collections.abc import Callable, Mapping, Sequence

from config.settings import ROOT
from tests.bench.load.sizes import WHOLE, Sizes
from tests.bench.measured import machine
from tests.bench.measured.progress import tell
from tests.bench.measured.report import Table, put_into
from tests.bench.parts import board, fanout, growth, kinds, memory, path, reading_time

PARTS: Mapping[str, Callable[[Sizes], Table]] = {
    "path": path.measure, "kinds": kinds.measure, "growth": growth.measure, "board": board.measure, "reading": reading_time.measure,
    "fanout": fanout.measure, "memory": memory.measure,
}  # fmt: skip
DOCUMENT = ROOT / "docs" / "performance.md"


def main(given: Sequence[str] | None = None) -> None:
    """Run the parts one after the other, each table printed as soon as it is known."""
    ask = argparse.ArgumentParser("python -m tests.bench", description=__doc__)
    ask.add_argument("parts", nargs="*", metavar="PART", help=f"{', '.join(PARTS)}; all without")
    ask.add_argument("--write", action="store_true", help=f"also put the tables into docs/{DOCUMENT.name}")
    asked = ask.parse_args(given)
    if unknown := set(asked.parts) - set(PARTS):
        ask.error(f"no such part: {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that what was started is ended
    _show("machine", machine.described() + "\n", asked.write and not asked.parts)
    for name in asked.parts or PARTS:
        _show(name, PARTS[name](WHOLE).markdown(), asked.write)
    tell("done")


def _show(part: str, text: str, write: bool) -> None:
    print(f"\n{text}", flush=True)
    if write:
        put_into(DOCUMENT, part, text)


if __name__ == "__main__":
    main()
