"""A message that only says where somebody is raises no alarm; a danger said at such a place does."""

import pytest

from bot.understanding import Reader


@pytest.mark.parametrize(
    "said",
    [
        "配电房旁边", "就在变压器旁边", "高压线下面", "幼儿园门口", "就在水塘边", "在电梯口", "就在马路中间", "在工地附近", "煤气站对面", "在楼道里", "是加油站那边",
        "就在东门旁边", "我在3栋楼下", "小区北门那边",
    ],
)  # fmt: skip
def test_a_place_alone_raises_no_alarm(reader: Reader, said: str) -> None:
    read = reader.understand(said)
    assert (read.danger, read.urgency) == (None, "U3")


@pytest.mark.parametrize(
    "said",
    [
        "变压器旁边着火了",
        "水塘边有人落水了",
        "幼儿园门口有人拿刀砍人",
        "电梯里有人被困住了",
        "高压线断了掉在路上",
        "煤气站旁边煤气味很大",
    ],
)
def test_a_danger_at_such_a_place_is_one(reader: Reader, said: str) -> None:
    assert reader.understand(said).danger is not None
