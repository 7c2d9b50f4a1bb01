"""Matters that become restricted, or cease to be, after they were placed; and older content that is not in the box yet."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row

from bot.services import acting, box, media, placing
from bot.services.acting import Doer
from bot.services.office import Office
from bot.store import attachments as files
from bot.store import box as store
from bot.store import orders, resealing
from bot.store.database import Tx
from bot.understanding import Category

BATCH = 100


def recategorise(office: Office, tx: Tx, order_id: int, category: Category, by: Doer, now: datetime) -> Row[Any]:
    """Into another category where the restricted lane is left, entered, or kept; whom it concerns now is told."""
    order = orders.by_id(tx, order_id, lock=True)
    if order.lane == category.lane:
        changed = acting.perform(office, tx, order, "recategorise", by=by, now=now, note=category.level2)
        box.change_words(tx, order.id, category=category.code)
        return changed
    due = office.limits.due_at(category.sla, order.urgency, order.created_at, office.calendar)
    columns: dict[str, Any] = {"category": category.code, "lane": category.lane, "due_at": due}
    note = category.level2 if order.lane == "restricted" else None  # what it is about is not for the common tables
    changed = acting.perform(office, tx, order, "recategorise", by=by, now=now, note=note, **columns)
    move = box.put_away if category.lane == "restricted" else box.release
    changed = move(office, tx, changed)
    placing.announce(office, tx, changed, by, now, f"v{changed.version}")
    return changed


def put_away_all(office: Office) -> int:
    """Restricted orders whose words are still where all others are, as an older version left them; how many there were."""
    with office.db.reading() as tx:
        found = store.not_in_it(tx, BATCH)
    for row in found:
        with office.db.transaction() as tx:
            order = orders.by_id(tx, row.id, lock=True)
            if order.lane == "restricted" and not store.holds(tx, order.id):
                box.put_away(office, tx, order)
    return len(found)


def upgrade(office: Office) -> None:
    """After a migration: everything of the box goes into it, under its newest key."""
    while put_away_all(office):
        pass
    with office.db.transaction() as tx:
        resealing.everything(tx)
    while seal_files(office):
        pass


def seal_files(office: Office) -> int:
    """Files of restricted orders that came before they were restricted are sealed on the disk; how many there were."""
    with office.db.reading() as tx:
        found = resealing.plain_files(tx, BATCH)
    for row in found:
        name = f"{row.path}{resealing.SEALED_FILE}"
        plain = office.settings.var_dir / row.path
        if plain.exists():
            media.write(office.settings.var_dir / name, office.db.box.seal_bytes(plain.read_bytes()))
        with office.db.transaction() as tx:
            files.move(tx, row.id, name)
        plain.unlink(missing_ok=True)
    return len(found)
