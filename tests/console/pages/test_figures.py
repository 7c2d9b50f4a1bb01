"""统计: the numbers on the page, in the workbook and on the rendered report; who may see which."""

import io
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import openpyxl
import pypdfium2
import pytest
from markupsafe import escape
from sqlalchemy import insert

from bot.services.console.figures import counted, periods
from bot.services.console.figures.counted import Asked, Recent
from bot.services.console.seat import Seat
from bot.services.files import documents
from bot.store.persons.people import rights_of
from bot.store.tables import orders
from tests.console.conftest import Browser, World
from tests.databases import SQLITE

MARCH = "from=2026-03-01&to=2026-03-31"
HOSTILE = "<b>金</b><img src='file:///etc/passwd'>&"


def an_order(world: World, number: int, came: datetime, **values: Any) -> None:
    row = {
        "code": f"{1_000_000 + number}", "lane": "matter", "category": "0301", "urgency": "U3", "state": "submitted",
        "source": "chat", "person_id": world.person("陈桥甲"), "text": "楼上漏水", "community": "陈桥社区", "estate": "金色春天",
        "round": 0, "ring": 0, "version": 1, "created_at": came, "updated_at": came, "is_demo": False,
        "due_at": came + timedelta(days=3),
    }  # fmt: skip
    with world.office.db.transaction() as tx:
        tx.run(insert(orders).values(**{**row, "text_sealed": tx.vault.seal("原文"), **values}))


@pytest.fixture
def march(world: World) -> World:
    """Of March 2026: seven of 陈桥社区, six closed; three of 兰天社区; one of neither; two restricted."""
    first = datetime(2026, 2, 28, 16, tzinfo=UTC)  # the office's midnight
    closed = {"state": "closed", "closed_at": first + timedelta(days=2), "done_at": first + timedelta(days=2)}
    for number in range(6):
        an_order(world, number, first, **closed, outcome="confirmed", solved=number > 0, rating=5 if number else 1)
    an_order(world, 6, datetime(2026, 3, 31, 15, 59, 59, tzinfo=UTC), category="0702")
    for number in range(7, 10):
        an_order(world, number, first + timedelta(days=9), community="兰天社区", estate=HOSTILE)
    an_order(world, 10, first, community=None)
    for number in (11, 12):
        an_order(world, number, first, lane="restricted")
    an_order(world, 13, first - timedelta(seconds=1))  # February
    return world


def cells(page: str, row: str) -> list[str]:
    """The cells of the first row of a table that has this name."""
    found = re.search(rf'<th scope="row">{re.escape(row)}</th>((?:<td>[^<]*</td>)*)', page)
    assert found, row
    return re.findall(r"<td>([^<]*)</td>", found[1])


def test_an_administrator_sees_the_whole_office_by_community(march: World) -> None:
    browser = march.at("办事处甲")
    assert browser.open(f"/console/figures?{MARCH}").status_code == 200
    assert "<h1>统计</h1>" in browser.page
    assert "<title>统计 · 梧桐</title>" in browser.page
    assert cells(browser.page, "收到")[0] == "11"
    assert cells(browser.page, "办结")[0] == "6"
    assert cells(browser.page, "满意率")[0] == "83.3%"
    assert cells(browser.page, "陈桥社区") == ["7", "6", "&lt;5", "&lt;5", "83.3%"]  # one is of February
    assert cells(browser.page, "兰天社区") == ["&lt;5", "0", "&lt;5", "&lt;5", "—"]
    assert cells(browser.page, "社区未明") == ["&lt;5", "0", "&lt;5", "&lt;5", "—"]
    assert cells(browser.page, "03月01日") == ["7", "0"]
    assert cells(browser.page, "03月03日") == ["0", "6"]
    assert cells(browser.page, "03月31日") == ["1", "0"]
    assert cells(browser.page, "居民确认解决") == ["6"]
    assert re.search(r'<th scope="row">[^<]* · [^<]*</th><td>10</td>', browser.page)
    assert re.search(r'<th scope="row">[^<]* · [^<]*</th><td>&lt;5</td>', browser.page)


def test_each_chart_is_named_and_stands_beside_its_table(march: World) -> None:
    browser = march.at("办事处甲")
    browser.open(f"/console/figures?{MARCH}")
    charts = re.findall(r"<svg.*?</svg>", browser.page, re.DOTALL)
    assert len(charts) == browser.page.count('<table class="numbers">') == 7
    for chart in charts:
        assert re.search(r'<svg[^>]* role="img" aria-labelledby="(\w+)-t \1-d"', chart)
        assert re.search(r'<title id="\w+-t">[^<]+</title>\s*<desc id="\w+-d">[^<]+</desc>', chart)
    assert not re.search(r'\sstyle=|<script(?! src=)|<style|\son\w+="', browser.page)
    assert len(browser.page.encode()) < 200_000


def test_staff_see_their_own_community_alone(march: World) -> None:
    browser = march.at("陈桥甲")
    browser.open(f"/console/figures?{MARCH}")
    assert cells(browser.page, "收到")[0] == "7"
    assert "兰天社区" not in browser.page
    assert "各社区情况" not in browser.page
    for ending in ("", ".xlsx", ".pdf"):
        assert browser.open(f"/console/figures{ending}?{MARCH}&community=兰天社区").status_code == 404
    assert browser.open(f"/console/figures?{MARCH}&community=没有的社区").status_code == 404
    assert march.at("办事处甲").open(f"/console/figures?{MARCH}&community=兰天社区").status_code == 200


@pytest.mark.parametrize("name", ["党员一", "纪检甲"])
def test_other_roles_find_no_such_page(march: World, name: str) -> None:
    for ending in ("", ".xlsx", ".pdf"):
        assert march.at(name).open(f"/console/figures{ending}").status_code == 404


def test_nobody_s_name_and_no_small_place_is_in_the_figures(march: World) -> None:
    browser = march.at("办事处甲")
    browser.open(f"/console/figures?{MARCH}")
    main = browser.page[browser.page.index("<main") :]
    assert not re.search("陈桥甲|办事处甲|党员一", main)
    assert cells(browser.page, "陈桥社区金色春天")[1] == "7"  # with the one of February
    assert cells(browser.page, f"兰天社区{escape(HOSTILE)}")[1] == "&lt;5"
    assert HOSTILE not in browser.page


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("from=2026-02-30", "不是日期"), ("from=1%3Cscript%3E", "不是日期"), ("to=99999-01-01", "不是日期"),
        ("from=2026-03-02&to=2026-03-01", "开始日期要早于结束日期"), ("from=2001-01-01&to=2026-01-01", "最多统计三年"),
        ("period=decade", "没有这个时间段"), ("from=1990-01-01", "2000-01-01 到 2999-12-31 之间"),
    ],
)  # fmt: skip
def test_what_is_no_period_is_refused_and_stays_in_the_form(world: World, query: str, said: str) -> None:
    browser = world.at("陈桥甲")
    for ending in ("", ".xlsx", ".pdf"):
        assert browser.open(f"/console/figures{ending}?{query}").status_code == 400
        assert said in browser.page
    if "script" in query:
        assert 'value="1&lt;script&gt;"' in browser.page
        assert "1<script>" not in browser.page


def test_the_page_without_a_choice_is_of_this_month_and_empty_periods_have_a_page(world: World) -> None:
    browser = world.at("陈桥甲")
    browser.open("/console/figures")
    assert 'aria-current="page">本月</a>' in browser.page
    for name in periods.PERIODS:
        assert browser.open(f"/console/figures?period={name}").status_code == 200
    assert browser.open("/console/figures?from=2030-01-01&to=2030-01-31").status_code == 200
    assert cells(browser.page, "收到")[0] == "0"


def test_the_workbook_holds_the_same_numbers_and_no_formula(march: World) -> None:
    answer = march.at("办事处甲").client.get(f"/console/figures.xlsx?{MARCH}")
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="figures-20260301.xlsx"')
    book = openpyxl.load_workbook(io.BytesIO(answer.data))
    rows = {tuple(cell.value for cell in row)[:2] for sheet in book for row in sheet.iter_rows()}
    assert {("收到", 11), ("陈桥社区", 7), ("03月03日", 0)} <= rows
    values = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert [cell.value for cell in values if cell.data_type == "f"] == []
    assert "各社区情况" in book.sheetnames


def pages(content: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(content)
    try:
        return [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()


def test_the_report_shows_chinese_and_digits(march: World) -> None:
    answer = march.at("办事处甲").client.get(f"/console/figures.pdf?{MARCH}")
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    text = "\n".join(pages(answer.data))
    assert "凤凰办事处群众点单统计" in text
    assert "2026年03月01日至2026年03月31日" in text
    assert "制表人：办事处甲" in text
    assert re.search(r"收到\s+11\s", text)
    assert re.search(r"满意率\s+83\.3%", text)
    assert re.search(r"陈桥社区\s+7\s+6\s+<5\s+<5\s+83\.3%", text)
    assert "<5" in text
    assert "第 1 页" in text
    assert HOSTILE[:8] in text.replace("\r\n", "")  # as it was typed: no markup, no file
    assert b"FontFile2" in answer.data  # embedded: every reader shows it
    assert b"STSong" not in answer.data


@SQLITE
def test_the_digits_and_characters_are_drawn(march: World) -> None:
    """A font without a character draws an empty box or nothing: each looks different from all others here."""
    shapes = set()
    for character in "凤凰办事处群众点单月报0123456789%<年月日":
        drawn = _drawn(character)
        assert any(drawn), character
        shapes.add(drawn)
    assert len(shapes) == len(set("凤凰办事处群众点单月报0123456789%<年月日"))


def _drawn(character: str) -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    content = io.BytesIO()
    canvas = Canvas(content, pagesize=(40, 40))
    canvas.setFont(documents.font(), 24)
    canvas.drawString(5, 10, character)
    canvas.save()
    document = pypdfium2.PdfDocument(content.getvalue())
    picture = document[0].render(scale=1).to_pil().convert("1").tobytes()
    document.close()
    return bytes(255 - each for each in picture)


def test_a_month_s_report_is_called_so(world: World) -> None:
    answer = world.at("陈桥甲").client.get("/console/figures.pdf?period=last_month")
    assert "凤凰办事处陈桥社区群众点单月报" in "\n".join(pages(answer.data))


@SQLITE
def test_figures_are_counted_once_a_minute(march: World) -> None:
    office, recent, now = march.office, Recent(), datetime(2026, 4, 1, tzinfo=UTC)
    person = march.person("办事处甲")
    with office.db.reading() as tx:
        seat = Seat(person, "办事处甲", rights_of(tx, person))
    asked = Asked(first="2026-03-01", last="2026-03-31")
    found = counted.count(office, recent, seat, asked, now)
    assert counted.count(office, recent, seat, asked, now + timedelta(seconds=59)) is found
    assert counted.count(office, recent, seat, asked, now + timedelta(seconds=60)) is not found


def test_a_long_period_is_shown_by_week(march: World) -> None:
    browser: Browser = march.at("办事处甲")
    browser.open("/console/figures?from=2025-12-01&to=2026-03-31")
    assert "起始日（每七天）" in browser.page
    assert cells(browser.page, "2026-02-23") == ["8", "0"]  # with the one of February
    assert cells(browser.page, "2026-03-02") == ["0", "6"]
