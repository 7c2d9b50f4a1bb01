"""Roster files that are too large, that unfold into too much, and cells that a spreadsheet would compute."""

import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from bot.errors import NotUnderstood
from bot.services.office import Office
from bot.services.roster.cells import MOST_BYTES
from bot.services.roster.reading import read_cells
from config.settings import ROOT
from tests.databases import SQLITE
from tests.rosters import import_roster
from tests.services.roster.test_roster import HEAD, held, take
from tests.services.roster.test_roster_files import GOOD, book, refused
from tests.talk import NOON

MEGABYTES = 120  # a reader may take; a bomb wants a thousand and more
SHEET, STRINGS, STYLES = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"
SPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
MEASURE = """
import pathlib, resource, sys
from openpyxl import load_workbook
from bot.errors import NotUnderstood
from bot.services.roster.reading import read_cells
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
try:
    read_cells(pathlib.Path(sys.argv[1]), lambda row: "\u59d3\u540d" in row)
    said = "read"
except NotUnderstood as error:
    said = error.key
print(said, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""


def packed(tmp_path: Path, part: str, text: str) -> Path:
    """A good workbook in which this part is replaced."""
    file = book(tmp_path / "r.xlsx", [*GOOD])
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**parts, part: text.encode()}.items():
            archive.writestr(name, content)
    return file


def sheet(inside: str) -> str:
    head = "".join(f'<c t="inlineStr"><is><t>{title}</t></is></c>' for title in HEAD.strip().split(","))
    return f"<worksheet {SPACE}><sheetData><row>{head}</row>{inside}</sheetData></worksheet>"


def measured(file: Path) -> tuple[str, int]:
    """What a process of its own says of this file, and how many megabytes it took for it."""
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, str(file)], cwd=ROOT, capture_output=True, text=True, check=True, timeout=90
    )
    said, megabytes = done.stdout.split()
    return said, int(megabytes)


BOMBS: dict[str, tuple[str, Callable[[], str]]] = {
    "hundreds of megabytes of blanks": (SHEET, lambda: sheet(" " * 300_000_000)),
    "millions of rows": (SHEET, lambda: sheet("<row/>" * 3_000_000)),
    "millions of cells": (SHEET, lambda: sheet("<row>" + "<c/>" * 3_000_000 + "</row>")),
    "wide rows": (SHEET, lambda: sheet('<row><c r="XFD1"><v>1</v></c></row>' * 20_000)),
    "a row far below": (SHEET, lambda: sheet('<row r="999999999"><c><v>1</v></c></row>')),
    "long words": (SHEET, lambda: sheet(f'<row><c t="inlineStr"><is><t>{"长" * 9_000_000}</t></is></c></row>')),
    "millions of strings": (STRINGS, lambda: f"<sst {SPACE}>" + "<si><t/></si>" * 2_000_000 + "</sst>"),
    "many styles": (STYLES, lambda: f"<styleSheet {SPACE}><cellXfs>" + "<xf/>" * 900_000 + "</cellXfs></styleSheet>"),
    "entities": (SHEET, lambda: '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>' + sheet("<row>&b;</row>")),
}  # fmt: skip


LARGE: dict[str, tuple[str, Callable[[], str]]] = {
    "rows": (SHEET, lambda: sheet("<row/>" * 19_000)),
    "cells": (SHEET, lambda: sheet("<row>" + "<c/>" * 190_000 + "</row>")),
    "parts of a cell": (SHEET, lambda: sheet("<row><c><is>" + "<r/>" * 1_200_000 + "</is></c></row>")),
    "strings": (STRINGS, lambda: f"<sst {SPACE}>" + "<si><t/></si>" * 400_000 + "</sst>"),
    "styles": (STYLES, lambda: f"<styleSheet {SPACE}><cellXfs>" + "<xf/>" * 39_000 + "</cellXfs></styleSheet>"),
}  # fmt: skip


@pytest.mark.parametrize("name", LARGE)
def test_what_stays_below_the_limits_takes_no_more_memory_either(tmp_path: Path, name: str) -> None:
    part, text = LARGE[name]
    assert measured(packed(tmp_path, part, text()))[1] < 2 * MEGABYTES


@pytest.mark.parametrize("name", BOMBS)
def test_a_small_file_that_unfolds_into_much_is_refused_and_memory_stays_flat(tmp_path: Path, name: str) -> None:
    part, text = BOMBS[name]
    file = packed(tmp_path, part, text())
    assert file.stat().st_size <= MOST_BYTES
    said, megabytes = measured(file)
    assert said in ("roster.bad.large", "roster.bad.excel")
    assert megabytes < MEGABYTES


@pytest.mark.parametrize(
    "content",
    ["," * 1_000_000, HEAD + "\n" * 3_000_000, HEAD + ",,\n" * 100_000, HEAD + "长" * 2_000_000],
    ids=["wide", "long", "table", "big"],
)
def test_a_text_file_that_is_too_large_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "r.csv").write_text(content, "utf-8")
    with pytest.raises(NotUnderstood) as raised:
        read_cells(tmp_path / "r.csv", lambda row: "姓名" in row)
    assert raised.value.key == "roster.bad.large"


@SQLITE
def test_a_roster_of_thousands_with_styles_and_empty_rows_is_read(office: Office, tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    assert made.active is not None
    made.active.append(HEAD.strip().split(","))
    for n in range(3000):
        made.active.append(["党员", f"党员{n:04}", 13800000000 + n, "陈桥社区", None, None, "水电"])
    made.active.cell(row=9000, column=40).number_format = "0.00"
    made.save(tmp_path / "r.xlsx")
    assert len(import_roster(office, tmp_path / "r.xlsx", NOON)) == 3000


FORMULAS = [
    "=1+1",
    "=HYPERLINK(1)",
    "+1+1",
    "-1+1",
    "@SUM(1)",
    "＝1+1",
    "＋1",
    "－1",
    "＠a",
    " =1",
    "\t=1",
    "\u200b=1",
    "=cmd|' /C calc'!A0",
]


@SQLITE
@pytest.mark.parametrize("text", FORMULAS)
@pytest.mark.parametrize("column", [1, 3, 4, 5, 6])
def test_a_cell_that_a_spreadsheet_would_compute_refuses_its_row(
    office: Office, tmp_path: Path, text: str, column: int
) -> None:
    row = ["党员", "张三", "13800001111", "陈桥社区", "网格01", "一支部", "水电"]
    row[column] = f'"{text}"'
    (tmp_path / "r.csv").write_text(HEAD + ",".join(row) + "\n", "utf-8")
    rows = refused(office, tmp_path / "r.csv")
    assert any("像是公式" in reason for _, reason in rows)
    row[column] = text
    rows = refused(office, book(tmp_path / "r.xlsx", [*row]))
    assert any("像是公式" in reason for _, reason in rows)


@SQLITE
@pytest.mark.parametrize("column", [4, 6])
def test_one_of_several_values_in_a_cell_may_be_none_either(office: Office, tmp_path: Path, column: int) -> None:
    row = ["党员", "张三", "13800001111", "陈桥社区", "网格01", "一支部", "水电"]
    row[column] = "水电、=1+1"
    (tmp_path / "r.csv").write_text(HEAD + ",".join(row) + "\n", "utf-8")
    assert any("像是公式" in reason for _, reason in refused(office, tmp_path / "r.csv"))


@SQLITE
@pytest.mark.parametrize(("phone", "is_fine"), [("+86 13800001111", True), ("+8613800001111", True), ("=13800001111", False),
                                                ("-13800001111", False), ("@13800001111", False), ("+13800001111", False)])  # fmt: skip
def test_a_telephone_number_may_begin_with_its_country_alone(
    office: Office, tmp_path: Path, phone: str, is_fine: bool
) -> None:
    if is_fine:
        take(office, tmp_path, f"党员,张三,{phone},陈桥社区,,,\n")
        assert held(office) == {("张三", "member", "陈桥社区")}
    else:
        (tmp_path / "r.csv").write_text(HEAD + f"党员,张三,{phone},陈桥社区,,,\n", "utf-8")
        assert refused(office, tmp_path / "r.csv")
