"""An address that leads a message says where it is and nothing of what: the category and the requests stay the same."""

import pytest

from bot.understanding import Reader
from tests.understanding.test_chats import rows

LEADS = [
    "3栋 ", "12栋3单元的 ", "12栋3单元 ", "我是5号楼的，", "7幢2单元401，", "金色春天3号楼2单元501 ", "六号楼一单元", "我们8栋", "5-2-301 ", "三栋二单元那边 ", "2号楼的那个", "我住13栋1单元 ", "家住9号楼 ",
]  # fmt: skip
SAME_CATEGORY, SAME_REQUESTS = 0.97, 0.92


def same(reader: Reader, lead: str) -> tuple[float, float]:
    """The shares of requests without a place that are read as the same category, and as so many, behind this address."""
    alone = [(text, reader.understand(text)) for name in ("chats.txt", "chats_held_back.txt") for _, text in rows(name)]
    requests = [(text, read) for text, read in alone if read.intent == "request" and not read.place.said]
    assert len(requests) > 80
    led = [(read, reader.understand(f"{lead}{text}")) for text, read in requests]
    category = sum(read.category == behind.category for read, behind in led)
    count = sum(read.request_count == behind.request_count for read, behind in led)
    return category / len(led), count / len(led)


@pytest.mark.parametrize("lead", LEADS)
def test_it_changes_neither_the_category_nor_the_number_of_requests(reader: Reader, lead: str) -> None:
    category, count = same(reader, lead)
    assert category >= SAME_CATEGORY
    assert count >= SAME_REQUESTS


@pytest.mark.parametrize("lead", ["3栋 ", "六号楼一单元", "12栋3单元的 "])
@pytest.mark.parametrize(
    ("words", "urgency"),
    [("井盖没了", "U1"), ("煤气味很大", "U0"), ("我找不到妈妈了", "U0"), ("下水道堵了 我妈一个人在家", "U3")],
)
def test_it_takes_no_danger_away(reader: Reader, lead: str, words: str, urgency: str) -> None:
    assert reader.understand(f"{lead}{words}").urgency == urgency
