"""Pages stay small and usable with a roster that offices have."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import insert

from bot.services.broadcasts.drafts import approving
from bot.store.persons.people import NEW_PERSON
from bot.store.tables import persons, roles
from tests.console.conftest import World
from tests.console.orders.test_order import row
from tests.console.test_broadcasts import HERE, handed_over

MOST_BYTES = 200 * 1024
PEOPLE = re.compile(r'name="person" value="(\d+)"')


def enrolled(world: World, number: int, branch: str = "大支部") -> None:
    with world.office.db.transaction() as tx:
        for n in range(number):
            values = {**NEW_PERSON, "name": f"民兵{n:04}", "created_at": datetime.now(UTC)}
            key = tx.run(insert(persons).values(**values)).inserted_primary_key
            assert key is not None
            tx.run(
                insert(roles).values(person_id=key[0], role="member", community="陈桥社区", branch=branch, skills=[])
            )


@pytest.fixture
def many(world: World) -> World:
    enrolled(world, 700)
    return world


def test_the_board_takes_a_name_in_place_of_a_list_of_everybody(many: World) -> None:
    code = many.placed()
    browser = many.at("陈桥甲")
    browser.open("/console/")
    assert len(browser.page.encode()) < MOST_BYTES / 2
    assert "民兵0001" not in browser.page
    for name, why in (("没有的人", "名册里没有“没有的人”"), ("民兵", "名册里没有“民兵”")):
        browser.send("/console/bulk", code=code, command="dispatch", person=name)
        assert why in browser.page
        assert row(many, code).state == "submitted"
    browser.send("/console/bulk", code=code, command="dispatch", person=" 党员一 ")
    assert row(many, code).state == "offered"
    browser.open("/console/?view=all&handler=民兵0001")
    assert f'data-code="{code}"' not in browser.page
    assert 'value="民兵0001"' in browser.page


def test_two_people_of_one_name_are_told_apart_on_the_order_s_page(many: World) -> None:
    code = many.placed()
    enrolled(many, 1)
    browser = many.at("陈桥甲")
    browser.open("/console/")
    browser.send("/console/bulk", code=code, command="dispatch", person="民兵0000")
    assert "有 2 个人叫“民兵0000”" in browser.page
    assert row(many, code).state == "submitted"


def test_a_large_meeting_lists_its_people_in_parts_and_finds_them_by_name(many: World) -> None:
    at = (datetime.now(many.office.calendar.zone) + timedelta(hours=2)).strftime("%Y-%m-%dT%H:%M")
    number = handed_over(many, kind="meeting", title="主题党日", at=at, place="二楼会议室", names="", branch="大支部")
    approving.approve(many.office, number, many.person("纪检甲"), datetime.now(UTC))
    browser = many.at("陈桥甲")
    address = f"{HERE}/{number}"
    browser.open(address)
    assert len(browser.page.encode()) < MOST_BYTES / 2
    first = PEOPLE.findall(browser.page)
    assert len(first) == 100
    browser.open(f"{address}?at=100")
    assert not set(first) & set(PEOPLE.findall(browser.page))
    browser.open(f"{address}?who=民兵0650")
    assert PEOPLE.findall(browser.page) == [str(many.person("民兵0650"))]
    assert browser.send(f"{address}/code", person=many.person("民兵0650")).status_code == 303
    browser.open(f"{address}?who=民兵0650")
    assert PEOPLE.findall(browser.page) == []
    assert "已签到 1 人" in browser.page
