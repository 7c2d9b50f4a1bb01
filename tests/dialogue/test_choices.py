"""Answers to a numbered list in the forms that people type."""

import pytest

from bot.dialogue.choosing import choices

PEOPLE = ("王强", "李梅", "张敏")


@pytest.mark.parametrize(
    "said",
    [
        "1",
        "1.",
        "1、",
        "1)",
        "1吧",
        "就第一件吧",
        "①",
        "⑴",
        "１",
        "¹",
        "一",
        "第一个",
        "第1个",
        "1️⃣",
        "选1",
        "1号",
        " 1 ",
        "1\u200b",
        "❶",
        "第一個",
        "選1",
        "1\u00ad",
        "\u202d1",
    ],
)
def test_every_form_of_the_first_number_is_one(said: str) -> None:
    assert choices.number(said) == 1


@pytest.mark.parametrize(
    "said", ["", "1234567", "一般", "十三里店", "1号楼", "第一天", "好", "1 2", "一二", "一样", "一件", "我要一个"]
)
def test_other_words_are_no_number(said: str) -> None:
    assert choices.number(said) is None


@pytest.mark.parametrize(
    "said", ["3", "③", "张敏", "張敏", "3. 张敏（同社区）", "3 张敏", "３、张敏", "最后一个", "就最后那个吧"]
)
def test_the_third_person_is_picked_by_number_by_name_and_by_the_printed_line(said: str) -> None:
    assert choices.picked(said, PEOPLE) == 3


@pytest.mark.parametrize("said", ["2 张敏", "刘洋", "4. 张敏", "张敏来修灯"])
def test_what_names_no_option_is_no_answer(said: str) -> None:
    assert choices.picked(said, PEOPLE) is None


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("⑤", (5, "")),
        ("5分 很好", (5, "很好")),
        ("４星，谢谢", (4, "谢谢")),
        ("五星", (5, "")),
        ("3", (3, "")),
        ("1 没来", (1, "没来")),
        ("5 謝謝Ａ", (5, "謝謝Ａ")),
    ],
)
def test_stars_are_read_in_every_form(said: str, expected: tuple[int, str]) -> None:
    assert choices.stars(said) == expected


@pytest.mark.parametrize("said", ["6", "一般般", "很好", "0", ""])
def test_anything_else_gives_no_stars(said: str) -> None:
    assert choices.stars(said) is None
