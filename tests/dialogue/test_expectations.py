"""An answer goes to what was asked or shown last, and is never a new order."""

import re
from dataclasses import replace

import pytest
from sqlalchemy import func, select

from bot.broadcasts.written import as_written
from bot.services.office import Office
from bot.store.tables import broadcasts, history, notices, orders
from tests.databases import FEW_ON_POSTGRESQL
from tests.services import alone
from tests.talk import Talk
from tests.test_stories import talk as talk

pytestmark = FEW_ON_POSTGRESQL

LAMP = "金色春天3号楼楼道灯坏了，电话13800001240"
LIFT = "想请人明天上午陪我去医院，我住陈桥社区金色春天5栋，电话13800001241"


def number_of(reply: str) -> str:
    found = re.search(r"\d{7}", reply)
    assert found, reply
    return found[0]


def state(talk: Talk, code: str) -> str:
    with talk.office.db.transaction() as tx:
        return str(tx.value(select(orders.c.state).where(orders.c.code == code)))


def value(talk: Talk, code: str, column: str) -> object:
    with talk.office.db.transaction() as tx:
        return tx.value(select(orders.c[column]).where(orders.c.code == code))


def how_many(talk: Talk) -> int:
    with talk.office.db.transaction() as tx:
        return int(tx.value(select(func.count()).select_from(orders)) or 0)


def told(talk: Talk, event: str) -> int:
    with talk.office.db.transaction() as tx:
        return int(tx.value(select(func.count()).where(notices.c.event == event)) or 0)


@pytest.fixture
def invited(talk: Talk) -> tuple[Talk, str]:
    """党员一 is invited to the resident's order."""
    code = number_of(talk.says("何大妈", LIFT))
    talk.says("陈桥甲", f"派单 {code} 党员一")
    assert state(talk, code) == "offered"
    return talk, code


@pytest.fixture
def accepted(invited: tuple[Talk, str]) -> tuple[Talk, str]:
    talk, code = invited
    talk.says("党员一", f"接单 {code}")
    assert state(talk, code) == "accepted"
    return talk, code


@pytest.fixture
def done(accepted: tuple[Talk, str]) -> tuple[Talk, str]:
    talk, code = accepted
    talk.says("党员一", f"完成 {code} 陪好了")
    assert state(talk, code) == "done"
    return talk, code


@pytest.mark.parametrize(
    "words", ["好", "行", "可以", "没问题", "OK", "我来", "我去", "接", "👌", "👍", "好的，我去", "行啊没问题", "愿意"]
)
def test_a_plain_yes_accepts_the_invitation(invited: tuple[Talk, str], words: str) -> None:
    talk, code = invited
    talk.says("党员一", words)
    assert state(talk, code) == "accepted"
    assert how_many(talk) == 1


@pytest.mark.parametrize("words", ["没空", "去不了", "不行", "换个人吧", "👎", "不好意思，这几天出差", "今天没时间"])
def test_a_plain_no_declines_it(invited: tuple[Talk, str], words: str) -> None:
    talk, code = invited
    talk.says("党员一", words)
    assert state(talk, code) == "submitted"
    assert how_many(talk) == 1


@pytest.mark.parametrize("words", ["什么时候？", "在哪里", "什么事啊"])
def test_what_may_be_known_is_told_before_accepting(invited: tuple[Talk, str], words: str) -> None:
    talk, code = invited
    said = talk.says("党员一", words)
    assert code in said
    assert "13800001241" not in said
    assert "5栋" not in said
    assert state(talk, code) == "offered"


def test_of_two_invitations_it_is_asked_which(invited: tuple[Talk, str]) -> None:
    talk, first = invited
    second = number_of(talk.says("孙阿姨", "陈桥社区金色春天想请人教老人用手机，电话13800001250"))
    talk.says("陈桥甲", f"派单 {second} 党员一")
    said = talk.says("党员一", "行")
    assert "序号" in said
    assert (state(talk, first), state(talk, second)) == ("offered", "offered")
    talk.says("党员一", "第二个")
    assert sorted((state(talk, first), state(talk, second))) == ["accepted", "offered"]


@pytest.mark.parametrize("words", ["好了谢谢", "👍", "修好了，谢谢", "可以了", "好的"])
def test_a_good_word_confirms_what_is_done(done: tuple[Talk, str], words: str) -> None:
    talk, code = done
    talk.says("何大妈", words)
    assert (state(talk, code), value(talk, code, "outcome")) == ("closed", "confirmed")


@pytest.mark.parametrize("words", ["满意才怪", "人没来", "没有人来过", "👎", "还是不行"])
def test_a_bad_word_opens_it_again(done: tuple[Talk, str], words: str) -> None:
    talk, code = done
    talk.says("何大妈", words)
    assert (state(talk, code), value(talk, code, "solved")) == ("accepted", False)
    assert how_many(talk) == 1


def test_another_matter_is_no_answer_to_what_is_done(done: tuple[Talk, str]) -> None:
    talk, code = done
    talk.says("何大妈", "兰天社区佛教巷的路灯不亮了，晚上黑得很")
    assert state(talk, code) == "done"
    assert how_many(talk) == 2


def test_words_are_passed_on_both_ways(accepted: tuple[Talk, str]) -> None:
    talk, code = accepted
    assert "已转告" in talk.says("何大妈", f"转告 {code} 我明天九点在楼下等")
    assert told(talk, "relay_handler") == 1
    assert "已转告" in talk.says("党员一", "好的，我准时到")
    assert told(talk, "relay_resident") == 1
    assert "已转告" in talk.says("党员一", "跟她说一声带上医保卡")
    assert told(talk, "relay_resident") == 2
    assert (how_many(talk), state(talk, code)) == (1, "accepted")


def test_telephone_numbers_are_not_passed_on(accepted: tuple[Talk, str]) -> None:
    talk, code = accepted
    talk.says("党员一", f"转告 {code} 打我电话13911112222")
    with talk.office.db.transaction() as tx:
        line = tx.value(select(history.c.note).where(history.c.action == "relay"))
    assert "13911112222" not in str(line)


@pytest.mark.parametrize("words", ["改成后天下午两点行不行", "时间改到后天下午两点吧", "改时间 {code} 后天下午两点"])
def test_another_time_is_told_to_both_sides(accepted: tuple[Talk, str], words: str) -> None:
    talk, code = accepted
    said = talk.says("何大妈", words.format(code=code))
    assert "后天下午两点" in said
    assert value(talk, code, "wanted_when") == "后天下午两点"
    assert (told(talk, "reschedule_handler"), told(talk, "reschedule_staff")) == (1, 2)
    assert how_many(talk) == 1


@pytest.mark.parametrize("words", ["人没来", "没人来", "等了一上午都没来人"])
def test_nobody_came(accepted: tuple[Talk, str], words: str) -> None:
    talk, code = accepted
    talk.says("何大妈", words)
    assert state(talk, code) == "accepted"
    assert (told(talk, "no_show_handler"), told(talk, "no_show_staff")) == (1, 2)
    assert how_many(talk) == 1


@pytest.mark.parametrize(
    ("words", "part"),
    [("你们几时来人啊", "党员一"), ("是哪个来", "党员一"), ("要钱不", "不收钱"), ("办得怎么样了", "党员一")],
)
def test_a_question_about_the_order_is_answered(accepted: tuple[Talk, str], words: str, part: str) -> None:
    talk, _ = accepted
    assert part in talk.says("何大妈", words)
    assert how_many(talk) == 1


@pytest.mark.parametrize("words", ["2单元三楼到四楼", "厨房", "有一个礼拜了", "在家的"])
def test_a_question_of_staff_is_answered_days_later(talk: Talk, words: str) -> None:
    code = number_of(talk.says("何大妈", LAMP))
    talk.says("陈桥甲", f"追问 {code} 是哪一层，坏了多久？")
    talk.wait(days=3)
    talk.says("何大妈", words)
    assert (how_many(talk), state(talk, code)) == (1, "submitted")


def approval(talk: Talk) -> None:
    talk.says("陈桥甲", "提醒 中秋将至，请大家廉洁过节")
    talk.says("陈桥甲", "陈桥社区党员")
    talk.says("陈桥甲", "办事处甲")


def broadcast_state(office: Office) -> str:
    with office.db.transaction() as tx:
        return str(tx.value(select(broadcasts.c.state)))


@pytest.mark.parametrize(
    ("words", "then"),
    [("同意", "sending"), ("批准", "sending"), ("可以发", "sending"), ("退回 日期写错了", "rejected")],
)
def test_what_waits_for_approval_is_approved_in_words(talk: Talk, words: str, then: str) -> None:
    approval(talk)
    talk.says("办事处甲", words)
    assert broadcast_state(talk.office) == then
    assert how_many(talk) == 0


def test_what_begins_with_received_is_ordinary_text_where_no_reminder_waits(talk: Talk) -> None:
    talk.says("党员一", "收到短信说我欠费停水了，陈桥社区金色春天3号楼")
    assert how_many(talk) == 1


@pytest.mark.parametrize("yes", ["同意", "批准 1"])
def test_a_yes_to_a_broadcast_that_was_changed_since_shows_it_and_asks_again(talk: Talk, yes: str) -> None:
    for words in ("提醒", "中秋将至，请大家廉洁过节", "社区工作者", "办事处甲"):
        talk.says("陈桥甲", words)
    with talk.office.db.transaction() as tx:
        row = tx.first(select(broadcasts))
    assert row is not None
    new = replace(as_written(row), body="改过的正文，请看清楚")
    alone.change(talk.office, row.id, row.author_id, new, row.created_at)
    reply = talk.says("办事处甲", yes)
    assert "改过了" in reply
    assert "改过的正文，请看清楚" in reply
    with talk.office.db.transaction() as tx:
        assert tx.value(select(broadcasts.c.state)) == "review"
    assert "已批准" in talk.says("办事处甲", yes)
