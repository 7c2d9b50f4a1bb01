"""A short run of `make chaos` on each database: whatever breaks, everything that must hold holds."""

import subprocess
import sys

import pytest

from config.settings import ROOT

SECONDS = 10


@pytest.mark.parametrize(
    ("database", "seed", "faults"),
    [("sqlite", 20261, ""), ("postgresql", 20262, ""), ("sqlite", 20263, "database full,database and,time: the clock")],
)
def test_after_some_seconds_of_faults_everything_that_must_hold_holds(database: str, seed: int, faults: str) -> None:
    command = [sys.executable, "-m", "tests.chaos", str(SECONDS), str(seed), database, faults]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=400)
    assert done.returncode == 0, done.stdout + done.stderr[-3000:]
    assert " 0 violations" in done.stdout
