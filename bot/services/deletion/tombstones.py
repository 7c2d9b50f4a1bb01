"""Who must stay deleted after a restore: keyed digests of openids in a file beside the database, which outlasts it."""

import os
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from bot.services.office import Office

NAME = "tombstones"


def path(office: Office) -> Path:
    """The file; one line for each deletion: digest, blank, time."""
    return office.settings.var_dir / NAME


def add(office: Office, openid_index: str, now: datetime) -> None:
    """Append a line durably. The same person again is one more line."""
    file = path(office)
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "w") as out:
        out.write(f"{openid_index} {now.astimezone(UTC).isoformat()}\n")
        out.flush()
        os.fsync(out.fileno())


def read(text: str) -> dict[str, datetime]:
    """The newest deletion of each digest; a torn last line is left out."""
    found: dict[str, datetime] = {}
    for line in text.splitlines():
        index, _, at = line.partition(" ")
        try:
            moment = datetime.fromisoformat(at)
        except ValueError:
            continue
        found[index] = max(moment, found.get(index, moment))
    return found


def known(office: Office) -> Mapping[str, datetime]:
    """As `read`, of this installation's file."""
    file = path(office)
    return read(file.read_text("utf-8")) if file.exists() else {}
