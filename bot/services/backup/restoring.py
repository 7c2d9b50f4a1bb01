"""Restores a backup: read to its end first, so that nothing is replaced by what is not whole. The service stands still
meanwhile. Who was deleted since is deleted again.

The database is replaced at once, on PostgreSQL by one transaction. What follows (files, newest keys, deletions) is marked
as unfinished in the new database, on which no process starts until it is done; a restore that was broken off is run again.
"""

import shutil
from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import BinaryIO

from sqlalchemy.exc import SQLAlchemyError

from bot.services.audit import chaining
from bot.services.backup import archive, key_checks
from bot.services.backup.archive import Manifest
from bot.services.backup.errors import BadBackup, NoKey, NotEmpty
from bot.services.backup.taking import END
from bot.services.deletion import repeating, tombstones
from bot.services.office import Office
from bot.services.restricted import upgrading
from bot.store import migrate
from bot.store.connections import private_files
from bot.store.copies import emptiness, postgresql, sqlite, unfinished
from bot.store.copies.postgresql import Contents
from bot.store.records import audit, deletions
from bot.store.records.acts import Act
from bot.store.records.audit import Entry


def restore(office: Office, source: Path, now: datetime, *, replace: bool = False) -> Path:
    """The file that was restored: `source`, or the newest backup in it. BadBackup, WrongKey, NotEmpty, NoKey."""
    if not office.settings.backup_key:
        raise NoKey
    path = _newest(source)
    manifest = _checked(office, path)
    if not replace and not emptiness.is_empty(office.db.engine):
        raise NotEmpty
    known = dict(_tombstones(office, path))
    for index, at in known.items():
        tombstones.add(office, index, at)
    _put(office, path, manifest)
    office.db.vault.forget_index_key()
    upgrading.upgrade(office)
    repeating.repeat(office, known, now)
    chaining.renew(office)
    with office.db.transaction() as tx:
        audit.write(tx, now, Entry(Act.RESTORE, audit.CLI, detail=f"backup of {manifest.at}"))
    unfinished.clear(office.db.engine)
    return path


def _newest(source: Path) -> Path:
    if source.is_file():
        return source
    found = sorted(source.glob(f"wutong-*{END}"))
    if not found:
        raise BadBackup(f"there is no backup at {source}")
    return found[-1]


def _entries(office: Office, path: Path) -> Iterator[tuple[str, BinaryIO]]:
    with path.open("rb") as file:
        yield from archive.entries(file, office.settings.backup_key)


def _checked(office: Office, path: Path) -> Manifest:
    """The manifest of a backup that is whole, fits this database and opens with the keys of this installation."""
    manifest = None
    for name, content in _entries(office, path):
        if name == archive.MANIFEST:
            manifest = archive.read_manifest(content)
            key_checks.check(office, manifest)
        elif manifest is not None and not manifest.checks:
            key_checks.check_entry(office, manifest, name, content)
    if manifest is None:
        raise BadBackup("it has no manifest")
    kind = office.db.url.get_backend_name()
    if manifest.database != kind:
        raise BadBackup(f"it is of {manifest.database}, and DATABASE_URL names {kind}")
    if not migrate.knows(manifest.revision):
        raise BadBackup("it is of a newer version of the service")
    return manifest


def _tombstones(office: Office, path: Path) -> Mapping[str, datetime]:
    """Who was deleted, and when: by the backup, by this host's file, and by the database that is replaced."""
    lists = [tombstones.known(office)]
    lists += [
        tombstones.read(content.read().decode())
        for name, content in _entries(office, path)
        if name == archive.TOMBSTONES
    ]
    try:
        with office.db.reading() as tx:
            lists.append({row.openid_index: row.done_at for row in deletions.carried_out(tx)})
    except SQLAlchemyError:  # there is no such database any more
        pass
    known: dict[str, datetime] = {}
    for one in lists:
        for index, at in one.items():
            known[index] = max(at, known.get(index, at))
    return known


def _put(office: Office, path: Path, manifest: Manifest) -> None:
    """The database, then the files. The spool keeps what waits in it already: it was acknowledged, too."""
    if manifest.database == "postgresql":
        _postgresql(office, path, manifest)
    else:
        for name, content in _entries(office, path):
            if name == archive.DATABASE:
                _sqlite(office, content)
        migrate.upgrade(office.settings.database)
    shutil.rmtree(office.settings.var_dir / "media", ignore_errors=True)
    for name, content in _entries(office, path):
        if name.partition("/")[0] in archive.FOLDERS:
            _write(office.settings.var_dir / name, content)


def _sqlite(office: Office, content: BinaryIO) -> None:
    database = Path(office.db.url.database or "")
    copy = database.with_suffix(".restoring")
    _write(copy, content)
    office.db.engine.dispose()
    sqlite.put(database, copy)


def _postgresql(office: Office, path: Path, manifest: Manifest) -> None:
    """In one transaction: the tables of the backup's version, its rows, the migrations since."""
    tables = [Contents(name, columns) for name, columns in manifest.tables]
    rows = ((name, content) for name, content in _entries(office, path) if name.startswith(f"{archive.ROWS}/"))
    by_name = {one.table: one for one in tables}
    with postgresql.replacing(office.db.engine) as connection:
        postgresql.drop_all(connection)
        migrate.upgrade_within(connection, manifest.revision)
        for table, pieces in groupby(rows, key=lambda entry: entry[0].split("/")[1]):
            postgresql.put(connection, by_name[table], (content.read() for _, content in pieces))
        for one in tables:
            postgresql.number_on(connection, one)
        migrate.upgrade_within(connection)
        unfinished.mark(connection)


def _write(target: Path, content: BinaryIO) -> None:
    """The whole file, for nobody but ourselves."""
    private_files.folder(target.parent)
    with private_files.whole(target) as file:
        shutil.copyfileobj(content, file)
