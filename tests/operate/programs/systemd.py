"""The units with systemd itself: it finds no fault with them. `make operate` runs this."""

import re
import subprocess
from pathlib import Path

import pytest

from config.settings import ROOT
from tests.operate.test_systemd import SERVICES, UNITS

MOST_EXPOSURE = 2.0


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """The units as they lie in /etc/systemd/system, of an installation in this folder."""
    for unit in UNITS.iterdir():
        (tmp_path / unit.name).write_text(unit.read_text("utf-8").replace("/opt/wutong", str(ROOT)), "utf-8")
    return tmp_path


def test_systemd_finds_no_fault_with_any_unit(installed: Path) -> None:
    names = [str(installed / unit.name) for unit in UNITS.iterdir()]
    done = subprocess.run(["systemd-analyze", "verify", *names], capture_output=True, text=True, check=False)
    of_ours = [line for line in (done.stdout + done.stderr).splitlines() if "wutong" in line and "Man page" not in line]
    assert (done.returncode, of_ours) == (0, [])


@pytest.mark.parametrize("unit", SERVICES, ids=lambda unit: unit.name)
def test_systemd_calls_a_service_little_exposed(unit: Path, installed: Path) -> None:
    command = ["systemd-analyze", "security", "--offline=yes", "--no-pager", str(installed / unit.name)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    found = re.search(r"Overall exposure level for \S+: ([\d.]+)", done.stdout)
    assert found, done.stdout + done.stderr
    assert float(found[1]) <= MOST_EXPOSURE
