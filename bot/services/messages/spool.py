"""Where words go when the database cannot take them: sealed files under VAR_DIR, read back by the clock.

All under the key of the box: where nothing can be looked up, anything may be a restricted matter.
"""

import hashlib
import json
from datetime import datetime
from pathlib import Path
from typing import Protocol

from cryptography.exceptions import InvalidTag

from bot.store.connections import private_files
from bot.store.database import Database
from bot.store.sealed import identity
from config.settings import Settings

FOLDER = "spool"


class Keeps(Protocol):
    """What keeping messages needs of the office."""

    @property
    def settings(self) -> Settings: ...
    @property
    def db(self) -> Database: ...


def keep(office: Keeps, key: str, body: str, now: datetime) -> None:
    """Write one message durably. The same message again writes the same file."""
    folder = private_files.folder(_folder(office))
    path = folder / f"{hashlib.sha256(key.encode()).hexdigest()}.msg"
    sealed = office.db.box.seal(json.dumps({"at": now.isoformat(), "body": body}), identity_of(path))
    assert sealed is not None
    with private_files.whole(path) as file:
        file.write(sealed)


def waiting(office: Keeps) -> list[Path]:
    """The files that wait, the oldest first; another clock may take one away at any time."""
    aged = [(_age(path), path) for path in _folder(office).glob("*.msg")]
    return [path for age, path in sorted(aged) if age]


def _age(path: Path) -> float:
    """When it was written, 0 when it is gone."""
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return 0.0


def remove_of(office: Keeps, openid: str) -> int:
    """Delete the messages of this person that wait; how many. One that no key opens stays."""
    removed = 0
    for path in waiting(office):
        try:
            _, body = read(office, path)
        except (FileNotFoundError, InvalidTag, ValueError, KeyError):
            continue
        if openid in body:
            path.unlink(missing_ok=True)
            removed += 1
    return removed


def read(office: Keeps, path: Path) -> tuple[datetime, str]:
    """When it was said, and the message as `keep` got it."""
    content = json.loads(office.db.open(path.read_bytes(), identity_of(path)) or "{}")
    return datetime.fromisoformat(content["at"]), str(content["body"])


def identity_of(path: Path) -> bytes:
    """What a file is bound to: its name, the digest of the message's key."""
    return identity.of("files", FOLDER, path.stem)


def _folder(office: Keeps) -> Path:
    return office.settings.var_dir / FOLDER
