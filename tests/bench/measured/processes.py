"""CPU time and memory of processes, as Linux counts them."""

import time
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

CALM = 0.05  # of a core: background work is over
LOOK_SECONDS = 0.4
PROC = Path("/proc")


def tree(root: int) -> list[int]:
    """The process and all below it."""
    children: dict[int, list[int]] = defaultdict(list)
    for folder in PROC.iterdir():
        if folder.name.isdigit() and (parent := _stat(int(folder.name))):
            children[int(parent[1])].append(int(folder.name))
    found, left = [], [root]
    while left:
        found.append(left.pop())
        left += children[found[-1]]
    return found


def _stat(process: int) -> list[str] | None:
    """The fields of /proc/N/stat from the state on; None for a process that has ended."""
    try:
        return (PROC / str(process) / "stat").read_text().rsplit(")", 1)[1].split()
    except (OSError, IndexError):
        return None


def own_cpu_seconds(process: int) -> float:
    """CPU time of this process alone until now; 0 for one that has ended."""
    fields = _stat(process)
    return _own_seconds(process, fields) if fields is not None else 0.0


def cpu_seconds(roots: Iterable[int]) -> float:
    """CPU time of these trees until now, with what their ended children used."""
    total = 0.0
    for process in {each for root in roots for each in tree(root)}:
        fields = _stat(process)
        if fields is not None:
            total += _own_seconds(process, fields) + sum(map(int, fields[13:15])) / 100
    return total


def _own_seconds(process: int, fields: list[str]) -> float:
    """To the nanosecond where the kernel tells it of every thread; of those that have ended only the process tells."""
    whole = sum(map(int, fields[11:13])) / 100
    try:
        threads = [(task / "schedstat").read_text() for task in (PROC / str(process) / "task").iterdir()]
    except OSError:
        return whole
    return max(whole, sum(int(thread.split()[0]) for thread in threads) / 1e9)


def memory(process: int) -> dict[str, float]:
    """MB of a process: `Rss`, and `Pss`, in which what is shared counts by its share; 0 for one that has ended."""
    try:
        lines = (PROC / str(process) / "smaps_rollup").read_text().splitlines()
    except OSError:
        return {"Rss": 0.0, "Pss": 0.0}
    found = {name: rest.split()[0] for name, _, rest in (line.partition(":") for line in lines) if rest.split()}
    return {name: int(found[name]) / 1024 for name in ("Rss", "Pss")}


def wait_until_calm(roots: Iterable[int], patience: float = 30.0) -> None:
    """Until these trees have nothing left to do, so that it does not fall on what is measured next."""
    known, deadline, calm = list(roots), time.monotonic() + patience, 0
    before = cpu_seconds(known)
    while calm < 2 and time.monotonic() < deadline:  # twice: on a busy machine a process may get no time for a while
        time.sleep(LOOK_SECONDS)
        now = cpu_seconds(known)
        calm = calm + 1 if (now - before) / LOOK_SECONDS < CALM else 0
        before = now
