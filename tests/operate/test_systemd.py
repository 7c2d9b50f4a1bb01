"""The systemd units start what the Procfile says, may do little else, and systemd finds no fault with them."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from config.settings import ROOT

UNITS = ROOT / "config" / "deploy" / "systemd"
SERVICES = sorted(UNITS.glob("*.service"))
REQUIRED = {
    "NoNewPrivileges=yes", "ProtectSystem=strict", "ProtectHome=yes", "PrivateTmp=yes", "PrivateDevices=yes", "UMask=0077",
    "CapabilityBoundingSet=", "RestrictNamespaces=yes", "SystemCallFilter=@system-service", "User=wutong", "StateDirectoryMode=0700",
    "EnvironmentFile=/opt/wutong/.env",
}  # fmt: skip
MOST_EXPOSURE = 2.0
HAS_SYSTEMD = pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd-analyze on this machine")


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """The units as they lie in /etc/systemd/system, of an installation in this folder."""
    for unit in UNITS.iterdir():
        (tmp_path / unit.name).write_text(unit.read_text("utf-8").replace("/opt/wutong", str(ROOT)), "utf-8")
    return tmp_path


@HAS_SYSTEMD
def test_systemd_finds_no_fault_with_any_unit(installed: Path) -> None:
    names = [str(installed / unit.name) for unit in UNITS.iterdir()]
    done = subprocess.run(["systemd-analyze", "verify", *names], capture_output=True, text=True, check=False)
    of_ours = [line for line in (done.stdout + done.stderr).splitlines() if "wutong" in line and "Man page" not in line]
    assert (done.returncode, of_ours) == (0, [])


@HAS_SYSTEMD
@pytest.mark.parametrize("unit", SERVICES, ids=lambda unit: unit.name)
def test_systemd_calls_a_service_little_exposed(unit: Path, installed: Path) -> None:
    command = ["systemd-analyze", "security", "--offline=yes", "--no-pager", str(installed / unit.name)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    found = re.search(r"Overall exposure level for \S+: ([\d.]+)", done.stdout)
    assert found, done.stdout + done.stderr
    assert float(found[1]) <= MOST_EXPOSURE


@pytest.mark.parametrize("unit", SERVICES, ids=lambda unit: unit.name)
def test_a_service_has_every_protection(unit: Path) -> None:
    assert REQUIRED - set(unit.read_text("utf-8").splitlines()) == set()


def test_each_process_of_the_procfile_has_a_unit_that_runs_its_line_and_the_target_wants_all() -> None:
    processes = re.findall(r"^(\w+):", (ROOT / "Procfile").read_text("utf-8"), flags=re.MULTILINE)
    target = (UNITS / "wutong.target").read_text("utf-8")
    for name in processes:
        assert f"s/^{name}: *//p" in (UNITS / f"wutong-{name}.service").read_text("utf-8")
        assert f"wutong-{name}.service" in target


@pytest.mark.parametrize("name", ["web", "worker", "clock"])
def test_the_shell_command_of_a_unit_is_the_procfile_s(name: str) -> None:
    """As systemd would run it, but printed instead of evaluated."""
    (line,) = re.findall(
        r"^ExecStart=/bin/sh -c '(.*)'$", (UNITS / f"wutong-{name}.service").read_text("utf-8"), flags=re.MULTILINE
    )
    shown = re.sub(r'^eval "(.*)"$', r'printf %s "\1"', line.replace("$$", "$"))
    done = subprocess.run(["/bin/sh", "-c", shown], cwd=ROOT, capture_output=True, text=True, check=True)
    procfile = dict(entry.split(": ", 1) for entry in (ROOT / "Procfile").read_text("utf-8").splitlines())
    assert done.stdout == procfile[name].strip()


def test_backups_run_every_night_also_when_the_host_was_off() -> None:
    timer = (UNITS / "wutong-backup.timer").read_text("utf-8")
    assert "OnCalendar=*-*-* " in timer
    assert "Persistent=true" in timer
