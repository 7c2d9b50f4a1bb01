"""Learning from an office's own labels: right on rows not seen, the same after saving, measured with intervals."""

import gzip
import json
import random

import pytest

from bot.training.evaluation import measure, rules
from bot.training.labels import hold_back, train
from bot.understanding import Reader
from bot.understanding.models.label_model import FORMAT, Model, Vectorizer, read_model
from tests.understanding.test_reader import learnt, messages

ROWS = [(text, code[:2]) for code, text in (*learnt("requests"), *messages("held_back.txt"))]


PLACES = [f"{side}{number}号" for side in ("东区", "西区", "南门", "北门", "河边") for number in range(1, 13)]


@pytest.fixture(scope="module")
def vectorizer(reader: Reader) -> Vectorizer:
    return reader.vectorizer


@pytest.fixture(scope="module")
def model(vectorizer: Vectorizer) -> Model:
    return train(hold_back(ROWS)[0], vectorizer)


def test_a_model_is_right_on_rows_it_has_not_seen(model: Model) -> None:
    assert measure(model.label, hold_back(ROWS)[1]).accuracy >= 0.8


def test_a_model_is_as_sure_as_it_is_right(vectorizer: Vectorizer) -> None:
    learnt, held = hold_back(_partly_told())
    report = measure(train(learnt, vectorizer).label, held)
    assert 0.75 < report.accuracy < 0.99
    assert report.calibration_error < 0.07


def test_those_it_is_surest_of_are_oftener_right(vectorizer: Vectorizer) -> None:
    learnt, held = hold_back(_partly_told())
    answered = measure(train(learnt, vectorizer).label, held).answered
    _, share, right = answered[-1]
    assert 0.3 < share < 0.9
    assert right > answered[0][2]


def _partly_told() -> list[tuple[str, str]]:
    """Two rows of three say what they are about; the third says nothing, and a light is meant four times in five."""
    chance = random.Random(0)
    rows = []
    for place in PLACES:
        for more in ("", "，请看看", "，急", "好几天", "，谢谢"):
            rows.append((f"{place}路灯不亮{more}", "灯"))
            rows.append((f"{place}水管漏了{more}", "水"))
            rows.append((f"{place}那个又坏了{more}", "灯" if chance.random() < 0.8 else "水"))
    return rows


def test_a_model_that_saw_few_rows_is_not_certain(vectorizer: Vectorizer) -> None:
    rows = [(text, label) for text, label in (("红色的", "暖"), ("橙色的", "暖"), ("蓝色的", "冷"), ("青色的", "冷"))]
    assert train(rows, vectorizer).label("红色的")[1] < 0.99


def test_a_model_of_another_format_is_refused(model: Model, vectorizer: Vectorizer) -> None:
    line, _, rest = gzip.decompress(model.as_bytes()).partition(b"\n")
    older = json.dumps(json.loads(line) | {"format": 1}).encode()
    with pytest.raises(ValueError, match=f"format {FORMAT}"):
        read_model(gzip.compress(older + b"\n" + rest), vectorizer)


def test_a_small_label_is_found_beside_a_large_one(vectorizer: Vectorizer) -> None:
    rows = [(f"{place}的路灯不亮", "灯") for place in PLACES] + [(f"{place}的水管漏了", "水") for place in PLACES[:3]]
    assert train(rows, vectorizer).label("哪里的水管漏了")[0] == "水"


def test_a_model_learns_labels_that_the_rules_do_not_know(vectorizer: Vectorizer) -> None:
    rows = [
        (f"{what}{again}", label)
        for again in ("了", "啦", "呢", "呀")
        for what, label in (("红色的", "暖"), ("蓝色的", "冷"))
    ]
    learnt = train(rows, vectorizer)
    assert learnt.labels == ("冷", "暖")
    assert learnt.label("红色的吗")[0] == "暖"


def test_a_saved_model_labels_as_before(model: Model, vectorizer: Vectorizer) -> None:
    loaded = read_model(model.as_bytes(), vectorizer)
    for text, _ in ROWS[:50]:
        assert loaded.label(text)[0] == model.label(text)[0]
        assert loaded.label(text)[1] == pytest.approx(model.label(text)[1], abs=0.001)


def test_a_saved_model_holds_no_text_of_its_rows(model: Model) -> None:
    saved = gzip.decompress(model.as_bytes())
    assert not [text for text, _ in ROWS if text.encode() in saved]


@pytest.mark.parametrize("content", [b"[]", gzip.compress(b"[]", mtime=0), gzip.compress(b"", mtime=0)])
def test_another_file_is_refused(vectorizer: Vectorizer, content: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_model(content, vectorizer)


def test_one_label_alone_is_nothing_to_learn(vectorizer: Vectorizer) -> None:
    with pytest.raises(ValueError, match="two labels"):
        train([("路灯不亮", "06"), ("路灯坏了", "06")], vectorizer)


def test_training_twice_gives_the_same_model(vectorizer: Vectorizer) -> None:
    first, second = (train(ROWS[:60], vectorizer) for _ in range(2))
    assert first.as_bytes() == second.as_bytes()


def test_rows_are_held_back_by_their_text_alone() -> None:
    learnt, held = hold_back(ROWS)
    assert 0.1 < len(held) / len(ROWS) < 0.3
    assert hold_back(list(reversed(ROWS)))[1] == list(reversed(held))
    assert not set(learnt) & set(held)


def test_the_report_counts_by_label_with_an_interval() -> None:
    report = measure(
        lambda text: (text[0], 0.9 if text[0] == "a" else 0.6), [("a1", "a"), ("a2", "a"), ("b1", "a"), ("b2", "b")]
    )
    score = report.labels["a"]
    assert (report.rows, report.accuracy) == (4, 0.75)
    assert (score.rows, score.precision, round(score.recall, 3), score.f1) == (3, 1.0, 0.667, 0.8)
    assert score.low < score.recall < score.high
    assert report.macro_f1 == pytest.approx((0.8 + 2 / 3) / 2)
    assert report.answered[0] == (0.0, 1.0, 0.75)
    assert report.answered[-2:] == ((0.9, 0.5, 1.0), (0.95, 0.0, 0.0))
    assert report.calibration_error == pytest.approx((2 * 0.1 + 2 * 0.1) / 4)


def test_no_rows_cannot_be_measured() -> None:
    with pytest.raises(ValueError, match="nothing"):
        measure(lambda text: (text, 1.0), [])


def test_the_rules_are_measured_by_what_the_labels_are(reader: Reader) -> None:
    assert rules(reader, ["城乡建设", "环境保护"])("化工厂排废气")[0] == "环境保护"
    assert rules(reader, ["城乡建设", "教育文体"])("化工厂排废气")[0] in ("城乡建设", "教育文体")
    assert rules(reader, ["progress", "request"])("我那个事办得咋样了")[0] == "progress"
    assert rules(reader, ["0603", "0203"])("路灯不亮")[0] == "0603"
