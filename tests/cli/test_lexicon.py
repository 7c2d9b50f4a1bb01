"""`lexicon learn`: learns from the office's own words and messages, and names the line that is none."""

import shutil
from pathlib import Path

import pytest

from bot.understanding.models import bundle
from tests.cli.conftest import Run
from tests.understanding.conftest import CONFIG


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """The office's data with an eighth of its messages."""
    copied = shutil.copytree(CONFIG, tmp_path / "config")
    for file in (copied / "lexicon" / "messages").glob("*.txt"):
        file.write_text("\n".join(file.read_text("utf-8").splitlines()[::8]) + "\n", "utf-8")
    return copied


def test_it_learns_and_says_from_how_many_messages(run: Run, config: Path) -> None:
    assert bundle.outdated(config / "lexicon")
    done = run("lexicon", "learn", "--config", config)
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.startswith("从 ")
    assert not bundle.outdated(config / "lexicon")


def test_a_bad_line_is_named_and_nothing_is_written(run: Run, config: Path) -> None:
    before = (config / "lexicon" / bundle.FILE).read_bytes()
    (config / "lexicon" / "messages" / "mine.txt").write_text("- request 0203 灯坏了\n", "utf-8")
    done = run("lexicon", "learn", "--config", config)
    assert done.exit_code == 1
    assert "mine.txt 第 1 行看不懂" in done.stderr
    assert (config / "lexicon" / bundle.FILE).read_bytes() == before
