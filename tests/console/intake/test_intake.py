"""登记: one order by form goes through the same reading as everything that is typed."""

import re

import pytest
from sqlalchemy import func, select

from bot.store.tables import history, orders, persons
from tests.console.conftest import LAMP, Browser, World
from tests.services import everywhere
from tests.services.cast import CODE, told_of
from tests.services.restricted.test_typed_text import MARK, REPORT

PAGE = "/console/intake"
LIFT = "金色春天3号楼电梯坏了，按了没反应"
FORM = re.compile(r'name="form" value="([0-9a-f]+)"')


def entered(browser: Browser, **fields: str) -> str:
    """The code of the order, from the page that answers."""
    browser.open(PAGE)
    once = FORM.search(browser.page)
    assert once
    assert browser.send(PAGE, form=once[1], **fields).status_code == 200
    found = CODE.search(browser.page)
    assert found, browser.page
    return found[1]


def number_of_orders(world: World) -> int:
    with world.office.db.reading() as tx:
        return int(tx.value(select(func.count()).select_from(orders)))


def test_a_walk_in_is_entered_and_the_form_is_empty_again(world: World) -> None:
    browser = world.at("陈桥甲")
    code = entered(
        browser, text="楼道灯坏了，晚上看不见", community="陈桥社区", place="金色春天3号楼2单元501", name="周大娘",
        phone="13900004321", when="周六上午",
    )  # fmt: skip
    assert f'href="/console/orders/{code}"' in browser.page
    assert "楼道灯坏了" not in browser.page
    assert "13900004321" not in browser.page
    assert re.search(r"<textarea name=\"text\"[^>]* autofocus>\s*</textarea>", browser.page)
    with world.office.db.reading() as tx:
        row = tx.first(select(orders).where(orders.c.code == code))
        assert row is not None
        line = tx.first(select(history.c.by, history.c.by_id).where(history.c.order_id == row.id))
        openid = tx.value(select(persons.c.openid).where(persons.c.id == row.person_id))
    assert (row.source, row.community, row.estate, row.wanted_when) == ("staff", "陈桥社区", "金色春天", "周六上午")
    assert line is not None
    assert (line.by, line.by_id, openid) == ("陈桥甲", world.person("陈桥甲"), None)
    browser.open(f"/console/orders/{code}")
    browser.send(f"/console/orders/{code}/contact")
    assert "周大娘 13900004321" in browser.page
    assert "2单元501" in browser.page


def test_the_page_is_in_the_navigation_and_every_field_has_a_label(world: World) -> None:
    browser = world.at("陈桥甲")
    browser.open("/console/")
    assert '<a href="/console/intake">登记</a>' in browser.page
    browser.open(PAGE)
    assert "<h1>登记</h1>" in browser.page
    assert re.search(r"<title>\s*登记", browser.page)
    for name in ("内容", "社区", "地点", "姓名", "电话", "希望时间", "表格文件"):
        assert re.search(rf"<label>{name} <", browser.page), name


def test_staff_choose_among_their_own_communities_and_administrators_among_all(world: World) -> None:
    staff, admin = world.at("陈桥甲"), world.at("办事处甲")
    staff.open(PAGE)
    assert '<option value="陈桥社区" selected>' in staff.page
    assert "兰天社区" not in staff.page
    admin.open(PAGE)
    assert {"陈桥社区", "兰天社区"} <= set(re.findall(r'<option value="([^"]+)">', admin.page))
    code = entered(admin, text=LIFT, community="陈桥社区")
    assert world.at("陈桥乙").open(f"/console/orders/{code}").status_code == 200


def test_another_community_is_404_and_what_the_words_name_is_refused(world: World) -> None:
    browser = world.at("陈桥甲")
    browser.open(PAGE)
    assert browser.send(PAGE, text=LIFT, community="兰天社区").status_code == 404
    browser.open(PAGE)
    answer = browser.send(PAGE, text="兰天社区门口的路灯坏了", community="", name="<b>周</b>")
    assert answer.status_code == 200
    assert "内容里说的是兰天社区" in browser.page
    assert "兰天社区门口的路灯坏了</textarea>" in browser.page
    assert 'value="&lt;b&gt;周&lt;/b&gt;"' in browser.page
    assert number_of_orders(world) == 0


def test_where_nobody_knows_the_community_staff_may_enter_it(world: World) -> None:
    code = entered(world.at("陈桥甲"), text="想找人教老人用手机", community="")
    with world.office.db.reading() as tx:
        assert tx.value(select(orders.c.community).where(orders.c.code == code)) is None


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"text": "  "}, "请写内容"),
        ({"text": "灯坏了", "phone": "打给我儿子"}, "电话“打给我儿子”不对"),
        ({"text": "灯坏了", "place": "楼" * 201}, "地点太长，最多 200 个字"),
        ({"text": "灯" * 5001}, "内容太长，最多 5000 个字"),
    ],
)
def test_bad_input_is_said_beside_its_field_and_nothing_typed_is_lost(
    world: World, fields: dict[str, str], said: str
) -> None:
    browser = world.at("陈桥甲")
    browser.open(PAGE)
    assert browser.send(PAGE, **fields, name="周大娘").status_code == 200
    assert said in browser.page
    assert 'value="周大娘"' in browser.page
    assert number_of_orders(world) == 0


def test_danger_says_whom_to_call_first_and_alerts_whoever_is_on_duty(world: World) -> None:
    browser = world.at("陈桥甲")
    entered(browser, text="金色春天3号楼着火了，烟很大", community="陈桥社区")
    assert re.search(r'role="alert"><p>[^<]*119', browser.page)
    assert "陈桥乙" in told_of(world.office, "place_duty")


def test_danger_elsewhere_is_taken_from_everybody(world: World) -> None:
    browser = world.at("陈桥甲")
    code = entered(browser, text="兰天社区门口着火了，烟很大", community="")
    assert "119" in browser.page
    assert f"/console/orders/{code}" not in browser.page
    assert "兰天甲" in told_of(world.office, "place_duty")


def test_a_restricted_matter_shows_its_receipt_and_nothing_else(world: World) -> None:
    browser = world.at("陈桥甲")
    code = entered(browser, text=f"{REPORT}{MARK}", community="陈桥社区", name="周大娘", phone="13900004321")
    assert MARK not in browser.page
    assert f"/console/orders/{code}" not in browser.page
    assert browser.open(f"/console/orders/{code}").status_code == 404
    for name in ("陈桥甲", "陈桥乙", "办事处甲"):
        assert MARK not in everywhere.heard(world.talk, name)
    with world.office.db.reading() as tx:
        row = tx.first(select(orders.c.lane, orders.c.id, orders.c.text).where(orders.c.code == code))
        assert row is not None
        by = tx.all(select(history.c.by_id).where(history.c.order_id == row.id))
    assert (row.lane, row.text, [line.by_id for line in by]) == ("restricted", "", [None])


def test_a_look_alike_of_others_is_shown_with_a_link_to_compare(world: World) -> None:
    first = world.placed("王阿姨", f"陈桥社区{LIFT}")
    browser = world.at("陈桥甲")
    code = entered(browser, text="电梯坏了，按了没反应", community="陈桥社区", place="金色春天3号楼")
    assert f"可能与 {first} 是同一件事" in browser.page
    assert f'href="/console/orders/{code}?with={first}"' in browser.page
    assert browser.open(f"/console/orders/{code}?with={first}").status_code == 200


def test_the_same_form_sent_twice_is_one_order_and_changed_words_are_another(world: World) -> None:
    browser = world.at("陈桥甲")
    browser.open(PAGE)
    for text in ("楼道灯坏了", "楼道灯坏了", "楼道灯又坏了"):
        assert browser.send(PAGE, form="abc", text=text, community="陈桥社区").status_code == 200
    assert number_of_orders(world) == 2


def test_other_roles_see_no_such_page_and_a_form_without_its_token_is_refused(world: World) -> None:
    for name in ("党员一", "纪检甲"):
        browser = world.at(name)
        assert browser.open(PAGE).status_code == 404
        assert browser.open(f"{PAGE}/template").status_code == 404
    staff = world.at("陈桥甲")
    assert staff.client.post(PAGE, data={"text": LAMP}).status_code == 400
    assert world.nobody().open(PAGE).status_code == 303
    assert number_of_orders(world) == 0


def test_what_a_resident_says_is_never_markup(world: World) -> None:
    browser = world.at("陈桥甲")
    code = entered(browser, text="<script>alert(1)</script>楼道灯坏了", community="陈桥社区", place="<b>3号楼</b>")
    browser.open(f"/console/orders/{code}")
    assert "<script>alert" not in browser.page
    assert "&lt;script&gt;alert(1)" in browser.page


def test_a_danger_is_taken_also_where_a_field_is_wrong(world: World) -> None:
    browser = world.at("陈桥甲")
    browser.open(PAGE)
    once = FORM.search(browser.page)
    assert once
    words = "居民家里煤气泄漏，人晕倒了，快来救人"
    browser.send(PAGE, form=once[1], text=words, community="陈桥社区", phone="打不通")
    with world.office.db.reading() as tx:
        (taken,) = tx.all(select(orders.c.code, orders.c.urgency))
    assert taken.urgency == "U0"
    assert re.search(rf'role="alert"><p>[^<]*{taken.code}', browser.page)
    assert words in browser.page
    assert "打不通" in browser.page


def test_a_wrong_field_of_an_ordinary_matter_takes_nothing_in(world: World) -> None:
    browser = world.at("陈桥甲")
    browser.open(PAGE)
    once = FORM.search(browser.page)
    assert once
    browser.send(PAGE, form=once[1], text=LIFT, community="陈桥社区", phone="打不通")
    assert number_of_orders(world) == 0
    assert LIFT in browser.page
