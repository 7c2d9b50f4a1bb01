"""Reads the manual of the office: its chapters, the tables in them, and the pictures it shows."""

import re
from pathlib import Path

from config.settings import ROOT

DOCS = ROOT / "docs"
MANUAL = DOCS / "manual.zh-CN.md"
IMAGES = DOCS / "img"
CODE = "1234567"
ATTRIBUTE = re.compile(r'(\w+)="([^"]*)"')

Row = dict[str, str]


def text() -> str:
    return MANUAL.read_text("utf-8")


def chapters() -> dict[str, str]:
    """What stands under each heading of the second level."""
    parts = re.split(r"^## (.+)$", text(), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def rows(head: str, within: str | None = None) -> list[Row]:
    """The rows of every table whose first column bears this head, by column; of one chapter or of all."""
    said = chapters()[within] if within is not None else text()
    return [row for table in _tables(said) if head in table[0] for row in table]


def tables(page: Path) -> list[Row]:
    """The rows of every table of a page, by column."""
    return [row for table in _tables(page.read_text("utf-8")) for row in table]


def _tables(said: str) -> list[list[Row]]:
    """Every table of this text, without its line of dashes."""
    blocks = re.findall(r"^(?:\|.*\|\n)+", said + "\n", flags=re.MULTILINE)
    return [_table(block.splitlines()) for block in blocks]


def _table(lines: list[str]) -> list[Row]:
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return [dict(zip(cells[0], line, strict=True)) for line in cells[2:]]


def phrase(cell: str) -> str:
    """The words to type that a cell shows between backquotes, with numbers where it says which number."""
    found = re.fullmatch(r"`(.+)`", cell)
    assert found, f"{cell!r} is not one phrase between backquotes"
    return found[1].replace("另一单号", CODE[::-1]).replace("单号", CODE)


def pictures(page: Path) -> dict[Path, str]:
    """The pictures that this page shows, each with its alt text."""
    said = page.read_text("utf-8")
    shown = {where: alt for alt, where in re.findall(r"!\[([^\]]*)\]\(([^)\s]+)\)", said)}
    for attributes in map(dict, map(ATTRIBUTE.findall, re.findall(r"<img ([^>]*)>", said))):
        shown[attributes["src"]] = attributes.get("alt", "")
    return {(page.parent / where).resolve(): alt for where, alt in shown.items()}
