"""Staff of one community who are members in another are no staff there, by whatever door."""

from pathlib import Path

import pytest

from bot.services.office import Office
from tests.services import cast
from tests.services.cast import CODE, told_of
from tests.talk import Talk

ABROAD = """社区工作者,双岗,13800000131,陈桥社区,,,
党员,双岗,13800000131,花都路社区,网格01,,
社区工作者,花都甲,13800000132,花都路社区,,,
党员,花都乙,13800000133,花都路社区,网格01,,
"""
THERE = "花都路社区楼道灯泡坏了，想请人帮忙换一下，电话13900001234"


@pytest.fixture
def talk(office: Office, tmp_path: Path) -> Talk:
    return cast.enter(office, tmp_path, ABROAD)


def placed(talk: Talk, words: str = THERE) -> str:
    found = CODE.search(talk.says("王阿姨", words))
    assert found
    return found[1]


def test_orders_of_the_other_community_are_not_listed_and_not_told(talk: Talk) -> None:
    code = placed(talk)
    assert code not in talk.says("双岗", "待派")
    assert code in talk.says("花都甲", "待派")
    assert told_of(talk.office, "place_staff", "双岗") == []
    assert told_of(talk.office, "place_staff", "花都甲") == [code]


@pytest.mark.parametrize(
    "words",
    ["派单 {code} 花都乙", "公开 {code}", "转介 {code} 物业", "不予受理 {code} 不归我们管", "追问 {code} 几楼？", "归类 {code} 0603",
     "解释办结 {code} 已处理", "未能办成 {code} 没有材料", "信访登记 {code}", "书面告知 {code} 已寄", "进度 {code}"],
)  # fmt: skip
def test_no_staff_command_acts_on_an_order_of_the_other_community(talk: Talk, words: str) -> None:
    code = placed(talk)
    before = talk.says("花都甲", f"进度 {code}")
    refused = talk.says("双岗", words.format(code=code))
    assert "没有找到" in refused or "无权" in refused or "不归您" in refused, refused
    assert talk.says("花都甲", f"进度 {code}") == before


def test_there_the_person_is_a_member_who_is_invited_and_may_claim(talk: Talk) -> None:
    code = placed(talk)
    assert "邀请" in talk.says("花都甲", f"派单 {code} 双岗")
    assert "3号楼" not in talk.says("双岗", "待接")
    assert code in talk.says("双岗", "待接")
    talk.says("双岗", f"婉拒 {code}")
    talk.says("花都甲", f"公开 {code}")
    assert code in talk.says("双岗", f"接单 {code}")


def test_at_home_the_person_is_staff_who_is_assigned(talk: Talk) -> None:
    code = placed(talk, "陈桥社区楼道灯泡坏了，想请人帮忙换一下，电话13900001234")
    assert code in talk.says("双岗", "待派")
    assert "邀请" not in talk.says("陈桥甲", f"派单 {code} 双岗")
    assert code in talk.says("双岗", "我的单")


def test_faults_that_come_again_are_those_of_the_own_community(talk: Talk) -> None:
    for number in range(4):
        talk.says(f"居民{number}", "花都路社区金色春天3号楼电梯坏了")
    assert "花都路" not in talk.says("双岗", "反复问题")


def test_who_belongs_to_another_community_is_not_offered_its_open_orders_through_the_staff_role(talk: Talk) -> None:
    code = placed(talk, "陈桥社区楼道灯泡坏了，想请人帮忙换一下，电话13900001234")
    talk.says("陈桥甲", f"公开 {code}")
    assert code not in talk.says("花都乙", "待接")
    assert code not in talk.says("双岗", "待接")  # a member of the other community alone
