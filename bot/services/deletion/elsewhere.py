"""Searches for one person in every file under VAR_DIR."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag

from bot.services.messages import spool
from bot.services.office import Office
from bot.store.connections import private_files
from bot.store.sealed.reseal import SEALED_FILE

CHUNK = 1 << 20  # bytes read at a time
SOCKETS = (".sock", ".lock", ".pid")  # ends of names of what holds no data


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was searched, how many items, and which of them hold one of the needles."""

    name: str
    searched: int
    found: tuple[str, ...]
    unreadable: tuple[str, ...] = ()


def files(office: Office, needles: Collection[str], orders: Collection[int]) -> Iterator[Place]:
    """Each folder under VAR_DIR but the database. `orders`: ids whose own files must be gone."""
    root = office.settings.var_dir
    by_folder: dict[str, list[Path]] = {}
    for path in sorted(root.rglob("*")) if root.exists() else []:
        if path.is_file() and path.suffix not in SOCKETS and not _is_database(office, path):
            folder = path.relative_to(root).parts[0] if path.parent != root else "."
            by_folder.setdefault(folder, []).append(path)
    of_orders = {f"media/{number}" for number in orders}
    for folder, paths in by_folder.items():
        found, unreadable = [], []
        for path in paths:
            name = str(path.relative_to(root))
            try:
                if str(path.parent.relative_to(root)) in of_orders or _holds(office, path, needles):
                    found.append(name)
            except InvalidTag:
                unreadable.append(name)
        yield Place(f"files {folder}", len(paths), tuple(found), tuple(unreadable))


def _is_database(office: Office, path: Path) -> bool:
    """SQLite's own files are searched as tables: closing one that this process also has open drops the locks on it."""
    name = office.db.url.database if office.db.backend.file_name else None
    return name is not None and path.resolve() in private_files.of_database(Path(name).resolve())


def _holds(office: Office, path: Path, needles: Collection[str]) -> bool:
    """Whether the file's bytes, or what they are sealed from, hold one of the needles. InvalidTag where no key opens it."""
    wanted = [needle.encode() for needle in needles]
    if path.parent.name == spool.FOLDER:
        return any(needle in office.db.open_bytes(path.read_bytes()) for needle in wanted)
    if path.name.endswith(SEALED_FILE):
        return any(needle in office.db.open_bytes(path.read_bytes()) for needle in wanted)
    longest = max(map(len, wanted), default=1)
    with path.open("rb") as file:
        before = b""
        while chunk := file.read(CHUNK):
            if any(needle in before + chunk for needle in wanted):
                return True
            before = chunk[-longest:]
    return False
