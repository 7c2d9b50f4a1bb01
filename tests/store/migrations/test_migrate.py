"""Whether a database has every migration is told without Alembic, and as Alembic tells it."""

from pathlib import Path

from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, text

from bot.store import migrate


def test_the_newest_revision_is_the_one_head_of_all_migrations() -> None:
    assert ScriptDirectory(str(migrate.FOLDER)).get_heads() == [migrate.newest()]


def test_an_empty_a_migrated_and_an_older_database_are_told_apart(database_url: str, tmp_path: Path) -> None:
    engine, empty = create_engine(database_url), create_engine(f"sqlite:///{tmp_path / 'empty.db'}")
    assert not migrate.is_current(empty)
    assert migrate.is_current(engine)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0010_attempts'"))
    assert not migrate.is_current(engine)
    engine.dispose()
    empty.dispose()
