"""Roster files as offices have them: encodings, separators, Excel's odd cells, numbers and names with invisible characters."""

import datetime as dt
import zipfile
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import select

from bot.services import roster
from bot.services.office import Office
from bot.services.roster import bind_codes
from bot.store.persons import people
from bot.store.tables import roles
from tests.rosters import import_roster
from tests.services.roster.test_roster import HEAD, held, take
from tests.talk import NOON

ROW = "党员,张三,13800001111,陈桥社区,网格01,,水电\n"
COLUMNS = HEAD.strip().split(",")
GOOD = ["党员", "张三", 13800001111, "陈桥社区", None, None, None]


def book(file: Path, *rows: list[object]) -> Path:
    made = openpyxl.Workbook()
    assert made.active is not None
    for row in (COLUMNS, *rows):
        made.active.append(row)
    made.save(file)
    return file


def rewrite(file: Path, part: str, old: str, new: str) -> None:
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[part] = parts[part].replace(old.encode(), new.encode(), 1)
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def refused(office: Office, file: Path) -> list[tuple[int, str]]:
    with pytest.raises(roster.BadRoster) as raised:
        import_roster(office, file, NOON)
    assert held(office) == set()
    return raised.value.rows


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_any_usual_encoding_and_separator_is_read(
    office: Office, tmp_path: Path, encoding: str, separator: str
) -> None:
    (tmp_path / "r.csv").write_bytes((HEAD + ROW).replace(",", separator).encode(encoding))
    import_roster(office, tmp_path / "r.csv", NOON)
    assert held(office) == {("张三", "member", "陈桥社区")}


def test_an_old_or_broken_workbook_says_what_to_do(office: Office, tmp_path: Path) -> None:
    (tmp_path / "r.xls").write_bytes(bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 512)
    assert "另存为 .xlsx" in refused(office, tmp_path / "r.xls")[0][1]
    (tmp_path / "r.xlsx").write_bytes(b"PK\x03\x04broken")
    assert "另存为新的 .xlsx" in refused(office, tmp_path / "r.xlsx")[0][1]


@pytest.mark.parametrize(
    "phone",
    ["\u202d13800001111\u202c", "13800001111\u200b", "138‑0000‑1111", "138–0000–1111", "+86 13800001111", "'13800001111",
     "１３８００００１１１１", "138−0000—1111"],
)  # fmt: skip
def test_a_number_is_read_however_it_is_written(office: Office, tmp_path: Path, phone: str) -> None:
    take(office, tmp_path, f"党员,张三,{phone},陈桥社区,,,\n")
    assert len(bind_codes.issue_code(office, "13800001111", NOON)) == 8


def test_a_wrong_declared_dimension_hides_nobody(office: Office, tmp_path: Path) -> None:
    file = book(tmp_path / "r.xlsx", GOOD)
    rewrite(file, "xl/worksheets/sheet1.xml", '<dimension ref="A1:G2"', '<dimension ref="A1"')
    import_roster(office, file, NOON)
    assert held(office) == {("张三", "member", "陈桥社区")}


def test_a_workbook_with_a_damaged_style_is_one_chinese_line(office: Office, tmp_path: Path) -> None:
    file = book(tmp_path / "r.xlsx", GOOD)
    rewrite(file, "xl/styles.xml", "<fill><patternFill /></fill>", "<fill/>")
    assert "Excel" in refused(office, file)[0][1]


def test_the_visible_sheet_with_the_columns_is_read(office: Office, tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    assert made.active is not None
    words, sheet = made.active, made.create_sheet("名册")
    words.append(["角色"])
    words.sheet_state = "hidden"
    sheet.append(COLUMNS)
    sheet.append(GOOD)
    made.active = 1
    made.save(tmp_path / "r.xlsx")
    import_roster(office, tmp_path / "r.xlsx", NOON)
    assert held(office) == {("张三", "member", "陈桥社区")}


@pytest.mark.parametrize(
    ("column", "value"),
    [(5, dt.datetime(2026, 3, 1)), (4, dt.datetime(2026, 3, 1)), (3, "#N/A"), (1, "#REF!"), (1, True)],  # noqa: DTZ001
)
def test_a_cell_that_is_no_text_refuses_its_row(office: Office, tmp_path: Path, column: int, value: object) -> None:
    bad = [*GOOD]
    bad[column] = value
    rows = refused(office, book(tmp_path / "r.xlsx", GOOD, bad))
    assert {row for row, _ in rows} == {3}
    assert any("不是文字" in reason for _, reason in rows)


def test_a_community_that_the_office_does_not_have_refuses_its_row(office: Office, tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_text(HEAD + ROW.replace("陈桥社区", "天上社区"), "utf-8")
    assert refused(office, tmp_path / "r.csv") == [(2, "没有“天上社区”这个社区")]


@pytest.mark.parametrize("typed", ["钱\u200b一", "\ufeff钱一", "钱\u0007一", '"钱\n一"', "錢一", "\u202a钱一\u202c"])
def test_a_name_is_stored_folded(office: Office, tmp_path: Path, typed: str) -> None:
    take(office, tmp_path, f"党员,{typed},13800001111,陳橋社區,,,\n")
    assert held(office) == {("钱一", "member", "陈桥社区")}


@pytest.mark.parametrize("said", ["张敏", "張敏", "张敏。", "“张敏”", "张\u200b敏", "张 敏"])
def test_a_name_reaches_its_person_however_it_is_typed(office: Office, tmp_path: Path, said: str) -> None:
    take(office, tmp_path, "党员,张敏,13800001111,陈桥社区,,,\n党员,王强,13800001112,陈桥社区,,,\n")
    with office.db.reading() as tx:
        assert {row.name for row in people.named(tx, said)} == {"张敏"}
        assert not people.named(tx, "。")


def test_rows_of_one_number_are_one_person_with_every_triple(office: Office, tmp_path: Path) -> None:
    rows = take(
        office, tmp_path,
        "网格员,张三,13800001111,陈桥社区,网格01、网格02,,\n网格员,张三,13800001111,陈桥社区,网格03,,\n",
    )  # fmt: skip
    assert len({row["bind_code"] for row in rows}) == 1
    with office.db.reading() as tx:
        (person,) = {row.id for row in people.named(tx, "张三")}
        assert {row.grid for row in people.roles_of(tx, person)} == {"网格01", "网格02", "网格03"}


@pytest.mark.parametrize(
    "name",
    [
        "派单", "待派", "帮助", "确认删除", "<script>", "<b>张三</b>", "1234567", "1张三", "①张", "张三;", "张_三", "[张三]", "张三/李四", "&lt;", "·张三",
        "张三·", "https://a.cn", "张三%s", "{name}", "张三!",
    ],
)  # fmt: skip
def test_a_name_is_letters_and_no_command(office: Office, tmp_path: Path, name: str) -> None:
    (tmp_path / "r.csv").write_text(f"{HEAD}{ROW}党员,{name},13800001112,陈桥社区,,,\n", "utf-8")
    assert [number for number, _ in refused(office, tmp_path / "r.csv")] == [3]


@pytest.mark.parametrize(
    "name",
    [
        "张三",
        "欧阳娜娜",
        "阿依古丽·买买提",
        "Li Wei",
        "迪丽热巴•迪力木拉提",
        "José",
        "接文",
        "高兴",
        "龙办",
        "单明",
        "党员甲",
        "𠮷田",
    ],
)
def test_names_of_people_are_taken(office: Office, tmp_path: Path, name: str) -> None:
    (tmp_path / "r.csv").write_text(f"{HEAD}党员,{name},13800001112,陈桥社区,,,\n", "utf-8")
    (row,) = import_roster(office, tmp_path / "r.csv", NOON)
    assert row["name"] == name


@pytest.mark.parametrize("how", ["hidden", "height", "filter"])
def test_a_row_that_the_spreadsheet_does_not_show_is_a_bad_row(office: Office, tmp_path: Path, how: str) -> None:
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    for row in (COLUMNS, GOOD, ["街道管理员", "李四", 13800001112, None, None, None, None]):
        sheet.append(row)
    sheet.row_dimensions[3].height = 20
    sheet.row_dimensions[3].hidden = how != "height"
    if how == "filter":
        sheet.auto_filter.ref = "A1:G3"
    made.save(tmp_path / "r.xlsx")
    if how == "height":
        rewrite(tmp_path / "r.xlsx", "xl/worksheets/sheet1.xml", 'ht="20"', 'ht="0"')
    assert [number for number, _ in refused(office, tmp_path / "r.xlsx")] == [3]


def test_an_empty_hidden_row_and_rows_of_any_height_do_no_harm(office: Office, tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    for row in (COLUMNS, GOOD):
        sheet.append(row)
    sheet.row_dimensions[2].height = 20.5
    sheet.row_dimensions[3].hidden = True
    made.save(tmp_path / "r.xlsx")
    import_roster(office, tmp_path / "r.xlsx", NOON)
    assert held(office) == {("张三", "member", "陈桥社区")}


@pytest.mark.parametrize("title", COLUMNS)
def test_two_columns_of_one_title_are_refused(office: Office, tmp_path: Path, title: str) -> None:
    (tmp_path / "r.csv").write_text(f"{HEAD.strip()},{title}\n{ROW.strip()},街道管理员\n", "utf-8")
    ((number, reason),) = refused(office, tmp_path / "r.csv")
    assert (number, title in reason) == (1, True)


def test_a_cell_over_several_rows_says_the_same_of_each(office: Office, tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    rows = [
        ["党员", "张三", 13800001111, "陈桥社区", "3", None, None], ["党员", "李四", 13800001112, None, None, None, None],
        ["党员", "王五", 13800001113, None, "3号网格", None, None],
    ]  # fmt: skip
    for row in (COLUMNS, *rows):
        sheet.append(row)
    sheet.merge_cells("D2:D4")
    sheet.merge_cells("D6:G9")  # nobody
    made.save(tmp_path / "r.xlsx")
    import_roster(office, tmp_path / "r.xlsx", NOON)
    assert held(office) == {(name, "member", "陈桥社区") for name in ("张三", "李四", "王五")}
    with office.db.reading() as tx:
        assert [row.grid for row in tx.all(select(roles).order_by(roles.c.person_id))] == ["网格03", None, "网格03"]


def test_merged_cells_without_end_are_refused(office: Office, tmp_path: Path) -> None:
    file = book(tmp_path / "r.xlsx", *([*GOOD[:2], 13800002000 + n, *GOOD[3:]] for n in range(2000)))
    many = "".join(f'<mergeCell ref="D2:G{2001 - n}"/>' for n in range(60))
    rewrite(file, "xl/worksheets/sheet1.xml", "</sheetData>", f'</sheetData><mergeCells count="60">{many}</mergeCells>')
    assert "太大" in refused(office, file)[0][1]


@pytest.mark.parametrize("typed", ["3", "03", "网格3", "网格 3", "3网格", "3号网格", "第3网格", "网格03"])
def test_a_grid_is_stored_by_one_name_however_its_number_is_written(office: Office, tmp_path: Path, typed: str) -> None:
    (tmp_path / "r.csv").write_text(f"{HEAD}党员,张三,13800001112,兰天社区,{typed}、陈桥网格05,,\n", "utf-8")
    import_roster(office, tmp_path / "r.csv", NOON)
    with office.db.reading() as tx:
        assert {row.grid for row in tx.all(select(roles))} == {"网格03", "陈桥网格05"}


def test_the_operator_is_told_of_a_grid_that_nobody_knows(office: Office, tmp_path: Path) -> None:
    file = tmp_path / "r.csv"
    file.write_text(f"{HEAD}党员,张三,13800001112,兰天社区,3、网格999,,\n", "utf-8")
    assert roster.doubts(office, roster.read_file(office, file)) == [
        (2, "地名表里没有“网格999”这个网格，请看看写对没有")
    ]
