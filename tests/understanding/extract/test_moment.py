"""A day and an hour ahead, as staff write them; which days and hours there are at all."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.understanding import Reader
from bot.understanding.extract import moment

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 24, 12, 0, tzinfo=ZONE)  # a Tuesday


@pytest.mark.parametrize(
    ("said", "at"),
    [
        ("明天上午9点", "2026-11-25 09:00"),
        ("明天9点发", "2026-11-25 09:00"),
        ("后天下午三点半", "2026-11-26 15:30"),
        ("今天下午3:05", "2026-11-24 15:05"),
        ("今晚八点", "2026-11-24 20:00"),
        ("三点开会", "2026-11-24 15:00"),
        ("周五上午十点", "2026-11-27 10:00"),
        ("下周一9：30", "2026-11-30 09:30"),
        ("周一下午两点", "2026-11-30 14:00"),
        ("12月5日（周六）9:00", "2026-12-05 09:00"),
        ("28号上午8点一刻", "2026-11-28 08:15"),
        ("2027年1月3日 14:00", "2027-01-03 14:00"),
        ("1月3日下午2点", "2027-01-03 14:00"),
        ("2026-12-01 08:30", "2026-12-01 08:30"),
        ("中午12点", "2026-11-24 12:00"),
        ("中午一点", "2026-11-24 13:00"),
        ("大后天早上七点", "2026-11-27 07:00"),
        ("明早8点", "2026-11-25 08:00"),
    ],
)
def test_a_moment_is_read(said: str, at: str) -> None:
    found = moment.find(said, NOW)
    assert found is not None
    assert f"{found.at:%Y-%m-%d %H:%M}" == at


def test_an_end_and_what_is_said_besides_are_kept() -> None:
    found = moment.find("明天下午3点到5点，三楼会议室", NOW)
    assert found is not None
    assert found.until is not None
    assert (f"{found.until:%H:%M}", found.rest) == ("17:00", "，三楼会议室")


@pytest.mark.parametrize(
    "said", ["", "明天", "明天下午", "2月30日9点", "13月1日9点", "明天25点", "三楼会议室", "请大家9月廉洁过节"]
)
def test_what_is_no_moment_is_none(said: str) -> None:
    assert moment.find(said, NOW) is None


@pytest.mark.parametrize(
    "when",
    ["2027年2月29日", "13月40日", "2月30日", "25点", "明天25点", "下周八", "下星期九", "6月31号下午3点", "明天3:75"],
)
def test_an_impossible_time_is_not_wanted(reader: Reader, when: str) -> None:
    read = reader.understand(f"想请人{when}来修灯").when
    assert read is None or read not in when or moment.is_possible(read)
    assert read != when
    assert (read or "") in ("", "明天", "下午3点")


@pytest.mark.parametrize(
    "when",
    [
        "2028年2月29日",
        "2月29日",
        "12月31日",
        "24点",
        "明天下午3点",
        "下周三",
        "下周",
        "十二月三十一号",
        "6月30号下午3点",
        "明天15:30",
        "三月份",
    ],
)
def test_a_possible_one_is(reader: Reader, when: str) -> None:
    assert reader.understand(f"想请人{when}来修灯").when == when
