"""What is answered to danger, by kind and by who speaks, and what staff read of it."""

import re

import pytest
from sqlalchemy import select

from bot.services.office import Office
from bot.store.tables import notices, orders
from tests.databases import FEW_ON_POSTGRESQL
from tests.services.cast import CODE
from tests.talk import Talk

pytestmark = FEW_ON_POSTGRESQL

NUMBERS = re.compile(r"1[12]0|119|12356|12338|12355|96110|96333")
FIRST = 45
"""The number stands within so many characters."""


def told(office: Office, event: str) -> list[dict[str, str]]:
    """The facts of the notices of this event, in order."""
    with office.db.reading() as tx:
        rows = tx.all(select(notices.c.facts_sealed).where(notices.c.event == event).order_by(notices.c.id))
        return [tx.open_facts(row.facts_sealed) for row in rows]


def code_of(reply: str) -> str:
    found = CODE.search(reply)
    assert found, reply
    return found[1]


@pytest.mark.parametrize(
    ("said", "first", "never"),
    [
        ("有人在楼顶要跳", "慢慢跟他说话", "谢谢您愿意说出来"),
        ("我儿子要跳楼，我拉不住了", "请守着他", "谢谢您愿意说出来"),
        ("我不想活了", "谢谢您愿意说出来", "守着他"),
        ("隔壁男的又打老婆了", "别自己冲进去", "您的安全最要紧"),
        ("对面楼着火了", "别进去救人", "回去拿东西"),
        ("我家厨房着火了", "不要坐电梯", "别进去救人"),
        ("路边有个老人找不到家", "陪着他", "不用等 24 小时"),
        ("我找不到家了", "民警会送您回家", "样貌"),
        ("我爸出门一天没回来，他有痴呆", "不用等 24 小时", "站在原地"),
        ("我胸口疼，喘不上气", "把门打开", "让病人"),
        ("路边有个人倒在地上不动", "别随便搬动", "把门打开"),
        ("我妈要给骗子转钱，劝不住", "拦住他", "不要追赶"),
        ("孩子锁在车里了，太阳好大", "车窗", "涉水"),
        ("水淹到胸口了，我困在屋里", "不要涉水", "隔着门"),
        ("对门大爷敲门不应，里面有人哼", "请民警来开门", "平躺"),
    ],
)
def test_the_number_comes_first_and_the_instruction_fits_who_speaks(
    talk: Talk, said: str, first: str, never: str
) -> None:
    reply = talk.says("王阿姨", said)
    assert NUMBERS.search(reply[:FIRST])
    assert first in reply
    assert never not in reply


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("有人在楼顶要跳", "人现在安全吗"),
        ("我家着火了", "您现在安全吗"),
        ("我爸走丢了", "找到了"),
        ("我被骗了，刚转了三万", "钱转出去了吗"),
    ],
)
def test_the_place_and_the_state_are_asked_by_who_speaks(talk: Talk, said: str, asked: str) -> None:
    reply = talk.says("王阿姨", said)
    assert asked in reply
    assert "在哪里" in reply


def test_a_place_that_was_said_is_not_asked_for(talk: Talk) -> None:
    reply = talk.says("王阿姨", "金色春天3号楼楼顶有人要跳")
    assert "人现在安全吗" in reply
    assert "在哪里" not in reply


def test_nothing_is_asked_of_whoever_is_beaten(talk: Talk) -> None:
    reply = talk.says("王阿姨", "老公又打我")
    assert "？" not in reply
    assert "好的" not in talk.says("王阿姨", "1")


def test_further_words_about_a_restricted_danger_tell_nobody_else_what_it_is(talk: Talk) -> None:
    talk.says("王阿姨", "老公又打我")
    reply = talk.says("王阿姨", "他还在家里，孩子在我身边")
    assert "值班" not in reply
    assert "已补充到单号" in reply


@pytest.mark.parametrize(
    ("said", "answer", "reply"),
    [
        ("我家着火了", "2", "需要帮助"),
        ("我家着火了", "需要帮助", "需要帮助"),
        ("有人掉河里了", "②", "还有危险"),
        ("我爸走丢了", "找到了", "找到了"),
        ("我被骗了，刚转了三万", "已经转了", "已经转了"),
    ],
)
def test_the_answer_reaches_staff_in_its_words(talk: Talk, said: str, answer: str, reply: str) -> None:
    code = code_of(talk.says("王阿姨", said))
    assert code in talk.says("王阿姨", answer)
    heard = [*told(talk.office, "append_staff"), *told(talk.office, "place_duty")]
    assert any(reply in facts["body"] for facts in heard)


def test_staff_hear_that_a_bystander_speaks(talk: Talk) -> None:
    talk.says("王阿姨", "有人在楼顶要跳")
    talk.says("李大爷", "我不想活了")
    bodies = [facts["body"] for facts in told(talk.office, "place_danger")]
    assert "旁人报告" in bodies[0]
    assert "旁人报告" not in bodies[-1]


def test_the_title_names_the_danger_and_not_the_catalogue_entry(talk: Talk) -> None:
    code = code_of(talk.says("王阿姨", "我们困在电梯里了，陈桥社区"))
    assert {facts["title"] for facts in told(talk.office, "place_duty")} == {"电梯困人"}
    shown = talk.says("陈桥甲", "待派")
    assert f"{code} 电梯困人" in shown
    assert "无人被困" not in shown
    talk.says("陈桥甲", f"归类 {code} 0801")
    assert f"{code} 火情" in talk.says("陈桥甲", "待派")


def test_the_limit_of_danger_is_told_in_minutes(talk: Talk) -> None:
    talk.says("王阿姨", "我家着火了，陈桥社区")
    assert "10 分钟内处置" in talk.says("陈桥甲", "待派")
    talk.wait(minutes=4)
    assert "6 分钟内处置" in talk.says("陈桥甲", "待派")
    talk.wait(minutes=8)
    shown = talk.says("陈桥甲", "待派")
    assert "已超过时限 2 分钟" in shown
    assert "前答复" not in shown


def test_an_ordinary_matter_that_becomes_danger_is_due_in_minutes(talk: Talk) -> None:
    code = code_of(talk.says("王阿姨", "陈桥社区金色春天3号楼楼道灯坏了"))
    talk.says("王阿姨", f"补充 {code} 现在电线冒火着起来了")
    with talk.office.db.reading() as tx:
        row = tx.first(select(orders).where(orders.c.code == code))
    assert row is not None
    assert row.urgency == "U0"
    assert "10 分钟内处置" in talk.says("陈桥甲", "待派")


@pytest.mark.parametrize(
    ("said", "first", "never"),
    [
        ("对门张大爷两天没开门了", "110", "离开危险的地方"),
        ("冰箱空了三天没吃东西了", "120", "离开危险的地方"),
        ("我们整栋楼停水了", "供水", "离开危险的地方"),
        ("一楼污水倒灌进家里", "离开有水的地方", "砸到人"),
    ],
)
def test_what_endangers_soon_has_its_own_advice(talk: Talk, said: str, first: str, never: str) -> None:
    reply = talk.says("王阿姨", said)
    assert first in reply
    assert never not in reply
    assert code_of(reply)
