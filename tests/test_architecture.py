"""What holds the structure: documented modules and settings, migrations that match the tables, no lost names."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import create_engine

from bot import texts
from bot.store.tables import metadata
from config.settings import CONFIG_DIR, ROOT, Settings

MODULES = sorted(
    path.relative_to(ROOT)
    for top in ("bot", "workers", "config")
    for path in (ROOT / top).rglob("*.py")
    if path.read_text("utf-8").strip()
)
VAGUE = {"utils", "helpers", "common", "manager", "misc"}


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_every_module_says_in_one_sentence_what_it_is_for(path: Path) -> None:
    said = ast.get_docstring(ast.parse((ROOT / path).read_text("utf-8")))
    assert said
    assert path.stem not in VAGUE


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_every_setting_is_explained_in_the_readme(name: str) -> None:
    assert f"`{name.upper()}`" in (ROOT / "README.md").read_text("utf-8")


def test_migrations_and_tables_agree(database_url: str) -> None:
    engine = create_engine(database_url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
    engine.dispose()


def test_the_service_and_its_workers_load_nothing_that_only_training_needs() -> None:
    code = (
        "import sys, bot.app, bot.cli, workers.jobs, workers.clock;"
        "print(sorted({name.split('.')[0] for name in sys.modules} & {'sklearn', 'scipy', 'numpy', 'joblib'}))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, "[]")


def test_a_web_process_in_plain_mode_loads_neither_alembic_nor_an_http_client() -> None:
    code = (
        "import sys, bot.app; from bot.wechat import inbox;"
        "print(sorted({name.split('.')[0] for name in sys.modules} & {'alembic', 'mako', 'wechatpy', 'requests', 'openpyxl'}))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, "[]")


def test_importing_the_service_reads_no_environment() -> None:
    code = "import bot.app, workers.jobs, workers.clock, bot.cli"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env={"PATH": ""}, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize("path", [path for path in MODULES if path != Path("bot/orders/restricted.py")], ids=str)
def test_what_is_restricted_is_asked_of_the_one_policy(path: Path) -> None:
    """No other module compares with the lane's name; statements of the database compare with the policy's constant."""
    compared = [
        node.lineno
        for node in ast.walk(ast.parse((ROOT / path).read_text("utf-8")))
        if isinstance(node, ast.Compare)
        for part in ast.walk(node)
        if isinstance(part, ast.Constant) and part.value == "restricted"
    ]
    assert compared == []


def keys(table: Mapping[str, Any], within: str = "") -> Iterator[str]:
    """The full names of all sentences and words of the locale."""
    for name, value in table.items():
        if isinstance(value, Mapping):
            yield from keys(value, f"{within}{name}.")
        else:
            yield within + name


def test_every_sentence_of_the_locale_is_said_somewhere() -> None:
    """By its whole key, as one of a group (`f"state.{order.state}"`), or as data (`sentences["accused"]`)."""
    code = "\n".join((ROOT / path).read_text("utf-8") for path in MODULES)
    groups = tuple(re.findall(r'f"([a-z_]+\.[a-z_.]*)\{', code) + re.findall(r'f"([a-z_]+)\{\w+\}\.', code))
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
        for node in ast.walk(ast.parse((ROOT / path).read_text("utf-8")))
        if isinstance(node, ast.ClassDef) and "Protocol" not in map(ast.unparse, node.bases)
        for base in node.bases
        if ast.unparse(base) not in ("StrEnum", "TypedDict", "Exception", "NotUnderstood")
    ]
    assert inherited == []
