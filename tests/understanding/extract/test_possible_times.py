"""A date that no calendar has, and an hour that no clock has, is no time that somebody wants."""

import pytest

from bot.understanding import Reader
from bot.understanding.extract.moment import is_possible


@pytest.mark.parametrize(
    "when",
    ["2027年2月29日", "13月40日", "2月30日", "25点", "明天25点", "下周八", "下星期九", "6月31号下午3点", "明天3:75"],
)
def test_an_impossible_time_is_not_wanted(reader: Reader, when: str) -> None:
    read = reader.understand(f"想请人{when}来修灯").when
    assert read is None or read not in when or is_possible(read)
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
