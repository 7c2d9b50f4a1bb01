"""审计: rows in words, filters, pages, the check of the chain, the export, and no restricted matter for an administrator."""

import io
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import openpyxl
import pytest
from sqlalchemy import text

from bot.services.audit import chaining
from bot.services.console.audit_log import lines
from bot.store.exclusions import Reader
from bot.store.records import audit, listed
from bot.store.records.acts import Act
from bot.store.records.audit import Entry
from bot.store.records.listed import Wanted
from tests.console.conftest import World
from tests.services.cast import told_of
from tests.store.executed import executed

ACCUSING = "我要举报陈桥乙收了别人的钱，请纪委查一查"


def cells(page: str) -> list[list[str]]:
    """The rows of the page's table; the table of the keys has none with cells of this kind."""
    body = page.partition("<main")[2].partition("<tbody>")[2].partition("</tbody>")[0]
    if "</main>" not in page.partition("<tbody>")[2]:
        return []
    return [re.findall(r"<td>(?:<time>)?([^<]*)", row) for row in body.split("</tr>") if "<td>" in row]


def test_rows_are_told_in_words_and_filtered(world: World) -> None:
    code = world.placed()
    staff = world.at("陈桥甲")
    staff.open(f"/console/orders/{code}")
    staff.send(f"/console/orders/{code}/contact")
    browser = world.at("办事处甲")
    browser.open(f"/console/audit?code={code}&act=view.contact")
    assert "<h1>审计</h1>" in browser.page
    (row,) = cells(browser.page)
    assert row[1:6] == ["陈桥甲", "查看地点和联系方式", "居民", code, "工作台"]
    browser.open("/console/audit?name=陈桥甲")
    assert {"陈桥甲"} <= {row[1] for row in cells(browser.page)} | {row[3] for row in cells(browser.page)}
    assert all("陈桥甲" in (row[1], row[3]) for row in cells(browser.page))
    browser.open("/console/audit?name=没有这个人")
    assert "没有符合条件的记录" in browser.page


def test_days_are_those_of_the_office(world: World) -> None:
    zone = world.office.calendar.zone
    day = datetime(2020, 5, 4, 0, 30, tzinfo=zone)
    with world.office.db.transaction() as tx:
        for hours in (-1, 0, 24):
            audit.write(tx, day + timedelta(hours=hours), Entry(Act.KEYS, audit.CLI, detail=f"h{hours}"))
    browser = world.at("办事处甲")
    browser.open("/console/audit?since=2020-05-04&until=2020-05-04")
    assert [row[6] for row in cells(browser.page)] == ["h0"]
    browser.open("/console/audit?since=soon&until=2020-05-04&code=12")
    assert "“从哪天”请填一个日期" in browser.page
    assert "单号不对" in browser.page
    assert 'value="soon"' in browser.page


def test_pages_go_on_without_a_row_lost_or_twice(world: World) -> None:
    at = datetime(2020, 1, 1, tzinfo=UTC)
    with world.office.db.transaction() as tx:
        audit.write(tx, at, *(Entry(Act.KEYS, audit.CLI, detail=f"n{number}") for number in range(250)))
    browser, seen, address = world.at("办事处甲"), list[str](), "/console/audit?act=keys"
    for _ in range(3):
        browser.open(address)
        assert len(browser.page.encode()) < 200_000
        seen += [row[6] for row in cells(browser.page)]
        following = re.search(r'href="(/console/audit\?[^"]*after=[^"]*)"', browser.page)
        address = following[1].replace("&amp;", "&") if following else ""
    assert seen == [f"n{number}" for number in reversed(range(250))]
    assert address == ""


def test_the_chain_is_verified_on_the_page(world: World) -> None:
    chaining.extend(world.office)
    browser = world.at("纪检甲")
    browser.open("/console/audit")
    browser.send("/console/audit/verify", act="bind")
    assert "校验通过" in browser.page
    assert all(row[2] == "绑定" for row in cells(browser.page))
    with world.office.db.transaction() as tx:
        for said in _unguarded(tx.dialect):
            tx.run(text(said))
        tx.run(text("UPDATE audit SET detail = 'forged' WHERE number = 3"))
    browser.send("/console/audit/verify")
    assert "校验没有通过" in browser.page
    assert "前 2 条完好" in browser.page


def _unguarded(dialect: str) -> list[str]:
    if dialect == "postgresql":
        return ["ALTER TABLE audit DISABLE TRIGGER audit_append_only"]
    return ["DROP TRIGGER audit_append_only"]


def test_the_export_is_on_record_and_harmless(world: World) -> None:
    at = datetime(2020, 1, 1, tzinfo=UTC)
    with world.office.db.transaction() as tx:
        audit.write(tx, at, *(Entry(Act.API, "api:=1+1", detail="=1+1") for _ in range(600)))
    browser = world.at("办事处甲")
    browser.open("/console/audit")
    answer = browser.send("/console/audit/export", act="api")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.data)).active
    assert sheet is not None
    rows = list(sheet.iter_rows())
    assert len(rows) == 601
    assert rows[1][6].value == "'=1+1"
    assert {cell.data_type for row in rows for cell in row} <= {"s", "n", "inlineStr"}
    browser.open("/console/audit?act=export")
    assert [row[1:3] + row[6:] for row in cells(browser.page)] == [["办事处甲", "导出文件", "审计 600"]]


def test_restricted_matters_show_to_discipline_staff_alone(world: World) -> None:
    world.talk.says("陈桥甲", ACCUSING)
    world.talk.says("陈桥甲", "是")
    found = told_of(world.office, "place_restricted", "纪检甲")
    assert found
    code = found[0]
    world.talk.says("纪检甲", f"受限 {code}")
    discipline, admin = world.at("纪检甲"), world.at("办事处甲")
    discipline.open(f"/console/audit?code={code}")
    assert "查看受限事项" in [row[2] for row in cells(discipline.page)]
    for query in (f"code={code}", "act=view.restricted", "name=陈桥甲&act=view.restricted", ""):
        admin.open(f"/console/audit?{query}")
        assert code not in [row[4] for row in cells(admin.page)]
        assert "查看受限事项" not in [row[2] for row in cells(admin.page)]


@pytest.mark.parametrize("name", ["陈桥甲", "党员一"])
def test_others_have_no_audit(world: World, name: str) -> None:
    browser = world.at(name)
    assert browser.open("/console/audit").status_code == 404
    browser.open("/console/account")
    for address in ("/console/audit/verify", "/console/audit/export"):
        assert browser.send(address).status_code == 404


def test_every_act_has_its_name(world: World) -> None:
    assert [value for value, name in lines.acts(world.office) if value == name] == []


NOBODY = Reader(("a", "b"))
WANTED = {
    "all": Wanted(NOBODY), "an act": Wanted(NOBODY, act="bind"), "a person": Wanted(NOBODY, person_ids=[1, 2]), "an order": Wanted(NOBODY, order_id=1),
    "days": Wanted(NOBODY, since=datetime(2020, 1, 1, tzinfo=UTC), until=datetime(2020, 2, 1, tzinfo=UTC)),
    "the next page": Wanted(NOBODY, act="bind", after=(datetime(2020, 1, 1, tzinfo=UTC), 7)),
}  # fmt: skip


@pytest.mark.parametrize("name", WANTED)
@pytest.mark.parametrize("restricted", [False, True])
def test_the_audit_is_read_by_an_index(world: World, name: str, restricted: bool) -> None:
    with world.office.db.transaction() as tx:
        audit.write(tx, datetime(2020, 1, 1, tzinfo=UTC), *(Entry(Act.KEYS, audit.CLI) for _ in range(500)))
        if tx.dialect == "postgresql":
            tx.run(text("ANALYZE audit"))
            tx.run(text("SET LOCAL enable_seqscan = off"))
        with executed(tx) as said:
            listed.page(tx, replace(WANTED[name], restricted=restricted), 101)
            listed.of_name(tx, "党员一")
        explain = "EXPLAIN " if tx.dialect == "postgresql" else "EXPLAIN QUERY PLAN "
        plans = [tx.connection.exec_driver_sql(explain + query, values).all() for query, values in said[:]]
    plan = "\n".join(str(row[-1]) for rows in plans for row in rows)
    for table in ("audit", "persons", "orders"):
        assert f"Seq Scan on {table}" not in plan, plan
        assert f"SCAN {table}\n" not in plan + "\n", plan
    assert "USE TEMP B-TREE" not in plan or name in ("an order", "a person"), plan
