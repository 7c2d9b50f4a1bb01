"""Whoever is named in a danger is not told of it: not of an emergency, and not of an ordinary matter that speaks of violence."""

from pathlib import Path

import pytest

from bot.services.office import Office
from tests.services import cast
from tests.services.cast import told_of

MORE = """社区工作者,周建明,13800000110,陈桥社区,,,
纪检干部,刘志强,13800000107,,,,
社区工作者,欧阳雪梅,13800000108,陈桥社区,,,
街道管理员,刘大山,13800000111,,,,
"""
EVENTS = ("place_danger", "place_restricted", "place_duty", "place_staff")


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("我老公志强打我", "刘志强"), ("我家雪梅打孩子，陈桥社区", "欧阳雪梅"), ("社区欧阳打我老婆", "欧阳雪梅"), ("陈桥社区的周建明打我", "周建明"),
        ("我公公是街道的刘主任，他摸我", "刘大山"), ("陈桥社区周建明骂我", "周建明"), ("陈桥社区，周建明往我家门口泼油点火，着火了", "周建明"),
        ("建明在陈桥社区门口砸我车", "周建明"), ("欧阳雪梅把我关在屋里，陈桥社区金色春天3号楼", "欧阳雪梅"), ("周建明逼得我要跳楼，陈桥社区", "周建明"),
        ("陈桥社区的周书记带人上门打人", "周建明"), ("陈桥社区13800000110这个人打我", "周建明"),
    ],
)  # fmt: skip
def test_the_named_one_is_not_told_and_somebody_else_is(office: Office, tmp_path: Path, text: str, named: str) -> None:
    cast.enter(office, tmp_path, MORE).says("王阿姨", text)
    told = [name for event in EVENTS for name in told_of(office, event)]
    assert told
    assert named not in told


def test_who_is_named_in_an_ordinary_matter_without_violence_hears_of_it(office: Office, tmp_path: Path) -> None:
    cast.enter(office, tmp_path, MORE).says("王阿姨", "陈桥社区周建明说会来修路灯，路灯还是不亮")
    assert "周建明" in told_of(office, "place_staff")


def test_the_lead_is_told_where_all_of_the_community_are_named(office: Office, tmp_path: Path) -> None:
    talk = cast.enter(office, tmp_path)
    talk.says("王阿姨", "兰天社区，兰天甲家里着火了")
    assert told_of(office, "place_duty") == ["办事处甲"]


def test_a_threat_by_name_is_a_report_for_the_discipline_staff(office: Office, tmp_path: Path) -> None:
    talk = cast.enter(office, tmp_path)
    talk.says("王阿姨", "兰天社区，兰天甲威胁我")
    assert (told_of(office, "place_restricted"), told_of(office, "place_staff")) == (["纪检甲"], [])


def test_what_happens_to_the_order_later_is_not_told_to_the_named_one_either(office: Office, tmp_path: Path) -> None:
    talk = cast.enter(office, tmp_path, MORE)
    code = cast.CODE.search(talk.says("王阿姨", "陈桥社区的周建明威胁我"))
    assert code
    talk.says("王阿姨", f"补充 {code[1]} 今天又来了")
    told = told_of(office, "append_staff")
    assert "纪检甲" in told  # it is a report: the discipline staff alone hear of it
    assert "周建明" not in told
