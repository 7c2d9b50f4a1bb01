"""A receipt: two lines in a resident's own words, of at most 120 characters, whatever the matter is."""

from itertools import product
from pathlib import Path

import pytest

from bot import texts
from bot.services.office import Office
from bot.understanding import load
from bot.understanding.result import Category
from config.settings import CONFIG_DIR
from tests.databases import FEW_ON_POSTGRESQL
from tests.services import cast
from tests.services.cast import CODE
from tests.talk import Talk

pytestmark = FEW_ON_POSTGRESQL

TEXTS, READER = texts.load(CONFIG_DIR), load(CONFIG_DIR)
LONGEST = 120
WHERE = "（金色春天13号楼12单元1501室旁边的小卖部，12月12日下午三点半）"
NAMES = "  ".join(f"{number} {name}" for number, name in enumerate(READER.communities(), 1))


def names(category: Category) -> list[str]:
    return [category.everyday, *(name for name, _ in category.particular)]


def second_lines() -> list[tuple[str, str]]:
    """(where, as far as it is known; the second line): what is asked is what is not known."""
    closed = ["", TEXTS.say("order.after_hours", opens="12月12日早上8点半")]
    asked = {kind: TEXTS.say(f"ask.{kind}", communities=NAMES) for kind in ("community", "place", "phone")}
    wrong = [TEXTS.say(f"reschedule.{key}") for key in ("no_such_time", "passed")]
    lanes = ("wish", "matter", "question", "mediation", "feedback")
    return [
        *product(["（12月12日下午三点半）"], [line + asked["community"] for line in closed]),
        *product(["（十三里店社区，12月12日下午三点半）"], [line + asked["place"] for line in closed]),
        *product([WHERE], [line + asked["phone"] for line in closed]),
        *product([WHERE.replace("，12月12日下午三点半", "")], ["".join(both) for both in product(closed, wrong)]),
        *product([WHERE], [closed[1], *(TEXTS.say(f"order.next.{lane}") for lane in lanes)]),
    ]


@pytest.mark.parametrize("category", READER.categories.values(), ids=lambda each: each.code)
def test_a_receipt_is_short_for_every_category(category: Category) -> None:
    for name, (where, second) in product(names(category), second_lines()):
        first = TEXTS.say("order.placed", what=name, where=where, code="12345678")
        assert len(f"{first}\n{second}") <= LONGEST, f"{first}\n{second}"


@pytest.mark.parametrize("category", READER.categories.values(), ids=lambda each: each.code)
def test_a_category_has_an_everyday_name_that_is_not_the_catalogues(category: Category) -> None:
    for name in names(category):
        assert 2 <= len(name) <= 12
        assert name not in (category.level2, category.name)
        assert not set(name) & set("()（）/*")


@pytest.fixture
def talk(office: Office, tmp_path: Path) -> Talk:
    return cast.enter(office, tmp_path)


SAID = [
    ("金色春天3栋2单元501灯泡坏了，想请人换一下", "换灯泡（金色春天3号楼2单元501室）"), ("楼道黑漆漆的灯不亮", "楼道灯不亮"),
    ("陈桥社区佛教巷有只狗老叫", "狗"), ("金色春天3号楼下水道堵了", "下水道堵了（金色春天3号楼）"),
    ("我叫欧阳小红，金色春天3号楼501想请人明天上午教我用手机", "教用手机（金色春天3号楼501室，明天上午）"),
]  # fmt: skip


@pytest.mark.parametrize(("said", "shown"), SAID)
@pytest.mark.parametrize("hours", [0, 10, 96], ids=["noon", "night", "weekend"])
def test_a_receipt_says_what_was_understood_and_nothing_else(talk: Talk, said: str, shown: str, hours: int) -> None:
    talk.wait(hours=hours)
    reply = talk.says("王阿姨", said)
    assert reply.startswith("收到了：")
    assert shown in reply
    assert CODE.search(reply)
    assert len(reply) <= LONGEST
    assert len(reply.splitlines()) == 2
    assert reply.count("请问") + reply.count("留个电话") <= 1
    for never in ("待核实", "没说", "急缓", "一般", "*", "：\n", "：，", "（）"):
        assert never not in reply
    assert ("有人看" in reply) == bool(hours)


def test_the_next_opening_is_told_by_the_offices_calendar(talk: Talk) -> None:
    talk.wait(hours=10)  # Tuesday at ten in the evening
    assert "明早8点半有人看" in talk.says("王阿姨", "陈桥社区佛教巷路灯不亮")
    talk.wait(hours=9)  # Wednesday at seven
    assert "今天早上8点半有人看" in talk.says("李大爷", "陈桥社区新锐巷垃圾没人清运")
    talk.wait(days=2, hours=13)  # Friday evening
    assert "11月30日早上8点半有人看" in talk.says("赵大姐", "兰天社区健身器材坏了")


def test_progress_shows_ones_own_room_and_name_and_no_number(talk: Talk) -> None:
    found = CODE.search(talk.says("王阿姨", "我是王小红，金色春天3号楼2单元501灯泡坏了，想请人换，电话13900001234"))
    assert found
    own, staff = talk.says("王阿姨", f"进度 {found[1]}"), talk.says("陈桥甲", f"进度 {found[1]}")
    assert "王小红" in own
    assert "501" in own
    assert "501" not in staff.replace(found[1], "")
    assert "王小红" not in staff
    assert "13900001234" not in own


def test_progress_shows_an_answer_of_staff_as_they_wrote_it(talk: Talk) -> None:
    found = CODE.search(talk.says("王阿姨", "陈桥社区佛教巷路灯不亮"))
    assert found
    answer = "请打物业电话 0516-83251234，到501室找王小红"
    talk.says("陈桥甲", f"解释办结 {found[1]} {answer}")
    assert answer in talk.says("王阿姨", f"进度 {found[1]}")
