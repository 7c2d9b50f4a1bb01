"""Answers to numbered questions, whole: from the message to what it changed."""

from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.services.office import Office
from bot.store.tables import orders
from tests.services.cast import CODE, enter
from tests.talk import Talk

MEMBERS = "党员,王强,13800000111,陈桥社区,,,\n党员,李梅,13800000112,陈桥社区,,,\n"


@pytest.fixture
def talk(office: Office, tmp_path: Path) -> Talk:
    return enter(office, tmp_path, MEMBERS)


def code_of(reply: str) -> str:
    found = CODE.search(reply)
    assert found
    return found[1]


@pytest.mark.parametrize("answer", ["1.", "1、", "1️⃣", "一", "第1个", "①", "³", "派单 CODE ②"])
def test_whoever_is_named_by_the_number_is_invited(talk: Talk, answer: str) -> None:
    code = code_of(talk.says("居民", "陈桥社区金色春天3栋201帮老人换个灯泡"))
    offered = talk.says("陈桥甲", f"派单 {code}")
    assert "1." in offered
    reply = talk.says("陈桥甲", answer.replace("CODE", code))
    assert "已邀请" in reply or "请回复" in reply
    assert "系统出了" not in reply
    if "³" not in answer:
        assert "已邀请" in reply


@pytest.mark.parametrize("answer", ["3.", "3、", "3️⃣", "三", "第3个", "3 陈桥社区", "陈桥社区"])
def test_the_community_is_set_by_its_number_in_any_form_and_no_second_order_is_made(
    office: Office, talk: Talk, answer: str
) -> None:
    asked = talk.says("居民", "门口路灯坏了")
    assert "3 陈桥社区" in asked
    talk.says("居民", answer)
    with office.db.reading() as tx:
        assert tx.value(select(func.count()).select_from(orders)) == 1
        assert tx.value(select(orders.c.community)) == "陈桥社区"


def test_a_matter_of_the_office_is_not_opened_but_a_member_whom_staff_name_is_invited(talk: Talk) -> None:
    code = code_of(talk.says("居民", "陈桥社区金色春天3栋门口路灯坏了"))
    refused = talk.says("陈桥甲", f"公开 {code}")
    assert "办理" in refused
    assert "不公开" in refused
    assert "平时由" in talk.says("陈桥甲", f"派单 {code} 王强")


def test_what_is_dangerous_goes_to_no_volunteer_even_by_name(talk: Talk) -> None:
    code = code_of(talk.says("居民", "陈桥社区金色春天3栋电梯老是卡住"))
    assert "不派给志愿党员" in talk.says("陈桥甲", f"派单 {code} 王强")
