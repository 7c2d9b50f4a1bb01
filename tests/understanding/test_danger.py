"""How much danger is heard in fresh chat messages, and how many harmless ones alarm: floors set at what was measured."""

from pathlib import Path

import pytest

from bot.understanding import Reader

HERE = Path(__file__).parent
# Share of dangers heard at least, and of harmless messages alarmed at most, by table and half; the second half (1) is held
# back, but for danger_tuned.txt.
FLOORS = {
    ("danger_fresh.txt", 0): (0.98, 0.02),
    ("danger_fresh.txt", 1): (0.95, 0.08),
    ("danger_unseen.txt", 0): (0.96, 0.05),
    ("danger_unseen.txt", 1): (0.88, 0.08),
    ("danger_tuned.txt", 0): (0.98, 0.01),
    ("danger_tuned.txt", 1): (0.95, 0.01),
}


def half(name: str, which: int) -> list[list[str]]:
    """Every second row of a table: its level and its message."""
    lines = (HERE / name).read_text("utf-8").splitlines()
    return [line.split(" ", 1) for line in lines if not line.startswith("#")][which::2]


def alarmed(reader: Reader, table: list[list[str]], level: str) -> float:
    """The share of messages of this level that are read as danger to life."""
    texts = [text for said, text in table if said == level]
    return sum(reader.understand(text).urgency == "U0" for text in texts) / len(texts)


@pytest.mark.parametrize(("name", "which"), FLOORS)
def test_fresh_danger_is_heard_and_traps_stay_calm(reader: Reader, name: str, which: int) -> None:
    table = half(name, which)
    heard, trapped = FLOORS[name, which]
    assert alarmed(reader, table, "U0") >= heard
    assert alarmed(reader, table, "ok") <= trapped


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


@pytest.mark.parametrize("text", ["给孤寡老人理发", "给独居老人理发", "孤寡老人义诊", "独居老人想剪头发"])
def test_a_haircut_for_somebody_alone_is_a_service_not_a_missing_person(reader: Reader, text: str) -> None:
    assert reader.understand(text).category == "0109"


@pytest.mark.parametrize("text", ["我腿不好", "我眼不好", "我身体不好", "我妈耳朵不好"])
def test_bad_health_is_no_consent(reader: Reader, text: str) -> None:
    assert reader.understand(text).intent == "request"


def test_a_question_about_social_insurance_is_one(reader: Reader) -> None:
    assert reader.understand("想问问社保的事").category == "1101"
