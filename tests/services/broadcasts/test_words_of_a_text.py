"""What staff say of a text that is written or waits for approval is no report, whatever gifts it names, unless it tells what
somebody does."""

from pathlib import Path

import pytest
from sqlalchemy import select

from bot.services.office import Office
from bot.store.tables import broadcasts, orders
from tests.databases import SQLITE
from tests.services import cast
from tests.talk import Talk

pytestmark = SQLITE  # what is tested is how words are read

RETURNED = [
    "打回去，购物卡也要写进去", "退回 购物卡也要写进去", "退回，红包也写上", "不同意，要把收红包的事写清楚", "不行，送礼的要点出来", "先不发，举报电话没写",
    "打回 举报电话要写上", "改一下，加上不准收购物卡", "再加一句 严禁收受红包礼金", "少了举报方式，退回重写", "购物卡也要写进去", "把“送礼”改成“送礼送卡”", "退回去重写，没提送购物卡",
    "不批，吃拿卡要也要讲", "可以，再加上举报电话12388", "没写公款吃喝，退回", "最后一句删掉",
]  # fmt: skip
REPORTS = [
    "我要举报陈桥乙收购物卡", "退回，陈桥甲收了人家红包", "打回去，孙强自己就收过购物卡", "打回去，写上孙强收了购物卡", "不同意，书记收红包的事也要写进去", "不同意，我被陈桥乙打了",
]  # fmt: skip
OF_WORK = [
    "那个举报的单转给谁",
    "今天有几个举报的",
    "居民问收红包怎么举报",
    "举报箱谁负责开",
    "再补一句不准收红包",
    "起草一个通知 不准收受购物卡",
]


@pytest.fixture
def talk(office: Office, tmp_path: Path) -> Talk:
    return cast.enter(office, tmp_path, "党员,孙强,13800000107,陈桥社区,,,\n")


@pytest.fixture
def waiting(talk: Talk) -> Talk:
    """A text of 陈桥甲 waits for 办事处甲."""
    for words in ("提醒", "中秋将至，请大家廉洁过节", "陈桥社区党员", "办事处甲"):
        talk.says("陈桥甲", words)
    return talk


def state(talk: Talk) -> str:
    with talk.office.db.reading() as tx:
        return str(tx.value(select(broadcasts.c.state)))


def sealed(talk: Talk) -> list[bool]:
    with talk.office.db.reading() as tx:
        return [row.lane == "restricted" for row in tx.all(select(orders.c.lane))]


@pytest.mark.parametrize("words", RETURNED)
def test_what_an_approver_wants_in_it_returns_it(waiting: Talk, words: str) -> None:
    waiting.says("办事处甲", words)
    assert (state(waiting), sealed(waiting)) == ("rejected", [])


@pytest.mark.parametrize("words", REPORTS)
def test_who_does_what_is_a_report_also_beside_a_text(waiting: Talk, words: str) -> None:
    waiting.says("办事处甲", words)
    assert sealed(waiting) == [True]


@pytest.mark.parametrize("words", ["李大爷家漏水也要登记上", "三号楼的井盖没提前修", "把灯坏那单给孙强", "待派"])
def test_other_work_decides_nothing(waiting: Talk, words: str) -> None:
    waiting.says("办事处甲", words)
    assert state(waiting) == "review"


@pytest.mark.parametrize("words", OF_WORK)
def test_words_of_work_that_name_reports_are_asked_about(talk: Talk, words: str) -> None:
    assert "1 替居民登记这件事" in talk.says("陈桥甲", words)
    assert sealed(talk) == []


@pytest.mark.parametrize("words", ["购物卡也要写进去", "举报电话也写上"])
def test_the_author_is_asked_for_the_text_again(talk: Talk, words: str) -> None:
    for each in ("提醒", "中秋将至，请大家廉洁过节", "陈桥社区党员"):
        talk.says("陈桥甲", each)
    assert "请发提醒的内容" in talk.says("陈桥甲", words)
    assert "不准收卡" in talk.says("陈桥甲", "中秋将至，不准收卡")
    assert sealed(talk) == []


def test_a_report_that_answers_no_question_of_the_draft_is_sealed(talk: Talk) -> None:
    for each in ("提醒", "中秋将至，请大家廉洁过节", "陈桥社区党员", "举报陈桥乙收购物卡"):
        talk.says("陈桥甲", each)
    assert sealed(talk) == [True]


def test_what_staff_ask_a_resident_may_name_a_gift(talk: Talk) -> None:
    found = cast.CODE.search(talk.says("王阿姨", "金色春天3号楼楼道灯坏了"))
    assert found is not None
    assert "已向居民追问" in talk.says("陈桥甲", f"追问 {found[1]} 购物卡是谁发的")
    assert sealed(talk) == [False]
