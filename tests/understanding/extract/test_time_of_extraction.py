"""Finding places, names, times and telephone numbers takes time in proportion to the text; whole texts are masked."""

import time
from collections.abc import Callable

import pytest

from bot.understanding import Reader
from bot.understanding.extract.people.phone import find_phone
from bot.understanding.extract.time import find_when
from bot.understanding.normalize import simplify

PART, WHOLE = 1_500, 6_000
REPEATED = [
    "三栋",
    "3栋不对5栋",
    "不是3栋是5栋",
    "1",
    "1 ",
    "(138",
    "(",
    "-",
    "张大爷",
    "我叫王小明",
    "13812345678，",
    "明天一点",
    "大",
    "下",
    "五",
    " ",
]
"""Pieces that many patterns can begin with."""


def seconds(read: Callable[[str], object], text: str) -> float:
    """CPU seconds of the quicker of three readings."""
    spent = []
    for _ in range(3):
        started = time.process_time()
        read(text)
        spent.append(time.process_time() - started)
    return min(spent)


@pytest.mark.parametrize("piece", REPEATED)
def test_four_times_the_text_takes_at_most_eight_times_as_long(reader: Reader, piece: str) -> None:
    steps: list[Callable[[str], object]] = [
        reader.find_place, reader.mask, reader.names.for_whom, lambda text: find_phone(simplify(text)), lambda text: find_when(simplify(text)),
    ]  # fmt: skip
    for step in steps:
        part, whole = (seconds(step, (piece * size)[:size]) for size in (PART, WHOLE))
        assert whole < 8 * part + 0.01


@pytest.mark.parametrize("piece", ["三栋", "3栋不对5栋", "张大爷", "13812345678，"])
def test_extraction_from_the_longest_message_stays_far_below_a_second(reader: Reader, piece: str) -> None:
    text = (piece * 3_000)[:3_000]
    assert seconds(reader.find_place, text) + seconds(reader.mask, text) < 0.5
