"""Matters that become restricted, or cease to be, after they were placed; and what is handed out of the box."""

from datetime import datetime
from pathlib import Path
from typing import Any

from bot.errors import NotFound
from bot.orders.order import Order
from bot.orders.restricted import is_restricted
from bot.services.files import media
from bot.services.office import Office
from bot.services.orders import actions, placement
from bot.services.orders.actors import Doer
from bot.services.reading import typed_text
from bot.services.restricted import box, moving, reading
from bot.store import attachments as files
from bot.store import orders
from bot.store.database import Tx
from bot.store.persons import people
from bot.store.records import audit
from bot.store.records.acts import Act
from bot.store.records.audit import Entry
from bot.store.sealed import reseal
from bot.store.sending import withdrawals
from bot.understanding import Category


def recategorise(office: Office, tx: Tx, order_id: int, category: Category, by: Doer, now: datetime) -> Order:
    """Into another category where the restricted lane is left, entered, or kept; whom it concerns now is told."""
    order = orders.by_id(tx, order_id, lock=True)
    if order.lane == category.lane:
        changed = actions.perform(
            office, tx, order, "recategorise", by=by, now=now, note=typed_text.own_words(category.level2)
        )
        box.change_words(tx, order.id, category=category.code)
        return changed
    due = office.limits.due_at(
        category.sla, order.urgency, order.created_at, office.calendar, other=order.external_due_at
    )
    columns: dict[str, Any] = {"category": category.code, "lane": category.lane, "due_at": due}
    # what it is about is not for the common tables
    note = typed_text.own_words(category.level2) if is_restricted(order) else None
    changed = actions.perform(office, tx, order, "recategorise", by=by, now=now, note=note, **columns)
    if is_restricted(category):
        others = [person for person in withdrawals.on_their_way(tx, order.id) if person != order.person_id]
        withdrawals.withhold(tx, order.id, others)
        changed = moving.put_away(office, tx, changed)
    else:
        changed = moving.release(office, tx, changed)
    placement.announce(office, tx, changed, by, now, f"v{changed.version}")
    return changed


def hand_out(office: Office, code: str, name: str, folder: Path, now: datetime) -> list[Path]:
    """The files of a restricted order, opened into a folder for one of the discipline staff who may see it; the view is
    logged. NotFound for everybody else."""
    with office.db.transaction() as tx:
        order = orders.by_code(tx, code)
        readers = {row.id for row in people.named(tx, name) if row.role == "discipline"}
        if order is None or not is_restricted(order) or len(readers) != 1:
            raise NotFound("refused.no_such_order", code=code)
        (reader,) = readers
        if not reading.may_read(tx, order, reader, people.rights_of(tx, reader)):
            raise NotFound("refused.no_such_order", code=code)
        kept = [(row.id, row.path) for row in files.of(tx, order.id) if row.path is not None]
        audit.write(tx, now, Entry(Act.VIEW_FILE, audit.CLI, reader, order.person_id, order.id))
    written = []
    for number, path in kept:
        target = folder / f"{code}-{number}{Path(path.removesuffix(reseal.SEALED_FILE)).suffix}"
        media.write(target, media.content(office, path))
        written.append(target)
    return written
