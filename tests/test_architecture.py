"""What holds the structure: documented modules and settings, migrations that match the tables, no lost names."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import create_engine, text

from bot import texts
from bot.store.schema.columns import WHERE
from bot.store.tables import metadata
from config.settings import CONFIG_DIR, FIELDS, ROOT
from tests.databases import SQLITE

MODULES = sorted(
    path.relative_to(ROOT)
    for top in ("bot", "workers", "config")
    for path in (ROOT / top).rglob("*.py")
    if path.read_text("utf-8").strip()
)
TEMPLATES = sorted((ROOT / "bot").glob("*/templates/*/*.html"))
VAGUE = {"utils", "helpers", "common", "manager", "misc"}


@cache
def parsed(path: Path) -> ast.Module:
    """The module at this path of the project."""
    return ast.parse((ROOT / path).read_text("utf-8"))


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_every_module_says_in_one_sentence_what_it_is_for(path: Path) -> None:
    said = ast.get_docstring(parsed(path))
    assert said
    assert path.stem not in VAGUE


MANY = 15
"""A folder of more Python files, `__init__.py` counted, is divided."""
UNDIVIDED = {
    Path("bot/store/migrations/versions"),  # in one row
}


def test_a_folder_of_many_modules_is_divided() -> None:
    found = [
        folder.relative_to(ROOT)
        for top in ("bot", "workers", "config", "tests")
        for folder in (ROOT / top, *(ROOT / top).rglob("*/"))
        if len([*folder.glob("*.py")]) > MANY
    ]
    assert set(found) == UNDIVIDED


CHINESE = re.compile(r"[\u2e80-\u2fdf\u3005\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


@pytest.mark.parametrize("path", [path for path in MODULES if path.parts[0] in ("bot", "workers")], ids=str)
def test_chinese_words_are_data(path: Path) -> None:
    """Words that decide stand in config/lexicon, words that people read in config/locale; docstrings may quote them."""
    tree = parsed(path)
    said = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}  # docstrings, also of constants
    found = [
        (node.lineno, node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and id(node) not in said and CHINESE.search(str(node.value))
    ]
    assert found == []


@pytest.mark.parametrize("name", sorted(FIELDS))
def test_every_setting_is_explained_in_the_readme(name: str) -> None:
    assert f"`{name.upper()}`" in (ROOT / "README.md").read_text("utf-8")


def test_migrations_and_tables_agree(database_url: str) -> None:
    engine = create_engine(database_url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
    engine.dispose()


@SQLITE  # where it stands as it was written
def test_every_index_of_some_rows_alone_has_its_condition_in_the_database(database_url: str) -> None:
    said = {each.name: each.info[WHERE] for table in metadata.tables.values() for each in table.indexes if each.info}
    engine = create_engine(database_url)
    with engine.connect() as connection:
        rows = connection.execute(
            text("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql LIKE '% WHERE %'")
        )
        found = {name: sql.partition(" WHERE ")[2] for name, sql in rows}
    engine.dispose()
    assert found == said


def test_the_service_and_its_workers_load_nothing_that_only_training_needs() -> None:
    code = (
        "import sys, bot.edges, bot.cli, workers.jobs, workers.clock;"
        "print(sorted({name.split('.')[0] for name in sys.modules} & {'sklearn', 'scipy', 'numpy', 'joblib'}))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, "[]")


def test_a_web_process_in_plain_mode_loads_neither_alembic_nor_an_http_client() -> None:
    code = (
        "import sys, bot.edges; from bot.wechat import inbox;"
        "print(sorted({name.split('.')[0] for name in sys.modules} & {'alembic', 'mako', 'wechatpy', 'requests', 'openpyxl', 'reportlab', 'PIL'}))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, "[]")


def test_importing_the_service_reads_no_environment() -> None:
    code = "import bot.app, bot.edges, workers.jobs, workers.clock, bot.cli"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env={"PATH": ""}, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize("path", [path for path in MODULES if path != Path("bot/orders/restricted.py")], ids=str)
def test_what_is_restricted_is_asked_of_the_one_policy(path: Path) -> None:
    """No other module compares with the lane's name; statements of the database compare with the policy's constant."""
    compared = [
        node.lineno
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Compare)
        for part in ast.walk(node)
        if isinstance(part, ast.Constant) and part.value == "restricted"
    ]
    assert compared == []


ROLE_NAMES = frozenset({"staff", "admin", "discipline", "member"})
ASK_FOR_ROLES = frozenset({
    "bot/orders/rights.py",
    "bot/services/restricted/accused.py", "bot/services/restricted/sealing.py",  # of rows of the roster, each a triple
    "bot/dialogue/resident/general.py",  # which help texts to show
    "bot/services/roster/rows.py",  # of a row that is read from a file
})  # fmt: skip


@pytest.mark.parametrize("path", [path for path in MODULES if str(path) not in ASK_FOR_ROLES], ids=str)
def test_who_may_do_what_is_asked_of_the_one_module_of_rights(path: Path) -> None:
    """No other module compares with the name of a role, nor keeps communities beside roles of a person."""
    tree = parsed(path)
    compared = [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Compare) and not isinstance(node.left, ast.Attribute | ast.Subscript)
        for part in ast.walk(node)
        if isinstance(part, ast.Constant) and part.value in ROLE_NAMES
    ]
    fields = [
        {each.target.id for each in node.body if isinstance(each, ast.AnnAssign) and isinstance(each.target, ast.Name)}
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
    ]
    assert compared == []
    assert not [names for names in fields if {"roles", "communities"} <= names and "role_words" not in names]


WORDS_OF_ORDERS = frozenset({"text_sealed", "place_sealed", "contact_sealed", "note_sealed"})
TAKE_WORDS_OUT = frozenset({
    "bot/services/orders/shown.py",  # for people
    "bot/services/orders/told/details.py", "bot/services/orders/duplicates.py",  # to compare and to complete: shown to nobody
    "bot/services/orders/placement.py",  # of a person, for that person's next order
    "bot/services/notices/numbers.py",  # the number that a short message goes to
    "bot/services/restricted/box.py",  # into the box
    "bot/store/sealed/box.py", "bot/dialogue/resident/requests.py",  # how long it is
})  # fmt: skip
ORDERS = frozenset({"order", "row", "other", "changed", "placed", "found", "fresh", "merged", "x", "line"})


@pytest.mark.parametrize(
    "path",
    [
        path
        for path in MODULES
        if path.parts[0] in ("bot", "workers") and path.parts[1] not in ("store", "training", "understanding", "orders")
        and str(path) not in TAKE_WORDS_OUT
    ],
    ids=str,
)  # fmt: skip
def test_words_of_an_order_are_taken_out_by_the_one_module_that_knows_who_reads_them(path: Path) -> None:
    """A new route, list, card or notice that reads them itself goes past `bot.services.orders.shown`."""
    taken = [
        (node.lineno, node.attr)
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Attribute)
        and (
            node.attr in WORDS_OF_ORDERS
            or (node.attr == "text" and isinstance(node.value, ast.Name) and node.value.id in ORDERS - {"line", "x"})
        )
    ]
    allowed = {"bot/services/learning", "bot/services/notices/outbox.py", "workers"}  # texts that are no order's
    assert taken == [] or any(str(path).startswith(each) for each in allowed)


def test_notes_are_made_by_the_module_that_reads_what_people_type() -> None:
    """A note that goes past `bot.services.reading.typed_text` could carry restricted words into an ordinary order."""
    made = [
        str(path)
        for path in MODULES
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Note"
    ]
    assert set(made) == {"bot/services/reading/typed_text.py"}


NOTES_OF_THE_SERVICE = frozenset(
    {
        "bot/services/restricted/sealing.py",  # a category's name
        "bot/services/orders/splitting.py",  # the same, and the number of an order
        "bot/services/orders/undoing.py",  # the number of an order
    }
)


def test_what_people_type_is_never_passed_off_as_words_of_the_service() -> None:
    used = [
        str(path)
        for path in MODULES
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Attribute) and node.attr == "own_words"
    ]
    assert set(used) == NOTES_OF_THE_SERVICE


def keys(table: Mapping[str, Any], within: str = "") -> Iterator[str]:
    """The full names of all sentences and words of the locale."""
    for name, value in table.items():
        if isinstance(value, Mapping):
            yield from keys(value, f"{within}{name}.")
        else:
            yield within + name


def test_every_sentence_of_the_locale_is_said_somewhere() -> None:
    """By its whole key, as one of a group (`f"state.{order.state}"`, in a template `"state." ~ order.state`), or as data
    (`sentences["accused"]`)."""
    code = "\n".join((ROOT / path).read_text("utf-8") for path in [*MODULES, *TEMPLATES])
    groups = tuple(
        re.findall(r'f"([a-z_0-9]+\.[a-z_.]*)\{', code)
        + re.findall(r'f"([a-z_]+)\{\w+\}\.', code)
        + re.findall(r'"([a-z_0-9]+\.[a-z_.]*\.)" ~ ', code)
    )
    data = {*re.findall(r'\["([a-z_]+)"\](?!\[)', code)}

    def said(key: str) -> bool:
        quoted = f'"{key}"' in code or f"'{key}'" in code
        return quoted or key.startswith(groups) or bool({*key.split(".")[-2:]} & data)

    assert [key for key in keys(texts.load(CONFIG_DIR).sentences) if not said(key)] == []


@pytest.mark.parametrize(
    "path",
    [path for path in MODULES if path.parts[:2] in (("bot", "services"), ("bot", "dialogue"), ("bot", "orders"))],
)
def test_no_class_inherits_what_another_one_does(path: Path) -> None:
    """A class is composed of others; it inherits from a protocol, an enumeration or an error alone."""
    inherited = [
        (node.name, ast.unparse(base))
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.ClassDef) and "Protocol" not in map(ast.unparse, node.bases)
        for base in node.bases
        if ast.unparse(base) not in ("StrEnum", "IntEnum", "TypedDict", "Exception", "NotAllowed", "NotUnderstood")
    ]
    assert inherited == []
