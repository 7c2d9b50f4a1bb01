"""The parts together: folding, categories, lanes, times, and the data the office edits."""

import csv

import pytest

from bot.training.corpus import NONE, UNSAID, read_file, read_messages
from bot.understanding import Reader
from bot.understanding.categories import read_categories
from bot.understanding.lexicon import read_lexicon
from bot.understanding.normalize import fold
from tests.understanding.conftest import CONFIG, TABLES


def messages(name: str) -> list[tuple[str, str]]:
    rows = []
    for line in (TABLES / name).read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            code, _, said = line.partition(" ")
            rows += [(code, text) for text in said.split("|")]
    return rows


def learnt(name: str) -> list[tuple[str, str]]:
    """Requests from which the reader learnt."""
    folder = CONFIG / "lexicon" / "messages"
    found = read_file(folder / f"{name}.txt", read_categories(CONFIG / "categories.csv"))
    return [(message.category, message.text) for message in found]


TABLE = learnt("requests")
WITH_CATEGORY = [
    ("家里灯泡坏了，想请人帮忙换一下", "0102", "wish"),
    ("想要一床棉被", "0101", "wish"),
    ("帮我买药", "0104", "wish"),
    ("想找人陪我聊聊天", "0105", "wish"),
    ("陪我去医院", "0106", "wish"),
    ("孙子数学没人辅导", "0107", "wish"),
    ("教我用手机", "0108", "wish"),
    ("楼道灯不亮", "0203", "matter"),
    ("路灯不亮", "0603", "matter"),
    ("楼上漏水", "0301", "mediation"),
    ("高龄补贴怎么办", "1001", "question"),
    ("和邻居吵架了想评评理", "0901", "mediation"),
    ("我要表扬网格员", "1602", "feedback"),
    ("建议多装几个座椅", "1601", "feedback"),
    ("举报社区主任收红包", "1604", "restricted"),
    ("投诉社区工作人员态度差", "1603", "restricted"),
    ("我要信访", "1605", "restricted"),
    ("删掉你们存的我的个人信息", "1606", "matter"),
    ("务业不管，楼到灯黑了", "0203", "matter"),
]


@pytest.mark.parametrize(("text", "code", "lane"), WITH_CATEGORY)
def test_a_plain_message_finds_its_category_and_lane(reader: Reader, text: str, code: str, lane: str) -> None:
    read = reader.understand(text)
    assert (read.category, read.lane) == (code, lane)


def right(reader: Reader, table: list[tuple[str, str]]) -> float:
    return sum(reader.understand(text).category == code for code, text in table) / len(table)


def test_known_messages_are_recognised(reader: Reader) -> None:
    assert right(reader, TABLE) >= 0.95


def test_messages_held_back_from_tuning_are_recognised(reader: Reader) -> None:
    assert right(reader, messages("held_back.txt")) >= 0.9


def test_every_category_has_messages_a_lexicon_and_examples(reader: Reader) -> None:
    lexicon = read_lexicon(CONFIG / "lexicon")["categories"]
    with (CONFIG / "categories.csv").open(encoding="utf-8", newline="") as file:
        codes = [row["code"] for row in csv.DictReader(file)]
    assert len(codes) == 90 + 11
    examples = {message.category for message in read_messages(CONFIG / "lexicon" / "messages", codes)} - {NONE, UNSAID}
    assert set(lexicon["of"]) == examples == set(codes) == set(reader.categories)
    said = [code for code, _ in TABLE]
    assert all(said.count(code) >= 3 for code in codes)


def test_a_greeting_has_no_category_and_no_confidence(reader: Reader) -> None:
    read = reader.understand("嗯嗯")
    assert (read.category, read.confidence, read.urgency) == ("1608", 0.0, "U3")


def test_nothing_at_all_is_read_without_error(reader: Reader) -> None:
    for text in ("", "   ", "？？", "\n", "😀", "a" * 3000, "[图片]", "\x00"):
        assert reader.understand(text).text == text


def test_confidence_is_higher_when_one_category_stands_out(reader: Reader) -> None:
    sure, unsure = reader.understand("消防通道被占"), reader.understand("那边有人一直占着")
    assert 0 <= unsure.confidence < sure.confidence <= 1


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("ＡＢＣ１２３", "abc123"),
        ("電梯壞了！！！", "电梯坏了"),
        ("停水了…… 真的？", "停水了 真的"),
        ("急急急急急急", "急急急"),
        ("接单：1234567", "接单 1234567"),
    ],
)
def test_folding_brings_ways_of_typing_together(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("明天上午能来吗", "明天上午"),
        ("周六在家", "周六"),
        ("今晚七点", "今晚七点"),
        ("12月1日要用", "12月1日"),
        ("下周三下午3点半去医院", "下周三下午3点半"),
        ("星期天早上8:30", "星期天早上8:30"),
        ("昨晚开始停水", None),
        ("周六没空，周日上午可以", "周日上午"),
        ("周三的会改到周四下午3点", "周四下午3点"),
        ("尽快来修，明早都在家", "明早"),
        ("国庆后再来也行", "国庆后"),
        ("随时来都行", "随时"),
        ("电梯随时会掉下来", None),
        ("每天晚上十点还在打桩", None),
        ("去年国庆就说要修", None),
        ("停水三天了", None),
        ("路灯不亮", None),
        ("3号楼灯坏了", None),
        ("有一点漏水", None),
    ],
)
def test_the_time_is_read_as_it_was_said(reader: Reader, text: str, when: str | None) -> None:
    assert reader.understand(text).when == when


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("0203", "0203"),
        ("路灯不亮", "0603"),
        ("路灯", "0603"),
        ("楼上漏水", "0301"),
        ("小修小补", "0102"),
        ("火情", "0801"),
        ("陪诊", "0106"),
        ("没有这一类", None),
        ("9999", None),
        ("", None),
    ],
)
def test_staff_name_a_category_by_code_or_name(reader: Reader, words: str, code: str | None) -> None:
    found = reader.find_category(words)
    assert (found.code if found else None) == code


def test_a_category_carries_what_the_catalogue_says(reader: Reader) -> None:
    category = reader.category("0102")
    assert (category.level1, category.name, category.lane, category.sla, category.volunteer) == (
        "微心愿帮扶",
        "小修小补",
        "wish",
        "SW",
        "Y",
    )
