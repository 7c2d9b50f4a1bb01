"""docs/security.md names for every threat the test that shows its guard; each of them exists."""

import ast
import re
from pathlib import Path

import pytest

from config.settings import ROOT

PAGE = ROOT / "docs" / "security.md"
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")
HEADINGS = ("Leaks", "Getting in", "Staying up", "Deletion, record, backup", "等保 2.0, level 2")


def rows(heading: str) -> list[list[str]]:
    """The cells of the table below a heading, without its head."""
    part = PAGE.read_text("utf-8").split(f"\n## {heading}\n")[1].split("\n## ")[0]
    lines = [line for line in part.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines[2:]]


def defined_in(file: Path) -> set[str]:
    """The names of the test functions in a file."""
    return {node.name for node in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(node, ast.FunctionDef)}


def test_every_test_that_the_page_names_exists() -> None:
    named = NAMED.findall(PAGE.read_text("utf-8"))
    missing = [
        f"{file}::{name}" for file, name in named if not (ROOT / file).exists() or name not in defined_in(ROOT / file)
    ]
    assert named
    assert missing == []


@pytest.mark.parametrize("heading", HEADINGS)
def test_every_row_names_a_guard_and_at_least_one_test(heading: str) -> None:
    found = rows(heading)
    assert found
    assert [row for row in found if len(row) != 3 or not row[1] or not NAMED.search(row[2])] == []
