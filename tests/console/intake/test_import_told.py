"""Many rows of one file are one notice to each person; an urgent one is told singly, and its limit is the office's own."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from bot.store.tables import notices, orders
from tests.console.conftest import World
from tests.console.intake.test_intake_file import GOOD, HEADER, confirmed, excel, uploaded


def test_ordinary_rows_are_one_notice_and_the_urgent_one_is_alarmed(world: World) -> None:
    lamps = [(f"GD-{at}", f"{at}号楼楼道灯坏了", *GOOD[2:]) for at in range(1, 6)]
    gas = ("GD-9", "家里煤气味很重，头晕", *GOOD[2:])
    browser = world.at("陈桥甲")
    confirmed(browser, uploaded(browser, excel(HEADER, *lamps, gas)))
    with world.office.db.reading() as tx:
        found = tx.all(select(notices.c.event, notices.c.person_id, notices.c.facts_sealed).order_by(notices.c.id))
        told = [each for each in found if each.person_id == world.person("陈桥乙")]
        assert sorted(each.event for each in told) == ["place_duty", "place_many"]
        many: Any = next(each for each in told if each.event == "place_many")
        assert "登记了 5 件" in tx.open_facts(many.facts_sealed)["body"]
        assert "place_staff" not in {each.event for each in found}
        urgent = tx.run(select(orders).where(orders.c.urgency == "U0")).one()
    assert urgent.due_at - urgent.created_at == timedelta(minutes=10)
    assert urgent.external_due_at - urgent.created_at > timedelta(days=1)
    browser.open(f"/console/orders/{urgent.code}")
    asked = urgent.external_due_at.astimezone(world.office.calendar.zone)
    assert f"来件要求 {asked.year}年{asked.month}月{asked.day}日 23:59" in browser.page
    assert "来件编号 GD-9" in browser.page


def test_a_caller_without_wechat_is_to_be_called(world: World) -> None:
    browser = world.at("陈桥甲")
    confirmed(browser, uploaded(browser, excel(HEADER, GOOD)))
    with world.office.db.reading() as tx:
        code = tx.value(select(orders.c.code))
    said = world.talk.says("陈桥甲", f"转介 {code} 12345热线")
    assert "已告诉居民" not in said
    assert "请打电话告诉" in said
    browser.open(f"/console/orders/{code}")
    assert "没有微信，请打电话告诉" in browser.page
    assert "等他下次来时告诉" not in browser.page
