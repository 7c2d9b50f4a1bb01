"""拆分: part of what was said becomes an order of its own; nothing is lost, nobody who may not reads it, 合并 takes it back."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot.services.office import Office
from bot.store.tables import history, notices, orders
from tests.services import cast
from tests.services.cast import CODE
from tests.talk import Talk

MEMBERS = "党员,党员一,13800000111,陈桥社区,网格01,第一支部,水电\n"
BOTH = "金色春天3号楼2单元501灯泡坏了，想请人帮忙换一下，楼下垃圾也没人收，电话13900001234"
PART = "楼下垃圾没人收"


@pytest.fixture
def talk(office: Office, tmp_path: Path) -> Talk:
    return cast.enter(office, tmp_path, MEMBERS)


@pytest.fixture
def first(talk: Talk) -> str:
    found = CODE.search(talk.says("王阿姨", BOTH))
    assert found
    if len(everything(talk)) > 1:  # read as two: one again
        talk.says("王阿姨", "一件事")
    return found[1]


def everything(talk: Talk) -> list[Any]:
    with talk.office.db.reading() as tx:
        return list(tx.run(select(orders).where(orders.c.state != "closed").order_by(orders.c.id)))


def told(talk: Talk, event: str) -> list[str]:
    with talk.office.db.reading() as tx:
        rows = tx.all(select(notices).where(notices.c.event == event))
        return [tx.open_facts(row.facts_sealed)["body"] for row in rows]


def lines(talk: Talk, order_id: int) -> list[tuple[str, str | None]]:
    with talk.office.db.reading() as tx:
        rows = tx.all(select(history).where(history.c.order_id == order_id).order_by(history.c.id))
        return [(row.action, row.note) for row in rows]


def test_the_words_become_an_order_of_the_same_resident_with_place_and_contact(talk: Talk, first: str) -> None:
    said = talk.says("陈桥甲", f"拆分 {first} {PART}")
    one, two = [row for row in everything(talk) if row.code == first or row.code in said]
    assert one.code == first
    assert two.code in said
    assert (two.person_id, two.community, two.split_from_id) == (one.person_id, "陈桥社区", one.id)
    assert two.category != one.category
    talk.says("陈桥甲", f"派单 {two.code} 陈桥乙")
    card = talk.says("陈桥乙", "我的单")
    assert "13900001234" in card
    assert "3号楼" in card


def test_both_histories_and_the_resident_name_the_other_number(talk: Talk, first: str) -> None:
    talk.says("陈桥甲", f"拆分 {first} {PART}")
    one, two = everything(talk)
    assert lines(talk, one.id)[-1] == (
        "split",
        f"“{talk.office.reader.category(two.category).everyday}”另立单号 {two.code}",
    )
    assert lines(talk, two.id) == [("place", f"从单号 {first} 拆出")]
    assert [two.code in body for body in told(talk, "split_resident")] == [True]
    assert two.code in talk.says("王阿姨", "进度")


def test_who_was_invited_hears_that_this_part_is_not_theirs(talk: Talk, first: str) -> None:
    talk.says("陈桥甲", f"派单 {first} 党员一")
    talk.says("陈桥甲", f"拆分 {first} {PART}")
    assert len(told(talk, "split_invitee")) == 1
    assert [row.state for row in everything(talk)] == ["offered", "submitted"]


def test_merging_takes_it_back(talk: Talk, first: str) -> None:
    talk.says("陈桥甲", f"拆分 {first} {PART}")
    one, two = everything(talk)
    talk.says("陈桥甲", f"合并 {two.code} {first}")
    assert [row.code for row in everything(talk)] == [first]
    assert everything(talk)[0].text == one.text


def test_restricted_words_go_into_the_box_and_leave_no_trace(talk: Talk, first: str) -> None:
    said = talk.says("陈桥甲", f"拆分 {first} 王书记收了物业的红包")
    one, sealed = everything(talk)
    assert (sealed.lane, sealed.text, sealed.split_from_id) == ("restricted", "", None)
    assert "split" not in [action for action, _ in lines(talk, one.id)]
    assert "红包" not in said
    assert told(talk, "split_resident") == []


def test_danger_in_the_words_is_told_at_once(talk: Talk, first: str) -> None:
    talk.says("陈桥甲", f"拆分 {first} 5号楼301煤气味很重")
    assert everything(talk)[1].urgency == "U0"
    assert told(talk, "place_duty")


@pytest.mark.parametrize(("who", "words"), [("兰天甲", PART), ("党员一", PART), ("王阿姨", PART), ("陈桥甲", BOTH)])
def test_it_is_refused(talk: Talk, first: str, who: str, words: str) -> None:
    talk.says(who, f"拆分 {first} {words}")
    assert [row.split_from_id for row in everything(talk)] == [None] * len(everything(talk))
    with talk.office.db.reading() as tx:
        assert not tx.all(select(history.c.id).where(history.c.action == "split"))


def test_without_words_they_are_asked_for(talk: Talk, first: str) -> None:
    assert "请写上要另立一单的话" in talk.says("陈桥甲", f"拆分 {first}")
    assert "另立单号" in talk.says("陈桥甲", PART)


def test_a_split_is_taken_back_and_the_part_goes_into_the_order_again(talk: Talk, first: str) -> None:
    talk.says("陈桥甲", f"拆分 {first} {PART}")
    one, two = everything(talk)
    assert "已撤销" in talk.says("陈桥甲", f"撤销 {first}")
    with talk.office.db.reading() as tx:
        one, two = tx.all(select(orders).where(orders.c.id.in_((one.id, two.id))).order_by(orders.c.id))
    assert (one.state, two.state, two.outcome, two.merged_into_id) == ("submitted", "closed", "merged", one.id)
    assert lines(talk, one.id)[-1][0] == "undo"
    assert told(talk, "merge_resident") == []  # the resident never had two matters


def test_a_split_is_not_taken_back_once_somebody_has_the_part_in_hand(talk: Talk, first: str) -> None:
    talk.says("陈桥甲", f"拆分 {first} {PART}")
    two = everything(talk)[1]
    talk.says("陈桥乙", f"派单 {two.code} 陈桥乙")
    assert "不能撤销" in talk.says("陈桥甲", f"撤销 {first}")
    assert [row.state for row in everything(talk)] == ["submitted", "accepted"]


def test_a_danger_that_was_split_off_stays(talk: Talk, first: str) -> None:
    talk.says("陈桥甲", f"拆分 {first} 家里有煤气味，人头晕")
    assert "不能撤销" in talk.says("陈桥甲", f"撤销 {first}")
    assert [row.urgency for row in everything(talk)][1] == "U0"
    assert everything(talk)[1].state == "submitted"


@pytest.mark.parametrize("back", ["撤销", "合并 {two} {one}"])
def test_what_was_split_off_and_went_back_is_in_no_list_and_no_count(talk: Talk, first: str, back: str) -> None:
    before = talk.says("办事处甲", "情况"), talk.says("王阿姨", "进度")
    talk.says("陈桥甲", f"拆分 {first} {PART}")
    (two,) = [row.code for row in everything(talk) if row.code != first]
    assert talk.says("办事处甲", "情况") != before[0]
    talk.says("陈桥甲", back.format(one=first, two=two))
    assert (talk.says("办事处甲", "情况"), talk.says("王阿姨", "进度")) == before
