"""Who wants to speak with somebody reports nobody: the matter is read by whom it is for, and every sealed one says who reads it."""

from pathlib import Path

import pytest

from bot.services.office import Office
from tests.databases import SQLITE
from tests.services import cast
from tests.services.cast import told_of
from tests.talk import Talk

pytestmark = SQLITE  # what is tested is how words are read

WISHES = [
    "想让纪检甲给我回个电话", "人工 想找纪检甲", "请纪检甲给我打个电话", "麻烦转告纪检甲我明天到", "纪检甲电话多少", "纪检甲在吗", "请纪检甲接电话", "约纪检甲见面", "麻烦纪检甲联系我", "谢谢纪检甲",
    "你好，请纪检甲同志有空回个电话，谢谢", "想见纪检甲", "能帮我联系一下纪检甲吗", "请纪检干部给我回个电话", "麻烦纪检干部联系我", "我叫王秀英，找纪检甲，电话13711110005", "我想当面跟纪检甲谈谈",
    "请 纪检甲 给我 打个电话",
    # and the rest is surely of somebody or something else
    "我要举报陈桥甲收黑钱，请纪检甲给我回电话", "举报陈桥社区书记收红包，请纪检甲联系我", "家里水管漏了，请纪检甲给我回个电话",
]  # fmt: skip
REPORTS = [
    "请纪检甲给我打电话，他收了我的钱", "让纪检甲把钱还给我", "请纪检甲把红包退回来", "找纪检甲算账", "转告纪检甲别再来要钱", "请纪检甲给我解释为什么收钱", "想让纪检甲给我回个电话，收钱不办事",
    "纪检甲给我打电话骂我", "请纪检甲不要再给我打电话", "让纪检甲给我滚", "约纪检甲见面送红包", "谢谢纪检甲收了我的红包", "举报纪检甲，请他给我打电话", "请纪检甲和老板一起给我打电话，他们是一伙的",
    "我要举报陈桥甲和他收黑钱，请纪检甲给我回电话", "我要举报收黑钱的人，请纪检甲给我回电话", "请纪检甲给我回电话，举报你们收黑钱", "纪检甲我要举报", "想找纪检甲，半夜老给我发微信",
    "想找纪检甲，晚上老给我发微信", "请纪检甲给我回电话，不给钱就不办", "找纪检甲要回我的两千块", "请纪检甲给我打电话，五千块什么时候还", "找纪检甲谈谈，上次喝酒的事", "转告纪检甲我们明天去闹",
]  # fmt: skip


@pytest.fixture
def talk(office: Office, tmp_path: Path) -> Talk:
    return cast.enter(office, tmp_path)


@pytest.mark.parametrize("text", WISHES)
def test_whom_somebody_wants_to_speak_with_reads_it(talk: Talk, text: str) -> None:
    said = talk.says("王阿姨", text)
    assert "没有人能看" not in said
    assert "只有纪检干部能看" in said
    assert "纪检甲" in told_of(talk.office, "place_restricted")


@pytest.mark.parametrize("text", REPORTS)
def test_who_may_be_reported_does_not_read_it_and_the_resident_hears_so(talk: Talk, text: str) -> None:
    assert "没有人能看" in talk.says("王阿姨", text)
    assert told_of(talk.office, "place_restricted") == []


def test_a_name_in_a_further_wish_is_one_of_the_report_before_it(talk: Talk) -> None:
    talk.says("王阿姨", "我要举报，他收红包")
    assert "没有人能看" in talk.says("王阿姨", "请纪检甲给我打个电话")
    assert "现在没有受限事项" in talk.says("纪检甲", "受限")


@pytest.mark.parametrize("messages", [("纪检甲收了我的钱", "人工"), ("人工 举报纪检甲",), ("人工，纪检甲欺负人",)])
def test_whoever_asks_for_a_person_hears_that_nobody_here_may_read_it(talk: Talk, messages: tuple[str, ...]) -> None:
    said = [talk.says("王阿姨", text) for text in messages][-1]
    assert "没有人能看" in said
    assert "已转" not in said


def test_a_fire_in_a_street_that_sounds_like_somebody_is_told_to_them(talk: Talk) -> None:
    talk.says("王阿姨", "陈桥家里着火了，陈桥社区3号楼")
    assert "陈桥甲" in told_of(talk.office, "place_duty")
