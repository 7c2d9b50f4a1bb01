"""党员卡 and 服务时长: what a member says of oneself, who reads it, and which hours count."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from bot.errors import NotFound
from bot.orders.rights import Rights
from bot.services import member_cards
from bot.services.console.seat import Seat
from bot.services.deletion import operator, proof
from bot.services.h5 import helping
from bot.store.persons import member_cards as store
from bot.store.persons import people
from bot.store.tables import orders
from tests.databases import SQLITE
from tests.h5.conftest import World
from tests.talk import openid

PROMISE, POST = "随叫随到，不收一分钱", "水电维修"


def in_hand(world: World) -> str:
    code = world.given()
    world.talk.says("党员一", "接单")
    return code


def writes(world: World, **fields: str) -> None:
    browser = world.at("党员一")
    browser.open("/h5/card")
    assert (
        browser.send("/h5/card", **{name.replace("_", "-"): said for name, said in fields.items()}).status_code == 303
    )


def card_in(world: World, code: str, who: str = "王阿姨") -> str:
    browser = world.at(who)
    browser.open(f"/h5/orders/{code}")
    return browser.page


def test_a_resident_reads_what_is_open_while_the_order_is_at_hand_and_nothing_else(world: World) -> None:
    code = world.given()
    writes(world, text_promise=PROMISE, open_promise="1", text_post=POST)
    assert PROMISE not in card_in(world, code)  # only invited
    world.talk.says("党员一", "接单")
    page = card_in(world, code)
    assert "亮承诺" in page
    assert PROMISE in page
    assert POST not in page
    assert "亮岗位" not in page
    other = world.placed("李大爷", "陈桥社区5号楼水管漏水")
    assert PROMISE not in card_in(world, other, "李大爷")
    world.talk.says("党员一", f"完成 {code} 换好了")
    assert PROMISE in card_in(world, code)
    world.talk.says("王阿姨", "满意")
    assert PROMISE not in card_in(world, code)


@SQLITE
def test_the_member_closes_a_field_and_empties_the_card(world: World) -> None:
    code = in_hand(world)
    writes(world, text_promise=PROMISE, open_promise="1")
    writes(world, text_promise=PROMISE)
    assert PROMISE not in card_in(world, code)
    writes(world)
    with world.office.db.reading() as tx:
        assert store.of(tx, world.person("党员一")) == {}


@SQLITE
@pytest.mark.parametrize("text", ["电话13900001234", "王书记收了物业的红包", "随" * 61])
def test_what_may_not_stand_there_is_shown_again_and_not_kept(world: World, text: str) -> None:
    browser = world.at("党员一")
    browser.open("/h5/card")
    assert browser.send("/h5/card", **{"text-deeds": text}).status_code == 400
    assert "这次没有保存" in browser.page
    assert text in browser.page
    with world.office.db.reading() as tx:
        assert store.of(tx, world.person("党员一")) == {}


@pytest.mark.parametrize("who", ["王阿姨", "陈桥甲", "办事处甲"])
def test_only_a_member_has_a_card(world: World, who: str) -> None:
    assert world.at(who).open("/h5/card").status_code == 404


def administrator(world: World, name: str = "办事处甲") -> Seat:
    person = world.person(name)
    with world.office.db.reading() as tx:
        rights: Rights = people.rights_of(tx, person)
    return Seat(person, name, rights)


@SQLITE
def test_an_administrator_puts_words_right_and_the_member_opens_them_again(world: World) -> None:
    code, member, now = in_hand(world), world.person("党员一"), datetime.now(UTC)
    writes(world, text_promise=PROMISE, open_promise="1", text_post=POST, open_post="1")
    member_cards.put_right(world.office, administrator(world), member, {"promise": "随叫随到", "post": POST}, now)
    page = card_in(world, code)
    assert "随叫随到" not in page
    assert POST in page
    with pytest.raises(NotFound):
        member_cards.put_right(world.office, administrator(world, "陈桥甲"), member, {"promise": "x"}, now)


@SQLITE
def test_whoever_leaves_the_roster_or_is_deleted_leaves_no_card(world: World) -> None:
    writes(world, text_promise=PROMISE, open_promise="1")
    member = world.person("党员一")
    with world.office.db.transaction() as tx:
        store.put(tx, world.person("陈桥甲"), "promise", store.Field("x", True), datetime.now(UTC))
        store.drop_of_leavers(tx)
        assert store.of(tx, world.person("陈桥甲")) == {}
        assert store.of(tx, member)
    operator.delete(world.office, openid("党员一"), datetime.now(UTC))
    assert all(line.is_clean for line in proof.prove(world.office, openid("党员一"), datetime.now(UTC)))
    with world.office.db.reading() as tx:
        assert store.of(tx, member) == {}


def record(world: World) -> helping.Record:
    member = world.person("党员一")
    with world.office.db.reading() as tx:
        seat = Seat(member, "党员一", people.rights_of(tx, member))
    return helping.record(world.office, seat, datetime.now(UTC))


def test_hours_count_once_the_resident_has_confirmed_them(world: World) -> None:
    code = in_hand(world)
    member = world.at("党员一")
    member.open(f"/h5/orders/{code}")
    assert "用了多长时间" in member.page
    member.send(f"/h5/orders/{code}/finish", words="换好了", hours="1.5")
    assert record(world).minutes == 0
    assert "用时1.5小时" in card_in(world, code)  # the other side reads what it confirms
    world.talk.says("王阿姨", "评价 5 谢谢小伙子")
    found = record(world)
    assert (found.minutes, found.thanked) == (90, 1)
    member.open("/h5/record")
    assert "服务时长共 1.5 小时" in member.page
    member.send("/h5/duty", command="rest", back="record")
    assert member.open("/h5/record").status_code == 200
    assert "您现在休息" in member.page


@SQLITE
def test_hours_said_in_the_chat_count_and_those_nobody_confirmed_do_not(world: World) -> None:
    code = in_hand(world)
    world.talk.says("党员一", f"完成 {code} 换好了，忙了一个半小时")
    with world.office.db.reading() as tx:
        assert tx.value(select(orders.c.served_minutes).where(orders.c.code == code)) == 90
    world.talk.says("王阿姨", "不满意 还是不亮")
    assert record(world).minutes == 0
    world.talk.says("党员一", f"完成 {code} 又换了一个")
    world.talk.says("王阿姨", "满意")
    assert record(world).minutes == 0  # nothing was said of the time that was confirmed
