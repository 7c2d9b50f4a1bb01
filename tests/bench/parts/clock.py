"""What the clock costs as a process of its own, beside few rows and beside many at the same time."""

import os
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager

from config.settings import load
from tests.bench.installation import Ground
from tests.bench.measured.processes import cpu_seconds, wait_until_calm
from tests.bench.service import environment
from tests.programs.processes import Processes

PATIENCE = 180.0  # seconds for the first rounds


def costs(grounds: Sequence[Ground], seconds: float) -> dict[str, list[float]]:
    """CPU milliseconds, the database's server included, on each ground: of the start with the first rounds, and of so
    many seconds after it."""
    with ExitStack() as stack:
        before = [cpu_seconds([base.server]) if base.server else 0.0 for base in grounds]
        roots = [[stack.enter_context(_running(base))] for base in grounds]
        for root, base in zip(roots, grounds, strict=True):
            root += [base.server] if base.server else []
            wait_until_calm(root, PATIENCE)
        first = [cpu_seconds(root) for root in roots]
        time.sleep(seconds)
        later = [cpu_seconds(root) for root in roots]
    return {
        "the clock: start and first rounds": [1000 * (a - b) for a, b in zip(first, before, strict=True)],
        f"the clock: {seconds:.0f} s": [1000 * (a - b) for a, b in zip(later, first, strict=True)],
    }


@contextmanager
def _running(base: Ground) -> Iterator[int]:
    """The id of the Procfile's clock; it ends with the context."""
    given = environment(base)
    processes = Processes(load(given), {**os.environ, **given}, [])
    try:
        processes.start("clock")
        yield processes.running["clock"].pid
    finally:
        processes.kill_all()
