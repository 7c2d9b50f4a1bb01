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
