"""Pictures that come with a form, until a worker has made them files of their order: sealed, under VAR_DIR/media.

The web process looks at the first bytes alone, since decoding takes long; the worker encodes each picture anew, so that no
place, device or comment in it is kept (`workers.pictures`). In a row of `attachments` such a file has a media id of ours.
"""

import re
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

import filetype

from bot.errors import NotUnderstood
from bot.services import media
from bot.services.media import Storing
from bot.services.notices.outbox import rules
from bot.store import attachments, orders
from bot.store.sealed import identity
from bot.store.sealed.reseal import SEALED_FILE

FOLDER = "media/uploads"
NAME = re.compile(r"page:([0-9a-f]{32})")
TYPES = frozenset({"image/jpeg", "image/png", "image/webp", "image/gif"})
KEPT = timedelta(days=3)  # as long as the platform keeps what comes by chat


def refuse_beyond(office: Storing, person_id: int, code: str, number: int) -> None:
    """NotUnderstood where this person's order of this number has no room for so many more files."""
    with office.db.reading() as tx:
        order = orders.by_code(tx, code)
        held = len(attachments.of(tx, order.id)) if order is not None and order.person_id == person_id else 0
    if held + number > rules()["media"]["order_items"]:
        raise NotUnderstood("h5.pictures.full", code=code)


def keep(office: Storing, contents: Sequence[bytes]) -> tuple[str, ...]:
    """The media ids of these pictures. NotUnderstood where one is none, is too large, or there are too many; then none is kept."""
    limit = rules()["media"]
    if len(contents) > limit["page_items"]:
        raise NotUnderstood("h5.pictures.many", most=limit["page_items"])
    for content in contents:
        found = filetype.guess(content)
        if found is None or found.mime not in TYPES:
            raise NotUnderstood("h5.pictures.none")
        if len(content) > limit["image_bytes"]:
            raise NotUnderstood("h5.pictures.large", most=limit["image_bytes"] // 1024**2)
    return tuple(_kept(office, content) for content in contents)


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
    folder, before = office.settings.var_dir / FOLDER, (now - KEPT).timestamp()
    for path in folder.iterdir() if folder.exists() else ():
        if path.stat().st_mtime < before:
            path.unlink(missing_ok=True)


def _path(token: str) -> str:
    return f"{FOLDER}/{token}{SEALED_FILE}"
