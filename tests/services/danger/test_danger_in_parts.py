"""Danger and restricted words in one part of a message are found, and reach nobody whom they may be about."""

import pytest
from sqlalchemy import select, text

from bot.services.intake import Matter, take
from bot.services.reading import pieces, typed_text
from bot.store.tables import orders
from tests.databases import FEW_ON_POSTGRESQL
from tests.services import everywhere
from tests.services.cast import CODE, told_of
from tests.talk import Talk

pytestmark = FEW_ON_POSTGRESQL

BULB = "香江华庭3幢2单元501灯泡坏了，想请人换一下，电话13900001234"
PARTS = (
    "孩子掉水里了。楼道灯坏了", "想请人陪我去医院。家里煤气味好大", "补充 1234567 我妈没气了", "换灯泡\n我被关起来了出不去",
    "不用来了，我准备跳楼了", "路灯不亮，老公掐我脖子",
)  # fmt: skip


def rows(talk: Talk) -> list[tuple[str, str, str]]:
    with talk.office.db.reading() as tx:
        found = tx.all(select(orders.c.urgency, orders.c.lane, orders.c.text).order_by(orders.c.id))
    return [(row.urgency, row.lane, row.text) for row in found]


def done(talk: Talk) -> str:
    code = CODE.findall(talk.says("王阿姨", BULB))[0]
    talk.says("陈桥甲", f"派单 {code} 我")
    talk.says("陈桥甲", f"完成 {code} 换好了")
    return str(code)


@pytest.mark.parametrize("words", PARTS)
def test_danger_in_a_part_is_never_over_the_limit(talk: Talk, words: str) -> None:
    for number in range(22):
        said = talk.says("王阿姨", f"陈桥社区{number}栋路灯不亮")
        talk.wait(seconds=-0.9)
    assert said == ""
    assert talk.says("王阿姨", words)


@pytest.mark.parametrize("words", PARTS)
def test_danger_in_a_part_is_heard_by_a_service_that_is_broken(talk: Talk, words: str) -> None:
    meant = typed_text.danger_in(talk.office, talk.office.understand(words))
    assert meant is not None
    with talk.office.db.transaction() as tx:
        tx.run(text("ALTER TABLE persons RENAME TO elsewhere"))
    said = talk.says("王阿姨", words)
    with talk.office.db.transaction() as tx:
        tx.run(text("ALTER TABLE elsewhere RENAME TO persons"))
    assert said.startswith(talk.office.first_aid(meant.danger, meant.danger_role))


@pytest.mark.parametrize(
    "words",
    [
        "不满意 {} 他摸我胸", "不满意 {} 周建国说要弄死我", "评价 {} 1 他一身酒气还摸我手，周建国这人不能要",
        "不满意 {} 没修好，他还掐我脖子",
    ],
)  # fmt: skip
def test_an_assault_told_as_a_reason_never_reaches_who_handles_the_order(talk: Talk, words: str) -> None:
    code, marked = done(talk), words + "，鹅卵石"
    talk.says("王阿姨", marked.format(code))
    assert [urgency for urgency, _, _ in rows(talk)] == ["U3", "U0"]
    with talk.office.db.reading() as tx:
        assert tx.value(select(orders.c.state).where(orders.c.code == code)) == "submitted"
    assert [f for _, f in everywhere.told(talk.office) if "鹅卵石" in f and f'{code}"' in f and "reopen" in f] == []
    assert "鹅卵石" not in talk.says("陈桥甲", f"进度 {code}")


@pytest.mark.parametrize(
    "words", ["老伴打我", "公公摸我", "老公强迫我", "继父碰我", "老公锁着我", "老公要杀我", "儿子掐我"]
)
@pytest.mark.parametrize("request_", ["灯泡坏了想请人换一下", "灯坏了"])
def test_a_short_part_about_violence_goes_before_those_who_act_on_danger(talk: Talk, words: str, request_: str) -> None:
    talk.says("王阿姨", f"{request_}，{words}")
    assert rows(talk)[0][0] == "U0"
    assert all(words not in told for urgency, _, told in rows(talk) if urgency != "U0")


def test_a_short_part_handed_in_by_another_system_is_found_too(talk: Talk) -> None:
    take(talk.office, Matter("灯坏了，老伴打我", "陈桥社区", "3号楼", "周大娘", None, "E1", None, "hotline"), talk.now)
    assert rows(talk) == [("U0", "restricted", "")]


@pytest.mark.parametrize("who", ["姓周的", "周某", "周建明", "周主任"])
def test_a_complaint_beside_a_request_is_sealed_however_somebody_is_named(talk: Talk, who: str) -> None:
    talk.says("王阿姨", f"香江华庭3幢灯泡坏了想请人换一下，社区{who}收了我两条烟才给办低保")
    assert rows(talk)[0][1:] == ("restricted", "")
    assert all("烟" not in words for _, _, words in rows(talk))


def test_who_does_violence_is_no_request_besides(talk: Talk) -> None:
    talk.says("王阿姨", "我老公就是社区的周建明，他昨晚又打我")
    assert rows(talk) == [("U0", "restricted", "")]


@pytest.mark.parametrize("words", ["灯泡坏了，请人换一下，陈桥社区香江华庭3幢", "陈桥社区香江华庭3幢下水道堵了"])
def test_a_plain_request_after_a_report_is_an_order_of_its_own(talk: Talk, words: str) -> None:
    talk.says("王阿姨", "我要举报陈桥社区书记收红包")
    talk.wait(minutes=5)
    talk.says("王阿姨", words)
    talk.says("王阿姨", "他上个月又收了两条烟")
    assert [words for _, _, words in rows(talk)] == ["", words]


@pytest.mark.parametrize("words", ["我妈摔倒起不来了", "家里着火了"])
def test_an_emergency_after_a_report_is_an_order_of_its_own(talk: Talk, words: str) -> None:
    talk.says("王阿姨", "我要投诉社区工作人员态度差")
    talk.says("王阿姨", f"{words}，陈桥社区香江华庭3幢2单元501")
    assert [(urgency, lane) for urgency, lane, _ in rows(talk)] == [("U3", "restricted"), ("U0", "emergency")]
    assert told_of(talk.office, "place_duty")


@pytest.mark.parametrize("words", ["三楼，书记收红包", "补充 {} 三楼，书记收红包", "三楼，老伴打我"])
def test_an_answer_before_restricted_words_reaches_the_order(talk: Talk, words: str) -> None:
    code = CODE.findall(talk.says("王阿姨", BULB))[0]
    talk.says("陈桥甲", f"追问 {code} 几楼？")
    talk.says("王阿姨", words.format(code))
    assert len(rows(talk)) == 2
    with talk.office.db.reading() as tx:
        assert tx.value(select(orders.c.state).where(orders.c.code == code)) == "submitted"
    shown = talk.says("陈桥甲", f"进度 {code}")
    assert "三楼" in shown
    assert "红包" not in shown
    assert "打我" not in shown


def test_no_length_makes_more_than_so_many_readings(talk: Talk) -> None:
    before = pieces.BUDGET
    for words in ("老王打我，" * 500, "".join(f"书记{n}收红包，他打我{n}，" for n in range(200))):
        read = list(pieces.Pieces(talk.office, talk.office.understand(words[:3000])))
        assert len(read) <= before
