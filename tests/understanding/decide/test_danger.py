"""How much danger is heard in messages held back and in those learnt from, and how many harmless ones alarm."""

from collections.abc import Iterable, Iterator

import pytest

from bot.texts import load as load_texts
from bot.training.corpus import NONE, SOON, UNSAID, Message, read_messages
from bot.understanding import Reader, Understanding
from bot.understanding.decide.danger.detector import OTHER
from bot.understanding.lexicon import read_lexicon
from tests.understanding.conftest import CONFIG, TABLES

Row = tuple[str, str, str]
"""The level of a message, the kinds of danger that fit, the message."""


def held_back(reader: Reader) -> list[Row]:
    """Messages of somebody who did not know the program; never learnt from."""
    return list(_rows(read_messages(TABLES / "held_out_author", reader.categories)))


def _rows(messages: Iterable[Message]) -> Iterator[Row]:
    levels = {SOON: "U1", NONE: "ok"}
    for message in messages:
        if message.danger != UNSAID:
            yield levels.get(message.danger, "U0"), message.danger, message.text


def learnt(reader: Reader) -> list[Row]:
    """The messages that it learnt from."""
    return list(_rows(read_messages(CONFIG / "lexicon" / "messages", reader.categories)))[::5]


Read = list[tuple[str, set[str], Understanding]]
"""The level of a message, the kinds of danger that fit, and what it is read as."""


def read(reader: Reader, table: list[Row]) -> Read:
    return [(level, set(kinds.split("/")), reader.understand(text)) for level, kinds, text in table]


def share(table: Read, level: str, read_as: str) -> float:
    """The share of the messages of this level that are read as that one."""
    urgencies = [found.urgency for said, _, found in table if said == level]
    return urgencies.count(read_as) / len(urgencies)


def kinds_right(reader: Reader, table: Read) -> float:
    """The share of the dangers heard whose kind is right, or left open; a case counts as any kind that it refines."""
    refines: dict[str, set[str]] = {}
    for told, danger in reader.danger_detector.speakers.cases:
        refines.setdefault(danger.name, set()).update(told.kinds)
    heard = [(found.danger, kinds) for level, kinds, found in table if level == "U0" and found.danger]
    named = [({danger, *refines.get(danger, ())}, kinds) for danger, kinds in heard]
    return sum(OTHER in dangers or not dangers.isdisjoint(kinds) for dangers, kinds in named) / len(named)


def test_danger_is_heard_in_messages_held_back_and_traps_stay_calm(reader: Reader) -> None:
    table = read(reader, held_back(reader))
    assert share(table, "U0", "U0") >= 0.98
    assert share(table, "ok", "U0") <= 0.03
    assert kinds_right(reader, table) >= 0.85


def test_danger_is_heard_in_messages_learnt_from_and_traps_stay_calm(reader: Reader) -> None:
    table = read(reader, learnt(reader))
    assert share(table, "U0", "U0") >= 0.99
    assert share(table, "ok", "U0") <= 0.02
    assert kinds_right(reader, table) >= 0.9


def test_no_message_held_back_was_learnt_from(reader: Reader) -> None:
    shown = {message.text for message in read_messages(CONFIG / "lexicon" / "messages", reader.categories)}
    assert [text for _, _, text in held_back(reader) if text in shown] == []


def test_whoever_is_in_danger_hears_whom_to_call_whatever_kind_it_is() -> None:
    texts = load_texts(CONFIG)
    dangers = read_lexicon(CONFIG / "lexicon")["danger"]
    kinds = [name for name, row in dangers.items() if row["level"] == "U0"]
    assert [name for name in kinds if not (texts.has(f"danger.{name}") and texts.has(f"danger_name.{name}"))] == []


@pytest.mark.parametrize("text", ["", "？？", "[图片]", "ok", "12345", "在吗", "你好", "3号楼2单元501", "五楼东户"])
def test_what_says_next_to_nothing_alarms_nobody(reader: Reader, text: str) -> None:
    assert reader.understand(text).urgency == "U3"


@pytest.mark.parametrize(
    ("text", "urgency"),
    [
        ("树倒在路边没伤到人", "U1"),
        ("我要投诉社区窗口那个女的翻白眼", "U3"),
        ("水塘边能立个牌子吗 防止小孩掉下去", "U3"),
        ("电梯停运 没人被困 什么时候修", "U3"),
        ("老人家的门锁拧不动了", "U3"),
        ("道杆砸我车上了", "U3"),
        ("我摔断腿了，谁能帮忙去菜场捎点菜", "U3"),
        ("电梯今天又停在3楼不动了 我妈坐轮椅下不来", "U3"),
        ("有人能来看看我吗我一个人", "U3"),
        ("家里遭了火灾啥都没了", "U3"),
        ("往下扔烟头，差点掉婴儿车里", "U3"),
        ("电梯坏了小区门口积水走不了人", "U3"),
        ("家里燃气表没电了，阳台还往下漏水", "U3"),
    ],
)
def test_a_danger_that_is_none_is_not_taken_for_one(reader: Reader, text: str, urgency: str) -> None:
    assert reader.understand(text).urgency == urgency


def test_a_cry_at_the_end_of_a_long_story_is_heard(reader: Reader) -> None:
    story = "今天上午我去菜场买菜，碰到老同学说了半天话，回来又去药店给孙女拿了点感冒药，" * 4
    assert reader.understand(story).urgency == "U3"
    assert reader.understand(story + "一开门看见老伴躺在地上叫不醒").danger == "medical"


@pytest.mark.parametrize(
    "text", ["我要投诉", "我要投诉物业", "我要投诉邻居", "投诉楼上噪音", "投诉一家饭店", "司机态度差", "我要投诉施工队"]
)
def test_complaints_about_others_than_officials_are_not_sealed(reader: Reader, text: str) -> None:
    assert reader.understand(text).lane != "restricted"


@pytest.mark.parametrize(
    "text", ["社区干部态度恶劣", "我要投诉网格员", "投诉居委会主任", "办事员不理人", "我要投诉社区书记", "投诉街道办"]
)
def test_complaints_about_officials_are_sealed(reader: Reader, text: str) -> None:
    read = reader.understand(text)
    assert (read.category, read.lane) == ("1603", "restricted")


@pytest.mark.parametrize(
    ("text", "estate"),
    [
        ("建议小区多装充电桩", None),
        ("希望小区装电梯", None),
        ("能不能给小区加路灯", None),
        ("我想请小区物业来", None),
        ("建议龙湖小区装灯", "龙湖小区"),
        ("给幸福小区加个门", "幸福小区"),
    ],
)
def test_a_verb_before_an_estate_is_no_part_of_its_name(reader: Reader, text: str, estate: str | None) -> None:
    assert reader.find_place(text).estate == estate


@pytest.mark.parametrize("text", ["社区的陈桥甲打孩子", "办事处的人打我", "我要信访，征地补偿不公", "书记也收了红包"])
def test_blows_and_charges_against_those_in_office_are_sealed(reader: Reader, text: str) -> None:
    assert reader.understand(text).lane == "restricted"


@pytest.mark.parametrize("text", ["举报一家黑网吧", "举报违建", "举报邻居养鸡", "举报有人私设赌场"])
def test_reports_about_citizens_are_no_charges_against_those_in_office(reader: Reader, text: str) -> None:
    assert reader.understand(text).category != "1604"


@pytest.mark.parametrize("text", ["给孤寡老人理发", "给独居老人理发", "孤寡老人义诊", "独居老人想剪头发"])
def test_a_haircut_for_somebody_alone_is_a_service_not_a_missing_person(reader: Reader, text: str) -> None:
    assert reader.understand(text).category == "0109"


@pytest.mark.parametrize("text", ["我腿不好", "我眼不好", "我身体不好", "我妈耳朵不好"])
def test_bad_health_is_no_consent(reader: Reader, text: str) -> None:
    assert reader.understand(text).intent == "request"


def test_a_question_about_social_insurance_is_one(reader: Reader) -> None:
    assert reader.understand("想问问社保的事").category == "1101"
