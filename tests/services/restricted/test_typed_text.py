"""Every text that people type: restricted words go into the box by every door, and the command around them acts without them."""

import pytest
from sqlalchemy import select

from bot.services.intake import Matter, take
from bot.store.tables import orders, sealed_matters
from tests.databases import FEW_ON_POSTGRESQL
from tests.services import everywhere
from tests.services.cast import CODE, told_of
from tests.talk import Talk

pytestmark = FEW_ON_POSTGRESQL

MARK = "鹅卵石"
VIOLENCE = f"我老公昨天晚上又打我了，用{MARK}砸我"
REPORT = f"我要举报陈桥社区书记收红包，{MARK}"
SELF_HARM = f"我不想活了，{MARK}"
CHILD = f"孩子天天被他爸用皮带抽，{MARK}"
WORDS = (VIOLENCE, REPORT, SELF_HARM, CHILD)
BULB = "金色春天3号楼2单元501灯泡坏了，想请人帮忙换一下，电话13900001234"


def codes_of(said: str) -> list[str]:
    return CODE.findall(said)


def placed(talk: Talk, words: str = BULB) -> str:
    return codes_of(talk.says("王阿姨", words))[0]


def in_hand(talk: Talk) -> str:
    code = placed(talk)
    talk.says("陈桥甲", f"派单 {code} 我")
    return code


def done(talk: Talk) -> str:
    code = in_hand(talk)
    talk.says("陈桥甲", f"完成 {code} 换好了")
    return code


def nobody_else_learns_it(talk: Talk, mark: str = MARK) -> None:
    """In no table but the box, in no notice to others, in no answer of the API, and in nothing that others can ask for;
    whoever answers for restricted matters finds it."""
    office = talk.office
    for where, words in everywhere.stored(office, None):
        assert mark not in words, where
    for name, facts in everywhere.told(office):
        assert mark not in facts, name
    assert mark not in everywhere.answered(office)
    for who in ("陈桥甲", "陈桥乙", "兰天甲", "办事处甲", "李大爷"):
        assert mark not in everywhere.heard(talk, who), who
    assert mark in everywhere.heard(talk, "纪检甲")


def state_of(talk: Talk, code: str) -> str:
    with talk.office.db.reading() as tx:
        return str(tx.value(select(orders.c.state).where(orders.c.code == code)))


@pytest.mark.parametrize("secret", WORDS)
@pytest.mark.parametrize(
    "around", [f"{BULB}。{{}}", f"{BULB}，{{}}", f"{{}}，另外{BULB}", f"{BULB} {{}}", f"{{}}。{BULB}"]
)
def test_restricted_words_beside_a_request_are_a_matter_of_their_own(talk: Talk, secret: str, around: str) -> None:
    talk.says("王阿姨", around.format(secret))
    nobody_else_learns_it(talk)


@pytest.mark.parametrize(
    ("message", "request_", "first"),
    [
        ("水管坏了找个水管工，我老公昨天晚上又打我了", "水管坏了找个水管工", "110"),
        ("灯泡坏了请人换一下，另外举报陈桥社区金书记收红包", "灯泡坏了请人换一下", "12388"),
        ("想请志愿者陪我去医院，我儿子经常打我", "想请志愿者陪我去医院", "110"),
        ("下水道堵了，另外隔壁天天打孩子", "下水道堵了", "110"),
    ],
)
def test_the_request_beside_them_is_an_order_as_usual_and_danger_decides_the_reply(
    talk: Talk, message: str, request_: str, first: str
) -> None:
    said = talk.says("王阿姨", message)
    assert said.index(first) < said.index("您另外说的也记下了")
    sealed, besides = dict.fromkeys(codes_of(said))
    with talk.office.db.reading() as tx:
        texts = {row.code: row.text for row in tx.all(select(orders.c.code, orders.c.text))}
    assert texts == {sealed: "", besides: request_}


def test_an_ordinary_message_of_several_parts_needs_no_box(talk: Talk) -> None:
    talk.says("王阿姨", f"{BULB}。还有楼道灯不亮")
    talk.says("李大爷", "志愿者很好，谢谢，电影里打老婆的情节太多了")
    with talk.office.db.reading() as tx:
        assert tx.all(select(sealed_matters)) == []


@pytest.mark.parametrize("secret", WORDS)
@pytest.mark.parametrize(
    ("who", "words", "state"),
    [
        ("王阿姨", "补充 {code} {secret}", "accepted"),
        ("王阿姨", "撤回 {code} {secret}", "closed"),
        ("陈桥甲", "完成 {code} 换好了，{secret}", "done"),
        ("陈桥甲", "退单 {code} {secret}", "submitted"),
        ("陈桥甲", "转介 {code} 物业，{secret}", "closed"),
        ("陈桥甲", "不予受理 {code} {secret}", "closed"),
        ("陈桥甲", "解释办结 {code} {secret}", "closed"),
        ("陈桥甲", "未能办成 {code} {secret}", "closed"),
        ("陈桥甲", "书面告知 {code} {secret}", "accepted"),
    ],
)
def test_a_note_on_an_order_in_hand_loses_them_and_the_command_acts(
    talk: Talk, who: str, words: str, state: str, secret: str
) -> None:
    code = in_hand(talk)
    talk.says("陈桥甲", f"信访登记 {code}")
    said = talk.says(who, words.format(code=code, secret=secret))
    assert state_of(talk, code) == state
    assert len(set(codes_of(said)) - {code}) == 1
    nobody_else_learns_it(talk)


@pytest.mark.parametrize("secret", WORDS)
@pytest.mark.parametrize(
    ("words", "state"),
    [
        ("不满意 {code} 没修好，{secret}", "submitted"),
        ("满意 {code} {secret}", "closed"),
        ("评价 {code} 5 很好，{secret}", "closed"),
        ("评价 {code} 1 {secret}", "submitted"),
    ],
)
def test_a_reason_or_rating_loses_them_and_still_counts(talk: Talk, words: str, state: str, secret: str) -> None:
    code = done(talk)
    talk.says("王阿姨", words.format(code=code, secret=secret))
    assert state_of(talk, code) == state
    nobody_else_learns_it(talk)


@pytest.mark.parametrize("secret", WORDS)
def test_the_answer_to_a_question_of_staff_brings_the_order_back_without_them(talk: Talk, secret: str) -> None:
    code = placed(talk)
    talk.says("陈桥甲", f"追问 {code} 什么时候方便？")
    talk.says("王阿姨", f"补充 {code} 明天，{secret}")
    assert state_of(talk, code) == "submitted"
    nobody_else_learns_it(talk)


@pytest.mark.parametrize("secret", WORDS)
@pytest.mark.parametrize("asked", ["追问 {code} {secret}", "转介 {code} 派出所 {secret}"])
def test_what_staff_write_is_read_too(talk: Talk, asked: str, secret: str) -> None:
    code = placed(talk)
    talk.says("陈桥甲", asked.format(code=code, secret=secret))
    nobody_else_learns_it(talk)


@pytest.mark.parametrize("secret", WORDS)
def test_they_are_taken_up_behind_a_command_that_takes_no_words_and_with_what_is_refused(
    talk: Talk, secret: str
) -> None:
    for words in (f"进度 {secret}", f"退单 7654321 {secret}", f"帮助 {secret}"):
        said = talk.says("王阿姨", words)
        if secret == REPORT and not words.startswith("退单"):
            continue  # a report is no danger: what was asked is answered
        assert codes_of(said), words
        nobody_else_learns_it(talk)
        talk.wait(hours=2)


def test_a_member_of_the_roster_in_danger_is_heard_behind_any_command(talk: Talk) -> None:
    assert "12356" in talk.says("陈桥甲", "待派 我不想活了")
    said = talk.says("兰天甲", "完成 7654321 楼下煤气泄漏了")
    assert codes_of(said)
    assert "兰天甲" in told_of(talk.office, "place_duty") or "办事处甲" in told_of(talk.office, "place_duty")


@pytest.mark.parametrize("secret", WORDS)
def test_another_system_may_hand_in_ordinary_words_with_restricted_ones(talk: Talk, secret: str) -> None:
    matter = Matter(f"楼道灯不亮。{secret}", "陈桥社区", "3号楼", "周大娘", "13900004321", "E1", None, "hotline")
    take(talk.office, matter, talk.now)
    nobody_else_learns_it(talk)


def test_a_message_that_breaks_is_kept_for_the_discipline_staff_alone(talk: Talk) -> None:
    from sqlalchemy import text

    with talk.office.db.transaction() as tx:
        tx.run(text("ALTER TABLE history RENAME TO elsewhere"))
    talk.says("王阿姨", f"{BULB}。{VIOLENCE}")
    with talk.office.db.transaction() as tx:
        tx.run(text("ALTER TABLE elsewhere RENAME TO history"))
    for where, words in everywhere.stored(talk.office, None):
        assert MARK not in words, where
    assert [name for name, facts in everywhere.told(talk.office) if MARK in facts] == []


@pytest.mark.parametrize(
    ("message", "first", "besides"),
    [
        ("灯泡坏了请人换一下。还有楼下着火了", "119", "灯泡坏了请人换一下"),
        ("灯泡坏了请人换一下，另外隔壁有煤气味", "燃气", "灯泡坏了请人换一下"),
        ("想请志愿者陪我去医院配药。楼道里有人晕倒了", "120", "想请志愿者陪我去医院配药"),
    ],
)
def test_danger_in_one_part_decides_the_reply(talk: Talk, message: str, first: str, besides: str) -> None:
    said = talk.says("王阿姨", message)
    assert first in said.split("单号")[0]
    with talk.office.db.reading() as tx:
        found = tx.all(select(orders.c.urgency, orders.c.text).order_by(orders.c.id))
    assert [(row.urgency, row.text) for row in found] == [("U0", message), ("U3", besides)]


def test_danger_in_one_part_of_a_note_has_an_order_of_its_own(talk: Talk) -> None:
    code = in_hand(talk)
    said = talk.says("陈桥甲", f"完成 {code} 灯泡换好了。楼下着火了")
    assert "119" in said
    assert state_of(talk, code) == "done"
    assert len(set(codes_of(said)) - {code}) == 1


@pytest.mark.parametrize("times", [180, 12000])
def test_a_harmless_sentence_said_again_and_again_is_no_report(talk: Talk, times: int) -> None:
    code = placed(talk, "金色春天5号楼楼道灯坏了，晚上看不见。" * times)
    with talk.office.db.reading() as tx:
        found = [(row.code, row.lane) for row in tx.all(select(orders))]
        assert tx.all(select(sealed_matters)) == []
    assert found == [(code, "matter")]


def test_a_report_after_a_sentence_that_was_said_many_times_is_sealed(talk: Talk) -> None:
    talk.says("王阿姨", "金色春天5号楼楼道灯坏了。" * 100 + REPORT)
    with talk.office.db.reading() as tx:
        assert len(tx.all(select(sealed_matters))) == 1


def test_he_is_a_neighbour_where_nobody_was_sent(talk: Talk) -> None:
    code = placed(talk, "楼上天天半夜蹦跶吵得睡不着，金色春天3号楼2单元501，电话13900001234")
    assert f"{code}" in talk.says("王阿姨", f"补充 {code} 我上去说了他还骂我")
    assert told_of(talk.office, "place_restricted") == []
    helped = in_hand(talk)
    talk.says("王阿姨", f"补充 {helped} 他还骂我")
    assert told_of(talk.office, "place_restricted") == ["纪检甲"]
