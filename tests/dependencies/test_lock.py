"""The lock is complete: every package with a version and hashes, every import declared, no address of an index."""

import ast
import re
import subprocess
import sys
from importlib.metadata import distribution, packages_distributions

import pytest
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from config.settings import ROOT
from tests.dependencies import licences
from tests.dependencies.lock import Pin, pins

ALIYUN = "requirements-aliyun"
"""What only an office with this provider of short messages installs; for the tests it is installed."""
FILES = [f"{name}.{end}" for name in ("requirements", ALIYUN, "requirements-dev") for end in ("in", "txt")]
LOCKS = [file for file in FILES if file.endswith(".txt")]
OUR_OWN = {"bot", "workers", "config", "tests", "_typeshed"}  # the last exists only for type checkers


def imported(*folders: str) -> set[str]:
    """Top-level modules that the code of these folders imports and that Python does not bring."""
    trees = [ast.parse(path.read_text("utf-8")) for folder in folders for path in (ROOT / folder).rglob("*.py")]
    names = {name.split(".")[0] for tree in trees for node in ast.walk(tree) for name in _names(node)}
    return names - set(sys.stdlib_module_names) - OUR_OWN


def _names(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module] if isinstance(node, ast.ImportFrom) and node.module else []


@pytest.mark.parametrize("file", FILES)
def test_every_package_of_a_file_has_one_exact_version(file: str) -> None:
    found = pins(file)
    assert found
    assert [
        str(pin.requirement) for pin in found.values() if not re.fullmatch(r"==[\w.]+", str(pin.requirement.specifier))
    ] == []


@pytest.mark.parametrize("file", LOCKS)
def test_every_package_of_a_lock_has_hashes(file: str) -> None:
    assert [pin.name for pin in pins(file).values() if not pin.hashes] == []


@pytest.mark.parametrize("file", FILES)
def test_a_file_names_no_index_and_no_path_of_a_machine(file: str) -> None:
    assert (
        re.findall(r"https?://|file:|--index|--extra-index|--find-links|--trusted|@ ", (ROOT / file).read_text("utf-8"))
        == []
    )


def test_the_lock_holds_what_was_asked_for_in_these_versions() -> None:
    for file in ("requirements", ALIYUN):
        asked, locked = pins(f"{file}.in"), pins(f"{file}.txt")
        assert {name: locked[name].version for name in asked} == {name: pin.version for name, pin in asked.items()}


def test_the_packages_of_one_provider_change_no_version_of_the_service() -> None:
    service, more = pins("requirements.txt"), pins(f"{ALIYUN}.txt")
    assert {name: more[name].version for name in service} == {name: pin.version for name, pin in service.items()}


def test_the_lock_for_development_holds_the_service_s_lock_and_more() -> None:
    service, development, asked = pins("requirements.txt"), pins("requirements-dev.txt"), pins("requirements-dev.in")
    assert {name: development[name].version for name in service} == {name: pin.version for name, pin in service.items()}
    assert {name: development[name].version for name in asked} == {name: pin.version for name, pin in asked.items()}


@pytest.mark.parametrize("file", LOCKS)
def test_whatever_a_locked_package_requires_is_in_the_lock_in_a_version_that_fits(file: str) -> None:
    locked = pins(file)
    missing = [
        (pin.name, str(need))
        for pin in locked.values()
        if pin.applies
        for need in _needs(pin)
        if not _met(locked, need)
    ]
    assert missing == []


def test_what_is_installed_is_what_is_locked() -> None:
    applying = [pin for pin in pins("requirements-dev.txt").values() if pin.applies]
    different = {
        pin.name: distribution(pin.name).version for pin in applying if distribution(pin.name).version != pin.version
    }
    assert different == {}


@pytest.mark.parametrize(
    ("folders", "files"),
    [(("bot", "workers", "config"), ("requirements.in", f"{ALIYUN}.txt")), (("tests",), ("requirements-dev.txt",))],
)
def test_every_package_that_the_code_imports_is_named(folders: tuple[str, ...], files: tuple[str, ...]) -> None:
    named, brought_by = set().union(*map(pins, files)), packages_distributions()
    unknown = {
        module for module in imported(*folders)
        if module not in PEER and not {canonicalize_name(name) for name in brought_by.get(module, [])} & named
    }  # fmt: skip
    assert unknown == set()


PEER = {"werobot"}
"""Of the bench, in an environment of its own (tests/bench/peers/peers.txt)."""


def test_pip_reads_the_lock_with_hashes_and_finds_it_installed() -> None:
    command = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--dry-run",
        "--no-index",
        "--quiet",
        "--no-deps",
        "--require-hashes",
    ]
    done = subprocess.run(
        [*command, "-r", "requirements-dev.txt"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_the_page_of_licences_is_that_of_the_lock() -> None:
    assert licences.PAGE.read_text("utf-8") == licences.page()


def test_every_licence_is_one_that_an_office_may_use() -> None:
    found = {part for name in pins("requirements.txt") for part in re.split(r" (?:AND|OR) ", licences.licence(name))}
    assert found <= licences.ALLOWED


def test_the_project_s_own_licence_is_apache_2() -> None:
    own = (ROOT / "LICENSE").read_text("utf-8")
    assert "Apache License" in own
    assert "Version 2.0, January 2004" in own


def _needs(pin: Pin) -> list[Requirement]:
    """What an installed package requires here; of its extras those that the pin or requirements.in asks for."""
    asked = pins("requirements.in").get(pin.name)
    extras = {"", *pin.requirement.extras, *(asked.requirement.extras if asked else ())}
    wanted = [Requirement(line) for line in distribution(pin.name).requires or []]
    return [need for need in wanted if need.marker is None or any(_holds(need, extra) for extra in extras)]


def _holds(need: Requirement, extra: str) -> bool:
    assert need.marker is not None
    return need.marker.evaluate({**default_environment(), "extra": extra})  # type: ignore[dict-item]


def _met(locked: dict[str, Pin], need: Requirement) -> bool:
    pin = locked.get(canonicalize_name(need.name))
    return pin is not None and pin.applies and need.specifier.contains(pin.version, prereleases=True)
