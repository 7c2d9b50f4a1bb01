"""Carries out a deletion: open orders end, words, contact, files, messages and session go; what the law keeps stays.

It may run again at any time: when an order that stayed is closed, and after a restore.
"""

import logging
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.orders import kept
from bot.orders.lifecycle import State
from bot.orders.order import Order
from bot.services import spool
from bot.services.deletion import tombstones, traces
from bot.services.deletion.requests import UNSUBSCRIBE
from bot.services.office import Office
from bot.services.orders import actions, follow_ups
from bot.services.orders.actors import CLOCK
from bot.services.restricted import box
from bot.store import orders, people
from bot.store.database import Tx
from bot.store.records import audit, deletions, erase
from bot.store.records.acts import Act
from bot.store.records.audit import Entry
from bot.store.records.deletions import Deletion

log = logging.getLogger(__name__)

BATCH = 20  # of one round; the next goes on


@dataclass(frozen=True, slots=True)
class Left:
    """An order whose content stays, and by which law (see `bot.orders.kept`)."""

    order: Order
    law: str


def carry_out_due(office: Office, now: datetime) -> int:
    """All that are due, each in a transaction of its own; how many."""
    with office.db.reading() as tx:
        found = deletions.due(tx, now, BATCH)
    for one in found:
        carry_out(office, one.id, now)
    return len(found)


def carry_out(office: Office, deletion_id: int, now: datetime) -> None:
    """One deletion. Of somebody who unfollowed and came back before it was due, it is given up."""
    with office.db.reading() as tx:
        known = deletions.by_id(tx, deletion_id)
        person = people.by_id(tx, known.person_id)
        came_back = known.source == UNSUBSCRIBE and known.done_at is None and person.subscribed
        gone, left = _split(tx, known, now, lock=False)
        openids = [person.openid] if person.openid is not None else []
        found = traces.find(tx, [*openids, *(order.code for order in gone)]) if not came_back else {}
    if came_back:
        with office.db.transaction() as tx:
            deletions.change(tx, known.id, ended_at=now)
        return
    for order in gone:  # the whole folder: also files that no row names
        shutil.rmtree(office.settings.var_dir / "media" / str(order.id), ignore_errors=True)
    for openid in openids:
        spool.remove_of(office, openid)
    with office.db.transaction(thorough=True) as tx:
        _in_tables(office, tx, known, found, now)
    tombstones.add(office, known.openid_index, now)
    office.db.tidy()
    log.info("deletion %s is carried out, %s orders stay by law", known.id, len(left))


def _split(tx: Tx, known: Deletion, now: datetime, *, lock: bool) -> tuple[Sequence[Order], Sequence[Left]]:
    """The orders whose content goes, and those whose content stays."""
    gone, left = [], []
    for order in erase.orders_of(tx, known.person_id, known.done_at or now, lock=lock):
        law = law_of(tx, order, closes=known.source != UNSUBSCRIBE)
        if law is None:
            gone.append(order)
        else:
            left.append(Left(order, law))
    return gone, left


def law_of(tx: Tx, order: Order, *, closes: bool = True) -> str | None:
    """As `kept.reason`, with the category out of the box."""
    return kept.reason(order, lambda: box.category(tx, order.id), closes=closes)


def _in_tables(office: Office, tx: Tx, known: Deletion, found: traces.Traces, now: datetime) -> None:
    gone, left = _split(tx, known, now, lock=True)
    for order in gone:
        _end(office, tx, order, now)
    person_id, stays = known.person_id, [one.order.id for one in left]
    erase.conversation(tx, person_id, stays)
    traces.remove(tx, found)
    erase.place_of(tx, person_id)
    is_open = any(one.order.state != State.CLOSED for one in left)
    if not is_open and not erase.is_on_roster(tx, person_id):
        erase.account(tx, person_id, office.texts.say("deletion.somebody"))
    done = {"done_at": known.done_at or now, "run_at": now, "ended_at": None if is_open else now}
    deletions.change(tx, known.id, **done)
    audit.write(tx, now, Entry(Act.DELETION_DONE, audit.CLOCK, None, person_id, known.order_id, f"left {len(left)}"))


def _end(office: Office, tx: Tx, order: Order, now: datetime) -> None:
    """Its content goes first, so that nobody is told of it; then it ends, and who works on it is told."""
    erase.blank_order(tx, order.id)
    if order.state == State.CLOSED:
        return
    done = actions.perform(office, tx, orders.by_id(tx, order.id), "erase", by=CLOCK, now=now)
    follow_ups.follow(office, tx, done, "erase", now)
    erase.shorten_notices(tx, order.id)
