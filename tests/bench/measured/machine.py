"""What kind of machine the figures come from, in one line: they are no better than its disk and its neighbours."""

import os
import statistics
import tempfile
import time

SYNCS = 100


def described() -> str:
    """Cores, the time of one fdatasync of 4 KiB, and how busy the machine was before."""
    return (
        f"{os.cpu_count()} cores; one fdatasync takes {_sync_ms():.1f} ms (median of {SYNCS}); "
        f"load average before the run {os.getloadavg()[0]:.1f}; {time.strftime('%Y-%m-%d')}."
    )


def _sync_ms() -> float:
    times = []
    with tempfile.TemporaryFile(prefix="wtb") as file:
        for _ in range(SYNCS):
            file.write(bytes(4096))
            file.flush()
            started = time.perf_counter()
            os.fdatasync(file.fileno())
            times.append(time.perf_counter() - started)
    return statistics.median(times) * 1000
