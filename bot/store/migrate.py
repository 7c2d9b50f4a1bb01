"""Migrates a database to the present tables."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, make_url

from bot.store import private_files


def _config(url: str) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    return config


def upgrade(url: str) -> None:
    """Create the tables in the database at this SQLAlchemy URL, or bring them up to date."""
    known = make_url(url)
    if known.get_backend_name() == "sqlite" and known.database:
        private_files.database(Path(known.database))
    command.upgrade(_config(url), "head")


def is_current(engine: Engine) -> bool:
    """Whether the database has every migration."""
    wanted = ScriptDirectory.from_config(_config("sqlite://")).get_current_head()
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() == wanted
