"""A time for which somebody is to come, but that no calendar has or that lies behind, is said to be one and asked again."""

from pathlib import Path

import pytest
from sqlalchemy import select

from bot.services.office import Office
from bot.store.tables import history, orders
from tests.databases import SQLITE
from tests.services import cast
from tests.services.cast import CODE
from tests.talk import Talk

pytestmark = SQLITE  # what is tested is how words are read

LAMP = "金色春天3号楼2单元501灯泡坏了，请人来换，电话13900001234"
NO_SUCH, PASSED = "没有这一天或这个钟点", "已经过去了"
"""It is a Tuesday noon, the 24th of November."""
NEVER = [
    "2月30号上门", "二月三十号来", "2027年2月29日来", "25点来", "明天26点来", "星期八来", "6月31号下午", "32号来", "改到2月30号", "25点来行吗", "明天25点吧", "下周九过来吧", "明天九点六十来",
]  # fmt: skip
BEHIND = [
    "昨天下午来", "前天上午过来吧", "上周五上门行不行", "今天早上来", "改成昨天下午", "11月20日来", "今天上午9点上门", "大前天来", "昨晚来行不行", "今早八点来", "上周三来一下",
]  # fmt: skip
ELSE = [
    "昨天下午就坏了", "昨天说好来的没来", "昨天下午没人来", "昨天下午有人来过", "昨天来的师傅挺好", "怎么昨天没来", "上次是昨天下午来的", "电话打了25次", "以前天天来", "昨晚响到三点",
    "我住新锐巷45号", "是13号楼25单元",
]  # fmt: skip
KEPT = {
    "明天下午来": "明天下午", "2月28号上门": "2月28号", "8号来": "8号", "24点以前都行": "24点以前", "昨天有事，明天来吧": "明天", "晚上七八点来": "晚上七八点", "今天下午三点来": "今天下午三点", "今晚来": "今晚",
}  # fmt: skip


def when(office: Office) -> str | None:
    with office.db.reading() as tx:
        return str(tx.value(select(orders.c.wanted_when))) if tx.value(select(orders.c.wanted_when)) else None


def words_of(office: Office) -> str:
    with office.db.reading() as tx:
        return "".join(str(row.note) for row in tx.all(select(history.c.note)))


@pytest.mark.parametrize(("words", "why"), [*((w, NO_SUCH) for w in NEVER), *((w, PASSED) for w in BEHIND)])
def test_it_is_said_and_another_one_taken(talk: Talk, words: str, why: str) -> None:
    talk.says("王阿姨", LAMP)
    assert why in talk.says("王阿姨", words)
    assert when(talk.office) is None
    assert words in words_of(talk.office)
    assert "后天下午两点" in talk.says("王阿姨", "后天下午两点")
    assert when(talk.office) == "后天下午两点"


@pytest.mark.parametrize("words", ELSE)
def test_what_has_happened_and_houses_are_no_such_times(talk: Talk, words: str) -> None:
    talk.says("王阿姨", LAMP)
    said = talk.says("王阿姨", words)
    assert NO_SUCH not in said
    assert PASSED not in said
    assert when(talk.office) is None


@pytest.mark.parametrize(("words", "kept"), KEPT.items())
def test_times_that_there_will_be_are_taken(talk: Talk, words: str, kept: str) -> None:
    talk.says("王阿姨", LAMP)
    talk.says("王阿姨", words)
    assert when(talk.office) == kept


@pytest.mark.parametrize("words", ["2月30号上门", "昨天下午来换", "下周八来", "13月5号来"])
def test_said_with_the_request_it_is_the_first_question(talk: Talk, words: str) -> None:
    said = talk.says("王阿姨", f"灯泡坏了，请人{words}")
    assert CODE.search(said)
    assert NO_SUCH in said or PASSED in said
    assert NO_SUCH in talk.says("王阿姨", "2月31号")
    assert "哪个社区" in talk.says("王阿姨", "后天上午九点")
    assert when(talk.office) == "后天上午九点"


def test_who_does_not_say_is_asked_what_else_is_missing(talk: Talk) -> None:
    talk.says("王阿姨", "灯泡坏了，请人2月30号上门")
    assert "哪个社区" in talk.says("王阿姨", "跳过")


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("改时间 {code} 昨天下午", PASSED),
        ("改时间 {code} 2月30号", NO_SUCH),
        ("我25点到行吗", NO_SUCH),
        ("2月30号过去", NO_SUCH),
    ],
)
def test_who_helps_is_told_too(office: Office, tmp_path: Path, words: str, why: str) -> None:
    talk = cast.enter(office, tmp_path, "党员,孙强,13800000107,陈桥社区,,,\n")
    found = CODE.search(talk.says("王阿姨", f"{LAMP}，明天上午来"))
    assert found is not None
    talk.says("陈桥甲", f"派单 {found[1]} 孙强")
    talk.says("孙强", f"接单 {found[1]}")
    assert why in talk.says("孙强", words.format(code=found[1]))
    assert when(talk.office) == "明天上午"
