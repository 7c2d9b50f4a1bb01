"""Migrates a database to the present tables. Only a migration loads Alembic: it is large, and a service only asks for the revision."""

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, inspect, make_url, text

from bot.store.connections import private_files

if TYPE_CHECKING:
    from alembic.config import Config

FOLDER = Path(__file__).parent / "migrations"
FIELDS = ("revision", "down_revision")


def _config(url: str) -> "Config":
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    return config


def upgrade(url: str, revision: str = "head") -> None:
    """Create the tables in the database at this SQLAlchemy URL, or bring them up to date (or to an older revision's)."""
    from alembic import command

    known = make_url(url)
    if known.get_backend_name() == "sqlite" and known.database:
        private_files.database(Path(known.database))
    command.upgrade(_config(url), revision)


def upgrade_within(connection: Connection, revision: str = "head") -> None:
    """As `upgrade`, inside a transaction that is open already. For PostgreSQL, where tables are made in transactions."""
    from alembic import command

    config = _config("")
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def revision(engine: Engine) -> str | None:
    """The migration that the database is at; None before the first."""
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return str(found) if found is not None else None


def knows(revision: str) -> bool:
    """Whether this is one of the migrations."""
    files = (path.read_text("utf-8") for path in (FOLDER / "versions").glob("*.py"))
    return any(f'revision = "{revision}"' in file for file in files)


@cache
def newest() -> str:
    """The revision that no other one follows: Alembic's head, read from the files of the migrations once a process."""
    files = [path.read_text("utf-8") for path in (FOLDER / "versions").glob("*.py")]
    revisions, earlier = (set(re.findall(rf'^{field} = "(.+)"$', "\n".join(files), re.MULTILINE)) for field in FIELDS)
    return str(max(revisions - earlier))


def is_current(engine: Engine) -> bool:
    """Whether the database has every migration."""
    return revision(engine) == newest()
