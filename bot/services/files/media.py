"""Files that residents send: which to fetch, what may be kept, and what became of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

import filetype

from bot.orders.restricted import is_restricted
from bot.services.notices.outbox import Sends, Stores
from bot.services.notices.rules import rules
from bot.store import attachments, orders, private_files
from bot.store.rows import PendingFile
from bot.store.sealed import identity
from bot.store.sealed.reseal import SEALED_FILE
from config.settings import Settings

LEASE_SECONDS = 90.0
UNFINISHED = ("begun", "begun again", "begun a third time")
"""The reason of a file in hand, by how often in a row its worker did not come back: whatever becomes of it replaces the reason."""
LONGEST_WAIT = 3600.0  # seconds between attempts
KEPT = timedelta(days=3)  # after this the platform has deleted what residents sent
SPEEX = (b"#!SILK", b"\x02#!SILK", b"Speex")  # voice forms of the platform that `filetype` does not know


class Unfit(Exception):
    """A file that is not what it says, or too much; the message is the reason that staff see."""


class Storing(Sends, Protocol):
    """What keeping files needs of the office."""

    @property
    def settings(self) -> Settings: ...


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that may be kept."""

    content: bytes
    mime: str
    suffix: str


def due(office: Stores, now: datetime, limit: int = 100) -> Sequence[PendingFile]:
    """(id, attempts so far) of files waiting to be fetched."""
    with office.db.reading() as tx:
        return attachments.due(tx, now, limit)


def begin(office: Sends, attachment_id: int, now: datetime) -> PendingFile | None:
    """Take a file in hand; None when there is nothing to do. One beyond the office's limits fails at once,
    as does one whose workers ended in the middle of it, time after time: it may be what ends them."""
    limit = rules()["media"]
    with office.db.transaction() as tx:
        row = attachments.take(tx, attachment_id, now, LEASE_SECONDS)
        if row is None:
            return None
        if attachments.bytes_kept(tx) >= limit["office_bytes"]:
            attachments.change(tx, row.id, state="failed", reason="storage is full", due_at=None)
            return None
        if attachments.files_of(tx, row.order_id) >= limit["order_items"]:
            attachments.change(tx, row.id, state="failed", reason="too many files", due_at=None)
            return None
        lost = UNFINISHED.index(row.reason) + 1 if row.reason in UNFINISHED else 0
        if lost == len(UNFINISHED):
            attachments.change(tx, row.id, state="failed", reason="its workers never came back", due_at=None)
            return None
        attachments.change(tx, row.id, reason=UNFINISHED[lost])
        return row


def largest(kind: str) -> int:
    """Bytes a file of this kind may have."""
    return int(rules()["media"].get(f"{kind}_bytes", rules()["media"]["image_bytes"]))


def check(kind: str, content: bytes) -> Kept:
    """What the content itself says it is, if that is what `kind` promises. Raises Unfit."""
    if len(content) > largest(kind):
        raise Unfit("too large")
    if kind == "voice" and content.startswith(SPEEX):
        return Kept(content, "audio/speex", "speex")
    found = filetype.guess(content)
    family = {"image": "image/", "voice": "audio/", "video": "video/"}.get(kind)
    if found is None or family is None or not found.mime.startswith(family):
        raise Unfit(f"not {kind}: {found.mime if found else 'unknown content'}")
    return Kept(content, found.mime, found.extension)


def store(office: Storing, row: PendingFile, kept: Kept, now: datetime) -> None:
    """Write the file under VAR_DIR/media and say so; the file is whole before the row names it. One of a restricted
    matter is sealed."""
    name, content = f"media/{row.order_id}/{row.id}.{kept.suffix}", kept.content
    with office.db.reading() as tx:
        sealed = is_restricted(orders.by_id(tx, row.order_id))
    if sealed:
        name, content = name + SEALED_FILE, office.db.box.seal_bytes(content, identity.of_file(name + SEALED_FILE))
    write(office.settings.var_dir / name, content)
    with office.db.transaction() as tx:
        values = {"state": "stored", "path": name, "mime": kept.mime, "size": len(kept.content)}
        attachments.change(tx, row.id, **values, due_at=None, reason=None)


def write(target: Path, content: bytes) -> None:
    """The whole file or none, for nobody but ourselves."""
    private_files.folder(target.parent)
    with private_files.whole(target) as file:
        file.write(content)


def content(office: Storing, path: str) -> bytes:
    """A kept file as it was sent."""
    found = (office.settings.var_dir / path).read_bytes()
    return office.db.box.open_bytes(found, identity.of_file(path)) if path.endswith(SEALED_FILE) else found


def fail(office: Sends, row: PendingFile, reason: str, now: datetime) -> None:
    """Give up: no later attempt would help."""
    with office.db.transaction() as tx:
        attachments.change(tx, row.id, state="failed", reason=reason[:100], due_at=None)


def postpone(office: Sends, row: PendingFile, reason: str, now: datetime, seconds: float = 0.0) -> None:
    """Try again after `seconds`, or (0) after 10 s, doubling to an hour, for as long as the platform keeps the file."""
    if now >= row.created_at + KEPT:
        fail(office, row, reason, now)
        return
    wait = timedelta(seconds=max(seconds, min(10.0 * 2 ** min(row.attempts - 1, 9), LONGEST_WAIT)))
    with office.db.transaction() as tx:
        attachments.change(tx, row.id, reason=reason[:100], due_at=now + wait)
