"""登记 from a file: looked through before, each row once, and nothing of it left behind."""

import io
import re
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sqlalchemy import func, select, update

from bot.errors import NotUnderstood
from bot.services.clock import retention
from bot.services.console.intake import due, table, taking
from bot.services.office import Office
from bot.store.console import drafts
from bot.store.schema.accounts import console_drafts
from bot.store.schema.intake import console_mappings
from bot.store.schema.records import audit
from bot.store.tables import history, notices, orders
from tests.console.conftest import Browser, World
from tests.databases import SQLITE
from tests.services import everywhere
from tests.services.restricted.test_typed_text import MARK, REPORT
from tests.services.roster.test_roster_limits import SHEET, packed, sheet

PAGE, FILE = "/console/intake", "/console/intake/file"
HEADER = ("工单编号", "诉求内容", "社区", "地址", "诉求人", "联系电话", "办理期限")
YEAR = datetime.now(UTC).year + 1
GOOD: tuple[Any, ...] = (
    "GD-1",
    "楼道灯坏了，晚上看不见",
    "陈桥社区",
    "金色春天3号楼2单元501",
    "周大娘",
    "13900004321",
    f"{YEAR}-11-30",
)
GOES_ON = "data-goes-on"
CELL = re.compile(r"<tr><td>(\d+)</td><td>([^<]*)</td>\s*(.*?)</tr>", re.S)


def excel(*lines: tuple[Any, ...]) -> bytes:
    book = openpyxl.Workbook()
    for line in lines:
        book.worksheets[0].append(line)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def comma(*lines: tuple[Any, ...], encoding: str = "utf-8") -> bytes:
    return "\n".join(",".join(f'"{cell}"' for cell in line) for line in lines).encode(encoding)


def uploaded(browser: Browser, content: bytes, name: str = "工单.xlsx") -> str:
    """The address of the page on which the file is looked through."""
    browser.open(PAGE)
    answer = browser.send(FILE, file=(io.BytesIO(content), name))
    assert answer.status_code == 303, browser.page
    looked_through(browser, answer.location)
    return str(answer.location)


def looked_through(browser: Browser, address: str) -> int:
    """All rows, a part with each page, which asks for the next one by itself; how many pages."""
    for number in range(1, 200):
        assert browser.open(address).status_code == 200
        if GOES_ON not in browser.page:
            return number
    raise AssertionError(browser.page)


def shown(browser: Browser) -> dict[int, str]:
    """What the page says of each row, without its markup."""
    return {
        int(number): re.sub(r"<[^>]+>", " ", f"{external} {rest}")
        for number, external, rest in CELL.findall(browser.page)
    }


def confirmed(browser: Browser, address: str) -> dict[int, str]:
    stamp = re.search(r'name="stamp" value="([^"]*)"', browser.page)
    assert stamp, browser.page
    assert browser.send(address, stamp=stamp[1]).status_code == 200
    while GOES_ON in browser.page:
        assert browser.send(address).status_code == 200
    return shown(browser)


def number_of(world: World, found: Any) -> int:
    with world.office.db.reading() as tx:
        return int(tx.value(select(func.count()).select_from(found)))


@pytest.mark.parametrize(
    "content",
    [excel(HEADER, GOOD), excel(("12345 工单导出",), HEADER, GOOD), comma(HEADER, GOOD), comma(HEADER, GOOD, encoding="gb18030")],
    ids=["xlsx", "title above", "utf-8", "gbk"],
)  # fmt: skip
def test_a_row_becomes_an_order(world: World, content: bytes) -> None:
    browser = world.at("陈桥甲")
    address = uploaded(browser, content)
    assert "共 1 行：新 1" in browser.page
    assert "13900004321" not in browser.page
    assert "周大娘" not in browser.page
    (said,) = confirmed(browser, address).values()
    assert "GD-1" in said
    assert "已登记" in said
    with world.office.db.reading() as tx:
        row = tx.first(select(orders))
        assert row is not None
        line = tx.first(select(history.c.by, history.c.by_id).where(history.c.order_id == row.id))
    assert (row.source, row.community, row.estate, row.external_id) == (
        "hotline",
        "陈桥社区",
        "金色春天",
        "12345\nGD-1",
    )
    assert row.due_at.astimezone(world.office.calendar.zone).strftime("%m-%d %H:%M") == "11-30 23:59"
    assert line is not None
    assert (line.by, line.by_id) == ("陈桥甲", world.person("陈桥甲"))
    assert f'href="/console/orders/{row.code}"' in browser.page
    browser.open(f"/console/orders/{row.code}")
    browser.send(f"/console/orders/{row.code}/contact")
    assert "周大娘 13900004321" in browser.page


def test_afterwards_nothing_of_the_file_is_left_and_the_import_is_on_record(world: World) -> None:
    browser = world.at("陈桥甲")
    address = uploaded(browser, excel(HEADER, GOOD, ("GD-2", "", *GOOD[2:])))
    with world.office.db.reading() as tx:
        assert "周大娘".encode() not in bytes(tx.value(select(console_drafts.c.data_sealed)))
    confirmed(browser, address)
    assert number_of(world, console_drafts) == 0
    assert browser.send(address, stamp="").status_code == 404
    with world.office.db.reading() as tx:
        rows_ = tx.all(select(audit.c.who_id, audit.c.source, audit.c.detail).where(audit.c.act == "intake"))
    assert [tuple(row) for row in rows_] == [(world.person("陈桥甲"), "console", "new 1 known 0 bad 1")]


def test_every_kind_of_row_is_told_before_anything_is_taken_in(world: World) -> None:
    lift = world.placed("王阿姨", "陈桥社区金色春天3号楼电梯坏了，按了没反应")
    browser = world.at("陈桥甲")
    confirmed(browser, uploaded(browser, excel(HEADER, GOOD)))
    before = number_of(world, orders)
    uploaded(
        browser,
        excel(
            HEADER, GOOD, ("GD-2", "电梯坏了，按了没反应", "陈桥社区", "金色春天3号楼", "", "", ""),
            ("GD-3", "门口垃圾没人清", "陈桥", "", "", "", datetime(YEAR, 11, 30, 17, tzinfo=UTC).replace(tzinfo=None)), ("GD-4", "", "陈桥社区"),
            ("GD-5", "灯坏了", "没有的社区"), ("GD-6", "灯坏了", "兰天社区"), ("GD-7", "灯坏了", "陈桥社区", "", "", "问我儿子"),
            ("GD-8", "灯坏了", "陈桥社区", "", "", "", "下周"), ("GD-3", "另一件", "陈桥社区"), (None, None), ("GD-9", date(YEAR, 1, 1), "陈桥社区"),
            ("GD-10", "兰天社区门口的路灯坏了"), ("GD-11", "灯坏了", "陈桥社区", "", "", "", f"{YEAR + 30}-01-01"), (12345678901234567890, "灯坏了", "陈桥社区"),
        ),
    )  # fmt: skip
    said = shown(browser)
    assert "已登记过" in said[2]
    assert f"可能重复  {lift}" in said[3]
    assert said[4].rstrip().endswith("新")
    assert "11月30日 17:00" in said[4]
    for number, why in {
        5: "请写内容", 6: "没有“没有的社区”这个社区", 7: "“兰天社区”不是您的社区", 8: "电话“问我儿子”不对", 9: "截止时间“下周”看不懂",
        10: "工单编号和第 4 行相同", 12: "内容一格不是文字", 13: "内容里说的是兰天社区", 14: "太早或太晚", 15: "工单编号一格不是文字",
    }.items():  # fmt: skip
        assert why in said[number], number
        assert "不能登记" in said[number]
    assert "共 13 行：新 1，可能重复 1，已登记过 1，不能登记 10。" in browser.page
    assert number_of(world, orders) == before


def test_a_limit_that_passed_years_ago_is_taken(world: World) -> None:
    """As through the API: matters of the hotline arrive late."""
    browser = world.at("陈桥甲")
    late = ("GD-2", "3号楼路灯坏了", "陈桥社区", "", "", "", "2020-12-05")
    assert "已登记" in confirmed(browser, uploaded(browser, excel(HEADER, late)))[2]
    with world.office.db.reading() as tx:
        due_at = tx.value(select(orders.c.external_due_at))
    assert due_at.astimezone(world.office.calendar.zone).strftime("%Y-%m-%d %H:%M") == "2020-12-05 23:59"


def test_a_look_alike_is_taken_in_and_can_be_compared(world: World) -> None:
    lift = world.placed("王阿姨", "陈桥社区金色春天3号楼电梯坏了，按了没反应")
    browser = world.at("陈桥甲")
    address = uploaded(browser, excel(HEADER, ("GD-2", "电梯坏了，按了没反应", "陈桥社区", "金色春天3号楼")))
    assert f"可能重复：{lift}" in confirmed(browser, address)[2]
    assert re.search(rf'href="/console/orders/\d+\?with={lift}"', browser.page)


def test_columns_are_named_once_for_a_header(world: World) -> None:
    file = excel(("甲", "乙", "丙"), ("GD-1", "楼道灯坏了", "陈桥社区"))
    browser = world.at("陈桥甲")
    address = uploaded(browser, file)
    assert "请指定哪一列是“内容”" in browser.page
    assert 'name="stamp"' not in browser.page
    browser.send(f"{address}/columns", number="0")
    assert "请指定哪一列是“内容”" in browser.page
    browser.send(f"{address}/columns", number="1", text="1")
    assert "同一列不能当两样用" in browser.page
    assert browser.send(f"{address}/columns", number="0", text="1", community="2", due="99").status_code == 303
    browser.open(address)
    assert "共 1 行：新 1" in browser.page
    again = world.at("陈桥乙")
    uploaded(again, file)
    assert "共 1 行：新 1" in again.page
    with world.office.db.reading() as tx:
        found = tx.all(select(console_mappings))
    assert [dict(row.columns) for row in found] == [{"number": 0, "text": 1, "community": 2}]


def test_columns_that_were_named_otherwise_meanwhile_are_looked_at_again(world: World) -> None:
    browser = world.at("陈桥甲")
    address = uploaded(browser, excel(HEADER, GOOD))
    browser.send(address, stamp="text0")
    assert "各列的含义刚刚改过" in browser.page
    assert number_of(world, orders) == 0


def test_a_row_without_a_number_is_not_taken_in_twice_where_the_confirmation_broke_off(world: World) -> None:
    browser = world.at("陈桥甲")
    address = uploaded(browser, excel(HEADER, ("", "楼道灯坏了", "陈桥社区"), ("", "楼道灯坏了", "陈桥社区")))
    with world.office.db.reading() as tx:
        kept = tx.first(select(console_drafts))
    assert kept is not None
    confirmed(browser, address)
    with world.office.db.transaction() as tx:  # as if it had broken off before the file was deleted
        tx.run(console_drafts.insert().values(**kept._asdict()))
    browser.open(address)
    assert {2, 3} == {number for number, said in shown(browser).items() if "已登记过" in said}
    assert number_of(world, orders) == 2


def test_a_file_is_its_own_persons_and_is_gone_when_cancelled_or_after_half_an_hour(world: World) -> None:
    browser, other = world.at("陈桥甲"), world.at("陈桥乙")
    address = uploaded(browser, excel(HEADER, GOOD))
    assert other.open(address).status_code == 404
    other.open(PAGE)
    assert other.send(address, stamp="").status_code == 404
    other.open(PAGE)
    other.send(f"{address}/cancel")
    assert browser.open(address).status_code == 200
    assert browser.send(f"{address}/cancel").status_code == 303
    assert browser.open(address).status_code == 404
    assert number_of(world, console_drafts) == 0
    address = uploaded(browser, excel(HEADER, GOOD))
    uploaded(browser, excel(HEADER, GOOD))
    assert number_of(world, console_drafts) == 1
    assert browser.open(address).status_code == 404
    retention.purge(world.office, datetime.now(UTC) + timedelta(minutes=20))
    assert number_of(world, console_drafts) == 0
    assert number_of(world, orders) == 0


def test_a_file_whose_time_is_over_is_not_taken_in(world: World) -> None:
    browser = world.at("陈桥甲")
    address = uploaded(browser, excel(HEADER, GOOD))
    with world.office.db.transaction() as tx:
        tx.run(update(console_drafts).values(created_at=datetime.now(UTC) - drafts.LASTS))
    assert browser.send(address, stamp="").status_code == 404
    assert "请重新上传" in browser.page
    assert number_of(world, orders) == 0


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "请先选好表格文件"), (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9, "看不懂这个文件"), (b"PK\x03\x04 no zip", "这个 Excel 文件读不了"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99, "旧版 .xls"), (excel(HEADER), "表头下面没有内容"),
        (excel(HEADER, *[("", "灯坏了")] * 501), "表格有 501 行"), (excel(("只有一列",), ("灯坏了",)), "没有找到表头"),
    ],
)  # fmt: skip
def test_what_is_no_table_is_refused_in_plain_words(world: World, content: bytes, said: str) -> None:
    browser = world.at("陈桥甲")
    browser.open(PAGE)
    assert browser.send(FILE, file=(io.BytesIO(content), "工单.xlsx")).status_code == 200
    assert said in browser.page
    assert number_of(world, console_drafts) == 0


@pytest.mark.parametrize(
    "rows", ["<row/>" * 3_000, '<row r="1048576"><c r="XFD1048576"/></row>'], ids=["many", "far below"]
)
def test_rows_that_say_nothing_are_counted_too(office: Office, tmp_path: Path, rows: str) -> None:
    """They take a small file's reader seconds."""
    file = packed(tmp_path, SHEET, sheet(rows))
    with pytest.raises(NotUnderstood, match=r"console_intake\.file\.large"):
        table.read(office, file.read_bytes())


def test_a_file_that_is_too_large_is_not_even_read(office: Office) -> None:
    with pytest.raises(NotUnderstood, match=r"console_intake\.file\.large"):
        table.read(office, b"x" * 1_000_001)


def test_formulas_and_markup_are_words(world: World) -> None:
    browser = world.at("陈桥甲")
    address = uploaded(
        browser,
        excel(("<b>编号</b>", *HEADER), ("<i>", "GD-1", '=HYPERLINK("http://x","灯坏了")', "陈桥社区", "<img src=x>")),
    )
    assert "<b>编号" not in browser.page
    assert "<img" not in browser.page
    confirmed(browser, address)
    with world.office.db.reading() as tx:
        assert "HYPERLINK" in str(tx.value(select(orders.c.text)))


def test_a_restricted_row_shows_its_number_and_where_it_goes_alone(world: World) -> None:
    browser = world.at("陈桥甲")
    address = uploaded(
        browser, excel(HEADER, ("GD-1", f"{REPORT}{MARK}", "陈桥社区"), ("GD-2", "着火了，烟很大", "陈桥社区"))
    )
    assert "受限事项，不显示" in browser.page
    assert MARK not in browser.page
    said = confirmed(browser, address)
    assert MARK not in browser.page
    with world.office.db.reading() as tx:
        row = tx.first(select(orders.c.code, orders.c.id).where(orders.c.lane == "restricted"))
        assert row is not None
        assert [line.by_id for line in tx.all(select(history.c.by_id).where(history.c.order_id == row.id))] == [None]
    assert row.code in said[2]
    assert f"/console/orders/{row.code}" not in browser.page
    assert "119" in browser.page
    assert MARK not in everywhere.heard(world.talk, "陈桥甲")
    uploaded(browser, excel(HEADER, ("GD-1", "灯坏了", "陈桥社区")))
    assert "已登记过" in shown(browser)[2]
    assert row.code not in browser.page


def test_other_roles_and_forms_without_their_token_are_refused(world: World) -> None:
    staff, member = world.at("陈桥甲"), world.at("党员一")
    address = uploaded(staff, excel(HEADER, GOOD))
    for path in (FILE, address, f"{address}/columns", f"{address}/cancel"):
        assert staff.client.post(path, data={"file": (io.BytesIO(excel(HEADER, GOOD)), "x.xlsx")}).status_code == 400, (
            path
        )
        member.open("/console/account")
        assert member.send(path).status_code == 404, path
    assert number_of(world, orders) == 0
    assert number_of(world, console_drafts) == 1


def test_the_empty_file_can_be_filled_in_and_uploaded(world: World) -> None:
    browser = world.at("陈桥甲")
    answer = browser.client.get(f"{PAGE}/template")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    book = openpyxl.load_workbook(io.BytesIO(answer.data))
    for column, value in enumerate(GOOD, 1):
        book.worksheets[0].cell(2, column).value = value
    kept = io.BytesIO()
    book.save(kept)
    uploaded(browser, kept.getvalue())
    assert "共 1 行：新 1" in browser.page


@SQLITE
def test_a_page_of_five_hundred_rows_stays_under_200_kb(world: World) -> None:
    browser = world.at("陈桥甲")
    lines = [
        (
            f"CZ12345-2026-{number:06}",
            f"{number}号楼楼道灯坏了，已经好几天没有人来修，晚上老人下楼看不见",
            "陈桥社区",
            "金色春天3号楼",
            "",
            "",
            f"{YEAR}-11-30",
        )
        for number in range(500)
    ]
    address = uploaded(browser, comma(HEADER, *lines))
    assert len(shown(browser)) == 500
    assert len(browser.page.encode()) < 200_000
    assert len(confirmed(browser, address)) == 500
    assert len(browser.page.encode()) < 200_000
    assert number_of(world, orders) == 500


def lamps(number: int) -> bytes:
    lines = [
        (f"GD-{one}", f"{one}号楼道灯坏了，已经{one % 30}天没有人来修，{WHEN[one % 3]}下楼看不见", *GOOD[2:])
        for one in range(number)
    ]
    return comma(HEADER, *lines)


WHEN = ("晚上", "老人", "孩子上学")


@SQLITE
def test_a_long_file_is_looked_through_and_taken_in_in_parts_so_that_nobody_waits_for_it(world: World) -> None:
    browser, used = world.at("陈桥甲"), []
    browser.open(PAGE)
    address = str(browser.send(FILE, file=(io.BytesIO(lamps(300)), "工单.csv")).location)
    assert looked_through(browser, address) > 2
    assert "共 300 行" in browser.page
    stamp = re.search(r'name="stamp" value="([^"]*)"', browser.page)
    assert stamp
    browser.send(address, stamp=stamp[1])
    done = int(re.findall(r"已看 (\d+) 行，共 300 行", browser.page)[0])
    assert number_of(world, orders) == done < 300
    while GOES_ON in browser.page:
        began = time.thread_time()
        browser.send(address)
        used.append(time.thread_time() - began)
    assert number_of(world, orders) == len(shown(browser)) == 300
    assert number_of(world, console_drafts) == 0
    assert max(used) < 1.0  # seconds of CPU, of about four for all
    with world.office.db.reading() as tx:
        told = tx.all(select(notices.c.person_id).where(notices.c.event == "place_many"))
    assert len(told) == len({one.person_id for one in told}) > 0


def test_who_goes_away_leaves_the_rest_to_the_clock(world: World) -> None:
    browser, other = world.at("陈桥甲"), world.at("陈桥乙")
    address = uploaded(browser, lamps(200))
    stamp = browser.page.partition('name="stamp" value="')[2].partition('"')[0]
    browser.send(address, stamp=stamp, leave="7")
    assert GOES_ON in browser.page
    assert other.open(address).status_code == 404
    browser.open(PAGE)
    assert f'href="{address}"' in browser.page
    browser.open(address)
    assert "正在登记" in browser.page
    now = datetime.now(UTC)
    assert not list(taking.left(world.office, now))
    for _, step in taking.left(world.office, now + taking.LEFT):
        step()
    with world.office.db.reading() as tx:
        assert tx.value(select(func.count()).select_from(orders)) == 199
        assert tx.value(select(audit.c.detail).where(audit.c.act == "intake")) == "new 199 known 0 bad 0"
        assert tx.first(select(notices.c.id).where(notices.c.event == "place_many")) is not None
    assert not list(taking.left(world.office, now + taking.LEFT))
    assert browser.open(address).status_code == 404


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("2026-11-30", "11-30 23:59"), ("2026/11/30 17:00", "11-30 17:00"), ("2026-11-30 00:00:00", "11-30 23:59"),
        ("2026.1.5 9:05", "01-05 09:05"), ("46356", "11-30 23:59"), ("46356.7083333333", "11-30 17:00"),
        ("2026-02-30", None), ("30.11.2026", None), ("2026-11-30 25:00", None), ("99999999", None), ("17:00:00", None),
    ],
)  # fmt: skip
def test_dates_of_the_offices_files(typed: str, said: str | None) -> None:
    found = due._moment(typed)
    assert (found.strftime("%m-%d %H:%M") if found else None) == said


def test_columns_are_guessed_by_their_names(office: Office) -> None:
    header = ["序号", "工单编号（必填）", "处理内容", "诉求内容", "责任社区", "诉求人电话", "诉求人"]
    assert table.guess(office, header) == {"number": 1, "text": 3, "community": 4, "phone": 5, "name": 6}
