"""Brings everything under the newest keys, a page at a time; broken off, it goes on where it is run again."""

import logging
from datetime import UTC, datetime

from cryptography.exceptions import InvalidTag

from bot.services.files import media
from bot.services.messages import spool
from bot.services.office import Office
from bot.store.records import audit, stored_keys
from bot.store.records.acts import Act
from bot.store.records.audit import Entry
from bot.store.sealed import identity, reseal
from bot.store.sealed.reseal import Pass

log = logging.getLogger(__name__)


def ensure_keys(office: Office) -> None:
    """The installation's own keys are there."""
    with office.db.transaction() as tx:
        stored = stored_keys.ensure_index_key(tx, datetime.now(UTC))
    if stored:
        office.db.vault.forget_index_key()


def renew(office: Office) -> int:
    """How many values and files were sealed newly. What no key opens is counted in the log and stays."""
    resealed, unreadable = 0, 0
    for over in reseal.passes():
        number, closed = _column(office, over)
        resealed += number
        unreadable += 0 if over.boxed or over.where is not None else closed
    resealed += _files(office)
    if unreadable:
        log.error("%s values open with none of the keys and stay as they are: is a DATA_KEY missing?", unreadable)
    if resealed:
        with office.db.transaction() as tx:
            audit.write(tx, datetime.now(UTC), Entry(Act.KEYS, audit.CLI, detail=f"resealed {resealed}"))
    return resealed


def _column(office: Office, over: Pass) -> tuple[int, int]:
    """(sealed newly, unreadable) of one column; a transaction for each page."""
    after, resealed, unreadable, more = None, 0, 0, True
    while more:
        with office.db.transaction() as tx:
            page = reseal.pass_over(tx, over, after)
        resealed, unreadable, after = resealed + page.resealed, unreadable + page.unreadable, page.last
        more = after is not None
    return resealed, unreadable


def _files(office: Office) -> int:
    """Files of the box, and messages that wait in the spool."""
    with office.db.reading() as tx:
        paths = [(office.settings.var_dir / path, identity.of_file(path)) for path in reseal.sealed_files(tx)]
    done = 0
    for path, of in [*paths, *((path, spool.identity_of(path)) for path in spool.waiting(office))]:
        try:
            sealed = path.read_bytes()
            if office.db.box.is_newest(sealed, of):
                continue
            media.write(path, office.db.box.seal_bytes(office.db.open_bytes(sealed, of), of))
            done += 1
        except FileNotFoundError:
            continue
        except InvalidTag:
            log.error("%s opens with none of the keys and stays as it is", path)
    return done
