"""Reading takes time in proportion to the text, whatever it repeats."""

import time
from collections.abc import Callable

import pytest

from bot.messages import LONGEST
from bot.understanding import Reader
from bot.understanding.normalize import simplify

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
RULES = ["燃气泄漏", "灯泡", "坏了", "一氧化碳中毒了"]
"""Words of many rules, and words that lie within longer ones."""
STARTS = [" ", "，", "。", "\n", " 。", "另外", "还有，", "1、", "小区坏了", "了路灯"]
"""Pieces at which a further request may begin."""


def seconds(read: Callable[[str], object], text: str) -> float:
    """CPU seconds of the quickest of three readings, each of another text: what was read is remembered."""
    spent = []
    for end in "。！？":
        started = time.process_time()
        read(text[:-1] + end)
        spent.append(time.process_time() - started)
    return min(spent)


@pytest.mark.parametrize("piece", REPEATED)
def test_four_times_the_text_takes_at_most_eight_times_as_long(reader: Reader, piece: str) -> None:
    part, whole = (piece * LONGEST)[: LONGEST // 4], (piece * LONGEST)[:LONGEST]
    reader.understand(whole)  # patterns are compiled and caches filled
    assert seconds(reader.understand, whole) < 8 * seconds(reader.understand, part) + 0.01


@pytest.mark.parametrize("piece", RULES)
def test_the_rules_of_a_text_are_found_in_time_in_proportion_to_it(reader: Reader, piece: str) -> None:
    for phrases in (reader.chooser.classifier.phrases, reader.intents.phrases):
        part, whole = ((piece * size)[:size] for size in (LONGEST, 4 * LONGEST))
        phrases.scores(whole)
        assert seconds(phrases.scores, whole) < 8 * seconds(phrases.scores, part) + 0.01


@pytest.mark.parametrize("piece", STARTS)
def test_a_text_is_searched_for_several_requests_in_time_in_proportion_to_it(reader: Reader, piece: str) -> None:
    part, whole = ((piece * size)[:size] for size in (LONGEST, 4 * LONGEST))

    def split(text: str) -> object:
        return reader.segmentation.split(simplify(text), danger=False)

    split(whole)
    assert seconds(split, whole) < 8 * seconds(split, part) + 0.01
