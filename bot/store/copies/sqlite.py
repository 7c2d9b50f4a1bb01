"""A consistent copy of an SQLite database while others write to it (the online backup API), and putting one in place."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

from bot.store.copies.unfinished import MARK


@contextmanager
def snapshot(database: Path) -> Iterator[Path]:
    """The path of a copy beside the database, readable by nobody else; deleted in the end."""
    with NamedTemporaryFile(dir=database.parent, prefix=".backup-", suffix=".db") as file:
        source, target = sqlite3.connect(f"file:{database}?mode=ro", uri=True), sqlite3.connect(file.name)
        try:
            with target:
                source.backup(target)  # in one step: it reads one snapshot, and writers go on
        finally:
            source.close()
            target.close()
        yield Path(file.name)


def put(database: Path, copy: Path) -> None:
    """The copy takes the database's place at once, with the mark of a restore that is not finished. The old one's log is
    removed, after all that it holds went into the old one: whoever breaks off between the two leaves a whole database."""
    with closing(sqlite3.connect(copy)) as marked:
        marked.execute(MARK)
    with suppress(sqlite3.Error), closing(sqlite3.connect(f"file:{database}?mode=rw", uri=True)) as old:
        old.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with copy.open("rb+") as file:
        os.fsync(file.fileno())
    copy.chmod(0o600)
    for end in ("-wal", "-shm"):
        Path(f"{database}{end}").unlink(missing_ok=True)
    copy.replace(database)
