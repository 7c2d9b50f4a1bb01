"""`make operate`: the files of config/deploy with the real programs. What is missing on this machine is said in one line."""

import os
import shutil
import sys
from pathlib import Path

import pytest

PROGRAMS = {"nginx": "nginx.py", "systemd-analyze": "systemd.py"}
"""What each file of tests/operate/programs needs."""


def main() -> int:
    """0 where every program is there and finds no fault."""
    os.environ["PATH"] += ":/usr/sbin:/sbin"
    there = {name: file for name, file in PROGRAMS.items() if shutil.which(name)}
    files = [str(Path(__file__).parent / "programs" / file) for file in there.values()]
    failed = int(pytest.main(["-q", *files])) if files else 0
    missing = sorted(PROGRAMS.keys() - there.keys())
    if missing:
        print(f"operate: not tried, since this machine lacks {', '.join(missing)}")
    return 1 if failed or missing else 0


if __name__ == "__main__":
    sys.exit(main())
