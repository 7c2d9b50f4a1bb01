"""What the office's own orders teach: what people settled, the same words once, and never a sealed or an empty matter."""

from dataclasses import replace

import pytest

from bot.services.learning.rows import Decided, training_rows
from bot.understanding import Reader, load
from config.settings import CONFIG_DIR

LAMP = Decided("巷子里的灯又不亮", "0603", "matter", "confirmed", by_staff=False, was_done=True)


@pytest.fixture(scope="module")
def reader() -> Reader:
    return load(CONFIG_DIR)


def learnt(reader: Reader, *decided: Decided, least: int = 1) -> list[tuple[str, str]]:
    return training_rows(decided, reader.categories, least)


@pytest.mark.parametrize(
    ("change", "teaches"),
    [
        ({}, True),
        ({"outcome": "explained"}, True),
        ({"outcome": "referred"}, True),
        ({"outcome": "unmet"}, True),
        ({"outcome": "no_reply"}, True),
        ({"outcome": "no_reply", "was_done": False}, False),
        ({"outcome": None}, False),
        ({"outcome": None, "by_staff": True}, True),
        ({"outcome": "withdrawn", "by_staff": True}, False),
        ({"outcome": "merged", "by_staff": True}, False),
        ({"outcome": "rejected"}, False),
        ({"category": "1608"}, False),
        ({"category": "1608", "by_staff": True}, True),
        ({"category": "1604", "by_staff": True}, False),
        ({"lane": "restricted", "by_staff": True}, False),
        ({"is_demo": True, "by_staff": True}, False),
        ({"category": "9999", "by_staff": True}, False),
        ({"text": "", "by_staff": True}, False),
        ({"text": "[图片]", "by_staff": True}, False),
    ],
)
def test_an_order_teaches_once_people_have_settled_what_it_is_about(
    reader: Reader, change: dict[str, object], teaches: bool
) -> None:
    one = replace(LAMP, **change)  # type: ignore[arg-type]
    assert learnt(reader, one) == ([(one.text, one.category)] if teaches else [])


def test_the_same_words_teach_once_as_staff_sorted_them_last(reader: Reader) -> None:
    sorted_first = replace(LAMP, category="0203", by_staff=True)
    sorted_last = replace(LAMP, text="巷子里的灯 又不亮！", category="0803", by_staff=True)
    assert learnt(reader, LAMP, sorted_first, sorted_last, LAMP) == [(sorted_last.text, "0803")]
    assert learnt(reader, replace(LAMP, category="0203"), LAMP) == [(LAMP.text, "0603")]


def test_a_category_of_few_rows_is_left_to_the_rules(reader: Reader) -> None:
    many = [replace(LAMP, text=f"第{number}根灯杆不亮") for number in range(3)]
    rare = replace(LAMP, text="楼上又在漏水", category="0301")
    assert {label for _, label in learnt(reader, *many, rare, least=3)} == {"0603"}
