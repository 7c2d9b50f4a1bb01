"""Numbers of houses: guesses name none, spoken and formal numerals do, and a mistyped 栋 is read as one."""

import pytest

from bot.understanding import Reader


@pytest.mark.parametrize(
    "said",
    [
        "金色春天两三栋楼都停水了", "金色春天三四号楼停水", "金色春天三五栋楼停水了", "金色春天十七八栋都停电", "金色春天二三十栋楼停电", "一两栋停水", "两三单元停水",
        "两三楼停水", "路上有3洞要补", "三四十号楼都没水",
    ],
)  # fmt: skip
def test_a_guess_at_a_number_names_no_house(reader: Reader, said: str) -> None:
    place = reader.understand(said).place
    assert (place.building, place.unit, place.room) == (None, None, None)


@pytest.mark.parametrize(
    ("said", "building", "unit", "room"),
    [
        ("金色春天二〇栋漏水", "20", None, None), ("金色春天一〇一栋漏水", "101", None, None), ("金色春天卌栋停电", "40", None, None),
        ("金色春天叁号楼停水", "3", None, None), ("金色春天拾贰栋停水", "12", None, None), ("金色春天12栋停水", "12", None, None),
        ("金色春天3懂楼道灯不亮", "3", None, None), ("金色春天3洞的门坏了", "3", None, None), ("金色春天5东2单元门坏了", "5", "2", None),
        ("金色春天5东的路灯坏了", "5", None, None), ("我家十二东一单元门禁坏了", "12", "1", None), ("三冻二单元501漏水", "3", "2", "501"),
        ("金色春天3洞501漏水", "3", None, "501"), ("金色春天3動2单元漏水", "3", "2", None), ("金色春天3号洞2单元门坏", "3", "2", None),
        ("金色春天3栋东头路灯坏了", "3", None, None), ("我们3栋2单元两三户停水", "3", "2", None),
        ("两三栋都停电，我家是5栋2单元", "5", "2", None), ("金色春天3号楼12A灯坏", "3", None, "12a"),
        ("金色春天3号楼12A03灯坏", "3", None, "12a03"), ("金色春天3号楼2单元5G信号不好", "3", "2", None),
    ],
)  # fmt: skip
def test_a_number_of_a_house_is_read(
    reader: Reader, said: str, building: str, unit: str | None, room: str | None
) -> None:
    place = reader.understand(said).place
    assert (place.building, place.unit, place.room) == (building, unit, room)


def test_a_room_with_a_letter_is_masked(reader: Reader) -> None:
    assert reader.mask("金色春天B座12A03想请人陪聊") == "金色春天B座*****想请人陪聊"


def test_a_room_behind_a_mistyped_building_is_masked(reader: Reader) -> None:
    assert reader.mask("金色春天3懂2单元501漏水") == "金色春天3懂2单元***漏水"
