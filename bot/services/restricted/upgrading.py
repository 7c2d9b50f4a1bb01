"""Older content that is not in the sealed box is put there."""

import logging

from cryptography.exceptions import InvalidTag

from bot.orders.restricted import is_restricted
from bot.services.files import media
from bot.services.office import Office
from bot.services.restricted import knowing, moving, named, renewal
from bot.store import attachments as files
from bot.store import exclusions, orders
from bot.store.sealed import box as store
from bot.store.sealed import identity, reseal

log = logging.getLogger(__name__)


BATCH = 100


def put_away_all(office: Office) -> int:
    """Restricted orders whose words are still where all others are, as an older version left them; how many there were."""
    with office.db.reading() as tx:
        found = store.not_in_it(tx, BATCH)
    return sum(_put_away(office, row.id, row.code) for row in found)


def _put_away(office: Office, order_id: int, code: str) -> bool:
    try:
        with office.db.transaction() as tx:
            order = orders.by_id(tx, order_id, lock=True)
            due = is_restricted(order) and not store.holds(tx, order.id)
            if due:
                moving.put_away(office, tx, order)
            return due
    except InvalidTag:
        log.error("order %s cannot be read and stays out of the box: is a DATA_KEY missing?", code)
        return False


def upgrade(office: Office) -> None:
    """After a migration: everything of the box goes into it, and everything is under its newest key."""
    renewal.ensure_keys(office)
    while put_away_all(office):
        pass
    renewal.renew(office)
    while seal_files(office):
        pass
    while exclude_all(office):
        pass


def exclude_all(office: Office) -> int:
    """Orders that an older version left are kept from whom they may be about; how many were looked at."""
    with office.db.reading() as tx:
        found = [row.id for row in exclusions.not_looked_at(tx, BATCH)]
    for order_id in found:
        with office.db.transaction() as tx:
            order = orders.by_id(tx, order_id, lock=True)
            try:
                order = knowing.keep_from(tx, order, store.matter(tx, order.id).excluded) if order.left_box else order
                order = named.exclude(office, tx, order)
            except InvalidTag:
                log.error("order %s cannot be read: it is kept from nobody. Is a DATA_KEY missing?", order.code)
            if order.excludes is None:
                orders.change(tx, order.id, excludes=False)
    return len(found)


def seal_files(office: Office) -> int:
    """Files of restricted orders that came before they were restricted are sealed on the disk; how many there were."""
    with office.db.reading() as tx:
        found = reseal.plain_files(tx, BATCH)
    for row in found:
        name = f"{row.path}{reseal.SEALED_FILE}"
        plain = office.settings.var_dir / row.path
        if plain.exists():
            media.write(
                office.settings.var_dir / name, office.db.box.seal_bytes(plain.read_bytes(), identity.of_file(name))
            )
        plain.unlink(missing_ok=True)  # before the row names the other: a plain file that no row names is never found
        with office.db.transaction() as tx:
            files.move(tx, row.id, name)
    return len(found)
