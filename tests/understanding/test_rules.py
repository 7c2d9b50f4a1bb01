"""Rules are data: each file is read with its parts put in, and a wrong one is named."""

import ast
import re
from pathlib import Path

import pytest

from bot.understanding.lexicon import FOLDER, LexiconError, Rules, check_rules, read_rules
from config.settings import ROOT


def test_an_expression_is_made_of_parts_lines_and_alternatives(tmp_path: Path) -> None:
    (tmp_path / "numbers.toml").write_text("[parts]\nnumber = '[0-9]'\n", "utf-8")
    path = tmp_path / "doors.toml"
    path.write_text(
        "uses = ['numbers']\n[parts]\nfloor = '{number}{1,2}'\n"
        "[expressions]\ndoor = ['{floor}F', '''\n    room\n    {number}''']\n"
        "[templates]\nnamed = '{name}{floor}'\n",
        "utf-8",
    )
    rules = read_rules(path)
    assert rules.expressions["door"] == "[0-9]{1,2}F|room[0-9]"
    assert rules.templates == {"named": "{name}[0-9]{1,2}"}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("[expressions]\nroom = '(a'\n", "doors.toml: room: missing )"),
        ("[expressions]\nroom = '{floor}a'\n", "doors.toml: room: there is no part {floor}"),
        ("[expressions]\nroom = 5\n", "doors.toml: an expression is text or a list of texts"),
        ("expressions = 'a'\n", "doors.toml: an expression is text or a list of texts"),
        ("uses = ['numbers']\n", "numbers.toml: "),
        ("[expressions\n", "doors.toml: "),
    ],
)
def test_a_file_that_cannot_be_right_is_named_with_its_entry(tmp_path: Path, content: str, said: str) -> None:
    path = tmp_path / "doors.toml"
    path.write_text(content, "utf-8")
    with pytest.raises(LexiconError) as raised:
        check_rules(tmp_path)
    assert str(raised.value).startswith(said)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match=r"^doors\.toml: "):
        read_rules(tmp_path / "doors.toml")


def test_an_expression_that_is_not_in_the_file_is_named() -> None:
    with pytest.raises(AttributeError, match=r"phone\.toml: there is no expression rooms"):
        _ = Rules("phone").rooms


def test_an_expression_is_compiled_when_it_is_first_used() -> None:
    rules = Rules("phone")
    assert rules.words is not None
    assert _compiled(rules) == []
    first, again = rules.landline, rules.landline
    assert first is again
    assert _compiled(rules) == [first]


def _compiled(rules: Rules) -> list[re.Pattern[str]]:
    return [kept for kept in vars(rules).values() if isinstance(kept, re.Pattern)]


def test_all_files_are_right() -> None:
    check_rules()


def used() -> set[tuple[str, str]]:
    """File and expression of each attribute of a `Rules` in the code; by name, of all words of a module that asks by name."""
    found: set[tuple[str, str]] = set()
    for path in (ROOT / "bot").rglob("*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        files = {
            node.targets[0].id: node.value.args[0].value
            for node in tree.body
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
            and isinstance(node.value, ast.Call) and ast.unparse(node.value.func) == "Rules"
            and isinstance(node.value.args[0], ast.Constant)
        }  # fmt: skip
        found |= {
            (str(files[node.value.id]), node.attr)
            for node in ast.walk(tree)
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in files
        }
        if "getattr(_RULES" in path.read_text("utf-8"):
            words = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)}
            found |= {(str(files["_RULES"]), str(word)) for word in words}
    return found


def test_every_expression_is_used_and_every_one_that_is_used_exists() -> None:
    written = {(path.stem, name) for path in FOLDER.glob("*.toml") for name in read_rules(path).expressions}
    said = {(file, name) for file, name in used() if name not in ("words", "filled", "all_filled")}
    by_name = {file for file, name in said - written}
    assert written <= said
    assert by_name <= {"accounts", "address", "phone"}  # words of these modules that name no expression
