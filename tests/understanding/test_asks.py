"""Several requests in one message are told apart, and one request is not torn to pieces."""

from pathlib import Path

import pytest

from bot.understanding import Reader

ROWS = [
    (int(count), text)
    for count, _, text in (
        line.partition(" ") for line in (Path(__file__).parent / "asks.txt").read_text("utf-8").splitlines()
    )
    if count != "#"
]


def seen_right(reader: Reader, several: bool) -> float:
    rows = [text for count, text in ROWS if (count > 1) == several]
    return sum((reader.understand(text).asks > 1) == several for text in rows) / len(rows)


def test_several_requests_are_seen_as_several(reader: Reader) -> None:
    assert seen_right(reader, several=True) >= 0.85


def test_one_request_stays_one(reader: Reader) -> None:
    assert seen_right(reader, several=False) >= 0.9


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("你好 我家楼上漏水 还有小区路灯也不亮", ("你好 我家楼上漏水", "还有小区路灯也不亮")),
        ("①车位被占②监控坏了", ("①车位被占", "②监控坏了")),
        ("楼道灯坏了。对了，医保在哪里交？", ("楼道灯坏了", "对了，医保在哪里交？")),
        ("楼道灯坏了，还没人来修", ()),
        ("在吗", ()),
    ],
)
def test_the_parts_are_the_senders_own_words(reader: Reader, text: str, parts: tuple[str, ...]) -> None:
    assert reader.understand(text).parts == parts


def test_a_command_is_never_split(reader: Reader) -> None:
    assert reader.understand("补充 1234567 楼道灯坏了，还有电梯也坏了").asks == 1


def test_danger_is_not_split_at_commas(reader: Reader) -> None:
    assert reader.understand("老人摔倒了，电梯也坏了，快来人").asks == 1
