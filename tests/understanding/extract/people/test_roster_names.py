"""The names of a roster, by what is looked for."""

import pytest

from bot.understanding import Reader
from bot.understanding.extract.people.roster_names import SOMEBODY, OnList, RosterNames


def test_letters_and_digits_alone_name_nobody(reader: Reader) -> None:
    """A bind code holds some of them."""
    people = frozenset(OnList(name, is_staff=False) for name in ("党员00012", "王志强"))
    names = RosterNames(reader.naming, reader.names.ordinary, people, ())
    assert names.marked("绑定 K7Q2012") == "绑定 K7Q2012".lower()
    assert SOMEBODY in names.marked("王z强收了钱")


DEMO = frozenset(
    OnList(name, is_staff=not name.startswith("党员"))
    for name in ("党员03", "党员06", "党员15", "党员20", "党员30", "陈桥甲", "兰天甲", "花都路乙", "花都路甲", "办事处乙", "十三里店乙", "王建国")
)  # fmt: skip


@pytest.fixture
def demo(reader: Reader) -> RosterNames:
    return RosterNames(reader.naming, reader.names.ordinary, DEMO, ())


@pytest.mark.parametrize(
    "text",
    [
        "金色春天9号楼2单元201门锁坏了", "金色春天9号楼2单元301门锁坏了", "2单元15号门坏了", "3单元06水管爆了", "单元15住户吵", "2单元0301号室漏水",
        "花都路一号门口路灯不亮", "花都路一段积水", "花都路以东路灯坏了", "花都路夹道里有垃圾", "办事处一楼厕所堵了", "十三里店一号楼水管漏了", "陈桥家里水管漏了", "兰天家园3号楼灯坏了",
        "党员201室门锁坏了", "党员2来过", "当员15室", "在东边王建果路口", "电话13711110005单元",
    ],
)  # fmt: skip
def test_an_address_or_a_number_that_sounds_like_somebody_names_nobody(demo: RosterNames, text: str) -> None:
    assert SOMEBODY not in demo.marked(text)


@pytest.mark.parametrize(
    "text",
    ["党员20收我钱", "党圆20收我钱", "党员03来修过", "2单元的党员15", "城桥甲收黑钱", "陈乔甲收黑钱", "花都路乙骂人", "王建锅打我", "王建锅路上打我", "办事处乙收钱"],
)  # fmt: skip
def test_a_name_or_its_sound_outside_of_an_address_names_somebody(demo: RosterNames, text: str) -> None:
    assert SOMEBODY in demo.marked(text)
