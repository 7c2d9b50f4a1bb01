"""A question that names nothing has no answer of the book and is of no category: it is asked what it is about."""

import pytest
from sqlalchemy import select

from bot.store.tables import orders
from bot.understanding.categories import UNKNOWN
from tests.databases import SQLITE
from tests.talk import Talk

pytestmark = SQLITE  # what is tested is how words are read

VAGUE = [
    "几十块钱那个咋弄", "那个咋弄", "那个钱怎么领", "那个补贴的事怎么弄", "上次说的那个怎么申请", "手机上那个怎么搞", "要什么材料", "去哪里办", "一年几百那个咋领", "那个证怎么办", "多少钱一个月",
    "啥时候发", "我这种情况能不能申请", "网上能办吗", "隔壁都领了我咋弄", "八十块那个怎么弄", "那个表咋填", "社区能弄那个吗", "可以代办吗", "在哪儿交钱", "每个月那个怎么交", "两百块那个咋办",
    "听说可以补钱 怎么申请", "老头子那个咋弄", "一百多块的怎么缴", "五百块钱的那个咋领",
]  # fmt: skip
NAMED = {
    "高龄津贴怎么领": "1001", "老年证在哪办": "1001", "身份证丢了怎么办": "1401", "公租房怎么申请 要什么材料": "0307", "80块的高龄补贴咋领": "1001", "刷脸那个咋弄": "1102", "医保怎么交": "1101",
    "孩子上学怎么报名": "1301", "那个漏水怎么办": "0301", "老人那个钱咋领": "1001",
}  # fmt: skip
OF_SERVICE = ["怎么用这个号", "这个怎么用", "要钱吗", "这个要不要给钱的", "你们收费吗", "怎么报修", "谁能看到我说的话"]


def categories(talk: Talk) -> list[str]:
    with talk.office.db.reading() as tx:
        return [row.category for row in tx.all(select(orders.c.category))]


@pytest.mark.parametrize("words", VAGUE)
def test_it_is_asked_what_it_is_about(talk: Talk, words: str) -> None:
    assert "请用一句话说说是什么事" in talk.says("王阿姨", words)
    assert categories(talk) == [UNKNOWN]


@pytest.mark.parametrize(("words", "category"), NAMED.items())
def test_one_word_of_its_matter_is_enough(talk: Talk, words: str, category: str) -> None:
    talk.says("王阿姨", words)
    assert categories(talk) == [category]


@pytest.mark.parametrize("words", OF_SERVICE)
def test_questions_about_the_service_are_answered(talk: Talk, words: str) -> None:
    assert "说说是什么事" not in talk.says("王阿姨", words)
    assert categories(talk) == []


@pytest.mark.parametrize("words", ["怎么办 我不想活了", "他打我怎么办"])
def test_danger_stays_danger(talk: Talk, words: str) -> None:
    talk.says("王阿姨", words)
    with talk.office.db.reading() as tx:
        assert [row.urgency for row in tx.all(select(orders.c.urgency))] == ["U0"]


def test_asked_behind_a_request_it_belongs_to_that(talk: Talk) -> None:
    talk.says("王阿姨", "公租房怎么申请")
    talk.says("王阿姨", "要什么材料")
    assert len(categories(talk)) == 1
