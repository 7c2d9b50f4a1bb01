"""Characters that nobody sees, or that look like others, change nothing in what is read."""

import pytest

from bot.understanding import Reader
from bot.understanding.normalize import fold, simplify


def test_radicals_are_read_as_the_characters_they_look_like(reader: Reader) -> None:
    read = reader.understand("花都路社区⻰⼭⼩区⻔⼝垃圾没⼈清")
    assert (read.place.community, read.place.estate) == ("花都路社区", "龙山小区")
    assert fold("⻢⻋⻥⻜⻛⻓⻅⻉") == "马车鱼飞风长见贝"


INVISIBLE = ["\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u202d", "\u202c", "\ufe0f", "\u3164"]


@pytest.mark.parametrize("character", INVISIBLE)
@pytest.mark.parametrize("said", ["着火了", "救命", "我不想活了，准备跳楼", "金色春天3栋2单元路灯坏了"])
def test_invisible_characters_change_nothing(reader: Reader, said: str, character: str) -> None:
    plain, hidden = reader.understand(said), reader.understand(character.join(said))
    assert (hidden.urgency, hidden.danger, hidden.category, hidden.folded) == (
        plain.urgency, plain.danger, plain.category, plain.folded,
    )  # fmt: skip
    assert (hidden.place.estate, hidden.place.building) == (plain.place.estate, plain.place.building)


def test_every_character_of_the_plain_text_knows_where_it_stood() -> None:
    plain = simplify("着\u200b火了")
    assert (plain.text, plain.origin) == ("着火了", (0, 2, 3))


@pytest.mark.parametrize(
    ("said", "building", "unit"),
    [
        ("金色春天两三栋楼都停水了", None, None), ("金色春天七八栋都没电", None, None),
        ("龙山小区廿五栋三单元门禁坏了", "25", "3"), ("金色春天卅二栋门坏了", "32", None), ("金色春天廿栋漏水", "20", None),
        ("金色春天3懂2单元楼道灯不亮", "3", "2"), ("金色春天12动1单元漏水", "12", "1"), ("金色春天3冻2单元灯不亮", "3", "2"),
        ("金色春天3洞2单元楼道灯不亮", "3", "2"), ("金色春天三栋二单元灯不亮", "3", "2"),
    ],
)  # fmt: skip
def test_house_numbers_are_read_however_they_are_said(
    reader: Reader, said: str, building: str | None, unit: str | None
) -> None:
    place = reader.understand(said).place
    assert (place.building, place.unit) == (building, unit)


@pytest.mark.parametrize(
    ("said", "when"),
    [
        ("明天下午一点来修空调可以吗", "明天下午一点"), ("后天中午一点能来吗", "后天中午一点"),
        ("下下下周一来修一下水管行吗", "下下下周一"), ("下下周三能来吗", "下下周三"), ("大大后天能来修吗", "大大后天"),
        ("三月的第一天能来修吗", "三月的第一天"), ("五月最后一天能来修吗", "五月最后一天"), ("明天下午三点能来吗", "明天下午三点"),
    ],
)  # fmt: skip
def test_times_are_read_whole(reader: Reader, said: str, when: str) -> None:
    assert reader.understand(said).when == when


NUMBERS = [
    "13812345678", "138–1234–5678", "138\u20111234\u20115678", "138.1234.5678", "138 1234 5678", "+86 13812345678", "86-138-1234-5678",
    "138-123-45678", "1381-234-5678", "１３８１２３４５６７８", "138\u200b12345678", "(0550)7654321", "（0550）7654321", "0550—7654321",
    "0550-765-4321", "0550 7654321", "021-62345678", "(021)62345678", "010 6234 5678",
]  # fmt: skip


@pytest.mark.parametrize("number", NUMBERS)
def test_a_telephone_number_is_found_and_masked_however_it_is_written(reader: Reader, number: str) -> None:
    read = reader.understand(f"路灯坏了，打{number}找我")
    assert read.phone in ("13812345678", "05507654321", "02162345678", "01062345678")
    assert not any(part in read.masked for part in ("1234", "5678", "7654", "4321", "6234"))
    assert read.masked.startswith("路灯坏了")


@pytest.mark.parametrize(
    "said", ["2026-11-29 10:30 停水", "单号 1234567 什么时候来", "电费 1380.50 元", "3栋201 到 205 停电"]
)
def test_other_numbers_stay_readable(reader: Reader, said: str) -> None:
    read = reader.understand(said)
    assert read.phone is None
    assert "***********" not in read.masked


@pytest.mark.parametrize(
    "said",
    ["就在东门旁边", "在后门口", "就在桥下面", "小区北门那边", "我在3栋楼下", "金色春天东门旁边", "我们就在超市对面"],
)
def test_a_place_and_nothing_else_is_no_danger(reader: Reader, said: str) -> None:
    assert reader.understand(said).danger is None


@pytest.mark.parametrize("said", ["就在东门旁边着火了", "有人在楼顶要跳", "我在水里面快淹死了"])
def test_a_danger_at_a_place_stays_one(reader: Reader, said: str) -> None:
    assert reader.understand(said).urgency == "U0"
