"""A model beside the rules: it may sort ordinary requests anew, and can neither silence nor raise an alarm."""

from pathlib import Path

import pytest

from bot.services.learning.settings import read_training_settings
from bot.training.evaluation import Figures, accuracy, tried, trust
from bot.understanding import Reader
from bot.understanding.decide.arbitration import Bounds, Learned, codes_of, learned
from tests.understanding.conftest import CONFIG

BOUNDS = Bounds(where_rules_are_silent=0.5, against_the_rules=0.7)
UNHEARD = "请问月亮上能种菜吗"


def always(reader: Reader, label: str, sure: float, trust: dict[str, float] | None = None) -> Learned:
    """One that says the same of everything."""
    return learned(lambda text: (label, sure), [label], reader.categories, trust or {}, BOUNDS)


@pytest.mark.parametrize(("sure", "category", "lane"), [(0.5, "0603", "question"), (0.49, "1608", "matter")])
def test_where_the_rules_are_silent_a_model_that_is_sure_enough_decides(
    reader: Reader, sure: float, category: str, lane: str
) -> None:
    assert (reader.understand(UNHEARD).intent, reader.understand(UNHEARD).category) == ("request", "1608")
    meant = reader.understand(UNHEARD, learned=always(reader, "0603", sure))
    assert (meant.category, meant.lane) == (category, lane)
    assert meant.confidence == (sure if category == "0603" else 0.0)


@pytest.mark.parametrize(
    ("sure", "right", "category"), [(0.9, 0.8, "0203"), (0.8, 0.85, "0603"), (0.69, 0.1, "0603"), (0.9, None, "0603")]
)
def test_against_the_rules_it_must_be_surer_than_they_have_been_right(
    reader: Reader, sure: float, right: float | None, category: str
) -> None:
    said = reader.understand("巷口的路灯不亮了")
    assert said.category == "0603"
    assert said.confidence > 0.9
    usual = {} if right is None else {"0603": right}
    assert reader.understand("巷口的路灯不亮了", learned=always(reader, "0203", sure, usual)).category == category


def test_lane_and_sectors_follow_the_category(reader: Reader) -> None:
    taught = always(reader, "0902", 0.99)
    before, after = reader.understand(UNHEARD), reader.understand(UNHEARD, learned=taught)
    assert (after.category, after.lane) == ("0902", "mediation")
    assert after.sectors != before.sectors
    assert (after.intent, after.urgency, after.place) == (before.intent, before.urgency, before.place)


@pytest.mark.parametrize(
    "text",
    [
        "我家着火了快来人",
        "我闻到好大的煤气味",
        "我不想活了",
        "我老公又在打我",
        "我要举报社区主任收红包",
        "我妈突然晕倒了叫不醒",
    ],
)
def test_danger_and_what_is_sealed_cannot_be_learnt_away(reader: Reader, text: str) -> None:
    plain = reader.understand(text)
    assert plain.lane in ("emergency", "restricted")
    assert reader.understand(text, learned=always(reader, "0601", 1.0, {plain.category: 0.0})) == plain


@pytest.mark.parametrize("label", ["0801", "0810", "1604", "1603", "火情"])
@pytest.mark.parametrize("text", [UNHEARD, "巷口的路灯不亮了"])
def test_no_alarm_and_no_seal_is_learnt(reader: Reader, text: str, label: str) -> None:
    assert reader.understand(text, learned=always(reader, label, 1.0, {"0603": 0.0})) == reader.understand(text)


@pytest.mark.parametrize("text", ["进度", "谢谢你们", "你好", "不满意，没修好"])
def test_what_is_no_request_is_not_put_to_the_model(reader: Reader, text: str) -> None:
    def never(_: str) -> tuple[str, float]:
        raise AssertionError

    taught = learned(never, ["0603"], reader.categories, {}, BOUNDS)
    assert reader.understand(text, learned=taught) == reader.understand(text)


def test_where_the_rules_are_certain_the_model_is_not_asked(reader: Reader) -> None:
    def never(_: str) -> tuple[str, float]:
        raise AssertionError

    taught = learned(never, ["0603"], reader.categories, {"0603": 0.98}, BOUNDS)
    assert reader.understand("巷口的路灯不亮了", learned=taught).category == "0603"


def test_the_model_is_shown_no_name_and_no_number(reader: Reader) -> None:
    shown: list[str] = []

    def listening(text: str) -> tuple[str, float]:
        shown.append(text)
        return "0603", 0.6

    taught = learned(listening, ["0603"], reader.categories, {}, BOUNDS)
    meant = reader.understand(f"{UNHEARD}，电话13900001234", learned=taught)
    assert shown == [meant.masked]
    assert "1390000" not in shown[0]


def test_labels_are_codes_or_whole_names_and_others_are_passed_over(reader: Reader) -> None:
    labels = ["0603", "路灯不亮", "小修小补(换灯泡/水龙头/门锁)", "小修小补", "路灯", "照明", "市政园林", "火情"]
    assert codes_of(labels, reader.categories) == {
        "0603": "0603", "路灯不亮": "0603", "小修小补(换灯泡/水龙头/门锁)": "0102", "小修小补": "0102", "火情": "0801",
    }  # fmt: skip
    assert reader.understand(UNHEARD, learned=always(reader, "照明", 1.0)).category == "1608"


def test_trust_is_how_often_the_rules_were_right_in_this_office(reader: Reader) -> None:
    rows = [(f"{number}号楼旁边路灯不亮", "0603" if number % 4 else "0203") for number in range(1, 41)]
    assert trust(reader, rows)["0603"] == pytest.approx(0.75)


def test_a_trial_measures_all_three_as_the_service_reads(reader: Reader) -> None:
    held = [(UNHEARD, "0203"), ("巷口的路灯不亮了", "0603"), ("我家着火了快来人", "0801"), ("楼上漏水到我家", "0301")]
    new, present = always(reader, "0203", 0.8), always(reader, "0601", 1.0, {"0603": 0.0})
    assert tried(reader, new, present, held) == Figures(new=1.0, rules=0.75, present=0.5)
    assert tried(reader, new, None, held).present is None
    assert accuracy(reader, None, held[1:]) == 1.0


@pytest.mark.parametrize(
    ("figures", "keeps", "falls_behind"),
    [
        (Figures(0.92, 0.90), True, False), (Figures(0.91, 0.90), False, False), (Figures(0.92, 0.80, 0.91), False, False),
        (Figures(0.93, 0.80, 0.91), True, False), (Figures(0.85, 0.90, 0.88), False, True),
        (Figures(0.95, 0.90, 0.85), True, True), (Figures(0.90, 0.90, 0.89), False, False),
    ],
)  # fmt: skip
def test_a_new_model_must_beat_both_by_the_margin(figures: Figures, keeps: bool, falls_behind: bool) -> None:
    assert (figures.keeps(0.02), figures.falls_behind(0.02)) == (keeps, falls_behind)


def test_a_choice_that_is_misspelt_or_cannot_be_meant_is_named(tmp_path: Path) -> None:
    given = (CONFIG / "learning.toml").read_text("utf-8")
    (tmp_path / "learning.toml").write_text(given.replace("margin", "margins"), "utf-8")
    with pytest.raises(TypeError, match="margin"):
        read_training_settings(tmp_path)
    (tmp_path / "learning.toml").write_text(given.replace("hour = 3", "hour = 24"), "utf-8")
    with pytest.raises(ValueError, match="hour"):
        read_training_settings(tmp_path)
