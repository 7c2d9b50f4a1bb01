"""Words behind 待派 filter by what the orders say; the category of a thing counts where no order says it."""

from pathlib import Path

import pytest

from bot.services.office import Office
from tests.databases import FEW_ON_POSTGRESQL
from tests.services import cast
from tests.talk import Talk

pytestmark = FEW_ON_POSTGRESQL
ORDERS = [
    "陈桥社区1号楼楼道灯不亮", "陈桥社区2号楼纱窗破了", "陈桥社区3号楼水龙头坏了", "陈桥社区4号楼门锁坏了", "陈桥社区6号楼想换个纱窗",
    "陈桥社区7号楼灯泡坏了要换", "陈桥社区9号楼下水道堵了",
]  # fmt: skip
WORDS = [
    ("纱窗", {1, 4}), ("水龙头", {2}), ("门锁", {3}), ("灯", {0, 5}), ("灯坏", {5}), ("3号楼 水龙头", {2}), ("下水道", {6}),
    ("公共设施", {0}),  # the name of a category
    ("修灯", set()),  # said in no order, and a wish may be for anything
]  # fmt: skip


@pytest.fixture
def talk(office: Office, tmp_path: Path) -> Talk:
    talk = cast.enter(office, tmp_path, "党员,党员一,13800000111,陈桥社区,,,\n")
    for number, text in enumerate(ORDERS):
        talk.says(f"居民{number}", text)
    return talk


@pytest.mark.parametrize(("words", "fitting"), WORDS)
def test_what_the_orders_say_comes_before_the_category_of_a_thing(talk: Talk, words: str, fitting: set[int]) -> None:
    said = talk.says("陈桥甲", f"待派 {words}")
    assert {number for number, text in enumerate(ORDERS) if text in said} == fitting


def test_an_order_that_is_named_by_its_thing_is_the_one_that_says_it(talk: Talk) -> None:
    said = talk.says("陈桥甲", "把水龙头那单给党员一")
    assert "已邀请 党员一" in said
