"""Imported orders are found by place and number; what looks wrong in a row is said before it is taken in."""

from sqlalchemy import func, select

from bot.store.tables import orders
from tests.console.conftest import World
from tests.console.intake.test_intake_file import GOOD, HEADER, comma, confirmed, excel, shown, uploaded
from tests.console.orders.test_order import acts

FAR = ("GD-7", "楼道灯坏了", "陈桥社区", "火星路99号", "李四", "12345", "")
FORMULA = ("GD-8", "=SUM(1,2)", "陈桥社区", "", "", "", "")
DOOR = ("HL202600017", "单元门关不上", "陈桥社区", "金色春天8号楼", "周大娘", "13900004321", "")


def test_a_place_and_the_other_systems_number_are_found(world: World) -> None:
    browser = world.at("陈桥甲")
    confirmed(browser, uploaded(browser, excel(HEADER, DOOR, GOOD)))
    with world.office.db.reading() as tx:
        code = str(tx.value(select(orders.c.code).where(orders.c.external_id == "12345\nHL202600017")))
        other = str(tx.value(select(orders.c.code).where(orders.c.code != code)))
    for words in ("金色春天8号楼", "HL202600017"):
        for page in ("/console/?view=all&q=", "/console/find?q="):
            browser.open(f"{page}{words}")
            assert code in browser.page, (page, words)
            assert other not in browser.page, (page, words)
    for words in ("HL20260001", "13900004321", "周大娘"):  # only a part, and what is nobody's to search
        browser.open(f"/console/?view=all&q={words}")
        assert code not in browser.page, words
    browser.open("/console/find?q=13900004321")  # whoever may see the contact finds it by the whole number, on record
    assert code in browser.page
    assert acts(world, "view.contact") == 2
    assert code not in world.at("兰天甲").open("/console/find?q=13900004321").get_data(as_text=True)
    assert acts(world, "view.contact") == 2
    assert code not in world.at("兰天甲").open("/console/?view=all&q=HL202600017").get_data(as_text=True)


def test_what_looks_wrong_is_said_and_taken_in(world: World) -> None:
    browser = world.at("陈桥甲")
    address = uploaded(browser, comma(HEADER, FAR, FORMULA), "工单.csv")
    seen = shown(browser)
    assert "恐怕打不通" in seen[2]
    assert "火星路99号" in seen[2]
    assert "不在地名表里" in seen[2]
    assert "像是表格公式" in seen[3]
    confirmed(browser, address)
    browser.open("/console/?view=all")
    assert "火星路99号" in browser.page


def test_a_likely_duplicate_may_be_left_out(world: World) -> None:
    world.placed(text="金色春天3号楼2单元楼道灯坏了，晚上看不见，电话13900001234")
    browser = world.at("陈桥甲")
    address = uploaded(browser, excel(HEADER, GOOD))
    assert 'form="confirm" name="leave" value="2"' in browser.page
    stamp = browser.page.partition('name="stamp" value="')[2].partition('"')[0]
    browser.send(address, stamp=stamp, leave="2")
    with world.office.db.reading() as tx:
        assert tx.value(select(func.count()).select_from(orders)) == 1
