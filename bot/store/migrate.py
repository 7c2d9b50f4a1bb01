"""Migrates a database to the present tables."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, make_url


def _config(url: str) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    return config


def upgrade(url: str, revision: str = "head") -> None:
    """Create the tables in the database at this SQLAlchemy URL, or bring them up to date (or to an older revision's)."""
    known = make_url(url)
    if known.get_backend_name() == "sqlite" and known.database:
        Path(known.database).parent.mkdir(parents=True, exist_ok=True)
    command.upgrade(_config(url), revision)


def revision(engine: Engine) -> str | None:
    """The migration that the database is at; None before the first."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def knows(revision: str) -> bool:
    """Whether this is one of the migrations."""
    return any(
        script.revision == revision for script in ScriptDirectory.from_config(_config("sqlite://")).walk_revisions()
    )


def is_current(engine: Engine) -> bool:
    """Whether the database has every migration."""
    wanted = ScriptDirectory.from_config(_config("sqlite://")).get_current_head()
    return revision(engine) == wanted
