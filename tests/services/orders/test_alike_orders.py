"""Matters told before, by the same resident or by others, and several told at once."""

from pathlib import Path

import pytest
from sqlalchemy import Row, func, select

from bot.services import intake
from bot.services.intake import Matter
from bot.services.office import Office
from bot.store.tables import history, orders
from bot.store.tables import notices as notices_table
from tests.rosters import import_roster
from tests.talk import NOON, Talk

CAST = """角色,姓名,手机号,社区,网格,支部,技能
社区工作者,陈桥甲,13800000101,陈桥社区,,,
社区工作者,兰天甲,13800000103,兰天社区,,,
"""
FIRST = "陈桥社区金色春天门口的井盖丢了"
AGAIN = "陈桥社区金色春天门口井盖不见了"


@pytest.fixture
def talk(office: Office, tmp_path: Path) -> Talk:
    file = tmp_path / "cast.csv"
    file.write_text(CAST, "utf-8")
    import_roster(office, file, NOON)
    talk = Talk(office)
    for name, phone in (("陈桥甲", "13800000101"), ("兰天甲", "13800000103")):
        talk.bind(name, phone)
    return talk


def all_orders(talk: Talk) -> list[Row[tuple[object, ...]]]:
    with talk.office.db.reading() as tx:
        return list(tx.all(select(orders).order_by(orders.c.id)))


def told(talk: Talk, event: str) -> list[str]:
    """What staff were told, in the words of the notice."""
    with talk.office.db.reading() as tx:
        rows = tx.all(select(notices_table).where(notices_table.c.event == event).order_by(notices_table.c.id))
        facts = [tx.open_facts(row.facts_sealed) for row in rows]
    return [talk.office.say(f"notice.{event}", **each) for each in facts]


def test_staff_read_in_the_notice_which_earlier_order_it_may_be(talk: Talk) -> None:
    talk.says("李大爷", FIRST)
    talk.says("赵大姐", AGAIN)
    first, second = all_orders(talk)
    assert second.alike_id == first.id
    last = told(talk, "place_staff")[-1]
    assert f"可能与单号 {first.code} 是同一件事" in last
    assert f"合并 {second.code}" in last


def test_the_resident_reads_nothing_of_the_other_one(talk: Talk) -> None:
    talk.says("李大爷", FIRST)
    code = all_orders(talk)[0].code
    assert code not in talk.says("赵大姐", AGAIN)


def test_a_matter_from_the_hotline_is_compared_too(talk: Talk) -> None:
    talk.says("李大爷", FIRST)
    matter = Matter(AGAIN, "陈桥社区", None, "王某", "13800001111", "hot-1", None, "hotline")
    intake.take(talk.office, matter, talk.now)
    first, second = all_orders(talk)
    assert second.alike_id == first.id


@pytest.mark.parametrize(
    "other",
    [
        "兰天社区佛教巷的井盖丢了",
        "陈桥社区金色春天路灯不亮",
        "陈桥社区金色春天的电梯坏了",
        "想请人教我用手机，我在陈桥社区",
    ],
)
def test_another_place_or_another_thing_is_not_offered(talk: Talk, other: str) -> None:
    talk.says("李大爷", FIRST)
    talk.says("赵大姐", other)
    assert all_orders(talk)[1].alike_id is None


def test_what_is_closed_or_old_is_not_offered(talk: Talk) -> None:
    talk.says("李大爷", FIRST)
    talk.says("李大爷", "撤回")
    talk.says("赵大姐", AGAIN)
    assert all_orders(talk)[1].alike_id is None
    talk.wait(days=31)
    talk.says("孙阿姨", AGAIN)
    assert all_orders(talk)[2].alike_id is None


def test_an_offer_goes_on_to_what_the_earlier_one_was_merged_into(talk: Talk) -> None:
    for who, words in (("李大爷", FIRST), ("赵大姐", AGAIN), ("孙阿姨", AGAIN)):
        talk.says(who, words)
    first, second, third = all_orders(talk)
    talk.says("陈桥甲", f"合并 {second.code} {first.code}")
    assert f"已并入 {first.code}" in talk.says("陈桥甲", f"合并 {third.code}")


def test_only_staff_of_the_community_can_merge(talk: Talk) -> None:
    talk.says("李大爷", FIRST)
    talk.says("赵大姐", AGAIN)
    second = all_orders(talk)[1]
    assert "没有找到" in talk.says("兰天甲", f"合并 {second.code}")
    assert "没有提示为同一件事的单" in talk.says("兰天甲", "合并")
    assert all_orders(talk)[1].state == "submitted"


def test_a_matter_told_again_makes_no_order_and_loses_no_word(talk: Talk) -> None:
    talk.says("李大爷", FIRST)
    talk.wait(days=2)
    reply = talk.says("李大爷", "金色春天门口那个井盖丢了好几天了还没人管")
    (order,) = all_orders(talk)
    assert "这件事您说过" in reply
    assert order.code in reply
    with talk.office.db.reading() as tx:
        notes = [row.note for row in tx.all(select(history).where(history.c.order_id == order.id))]
    assert any(note and "好几天" in note for note in notes)
    assert any("好几天" in line for line in told(talk, "append_staff"))


def test_after_it_was_closed_the_same_fault_is_a_new_order(talk: Talk) -> None:
    talk.says("李大爷", FIRST)
    talk.says("李大爷", "撤回")
    talk.wait(days=2)
    assert "收到了：" in talk.says("李大爷", FIRST)
    assert len(all_orders(talk)) == 2


def test_a_danger_is_always_a_new_alarm(talk: Talk) -> None:
    talk.says("李大爷", "金色春天3号楼着火了")
    talk.wait(hours=2)
    assert "119" in talk.says("李大爷", "金色春天3号楼着火了")
    assert len(all_orders(talk)) == 2


def test_each_of_several_requests_reaches_staff(talk: Talk) -> None:
    talk.says("李大爷", "金色春天3号楼2单元的电梯坏了，还有小区门口的垃圾没人清运")
    lift, rubbish = all_orders(talk)
    lines = told(talk, "place_staff")
    assert [code in lines[at] for at, code in enumerate((lift.code, rubbish.code))] == [True, True]
    assert "垃圾" not in lift.text
    assert "电梯" not in rubbish.text


def test_an_undone_split_keeps_every_word_in_one_order_and_tells_staff(talk: Talk) -> None:
    words = "金色春天3号楼2单元的电梯坏了，还有小区门口的垃圾没人清运"
    talk.says("李大爷", words)
    talk.says("李大爷", "一件事")
    lift, rubbish = all_orders(talk)
    assert lift.text == words
    assert (rubbish.state, rubbish.outcome, rubbish.merged_into_id) == ("closed", "merged", lift.id)
    assert rubbish.code in told(talk, "join_staff")[0]


def test_a_split_cannot_be_undone_the_next_day(talk: Talk) -> None:
    talk.says("李大爷", "金色春天3号楼2单元的电梯坏了，还有小区门口的垃圾没人清运")
    talk.wait(days=1)
    assert "没有分开的事" in talk.says("李大爷", "一件事")
    assert [order.state for order in all_orders(talk)] == ["submitted", "submitted"]


def test_several_requests_sent_twice_by_the_platform_are_placed_once(talk: Talk) -> None:
    words = "金色春天3号楼2单元的电梯坏了，还有小区门口的垃圾没人清运"
    first = talk.says("李大爷", words, msg_id="77")
    assert talk.says("李大爷", words, msg_id="77") == first
    assert len(all_orders(talk)) == 2


def test_of_several_requests_the_one_told_before_is_no_second_order(talk: Talk) -> None:
    talk.says("李大爷", "金色春天3号楼2单元的电梯坏了")
    talk.wait(days=1)
    reply = talk.says("李大爷", "金色春天3号楼2单元的电梯坏了，还有小区门口的垃圾没人清运")
    assert "您说过这件事" in reply
    assert len(all_orders(talk)) == 2


def test_what_the_book_answered_stands_in_the_history_for_staff(talk: Talk) -> None:
    talk.says("李大爷", "陈桥社区，低保怎么申请")
    with talk.office.db.reading() as tx:
        note = tx.value(select(history.c.note).where(history.c.action == "place"))
    assert "答复库已先答复" in note
    assert "答复库已先答复" in told(talk, "place_staff")[0]


def test_words_of_two_lost_turns_are_in_one_order(talk: Talk) -> None:
    talk.says("李大爷", "嘎嘎咕")
    talk.wait(minutes=31)
    talk.says("李大爷", "嘎嘎咕")  # too long ago to count
    assert all_orders(talk) == []
    talk.says("李大爷", "咕咕嘎")
    (order,) = all_orders(talk)
    assert order.text == "嘎嘎咕；咕咕嘎"
    with talk.office.db.reading() as tx:
        assert tx.value(select(func.count()).select_from(notices_table)) > 0


def test_what_has_become_restricted_is_offered_to_nobody(talk: Talk) -> None:
    talk.says("李大爷", FIRST)
    talk.says("赵大姐", AGAIN)
    first, second = all_orders(talk)
    talk.says("陈桥甲", f"归类 {first.code} 1604")
    assert first.code not in talk.says("陈桥甲", "待派")
    assert "另一个单号" in talk.says("陈桥甲", f"合并 {second.code}")
    assert all_orders(talk)[1].state == "submitted"
