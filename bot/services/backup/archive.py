"""What is in a backup: a sealed tar stream of a manifest, the database's rows, files, messages in the spool, tombstones."""

import io
import json
import tarfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO

from bot.services.backup.errors import BadBackup
from bot.services.backup.sealing import SealedWriter
from bot.services.backup.unsealing import SealedReader

MANIFEST, DATABASE, ROWS, TOMBSTONES = "manifest.json", "database", "rows", "tombstones"
FOLDERS = ("media", "spool")  # under VAR_DIR
PIECE = 1 << 20  # bytes of rows in one entry


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the backup is of. `tables`: name and columns, in the order in which they can be filled. `checks`: a value
    under each key (see `bot.services.backup.key_checks`); older backups have none."""

    at: str
    database: str  # sqlite postgresql
    revision: str
    audit_head: str
    tables: list[tuple[str, list[str]]] = field(default_factory=list)
    checks: dict[str, str] = field(default_factory=dict)


class Writer:
    """Adds entries to a backup; used with `closing`."""

    def __init__(self, file: BinaryIO, key: bytes) -> None:
        self._sealed = SealedWriter(file, key)
        self._tar = tarfile.open(fileobj=self._sealed, mode="w|")  # type: ignore[call-overload]  # noqa: SIM115

    def manifest(self, manifest: Manifest) -> None:
        self.content(MANIFEST, json.dumps(asdict(manifest)).encode())

    def content(self, name: str, content: bytes) -> None:
        """An entry of bytes that are at hand."""
        info = tarfile.TarInfo(name)
        info.size = len(content)
        self._tar.addfile(info, io.BytesIO(content))

    def file(self, name: str, path: Path) -> None:
        """An entry of a file; one that is gone meanwhile, or is just being written, is left out."""
        try:
            with path.open("rb") as file:
                info = tarfile.TarInfo(name)
                info.size = path.stat().st_size
                self._tar.addfile(info, file)
        except FileNotFoundError:
            return

    def close(self) -> None:
        self._tar.close()
        self._sealed.close()


def entries(file: BinaryIO, keys: tuple[bytes, ...]) -> Iterator[tuple[str, BinaryIO]]:
    """Name and content of each entry in turn, to the authenticated end. BadBackup where it is not whole."""
    sealed = SealedReader(file, keys)
    try:
        with tarfile.open(fileobj=sealed, mode="r|") as tar:  # type: ignore[call-overload]
            for info in tar:
                content = tar.extractfile(info)
                if content is None or not _is_ours(info.name):
                    raise BadBackup(f"it holds {info.name}, which does not belong there")
                yield info.name, content
    except tarfile.TarError as error:
        raise BadBackup(f"it cannot be read: {error}") from error
    while sealed.read(PIECE):  # the padding; its last chunk proves that nothing is missing
        pass


def read_manifest(content: BinaryIO) -> Manifest:
    found: dict[str, Any] = json.loads(content.read())
    found["tables"] = [(name, list(columns)) for name, columns in found["tables"]]
    return Manifest(**found)


def _is_ours(name: str) -> bool:
    """Whether the name stays within the places that a backup fills."""
    parts = PurePosixPath(name).parts
    return bool(parts) and parts[0] in (MANIFEST, DATABASE, ROWS, TOMBSTONES, *FOLDERS) and ".." not in parts
