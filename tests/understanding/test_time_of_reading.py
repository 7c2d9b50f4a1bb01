"""Reading takes time in proportion to the text, whatever it repeats."""

import time

import pytest

from bot.messages import LONGEST
from bot.understanding import Reader

REPEATED = [
    "三栋",
    "3栋不对5栋",
    "不是3栋是5栋",
    "1",
    "(",
    "-",
    "张三13812345678",
    "明天下午三点",
    "着火了",
    "金色春天3号楼楼道灯不亮，",
    "不",
    "锁",
    "烧香",
    "孩子锁在家里",
    "钥匙锁屋里",
]


def seconds(reader: Reader, text: str) -> float:
    """CPU seconds of the quicker of three readings."""
    spent = []
    for _ in range(3):
        started = time.process_time()
        reader.understand(text)
        spent.append(time.process_time() - started)
    return min(spent)


@pytest.mark.parametrize("piece", REPEATED)
def test_four_times_the_text_takes_at_most_eight_times_as_long(reader: Reader, piece: str) -> None:
    part, whole = (piece * LONGEST)[: LONGEST // 4], (piece * LONGEST)[:LONGEST]
    reader.understand(whole)  # patterns are compiled and caches filled
    assert seconds(reader, whole) < 8 * seconds(reader, part) + 0.01
