"""`model show`, `use` and `drop`: the office's hand on what the service reads with."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from flask import Flask

from bot.app import create_app
from bot.services.learning import training
from bot.services.office import Office
from config.settings import Settings
from tests.cli.conftest import Run
from tests.cli.test_learning import ROWS, table
from tests.services.history import LAMPS, NOISE, settled, small

THREE = datetime(2026, 11, 24, 19, 0, tzinfo=UTC)


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    """With a database behind it."""
    app = create_app(settings)
    yield app
    app.extensions["office"].db.close()


@pytest.fixture
def run(app: Flask) -> Run:
    return lambda *words: CliRunner().invoke(app.cli, [str(word) for word in words])


@pytest.fixture
def office(app: Flask) -> Office:
    office: Office = app.extensions["office"]
    return office


def learn(run: Run, folder: Path, labels: dict[str, str]) -> Path:
    """A model of the rows of `test_learning`, with these labels instead."""
    rows = [(text, labels[label]) for text, label in ROWS]
    assert run("learn", table(folder / "rows.csv", rows), "--out", folder / "model").exit_code == 0
    return folder / "model"


def shown(run: Run) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run("model", "show", "--json").stdout)
    return found


def test_nothing_is_in_use_at_first_and_nothing_can_be_dropped(run: Run) -> None:
    assert run("model", "show").stdout == "现在没有用学到的模型，只按规则归类\n"
    assert shown(run) == {"in_use": None, "newest": None}
    done = run("model", "drop")
    assert (done.exit_code, done.stderr) == (1, "现在没有用学到的模型，只按规则归类\n")


@pytest.mark.parametrize(
    "labels", [{"照明": "0603", "陪伴": "0105"}, {"照明": "路灯不亮", "陪伴": "陪伴探访(独居聊天)"}]
)
def test_a_file_of_our_codes_or_names_is_put_in_use_and_dropped_again(
    run: Run, tmp_path: Path, office: Office, labels: dict[str, str]
) -> None:
    done = run("model", "use", learn(run, tmp_path, labels))
    assert (done.exit_code, done.stdout) == (0, "已启用 1 号模型，一分钟之内生效\n")
    used = shown(run)["in_use"]
    assert (used["id"], used["source"], used["labels"], used["rows"]) == (1, "file", 2, None)
    with office.db.reading() as tx:
        office.learned.look(tx, datetime.now(UTC))
    assert office.learned.wait(10)
    assert office.learned.present is not None
    assert set(office.learned.present.codes.values()) == {"0603", "0105"}
    assert run("model", "drop").stdout == "已停用，一分钟之内回到只按规则归类\n"
    assert shown(run)["in_use"] is None


@pytest.mark.parametrize(
    "labels", [{"照明": "照明", "陪伴": "陪伴"}, {"照明": "0603", "陪伴": "陪伴"}, {"照明": "0603", "陪伴": "1604"}]
)
def test_a_file_of_other_labels_is_refused_by_name(run: Run, tmp_path: Path, labels: dict[str, str]) -> None:
    done = run("model", "use", learn(run, tmp_path, labels))
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.startswith("没有启用：模型的标签要是类别的代号或名称")
    assert all(label in done.stderr for label in labels.values())
    assert shown(run) == {"in_use": None, "newest": None}


def test_labels_that_it_may_not_decide_are_named(run: Run, tmp_path: Path) -> None:
    rows = [
        *((text, {"照明": "0603", "陪伴": "0105"}[label]) for text, label in ROWS),
        ("着火了", "火情"),
        ("好大的火", "火情"),
    ]
    assert run("learn", table(tmp_path / "rows.csv", rows), "--out", tmp_path / "model").exit_code == 0
    said = run("model", "use", tmp_path / "model").stdout.splitlines()
    assert said[-1] == "这些标签不是可以学的类别，遇到时仍按规则归类：火情"


@pytest.mark.parametrize("content", ["", "[]", '{"format": 1}', "\x00"])
def test_what_is_no_model_and_what_is_not_there_is_refused(run: Run, tmp_path: Path, content: str) -> None:
    (tmp_path / "other").write_text(content)
    done = run("model", "use", tmp_path / "other")
    assert (done.exit_code, done.stderr) == (1, f"{tmp_path / 'other'} 不是 learn 写出的模型\n")
    lost = run("model", "use", tmp_path / "none")
    assert (lost.exit_code, lost.stderr.count("\n")) == (1, 1)


def test_a_file_is_measured_on_the_offices_own_rows(run: Run, tmp_path: Path, office: Office) -> None:
    settled(office, [f"{text}，{n}号" for text in LAMPS for n in range(3)], "0603")
    said = run("model", "use", learn(run, tmp_path, {"照明": "0603", "陪伴": "0105"})).stdout.splitlines()
    used = shown(run)["in_use"]
    assert said[1] == (
        f"留出来没学的 {used['held']} 行，归对 {used['accuracy']:.1%}；只按规则 {used['accuracy_rules']:.1%}"
    )
    assert used["held"] > 30


def test_show_tells_of_the_model_in_use_and_of_the_last_night(run: Run, office: Office) -> None:
    settled(office, NOISE, "0503", by_staff=True)
    settled(office, LAMPS, "0603")
    training.retrain(small(office), date(2026, 11, 25), THREE)
    training.retrain(small(office), date(2026, 11, 26), THREE)
    first, figures, last, others = run("model", "show").stdout.splitlines()
    assert first == "正在用 1 号模型：2026-11-25T03:00:00+08:00，夜里自己学的，2 个类别"
    assert figures.startswith("留出来没学的 ")
    assert last == "最近一次夜里学习 2026-11-26：没有比在用的和规则更准，不换"
    assert "，当时在用的 " in others
    found = shown(run)
    assert (found["in_use"]["night"], found["newest"]["state"]) == ("2026-11-25", "refused")
