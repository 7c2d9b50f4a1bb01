"""Runs the same work for many items on all cores."""

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any

FEW = 200
"""So many things are done sooner here than elsewhere."""
MOST = 4
"""So many processes at most."""
CHUNK = 50

Work = Callable[[Any], Any]
_work: list[Work] = []


def spread(work: Work, things: Sequence[Any]) -> Iterator[Any]:
    """The results of `work` for each item, in order. The forked processes inherit `work` and the data that it refers to."""
    cores = min(os.cpu_count() or 1, MOST)
    if len(things) <= FEW or cores == 1:
        yield from map(work, things)
        return
    with ProcessPoolExecutor(cores, get_context("fork"), _work.append, (work,)) as processes:
        yield from processes.map(_do, things, chunksize=CHUNK)


def _do(thing: Any) -> Any:
    return _work[0](thing)
