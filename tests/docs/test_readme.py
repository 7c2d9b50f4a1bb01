"""The README and the pages of docs/ agree with the code: settings, commands, files and links."""

import re
import shlex
from pathlib import Path

import pytest
from click import Command, Group
from flask import Flask

from bot import cli
from config.settings import FIELDS, REQUIRED, ROOT
from config.values import is_required
from tests.docs import manual

README = ROOT / "README.md"
PAGES = [README, *sorted((ROOT / "docs").rglob("*.md"))]
ENGLISH = [page for page in PAGES if page != manual.MANUAL]
FLASK = re.compile(r"\.venv/bin/flask (?:--env-file var/sandbox\.env )?--app bot\.app ")
ONLY_IN_THE_SANDBOX = {"SANDBOX_PORT"}


def documented() -> dict[str, tuple[str, str]]:
    """The README's table of settings: name to meaning and default."""
    table = README.read_text("utf-8").split("<!-- settings -->")[1].split("<!-- /settings -->")[0]
    rows = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in table.strip().splitlines()[2:]]
    return {name.strip("`"): (meaning, default) for name, meaning, default in rows}


def shell(page: Path) -> list[str]:
    """The lines of a page's shell blocks, without comments."""
    blocks = re.findall(r"```sh\n(.*?)```", page.read_text("utf-8"), flags=re.DOTALL)
    return [re.sub(r"\s+#.*", "", line).strip() for block in blocks for line in block.splitlines()]


def slugs(page: Path) -> set[str]:
    """The anchors of a page's headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_the_table_of_settings_holds_every_setting_and_no_other() -> None:
    assert set(documented()) == {name.upper() for name in FIELDS}


@pytest.mark.parametrize("name", sorted(FIELDS))
def test_a_setting_is_documented_with_its_default(name: str) -> None:
    meaning, told = documented()[name.upper()]
    field = FIELDS[name]
    assert meaning
    assert (told == "required") is (is_required(field) or name in REQUIRED)
    if isinstance(field.default, int | str) and field.default != "":
        assert told.split(";")[0] == f"`{field.default}`"


def test_every_name_of_the_environment_that_a_page_tells_is_a_setting() -> None:
    known = {name.upper() for name in FIELDS} | ONLY_IN_THE_SANDBOX
    told = re.findall(
        r"`([A-Z]+_[A-Z_]+)(?:_FILE)?`|^ *([A-Z]+_[A-Z_]+)=", README.read_text("utf-8"), flags=re.MULTILINE
    )
    assert {name for names in told for name in names if name} - {"NAME", "NAME_FILE"} <= known


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_to_a_file_and_a_heading_that_are_there(page: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text("utf-8")):
        if target.startswith("https://"):
            continue
        path, _, anchor = target.partition("#")
        file = (page.parent / path).resolve() if path else page
        assert file.exists(), target
        assert not anchor or anchor in slugs(file), target


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_file_that_a_page_names_is_there(page: Path) -> None:
    named = re.findall(
        r"`((?:bot|config|docs|tests|workers)/[\w./-]*|Procfile|Makefile|pyproject\.toml)`", page.read_text("utf-8")
    )
    assert [name for name in named if not (ROOT / name).exists()] == []


@pytest.mark.parametrize("line", sorted({line for page in PAGES for line in shell(page) if FLASK.match(line)}))
def test_every_command_that_a_page_shows_can_be_typed(line: str) -> None:
    app = Flask("docs", root_path=str(ROOT))
    app.extensions["office"] = None
    cli.register(app)
    words = shlex.split(FLASK.sub("", line))
    command: Command = app.cli.commands[words.pop(0)]
    while isinstance(command, Group):
        command = command.commands[words.pop(0)]
    assert not command.make_context("docs", words).args


def test_every_target_of_make_that_a_page_names_is_there_and_the_readme_names_the_two_commands() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    there = set(re.findall(r"^([a-z]+):", makefile, flags=re.MULTILINE))
    named = {name for page in ENGLISH for name in re.findall(r"\bmake ([a-z]+)`", page.read_text("utf-8"))}
    typed = {line.split()[1] for page in ENGLISH for line in shell(page) if line.startswith("make ")}
    assert {"run", "test"} <= typed
    assert named | typed <= there


def test_the_processes_that_the_readme_lists_are_those_of_the_procfile() -> None:
    listed = [row["process"].strip("`") for row in manual.tables(README) if "process" in row]
    assert listed == re.findall(r"^(\w+):", (ROOT / "Procfile").read_text("utf-8"), flags=re.MULTILINE)


def test_the_readme_is_at_most_250_lines_long() -> None:
    assert len(README.read_text("utf-8").splitlines()) <= 250


@pytest.mark.parametrize("page", [*ENGLISH, ROOT / "CHANGELOG.md"], ids=lambda page: page.name)
def test_english_pages_use_the_field_s_terms_and_not_words_of_our_own(page: Path) -> None:
    words = set(re.findall(r"[a-z]+", page.read_text("utf-8").lower()))
    assert words & {"hunch", "verdict", "verdicts", "judge", "sureness", "likeness", "traits", "desk", "doubt"} == set()


@pytest.mark.parametrize("page", sorted((ROOT / "docs" / "adr").glob("*.md")), ids=lambda page: page.name)
def test_a_decision_has_a_number_a_context_a_decision_and_consequences(page: Path) -> None:
    said = page.read_text("utf-8")
    assert said.startswith(f"# {int(page.name[:4])}. ")
    parts = re.findall(r"^(?:## |\*\*)(Context|Decision|Consequences)\b", said, flags=re.MULTILINE)
    assert parts == ["Context", "Decision", "Consequences"]
    assert len(said.split()) < 900
