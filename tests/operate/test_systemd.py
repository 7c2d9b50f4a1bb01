"""The systemd units start what the Procfile says and may do little else. systemd itself: programs/systemd.py."""

import re
import subprocess
import sys
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


def lines(unit: Path) -> list[tuple[str, str, str]]:
    """(section, name, value) of each setting."""
    found, section = [], ""
    for line in unit.read_text("utf-8").splitlines():
        if head := re.fullmatch(r"\[(\w+)\]", line):
            section = head[1]
        elif line and not line.startswith("#"):
            name, sign, value = line.partition("=")
            assert sign, line
            found.append((section, name, value))
    return found


@pytest.mark.parametrize("unit", sorted(UNITS.iterdir()), ids=lambda unit: unit.name)
def test_a_unit_has_the_sections_of_its_kind_says_nothing_twice_and_names_units_that_are_there(unit: Path) -> None:
    said = lines(unit)
    kind = unit.suffix.removeprefix(".").capitalize()
    assert {section for section, _, _ in said} <= {"Unit", "Install", kind}
    repeated = {"Environment", "SystemCallFilter"}
    once = [(section, name) for section, name, _ in said if name not in repeated]
    assert len(once) == len(set(once))
    named = {
        one for _, name, value in said if name in ("Wants", "PartOf", "WantedBy", "After") for one in value.split()
    }
    assert {one for one in named if one.startswith("wutong")} <= {each.name for each in UNITS.iterdir()}


@pytest.mark.parametrize("unit", SERVICES, ids=lambda unit: unit.name)
def test_a_service_names_programs_and_files_that_are_there(unit: Path) -> None:
    for _, name, value in lines(unit):
        if name == "Documentation":
            assert (ROOT / value.removeprefix("file:/opt/wutong/")).exists()
        elif name.startswith("Exec"):
            program = value.split()[0].replace("/opt/wutong/.venv/bin", str(Path(sys.executable).parent))
            assert Path(program).exists(), program


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
def test_who_stops_the_target_waits_until_the_process_has_ended(name: str) -> None:
    said = {(key, one) for _, key, value in lines(UNITS / f"wutong-{name}.service") for one in value.split()}
    assert {("PartOf", "wutong.target"), ("After", "wutong.target")} <= said


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
