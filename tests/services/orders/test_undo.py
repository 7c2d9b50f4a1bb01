"""撤销: the order is as it was before, whoever was told is told, and nothing is taken back once somebody has acted."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from bot.services.office import Office
from bot.store.tables import history, notices, offers, orders, persons
from tests.databases import FEW_ON_POSTGRESQL
from tests.services import cast
from tests.services.cast import CODE, told_of
from tests.talk import Talk

pytestmark = FEW_ON_POSTGRESQL

MEMBERS = """党员,党员一,13800000111,陈桥社区,网格01,第一支部,水电
党员,党员二,13800000112,陈桥社区,网格02,第一支部,
"""
LAMP = "金色春天3号楼2单元501灯泡坏了，想请人帮忙换一下，电话13900001234"
CHANGES = ("version", "updated_at")  # of every change


@pytest.fixture
def talk(office: Office, tmp_path: Path) -> Talk:
    return cast.enter(office, tmp_path, MEMBERS)


def placed(talk: Talk, who: str = "王阿姨", text: str = LAMP) -> str:
    found = CODE.search(talk.says(who, text))
    assert found
    return found[1]


def row(talk: Talk, code: str) -> dict[str, Any]:
    with talk.office.db.reading() as tx:
        found = tx.run(select(orders).where(orders.c.code == code)).one()
    return {name: value for name, value in found._asdict().items() if name not in CHANGES}


def deliver_all(talk: Talk) -> None:
    """Everything that waits has reached its person."""
    with talk.office.db.transaction() as tx:
        tx.run(update(notices).where(notices.c.state == "pending").values(state="sent"))


def number_of(talk: Talk, event_part: str) -> int:
    with talk.office.db.reading() as tx:
        return len(tx.all(select(notices.c.id).where(notices.c.event.contains(event_part))))


@pytest.mark.parametrize(
    "command",
    ["派单 {} 党员一", "派单 {} 陈桥乙", "公开 {}", "转介 {} 12345热线", "不予受理 {} 不归社区管", "答复 {} 明天来换", "解释办结 {} 明天来换", "未能办成 {} 没有灯泡"],
)  # fmt: skip
@pytest.mark.parametrize("before", ["", "派单 {} 党员二", "公开 {}", "追问 {} 几单元？"])
def test_the_order_is_as_it_was_before(talk: Talk, command: str, before: str) -> None:
    code = placed(talk)
    if before:
        talk.says("陈桥乙", before.format(code))
    talk.wait(minutes=20)
    was = row(talk, code)
    talk.says("陈桥甲", command.format(code))
    if row(talk, code)["state"] == was["state"] == "open":
        return  # published already: that was refused
    assert row(talk, code) != was
    talk.wait(minutes=5)
    assert "已撤销" in talk.says("陈桥甲", "撤销")
    assert row(talk, code) == was


def test_a_merge_is_taken_back(talk: Talk) -> None:
    one, other = placed(talk, text="金色春天3号楼楼道灯不亮"), placed(talk, "李大爷", "金色春天3号楼楼道灯坏了")
    was = row(talk, other)
    assert "已并入" in talk.says("陈桥甲", f"合并 {other} {one}")
    assert "已撤销" in talk.says("陈桥甲", f"撤销 {other}")
    assert row(talk, other) == was
    assert row(talk, one)["state"] == "submitted"


def test_who_worked_on_it_works_on_it_again(talk: Talk) -> None:
    code = placed(talk)
    talk.says("陈桥甲", f"派单 {code} 党员一")
    talk.says("党员一", "接单")
    was = row(talk, code)
    deliver_all(talk)
    talk.says("陈桥甲", f"转介 {code} 物业")
    deliver_all(talk)
    assert "2 人" in talk.says("陈桥甲", "撤销")
    assert row(talk, code) == was
    assert told_of(talk.office, "undo_former") == ["党员一"]
    assert number_of(talk, "undo_resident") == 1
    assert code in talk.says("党员一", "我的单")
    assert "报告办好" in talk.says("党员一", "完成 换好了")


def test_an_invitation_that_was_replaced_is_open_again(talk: Talk) -> None:
    code = placed(talk)
    talk.says("陈桥甲", f"派单 {code} 党员一")
    talk.says("陈桥甲", f"派单 {code} 党员二")
    talk.says("陈桥甲", "撤销")
    with talk.office.db.reading() as tx:
        pending = tx.all(
            select(persons.c.name).join(offers, offers.c.person_id == persons.c.id).where(offers.c.state == "pending")
        )
    assert [each.name for each in pending] == ["党员一"]
    assert "接单成功" not in talk.says("党员二", f"接单 {code}")
    assert "接单成功" in talk.says("党员一", f"接单 {code}")


def test_a_notice_that_was_not_sent_is_withdrawn_and_nobody_is_told(talk: Talk) -> None:
    code = placed(talk)
    deliver_all(talk)
    talk.says("陈桥甲", f"派单 {code} 陈桥乙")
    assert "还没有人收到" in talk.says("陈桥甲", "撤销")
    with talk.office.db.reading() as tx:
        written = tx.all(
            select(notices.c.event, notices.c.state, notices.c.reason).where(notices.c.event.contains("assign"))
        )
    assert {(each.state, each.reason) for each in written} == {("failed", "withdrawn")}
    assert number_of(talk, "undo_") == 0


def test_whoever_was_told_is_told_once_and_nobody_else(talk: Talk) -> None:
    code = placed(talk)
    talk.says("陈桥甲", f"派单 {code} 陈桥乙")
    deliver_all(talk)
    talk.says("陈桥甲", "撤销")
    assert told_of(talk.office, "undo_handler") == ["陈桥乙"]
    assert number_of(talk, "undo_") == 2  # and the resident


@pytest.mark.parametrize(
    ("done", "who", "acts"),
    [
        ("派单 {} 党员一", "党员一", "接单 {}"),
        ("派单 {} 党员一", "党员一", "婉拒 {}"),
        ("公开 {}", "党员二", "接单 {}"),
        ("派单 {} 陈桥乙", "陈桥乙", "完成 {} 好了"),
        ("派单 {} 陈桥乙", "陈桥乙", "催办 {}"),
        ("答复 {} 明天来换", "王阿姨", "不满意 {} 没来"),
        ("派单 {} 党员一", "王阿姨", "撤回 {}"),
        ("派单 {} 党员一", "陈桥乙", "派单 {} 党员二"),
    ],
)
def test_once_somebody_has_acted_nothing_is_taken_back(talk: Talk, done: str, who: str, acts: str) -> None:
    code = placed(talk)
    talk.says("陈桥甲", done.format(code))
    deliver_all(talk)
    talk.says(who, acts.format(code))
    was, told = row(talk, code), number_of(talk, "")
    assert "不能撤销" in talk.says("陈桥甲", "撤销")
    assert row(talk, code) == was
    assert number_of(talk, "") == told


def test_a_resident_who_adds_words_has_not_acted(talk: Talk) -> None:
    code = placed(talk)
    talk.says("陈桥甲", f"派单 {code} 党员一")
    talk.says("王阿姨", f"补充 {code} 门口有狗")
    assert "待受理" in talk.says("陈桥甲", "撤销")
    assert row(talk, code)["state"] == "submitted"


def test_only_ones_own_last_action_is_taken_back_and_only_once(talk: Talk) -> None:
    one, other = placed(talk), placed(talk, "李大爷", "想请人教我用手机，金色春天2号楼")
    talk.says("陈桥甲", f"派单 {one} 党员一")
    talk.says("陈桥乙", f"派单 {other} 党员二")
    assert "没有可以撤销" in talk.says("兰天甲", "撤销")
    assert "没有可以撤销" in talk.says("陈桥甲", f"撤销 {other}")
    assert one in talk.says("陈桥甲", "撤销")
    assert "没有可以撤销" in talk.says("陈桥甲", "撤销")
    assert (row(talk, one)["state"], row(talk, other)["state"]) == ("submitted", "offered")


def test_an_own_matter_is_not_withdrawn_by_the_word_alone(talk: Talk) -> None:
    code = placed(talk, "陈桥甲", "我家灯泡坏了，金色春天9号楼1单元101，想请人帮忙换一下")
    assert "没有可以撤销" in talk.says("陈桥甲", "撤销")
    assert row(talk, code)["state"] == "submitted"
    assert "已撤回" in talk.says("陈桥甲", f"撤销 {code}")


def test_for_residents_it_stays_a_word_of_withdrawing(talk: Talk) -> None:
    code = placed(talk)
    assert "已撤回" in talk.says("王阿姨", "撤销")
    assert row(talk, code)["outcome"] == "withdrawn"


def test_a_batch_is_taken_back_as_one_each_order_with_its_own_result(talk: Talk) -> None:
    codes = [
        placed(talk, who, f"金色春天{n}号楼1单元101灯泡坏了，想请人帮忙换一下")
        for n, who in enumerate(["甲大爷", "乙大爷", "丙大爷"], 1)
    ]
    talk.says("陈桥甲", f"派单 {' '.join(codes)} 陈桥乙")
    talk.says("陈桥乙", f"退单 {codes[1]} 没空")
    said = talk.says("陈桥甲", "撤销").splitlines()
    assert ["已撤销" in each for each in said] == [True, False, True]
    assert [row(talk, code)["state"] for code in codes] == ["submitted"] * 3


def test_what_the_discipline_staff_closed_is_taken_back_without_a_word_of_it(talk: Talk) -> None:
    reply = talk.says("王阿姨", "我要举报陈桥社区的王书记收红包")
    found = CODE.search(reply)
    assert found
    talk.says("纪检甲", f"解释办结 {found[1]} 已核实")
    deliver_all(talk)
    assert "已撤销" in talk.says("纪检甲", "撤销")
    assert row(talk, found[1])["state"] == "submitted"
    with talk.office.db.reading() as tx:
        told = tx.run(select(notices).where(notices.c.event == "undo_resident")).one()
        line = tx.run(select(history).where(history.c.action == "undo")).one()
        assert tx.open_facts(told.facts_sealed)["body"] == ""
    assert line.note is None
