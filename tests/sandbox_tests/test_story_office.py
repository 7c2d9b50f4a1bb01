"""The empty office of a story leaves nothing behind, however it is ended."""

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.sandbox.options import Options
from tests.sandbox.server import free_port
from tests.sandbox.stories.stage import NoOffice, Stage

PROC = Path("/proc")


def processes_with(mark: str) -> list[str]:
    """The commands of all processes that have this in their environment."""
    found = []
    for folder in PROC.glob("[0-9]*"):
        try:
            if mark.encode() in (folder / "environ").read_bytes():
                found.append((folder / "cmdline").read_text().replace("\0", " "))
        except OSError:
            continue
    return found


def gone(mark: str) -> bool:
    """Whether no such process is left after a while."""
    deadline = time.monotonic() + 10
    while processes_with(mark) and time.monotonic() < deadline:
        time.sleep(0.1)
    return not processes_with(mark)


@pytest.fixture
def short(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder whose path leaves room for that of a socket."""
    return tmp_path_factory.mktemp("s")


@pytest.mark.parametrize(
    "end", [lambda stage: (stage.end(), stage.end()), Stage.hang_up], ids=["asked twice", "hung up"]
)
def test_an_office_that_ends_leaves_no_process_and_no_folder(
    options: Options, end: Callable[[Stage], object], short: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(short))
    mark = f"TMPDIR={short}"
    stage = Stage(replace(options, port=free_port()))
    stage.wait_until_ready()
    assert len(processes_with(mark)) > 3
    assert stage.held("1234567") == []
    assert stage.count() == 0
    end(stage)
    assert gone(mark), processes_with(mark)
    assert list(short.iterdir()) == []
    with pytest.raises(NoOffice):
        stage.held("1234567")


def test_an_office_that_is_ended_while_it_starts_leaves_nothing(
    options: Options, short: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(short))
    stage = Stage(replace(options, port=free_port()))
    deadline = time.monotonic() + 60
    while not list(short.glob("*/web.log")) and time.monotonic() < deadline:
        time.sleep(0.05)
    stage.end()
    assert gone(f"TMPDIR={short}")
    assert list(short.iterdir()) == []
    with pytest.raises(NoOffice):
        stage.wait_until_ready()
