"""Several requests in one message are told apart, and one request is not torn to pieces."""

import re
from collections.abc import Iterable

import pytest

from bot.understanding import Reader
from tests.understanding.conftest import TABLES

TABLE = TABLES / "asks_held_back.txt"
SIGNS = re.compile(r"[\s,，。;；、:：!！?？.|]")
ROWS = [
    (int(count), text.replace("\\n", "\n"))
    for count, _, text in (line.partition(" ") for line in TABLE.read_text("utf-8").splitlines())
    if count != "#"
]


def seen_right(reader: Reader, several: bool) -> float:
    rows = [text.replace("|", "") for count, text in ROWS if (count > 1) == several]
    return sum((reader.understand(text).request_count > 1) == several for text in rows) / len(rows)


def cut_right(reader: Reader) -> float:
    rows = [text for count, text in ROWS if count > 1 and "|" in text]
    return sum(_bare(reader.understand(text.replace("|", "")).parts) == _bare(text.split("|")) for text in rows) / len(
        rows
    )


def _bare(parts: Iterable[str]) -> list[str]:
    return [SIGNS.sub("", part) for part in parts]


def test_several_requests_are_seen_as_several(reader: Reader) -> None:
    assert seen_right(reader, several=True) >= 0.7


def test_one_request_stays_one(reader: Reader) -> None:
    assert seen_right(reader, several=False) >= 0.94


def test_they_are_cut_where_the_further_request_begins(reader: Reader) -> None:
    assert cut_right(reader) >= 0.6


def test_nothing_is_lost_between_the_parts(reader: Reader) -> None:
    for count, row in ROWS:
        text = row.replace("|", "")
        parts = reader.understand(text).parts
        if count > 1 and parts:
            assert SIGNS.sub("", "".join(parts)) == SIGNS.sub("", text)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("你好 我家楼上漏水 还有小区路灯也不亮", ("你好 我家楼上漏水", "还有小区路灯也不亮")),
        ("①车位被占②监控坏了", ("①车位被占", "②监控坏了")),
        ("楼道灯坏了。对了，医保在哪里交？", ("楼道灯坏了", "对了，医保在哪里交？")),
        ("楼道灯坏了，还没人来修", ()),
        ("在吗", ()),
        ("3号楼灯坏了，5号楼电梯也坏了", ("3号楼灯坏了", "5号楼电梯也坏了")),
        ("3号楼和5号楼的灯都坏了", ()),
        ("1号楼停水了，2号楼也停水了", ()),
        ("楼上漏水，天花板都湿了，灯也不亮了", ()),
        ("垃圾没人收，臭得要死，苍蝇到处飞，物业也不管", ()),
        ("路灯坏了，什么时候能修，谁负责", ()),
        ("要求物业退钱并道歉", ()),
        (
            "我家楼上漏水还有小区路灯也不亮另外问下高龄补贴咋办",
            ("我家楼上漏水", "还有小区路灯也不亮", "另外问下高龄补贴咋办"),
        ),
        ("一是路面不平，二是公厕没水", ("一是路面不平", "二是公厕没水")),
        ("第一路灯坏了第二垃圾没人收第三井盖松了", ("第一路灯坏了", "第二垃圾没人收", "第三井盖松了")),
        (
            "头一个路灯不亮二一个下水道堵了还有一个医保怎么报",
            ("头一个路灯不亮", "二一个下水道堵了", "还有一个医保怎么报"),
        ),
        (
            "门口第一个化粪池满了往外冒第二个路牌倒了第三个我妈高龄补贴没到账",
            ("门口第一个化粪池满了往外冒", "第二个路牌倒了", "第三个我妈高龄补贴没到账"),
        ),
        ("我第一次报第二次还是没人修", ()),
        ("住第一栋第二单元路灯坏了", ()),
    ],
)
def test_the_parts_are_the_senders_own_words(reader: Reader, text: str, parts: tuple[str, ...]) -> None:
    assert reader.understand(text).parts == parts


def test_a_command_is_never_split(reader: Reader) -> None:
    assert reader.understand("补充 1234567 楼道灯坏了，还有电梯也坏了").request_count == 1


def test_danger_is_not_split_at_commas(reader: Reader) -> None:
    assert reader.understand("老人摔倒了，电梯也坏了，快来人").request_count == 1


def test_what_an_emergency_holds_besides_is_told_apart_where_it_is_announced(reader: Reader) -> None:
    assert reader.understand("三楼着火了快来人！另外小区路灯也不亮").request_count == 2


@pytest.mark.parametrize(
    "text",
    [
        "我要举报村书记贪污低保款，另外路灯也坏了",
        "楼道灯坏了，另外我要举报社区主任收钱",
        "1、路灯不亮 2、村书记收红包 3、垃圾没人清",
    ],
)
def test_what_is_for_the_discipline_staff_is_never_scattered(reader: Reader, text: str) -> None:
    assert reader.understand(text).parts == ()
