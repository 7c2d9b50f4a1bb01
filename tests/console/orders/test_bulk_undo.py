"""A bulk act is taken back as a whole or order by order, as long as it can be, from every page that follows."""

import re
from datetime import UTC, datetime, timedelta

from bot.console import shown
from tests.console.conftest import Browser, World
from tests.console.orders.test_order import row

TOGETHER = re.compile(r"撤销这 (\d+) 件")
EACH = re.compile(r'action="/console/orders/(\d+)/undo"')
ESTATES = ("3号楼", "4号楼", "5号楼")


def dispatched(world: World, number: int = 3) -> tuple[Browser, list[str]]:
    codes = [
        world.placed(f"居民{n}", f"陈桥社区金色春天{ESTATES[n]}灯泡坏了，想请人帮忙换一下，电话1390000123{n}")
        for n in range(number)
    ]
    browser = world.at("陈桥甲")
    browser.open("/console/?view=all")
    browser.send("/console/bulk", code=codes, command="dispatch", person=world.person("党员一"))
    browser.open("/console/?view=all")
    assert {row(world, code).state for code in codes} == {"offered"}
    return browser, codes


def test_a_bulk_act_is_taken_back_as_a_whole(world: World) -> None:
    browser, codes = dispatched(world)
    found = TOGETHER.search(browser.page)
    assert found
    assert found[1] == "3"
    browser.send("/console/bulk", code=codes, command="undo", back="/console/?view=all")
    assert {row(world, code).state for code in codes} == {"submitted"}
    browser.open("/console/?view=all")
    assert not TOGETHER.search(browser.page)
    assert not EACH.search(browser.page)


def test_one_after_the_other_is_taken_back_and_the_others_stay_undoable_on_each_page(world: World) -> None:
    browser, codes = dispatched(world)
    assert set(EACH.findall(browser.page)) == set(codes)
    left = list(codes)
    while left:
        browser.send(f"/console/orders/{left[0]}/undo", back="/console/?view=all")
        left.pop(0)
        for page in ("/console/?view=all", "/console/inbox"):
            browser.open(page)
            assert set(EACH.findall(browser.page)) == set(left)
    assert {row(world, code).state for code in codes} == {"submitted"}


def test_two_acts_one_after_the_other_are_not_taken_back_together(world: World) -> None:
    codes = [world.placed("王阿姨"), world.placed("冯奶奶", "金色春天8号楼1单元301纱窗破了，请人来修，电话13900004321")]
    browser = world.at("陈桥甲")
    browser.open("/console/")
    for code in codes:
        browser.send(f"/console/orders/{code}/publish", back="/console/")
    browser.open("/console/")
    assert not TOGETHER.search(browser.page)
    assert set(EACH.findall(browser.page)) == set(codes)


def test_what_is_over_is_offered_no_more(world: World) -> None:
    browser, codes = dispatched(world, 2)
    with browser.client.session_transaction() as kept:
        kept[shown.UNDOABLE] = [[code, (datetime.now(UTC) - timedelta(seconds=1)).isoformat()] for code in codes]
    browser.open("/console/?view=all")
    assert not TOGETHER.search(browser.page)
    assert not EACH.search(browser.page)
