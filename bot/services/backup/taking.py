"""Takes a backup while the service runs: all that must last, sealed with BACKUP_KEY, in one file.

The spool is read before and after the database, so that a message that moves from one to the other meanwhile is in one
of them at least; a message in both is known by its key when it is replayed. Files come last: a row whose file is not
written yet says so.
"""

from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from bot.services.audit import chaining
from bot.services.backup import archive, key_checks
from bot.services.backup.archive import Manifest, Writer
from bot.services.backup.errors import NoKey
from bot.services.deletion import tombstones
from bot.services.office import Office
from bot.store import migrate
from bot.store.connections import private_files
from bot.store.copies import postgresql, sqlite
from bot.store.records import audit
from bot.store.records.acts import Act
from bot.store.records.audit import Entry

END = ".backup"
UNFINISHED = (
    ".part",
    private_files.UNFINISHED,
)  # ends of names of files that are just being written, or were by an older version


def take(office: Office, folder: Path, now: datetime, keep: int | None = None) -> Path:
    """The path of the new backup in `folder`. `keep`: older ones beyond this number are deleted. NoKey, OSError."""
    if not office.settings.backup_key:
        raise NoKey
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with office.db.transaction() as tx:
        audit.write(tx, now, Entry(Act.BACKUP, audit.CLI))
    chaining.extend(office)
    target = folder / f"wutong-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}{END}"
    with private_files.whole(target) as file, closing(Writer(file, office.settings.backup_key[0])) as out:
        _fill(office, out, now)
    for old in sorted(folder.glob(f"wutong-*{END}"))[:-keep] if keep else []:
        old.unlink()
    return target


def _fill(office: Office, out: Writer, now: datetime) -> None:
    head = str(chaining.newest(office))

    def manifest(revision: str, tables: list[tuple[str, list[str]]]) -> None:
        kind, checks = office.db.url.get_backend_name(), key_checks.made(office)
        out.manifest(Manifest(now.isoformat(), kind, revision, head, tables, checks))
        _folder(office, out, "spool")

    if office.db.url.get_backend_name() == "sqlite":
        _sqlite(office, out, manifest)
    else:
        _postgresql(office, out, manifest)
    _folder(office, out, "media")
    _folder(office, out, "spool")
    listed = tombstones.path(office)
    if listed.exists():
        out.file(archive.TOMBSTONES, listed)


def _sqlite(office: Office, out: Writer, manifest: Callable[[str, list[tuple[str, list[str]]]], None]) -> None:
    manifest(migrate.revision(office.db.engine) or "", [])
    with sqlite.snapshot(Path(office.db.url.database or "")) as copy:
        out.file(archive.DATABASE, copy)


def _postgresql(office: Office, out: Writer, manifest: Callable[[str, list[tuple[str, list[str]]]], None]) -> None:
    with postgresql.snapshot(office.db.engine) as connection:
        tables = postgresql.contents(connection)
        manifest(postgresql.revision(connection), [(one.table, list(one.columns)) for one in tables])
        for one in tables:
            number, waiting = 0, bytearray()
            for piece in postgresql.rows(connection, one):
                waiting += piece
                if len(waiting) >= archive.PIECE:
                    out.content(f"{archive.ROWS}/{one.table}/{number:09}", bytes(waiting))
                    number, waiting = number + 1, bytearray()
            out.content(f"{archive.ROWS}/{one.table}/{number:09}", bytes(waiting))


def _folder(office: Office, out: Writer, name: str) -> None:
    root = office.settings.var_dir
    for path in sorted((root / name).rglob("*")):
        if path.is_file() and path.suffix not in UNFINISHED:
            out.file(str(path.relative_to(root)), path)
