"""The office's own list of places: what it may say, what is looked up from it, and what stops the service at start."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bot.understanding.extract.places.gazetteer import Gazetteer, read_gazetteer
from bot.understanding.extract.places.place_list import GazetteerError
from bot.understanding.normalize import simplify
from config.settings import ROOT
from tests.conftest import ENVIRONMENT

LIST = """
[[community]]
name = "东湖社区"
short = "东湖"

[[community]]
name = "西湖社区"

[[estate]]
name = "翠竹园"
community = "东湖社区"
also = ["翠竹园小区", "竹园"]

[[estate]]
name = "江枫苑"

[[road]]
name = "石榴巷"
community = "西湖社区"

[[landmark]]
name = "老戏台"

[[grid]]
name = "网格07"
community = "东湖社区"
covers = [{ estate = "翠竹园", buildings = "1-12、15栋，A-C" }]

[[grid]]
name = "网格08"
community = "东湖社区"
covers = [{ estate = "翠竹园" }, { landmark = "老戏台" }]

[[grid]]
name = "网格21"
community = "西湖社区"
covers = [{ road = "石榴巷" }, { estate = "江枫苑" }]
"""


@pytest.fixture
def gazetteer(tmp_path: Path) -> Gazetteer:
    return _read(tmp_path, LIST)


def _read(folder: Path, text: str) -> Gazetteer:
    (folder / "gazetteer.toml").write_text(text, "utf-8")
    return read_gazetteer(folder / "gazetteer.toml")


@pytest.mark.parametrize(
    ("text", "grid", "community"),
    [
        ("翠竹园3栋没水", "网格07", "东湖社区"),
        ("竹园15号楼没水", "网格07", "东湖社区"),
        ("翠竹园b座没水", "网格07", "东湖社区"),
        ("翠竹园13栋没水", "网格08", "东湖社区"),
        ("翠竹园路灯坏了", "网格08", "东湖社区"),
        ("老戏台漏雨", "网格08", "东湖社区"),
        ("石榴巷12号漏雨", "网格21", "西湖社区"),
        ("江枫苑2栋漏雨", "网格21", "西湖社区"),
        ("翠竹园3栋，我们是21号网格", "网格21", "东湖社区"),
        ("7号网格的人", "网格07", "东湖社区"),
        ("网格8没人管", "网格08", "东湖社区"),
        ("网格75没人管", None, None),
        ("3栋没水", None, None),
    ],
)
def test_the_grid_is_looked_up(gazetteer: Gazetteer, text: str, grid: str | None, community: str | None) -> None:
    place = gazetteer.find(simplify(text))
    assert (place.grid, place.community) == (grid, community)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('name = "江枫苑"', "name = 江枫苑", "gazetteer.toml: Invalid value"),
        ('name = "江枫苑"', 'naem = "江枫苑"', "[[estate]] no. 2: unknown field naem"),
        ('name = "江枫苑"', 'also = ["枫苑"]', "[[estate]] no. 2: name must be words in quotation marks"),
        ('also = ["翠竹园小区", "竹园"]', 'also = "竹园"', "[[estate]] 翠竹园: also must be a list of names"),
        ("[[landmark]]", "[[landmarks]]", "[[landmarks]]: no such kind of entry"),
        ("[[landmark]]", "[landmark]", "[landmark]: write [[landmark]], with two brackets"),
        ('community = "西湖社区"', 'community = "西胡社区"', "community 西胡社区 is not in the list"),
        ('name = "江枫苑"', 'name = "竹园"', "竹园 is also a name of 翠竹园"),
        ('{ road = "石榴巷" }', '{ road = "石流巷" }', "[[grid]] 网格21: road 石流巷 is not in the list"),
        ('{ road = "石榴巷" }', '{ lane = "石榴巷" }', "[[grid]] 网格21: each part of covers is one estate"),
        ('{ road = "石榴巷" }', '{ landmark = "老戏台" }', "[[grid]] 网格21: 老戏台 lies in 网格08 already"),
        ('{ road = "石榴巷" }', '{ estate = "翠竹园", buildings = "20" }', "翠竹园 is in 东湖社区, the grid is not"),
        ('{ landmark = "老戏台" }', '{ estate = "翠竹园", buildings = "9" }', "翠竹园 9 lies in 网格07 already"),
        ("1-12、15栋，A-C", "一到十二", 'buildings "一到十二" is not like "1-12、15、A-C"'),
        ("1-12、15栋，A-C", "12-1", 'buildings "12-1" is not like'),
        ('covers = [{ road = "石榴巷" }, { estate = "江枫苑" }]', 'covers = "石榴巷"', "covers must be a list"),
    ],
)
def test_an_entry_that_cannot_be_right_is_told_on_one_line(tmp_path: Path, old: str, new: str, told: str) -> None:
    assert old in LIST
    with pytest.raises(GazetteerError) as raised:
        _read(tmp_path, LIST.replace(old, new))
    assert told in str(raised.value)
    assert str(raised.value).startswith("gazetteer.toml: ")
    assert "\n" not in str(raised.value)


def test_a_list_without_communities_is_refused(tmp_path: Path) -> None:
    with pytest.raises(GazetteerError, match=r"there is no \[\[community\]\]"):
        _read(tmp_path, '[[road]]\nname = "石榴巷"\n')


def test_a_file_saved_by_an_editor_of_the_office_is_read(tmp_path: Path) -> None:
    (tmp_path / "gazetteer.toml").write_text(LIST, "utf-8-sig")
    assert read_gazetteer(tmp_path / "gazetteer.toml").communities == ("东湖社区", "西湖社区")
    (tmp_path / "gazetteer.toml").write_text(LIST, "gbk")
    with pytest.raises(GazetteerError, match=r"gazetteer\.toml: save the file as UTF-8"):
        read_gazetteer(tmp_path / "gazetteer.toml")


def test_a_wrong_entry_stops_the_start_with_one_line(tmp_path: Path) -> None:
    for part in ("bot", "config"):
        shutil.copytree(ROOT / part, tmp_path / part, ignore=shutil.ignore_patterns("__pycache__"))
    path = tmp_path / "config" / "gazetteer.toml"
    path.write_text(path.read_text("utf-8").replace('"花都路社区"', '"花都社区"', 1), "utf-8")
    environ = {**os.environ, **ENVIRONMENT, "VAR_DIR": str(tmp_path), "PYTHONPATH": str(tmp_path)}
    program = [sys.executable, "-m", "flask", "--app", "bot.app", "routes"]
    ended = subprocess.run(program, cwd=tmp_path, env=environ, capture_output=True, text=True, check=False)
    assert ended.returncode != 0
    assert ended.stderr.startswith("wutong: gazetteer.toml: [[")
    assert ended.stderr.count("\n") == 1
