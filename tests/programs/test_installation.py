"""A long installation step shows that it is alive; a failing one shows why."""

import subprocess
import sys

from config.settings import ROOT


def step(code: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "tests/programs/installation.py", "a step", sys.executable, "-c", code]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_a_silent_step_prints_a_line_every_few_seconds() -> None:
    done = step("import time; time.sleep(6)")
    assert (done.returncode, done.stdout) == (0, "wutong: a step ...\nwutong: a step ... 5 s\n")


def test_a_failing_step_shows_its_output_and_its_code() -> None:
    done = step("print('no space'); raise SystemExit(3)")
    assert (done.returncode, done.stderr) == (3, "no space\n")
