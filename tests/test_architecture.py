"""What holds the structure: documented modules and settings, migrations that match the tables, no lost names."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import create_engine

from bot.store.tables import metadata
from config.settings import ROOT, Settings

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


def test_importing_the_service_reads_no_environment() -> None:
    code = "import bot.app, workers.jobs, workers.clock, bot.cli"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env={"PATH": ""}, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
