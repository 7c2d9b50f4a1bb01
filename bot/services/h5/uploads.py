"""Pictures that come with a form, until a worker has made them files of their order: sealed, under VAR_DIR/media.

The web process looks at the first bytes alone, since decoding takes long; the worker encodes each picture anew, so that no
place, device or comment in it is kept (`workers.wechat.pictures`). In a row of `attachments` such a file has a media id of ours.
"""

import logging
import re
import secrets
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from datetime import datetime, timedelta
from os import stat_result
from pathlib import Path

import filetype

from bot.errors import NotUnderstood
from bot.orders.order import Order
from bot.services.files import media
from bot.services.files.media import Storing
from bot.services.notices.rules import rules
from bot.store import attachments
from bot.store.database import Tx
from bot.store.sealed import identity
from bot.store.sealed.reseal import SEALED_FILE

log = logging.getLogger(__name__)

FOLDER = "media/uploads"
NAME = re.compile(r"page:([0-9a-f]{32})")
TYPES = frozenset({"image/jpeg", "image/png", "image/webp", "image/gif"})
KEPT = timedelta(days=3)  # as long as the platform keeps what comes by chat


def refuse_beyond(tx: Tx, order: Order, number: int) -> None:
    """NotUnderstood where the order has no room for so many more files."""
    if len(attachments.of(tx, order.id)) + number > rules()["media"]["order_items"]:
        raise NotUnderstood("h5.pictures.full", code=order.code)


@contextmanager
def keeping(office: Storing, contents: Sequence[bytes]) -> Iterator[tuple[str, ...]]:
    """The media ids of these pictures. NotUnderstood where one is none, is too large, or there are too many; then none is
    kept, nor where the block ends with a refusal or an error."""
    _check(contents)
    if contents:
        _refuse_where_full(office, sum(map(len, contents)))
    with ExitStack() as undo:
        kept = []
        for content in contents:
            kept.append(_kept(office, content))
            undo.callback(drop, office, kept[-1])
        yield tuple(kept)
        undo.pop_all()


def _check(contents: Sequence[bytes]) -> None:
    limit = rules()["media"]
    if len(contents) > limit["page_items"]:
        raise NotUnderstood("h5.pictures.many", most=limit["page_items"])
    for content in contents:
        found = filetype.guess(content)
        if found is None or found.mime not in TYPES:
            raise NotUnderstood("h5.pictures.none")
        if len(content) > limit["image_bytes"]:
            raise NotUnderstood("h5.pictures.large", most=limit["image_bytes"] // 1024**2)


def _refuse_where_full(office: Storing, more: int) -> None:
    """Forms that come at the same time may go beyond the limit by what they bring."""
    held = sum(found.st_size for _, found in _waiting(office))
    if held + more > rules()["media"]["uploads_bytes"]:
        log.warning("pictures of forms are refused: %d bytes wait for a worker", held)
        raise NotUnderstood("h5.pictures.no_room")


def _waiting(office: Storing) -> Iterator[tuple[Path, stat_result]]:
    """Files that a worker has not dealt with; it may take one away at any time."""
    folder = office.settings.var_dir / FOLDER
    for path in folder.iterdir() if folder.exists() else ():
        with suppress(FileNotFoundError):
            yield path, path.stat()


def _kept(office: Storing, content: bytes) -> str:
    token = secrets.token_hex(16)
    name = _path(token)
    media.write(office.settings.var_dir / name, office.db.box.seal_bytes(content, identity.of_file(name)))
    return f"page:{token}"


def is_ours(media_id: str | None) -> bool:
    """Whether the file came with a form."""
    return media_id is not None and NAME.fullmatch(media_id) is not None


def content(office: Storing, media_id: str) -> bytes:
    """The picture as it came. Unfit where it is gone."""
    found = NAME.fullmatch(media_id)
    assert found is not None
    try:
        return media.content(office, _path(found[1]))
    except FileNotFoundError as error:
        raise media.Unfit("gone") from error


def drop(office: Storing, media_id: str) -> None:
    """It is a file of its order now, or never will be."""
    found = NAME.fullmatch(media_id)
    if found is not None:
        (office.settings.var_dir / _path(found[1])).unlink(missing_ok=True)


def drop_old(office: Storing, now: datetime) -> None:
    """Files whose form came to nothing."""
    before = (now - KEPT).timestamp()
    for path, found in _waiting(office):
        if found.st_mtime < before:
            path.unlink(missing_ok=True)


def _path(token: str) -> str:
    return f"{FOLDER}/{token}{SEALED_FILE}"
