"""Times counted from other times as they are said; what would leave the day, or its named part, is no time."""

import pytest

from bot.understanding.extract import clock


@pytest.mark.parametrize(
    ("time", "minutes", "later"),
    [
        ("明天上午九点", 60, "明天上午十点"), ("明天上午九点", -30, "明天上午八点半"), ("后天下午三点三十分", 60, "后天下午四点半"), ("周六14:00", 60, "周六十五点"),
        ("明天上午九点以后", 60, "明天上午十点以后"), ("明天下午两点钟", 15, "明天下午两点一刻"), ("明天上午十一点半", 60, ""), ("后天十点", -720, ""), ("明天", 60, ""),
        ("晚上十二点", 120, ""),
    ],
)  # fmt: skip
def test_a_time_so_much_later(time: str, minutes: int, later: str) -> None:
    assert clock.time_later(time, minutes) == later


@pytest.mark.parametrize(
    ("day", "days", "later"),
    [
        ("明天", 1, "后天"), ("今日", 1, "明天"), ("明", 1, "后天"), ("今天", -1, ""), ("大后天", 1, ""), ("周三", 1, "周四"), ("周六", -1, "周五"), ("下周日", 1, ""),
        ("周末", 1, ""), ("11月30日", 1, "12月1日"), ("28号", 1, ""), ("13月1日", 1, ""),
    ],
)  # fmt: skip
def test_a_day_so_much_later(day: str, days: int, later: str) -> None:
    assert clock.day_later(day, days) == later


@pytest.mark.parametrize(
    ("much", "unit", "by"),
    [("半", "天", None), ("半", "小时", 30), ("两", "天", 2), ("十", "分钟", 10), ("一", "刻钟", 15)],
)
def test_how_much_is_meant(much: str, unit: str, by: int | None) -> None:
    assert clock.later_by(much, unit) == by


@pytest.mark.parametrize(
    ("said", "minutes"),
    [("三点三十分", 210), ("9:05", 545), ("两三点", None), ("九点钟", 540), ("下午", None), ("一刻钟", None)],
)
def test_the_minutes_of_an_hour(said: str, minutes: int | None) -> None:
    assert clock.minutes_of(said) == minutes
