"""Carries out a deletion: open orders end, words, contact, files, messages and session go; what the law keeps stays.

It may run again at any time: when an order that stayed is closed, and after a restore.
"""

import logging
import shutil
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.orders import kept
from bot.orders.lifecycle import State
from bot.orders.order import Order
from bot.services.deletion import mentions, tombstones, traces
from bot.services.deletion.requests import UNSUBSCRIBE
from bot.services.messages import spool
from bot.services.office import Office
from bot.services.orders import actions, follow_ups
from bot.services.orders.actors import CLOCK
from bot.services.restricted import box
from bot.store import orders
from bot.store.console import accounts
from bot.store.database import Tx
from bot.store.persons import h5, member_cards, people
from bot.store.records import audit, deletions, erase
from bot.store.records.acts import Act
from bot.store.records.audit import Entry
from bot.store.records.deletions import Deletion
from bot.store.rows import Person

log = logging.getLogger(__name__)

BATCH = 20  # of one round; the next goes on


@dataclass(frozen=True, slots=True)
class Left:
    """An order whose content stays, and by which law (see `bot.orders.kept`)."""

    order: Order
    law: str


def due(office: Office, now: datetime) -> list[int]:
    """The ids of the deletions that are to be carried out now."""
    with office.db.reading() as tx:
        return [one.id for one in deletions.due(tx, now, BATCH)]


def carry_out(office: Office, deletion_id: int, now: datetime) -> None:
    """One deletion. Of somebody who unfollowed and came back before it was due, it is given up."""
    with office.db.reading() as tx:  # the long search, while nobody waits
        known = deletions.by_id(tx, deletion_id)
        person = people.by_id(tx, known.person_id)
        gone, _ = _split(tx, known, lock=False)
        found = _traces(tx, person, gone) if not _came_back(known, person) else {}
        what = mentions.wanted(office, tx, gone)
        named = mentions.find(tx, what, [order.id for order in gone])
    with office.db.transaction(thorough=True) as tx:
        person = erase.locked(tx, known.person_id)
        known = deletions.by_id(tx, deletion_id)
        if _came_back(known, person):
            deletions.change(tx, known.id, ended_at=now)
            return
        mentions.remove(tx, what, named)
        _carry_out(office, tx, known, person, found, {order.id for order in gone}, now)
    office.db.backend.tidy()
    log.info("deletion %s is carried out", known.id)


def _came_back(known: Deletion, person: Person) -> bool:
    return known.source == UNSUBSCRIBE and known.done_at is None and person.subscribed


def _traces(tx: Tx, person: Person, gone: Sequence[Order]) -> traces.Traces:
    openids = [person.openid] if person.openid is not None else []
    return traces.find(tx, [*openids, *(order.code for order in gone)])


def _split(tx: Tx, known: Deletion, *, lock: bool) -> tuple[Sequence[Order], Sequence[Left]]:
    """The orders whose content goes, and those whose content stays. The first run takes all that there are."""
    gone, left = [], []
    for order in erase.orders_of(tx, known.person_id, known.done_at, lock=lock):
        law = law_of(tx, order, closes=known.source != UNSUBSCRIBE)
        if law is None:
            gone.append(order)
        else:
            left.append(Left(order, law))
    return gone, left


def law_of(tx: Tx, order: Order, *, closes: bool = True) -> str | None:
    """As `kept.reason`, with the category out of the box."""
    return kept.reason(order, lambda: box.category(tx, order.id), closes=closes)


def _carry_out(
    office: Office, tx: Tx, known: Deletion, person: Person, found: traces.Traces, searched: Collection[int], now: datetime
) -> None:  # fmt: skip
    """With the person's row locked: files, then rows, then the tombstone, each before the commit. A deletion that is
    rolled back runs again."""
    gone, left = _split(tx, known, lock=True)
    late = [order for order in gone if order.id not in searched]  # placed, or closed, since the search
    if late:
        traces.remove(tx, _traces(tx, person, late))
        what = mentions.wanted(office, tx, late)
        mentions.remove(tx, what, mentions.find(tx, what, [order.id for order in gone]))
    for order in gone:  # the whole folder: also files that no row names
        shutil.rmtree(office.settings.var_dir / "media" / str(order.id), ignore_errors=True)
    newer = known.done_at is not None and erase.has_newer(tx, person.id, known.done_at)
    if person.openid is not None:
        erase.keys_of(tx, person.openid)
        if not newer:
            spool.remove_of(office, person.openid)
    done_at = known.done_at or max([now, *(order.created_at for order in [*gone, *(one.order for one in left)])])
    traces.remove(tx, found)
    _in_tables(office, tx, known, (gone, left), done_at if newer else None, now)
    is_open = any(one.order.state != State.CLOSED for one in left)
    ended_at = None if is_open else now
    deletions.change(tx, known.id, done_at=done_at, run_at=max(now, done_at), ended_at=ended_at)
    tombstones.add(office, known.openid_index, done_at)


def _in_tables(
    office: Office, tx: Tx, known: Deletion, split: tuple[Sequence[Order], Sequence[Left]], until: datetime | None, now: datetime
) -> None:  # fmt: skip
    """`until`: who placed an order after the deletion is here anew; what is newer stays, and the account."""
    (gone, left), person_id = split, known.person_id
    for order in gone:
        _end(office, tx, order, now)
    erase.conversation(tx, person_id, [one.order.id for one in left], until)
    is_open = any(one.order.state != State.CLOSED for one in left)
    on_roster = erase.is_on_roster(tx, person_id)
    if not on_roster:
        accounts.drop(tx, person_id)
    h5.drop(tx, person_id)
    member_cards.drop(tx, person_id)
    erase.broadcasts_of(tx, person_id, until, on_roster=on_roster)
    if until is None:
        erase.place_of(tx, person_id)
        if not is_open and not on_roster:
            erase.account(tx, person_id, office.texts.say("deletion.somebody"))
    audit.write(tx, now, Entry(Act.DELETION_DONE, audit.CLOCK, None, person_id, known.order_id, f"left {len(left)}"))


def _end(office: Office, tx: Tx, order: Order, now: datetime) -> None:
    """Its content goes first, so that nobody is told of it; then it ends, and who works on it is told."""
    erase.blank_order(tx, order.id)
    if order.state == State.CLOSED:
        return
    done = actions.perform(office, tx, orders.by_id(tx, order.id), "erase", by=CLOCK, now=now)
    follow_ups.follow(office, tx, done, "erase", now)
    erase.shorten_notices(tx, order.id)
