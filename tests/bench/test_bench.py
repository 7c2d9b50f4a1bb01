"""The bench at its smallest: every part takes all its steps, and what it prints has the promised shape.

No time is asserted: a test machine is shared.
"""

import math
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from tests.bench import __main__ as bench
from tests.bench.load.sizes import SMALLEST, SQLITE
from tests.bench.measured import report
from tests.bench.measured.report import Row, Table

ALL_PROCESSES = ("path", "fanout")  # start a whole installation: here on one database


@cache
def measured(part: str) -> Table:
    return bench.PARTS[part](replace(SMALLEST, databases=(SQLITE,)) if part in ALL_PROCESSES else SMALLEST)


@pytest.mark.parametrize("part", bench.PARTS)
def test_a_part_prints_a_table_whose_ratios_are_positive_numbers(part: str) -> None:
    table = measured(part)
    assert table.ratios
    for row in table.rows:
        assert len(row.figures) == len(table.figures)
        assert len(row.ratios) == len(table.ratios)
        assert all(0 < ratio < math.inf for ratio in row.ratios), row
        assert all(float(figure.replace(",", "")) >= 0 for figure in row.figures), row
    heads, rule, *lines = table.markdown().splitlines()
    assert heads.count("|") == rule.count("|") == 2 + len(table.figures) + len(table.ratios)
    assert [line.split(" | ")[0].removeprefix("| ") for line in lines[: len(table.rows)]] == [
        row.what for row in table.rows
    ]


def test_the_references_are_one_and_every_kind_of_message_takes_statements() -> None:
    table = measured("kinds")
    reference, *kinds = table.rows
    assert reference.ratios == (1.0, 1.0)
    statements = [name == "statements" for name in table.figures]
    for row in kinds:
        assert all(int(figure) > 1 for figure, counted in zip(row.figures, statements, strict=True) if counted), row
    assert {"a request", "进度", "补充", "帮助", "满意", "a repeat"} <= {row.what for row in kinds}
    assert table.figures[0].startswith(SQLITE)


def test_a_table_replaces_what_stood_between_its_marks(tmp_path: Path) -> None:
    document = tmp_path / "performance.md"
    document.write_text("# Head\n<!-- bench path -->\nold\n<!-- /bench path -->\nend\n", "utf-8")
    table = Table("path", ("s",), ("of the echo",), (Row("ours", ("1.5",), (0.25,)),), "A note.")
    report.put_into(document, "path", table.markdown())
    report.put_into(document, "path", table.markdown())
    assert document.read_text("utf-8") == (
        "# Head\n<!-- bench path -->\n\n| path | s | of the echo |\n| --- | ---: | ---: |\n| ours | 1.5 | 0.250 |\n"
        "\nA note.\n\n<!-- /bench path -->\nend\n"
    )
    with pytest.raises(ValueError, match="no marks for kinds"):
        report.put_into(document, "kinds", "")


def test_the_document_has_a_place_for_every_part(tmp_path: Path) -> None:
    copy = tmp_path / bench.DOCUMENT.name
    copy.write_text(bench.DOCUMENT.read_text("utf-8"), "utf-8")
    for part in ("machine", *bench.PARTS):
        report.put_into(copy, part, f"the table of {part}\n")
    assert all(f"the table of {part}" in copy.read_text("utf-8") for part in bench.PARTS)


def test_an_unknown_part_is_named_before_anything_is_measured(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        bench.main(["paht"])
    assert "no such part: paht; there are path, kinds" in capsys.readouterr().err


@pytest.mark.parametrize(("number", "shown"), [(0.01234, "0.012"), (1.234, "1.23"), (12.34, "12.3"), (1234.5, "1,234")])
def test_a_number_is_shown_with_three_digits(number: float, shown: str) -> None:
    assert report.shown(number) == shown


MOST_STATEMENTS = {
    "a request": 11, "进度": 6, "补充": 12, "帮助": 5, "谢谢": 9, "a repeat": 3, "staff: 待派": 7, "staff: 派单": 14,
    "member: 接单": 21, "member: 完成": 12, "满意": 12, "撤回": 13,
}  # fmt: skip
"""Of a message of each kind, on either database; who needs fewer lowers the number."""


def test_no_kind_of_message_takes_more_statements_than_it_did() -> None:
    table = measured("kinds")
    counted = [at for at, name in enumerate(table.figures) if name == "statements"]
    took = {row.what: max(int(row.figures[at]) for at in counted) for row in table.rows[1:]}
    assert took.keys() == MOST_STATEMENTS.keys()
    assert {name: number for name, number in took.items() if number > MOST_STATEMENTS[name]} == {}
