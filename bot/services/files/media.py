"""Files that residents send: what may be kept, and where it is stored."""

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from bot.orders.restricted import is_restricted
from bot.services.notices.outbox import Sends
from bot.services.notices.rules import rules
from bot.store import attachments, orders
from bot.store.connections import private_files
from bot.store.rows import PendingFile
from bot.store.sealed import identity
from bot.store.sealed.reseal import SEALED_FILE
from config.settings import Settings

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


def largest(kind: str) -> int:
    """Bytes a file of this kind may have."""
    return int(rules()["media"].get(f"{kind}_bytes", rules()["media"]["image_bytes"]))


def check(kind: str, content: bytes) -> Kept:
    """What the content itself says it is, if that is what `kind` promises. Raises Unfit."""
    if len(content) > largest(kind):
        raise Unfit("too large")
    if kind == "voice" and content.startswith(SPEEX):
        return Kept(content, "audio/speex", "speex")
    import filetype  # most messages carry no file

    found = filetype.guess(content)
    family = {"image": "image/", "voice": "audio/", "video": "video/"}.get(kind)
    if found is None or family is None or not found.mime.startswith(family):
        raise Unfit(f"not {kind}: {found.mime if found else 'unknown content'}")
    return Kept(content, found.mime, found.extension)


def store(office: Storing, row: PendingFile, kept: Kept) -> None:
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
