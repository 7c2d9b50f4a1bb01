"""Where it is, in the many ways people write it."""

import pytest

from bot.understanding import Place, Reader
from tests.understanding.conftest import TABLES

ROWS = [
    tuple(line.split(" : ", 1))
    for line in (TABLES / "places.txt").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]


@pytest.mark.parametrize(("expected", "text"), ROWS, ids=[text for _, text in ROWS])
def test_a_place_is_read(reader: Reader, expected: str, text: str) -> None:
    place = reader.find_place(text)
    for pair in expected.split():
        part, _, value = pair.partition("=")
        assert (getattr(place, part) or "-") == value, (part, place)


def test_a_place_is_described_in_a_few_words(reader: Reader) -> None:
    assert reader.find_place("金色春天三栋二单元五零一").describe() == "金色春天3号楼2单元501室"
    assert reader.find_place("龙山小区后门路灯坏了").describe() == "龙山小区后门"
    assert reader.find_place("3号楼5楼").describe() == "3号楼5楼"


def test_the_words_are_kept_as_they_were_typed(reader: Reader) -> None:
    assert reader.find_place("我家在金色春天 ３号楼，没水").raw == "金色春天 ３号楼"


def test_nothing_said_is_no_place(reader: Reader) -> None:
    assert reader.find_place("在吗") == Place()
    assert not Place().said
    assert Place().describe() == ""


def test_the_communities_are_those_of_the_office(reader: Reader) -> None:
    assert reader.communities() == ("兰天社区", "花都路社区", "陈桥社区", "十三里店社区")


def test_every_grid_belongs_to_a_community(reader: Reader) -> None:
    grids = {known.name: known.community for known in reader.gazetteer.known if known.kind == "grid"}
    assert len(grids) == 51
    assert set(grids.values()) == set(reader.communities())


def test_what_stands_between_two_parts_of_a_place_is_kept_in_the_words(reader: Reader) -> None:
    assert reader.find_place("我家在金色春天二期3栋，没水").raw == "金色春天二期3栋"
    assert reader.find_place("佛教巷12号漏雨").describe() == "佛教巷12号"


def test_a_place_below_ones_own_window_is_no_place(reader: Reader) -> None:
    assert reader.find_place("我们楼下路灯坏了") == Place()
