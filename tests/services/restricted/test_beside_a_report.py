"""What a message asks for beside a report is an order of its own, whatever its words; what may be part of the report stays with it."""

import pytest
from sqlalchemy import select

from bot.store.tables import orders
from tests.databases import SQLITE
from tests.services import everywhere
from tests.services.cast import told_of
from tests.talk import Talk

pytestmark = SQLITE  # what is tested is how words are read

REPORTS = ["举报陈桥甲受贿", "陈桥甲收红包"]
ANOTHER = [
    "金色春天12号楼井盖松了", "金色春天12号楼井盖丢了", "金色春天12号楼路面塌了个坑", "金色春天12号楼外墙瓷砖要掉下来", "金色春天12号楼井盖没盖", "金色春天12号楼单元门坏了",
    "金色春天5号楼路灯不亮", "金色春天5号楼污水冒出来", "金色春天5号楼垃圾桶满了", "金色春天5号楼雨篷要掉下来", "想请人到金色春天5号楼换个灯泡", "金色春天5号楼消防通道被占",
]  # fmt: skip
JOINTS = ["{}。另外{}", "{}，还有{}", "{} 还有{}", "{}。还有一件事，{}", "{}；此外{}", "{}，再就是{}"]
HAZARDS = ["金色春天12号楼井盖丢了", "金色春天12号楼外墙瓷砖要掉下来"]
OF_THE_REPORT = [
    "{}，还有茅台两箱", "{}，还有他小舅子也收", "{}，还有收了我两条烟", "{}。另外把救济金分了", "顶楼加盖，{}", "绿地租出去停车收费，{}", "{}，还有人送过购物卡", "{}，绿地租出去停车收费", "{}，还有低保名额给亲戚",
]  # fmt: skip


def sealed(talk: Talk) -> list[bool]:
    with talk.office.db.reading() as tx:
        return sorted(row.lane == "restricted" for row in tx.all(select(orders.c.lane)))


def apart_from_the_accused(talk: Talk, words: str) -> None:
    assert sealed(talk) == [False, True], words
    assert told_of(talk.office, "place_staff") == ["办事处甲"]
    assert words[-4:] not in everywhere.heard(talk, "陈桥甲")


@pytest.mark.parametrize("joint", JOINTS)
@pytest.mark.parametrize("another", ANOTHER)
def test_what_is_announced_as_another_matter_is_an_order_kept_from_the_accused(
    talk: Talk, joint: str, another: str
) -> None:
    report = REPORTS[len(another) % 2]
    talk.says("王阿姨", joint.format(report, another))
    apart_from_the_accused(talk, another)


@pytest.mark.parametrize("hazard", HAZARDS)
@pytest.mark.parametrize("joint", ["{1}，{0}", "{1}。另外{0}", "{1}，还有，{0}"])
def test_a_hazard_before_the_report_is_one_too(talk: Talk, hazard: str, joint: str) -> None:
    talk.says("王阿姨", joint.format(REPORTS[0], hazard))
    apart_from_the_accused(talk, hazard)


@pytest.mark.parametrize("words", OF_THE_REPORT)
@pytest.mark.parametrize("report", REPORTS)
def test_what_may_be_reported_stays_with_the_report(talk: Talk, words: str, report: str) -> None:
    talk.says("王阿姨", words.format(report))
    assert sealed(talk) == [True]
    assert told_of(talk.office, "place_staff") == []


BEHIND = ["井盖没了孩子掉下去咋办", "金色春天12号楼外墙瓷砖要掉下来", "路面塌了个坑", "楼下井盖松了车一过咣咣响"]
TO_LIFE = {
    "三楼煤气味很大": "119",
    "电梯困人了": "119",
    "电线掉地上了": "120",
    "变压器冒火花": "120",
    "高压线掉下来了": "120",
}
TO_BLAME = [
    "井盖没了也不管",
    "井盖是他亲戚家承包的",
    "消防通道被他家车堵了",
    "他小舅子包的工程外墙要掉下来",
    "消防栓没水他也不修",
]


@pytest.mark.parametrize("hazard", BEHIND)
@pytest.mark.parametrize("joint", ["{}。{}", "{} {}", "{}，{}"])
def test_a_hazard_behind_the_report_needs_no_word_for_something_further(talk: Talk, hazard: str, joint: str) -> None:
    talk.says("王阿姨", joint.format(REPORTS[0], hazard))
    apart_from_the_accused(talk, hazard)


@pytest.mark.parametrize("danger", TO_LIFE)
@pytest.mark.parametrize("joint", ["{}。{}", "{} {}", "{}。另外{}"])
def test_a_danger_to_life_behind_the_report_is_told_first_and_alarms_by_itself(
    talk: Talk, danger: str, joint: str
) -> None:
    said = talk.says("王阿姨", joint.format(REPORTS[0], danger))
    with talk.office.db.reading() as tx:
        found = {(row.lane, row.urgency, row.text) for row in tx.all(select(orders))}
    assert found == {("restricted", "U3", ""), ("emergency", "U0", danger)}
    assert said.index(TO_LIFE[danger]) < said.index("12388")
    assert danger not in everywhere.heard(talk, "陈桥甲")


@pytest.mark.parametrize("words", TO_BLAME)
@pytest.mark.parametrize("report", REPORTS)
def test_a_hazard_with_who_is_to_blame_stays_with_the_report(talk: Talk, words: str, report: str) -> None:
    talk.says("王阿姨", f"{report}。{words}")
    assert sealed(talk) == [True]


def test_violence_keeps_its_alarm_beside_a_danger_to_all(talk: Talk) -> None:
    talk.says("王阿姨", "老公打我 煤气味很大")
    with talk.office.db.reading() as tx:
        assert [(row.lane, row.urgency) for row in tx.all(select(orders))] == [("restricted", "U0")]


@pytest.mark.parametrize(
    "text", ["我要举报！金色春天西门有人在绿化带种菜浇大粪", "投诉一下，金色春天3号楼楼下烧烤摊油烟太大"]
)
def test_a_nuisance_that_is_announced_as_a_report_is_an_order(talk: Talk, text: str) -> None:
    talk.says("王阿姨", text)
    assert sealed(talk) == [False]


def test_a_report_about_a_school_is_no_ordinary_order_besides(talk: Talk) -> None:
    talk.says("王阿姨", "幼儿园老师让家长送礼，不送就给孩子穿小鞋，金色春天")
    assert sealed(talk) == [True]
