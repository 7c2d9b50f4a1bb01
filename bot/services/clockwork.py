"""What time does: every sweep may run twice, in two processes, or late; each finds by itself what is due."""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, select

from bot.errors import NotAllowed
from bot.orders.lifecycle import LIFE, State
from bot.services import acting, broadcasts, media, outbox, replay
from bot.services.office import Office
from bot.store import orders as store
from bot.store.tables import offers, orders

log = logging.getLogger(__name__)

BATCH = 200  # orders a sweep takes at a time


def wake(office: Office, now: datetime) -> None:
    """The quick round: what is due and unclaimed reaches a worker even when Redis forgot it."""
    if outbox.due(office, now) or media.due(office, now, limit=1):
        office.nudge()


def sweep(office: Office, now: datetime) -> None:
    """The slow round."""
    replay.replay(office, now)
    outbox.sweep(office, now)
    broadcasts.release_all(office, now)
    expire_invitations(office, now)
    widen_or_give_up(office, now)
    ask_again_and_close(office, now)
    warn_and_escalate(office, now)


def expire_invitations(office: Office, now: datetime) -> None:
    """An invitation without an answer: staff are told, the member has no consequence."""
    pending = select(offers.c.order_id).where(offers.c.state == "pending", offers.c.expires_at <= now)
    _for_each(office, now, and_(orders.c.state == "offered", orders.c.id.in_(pending)), lambda order: ("expire", {}))


def widen_or_give_up(office: Office, now: datetime) -> None:
    """An open wish nobody claimed goes to the next ring; after the last, staff decide."""
    last = len(office.limits.rings) - 1

    def next_step(order: Any) -> tuple[str, dict[str, Any]]:
        return ("widen", {"ring": order.ring + 1}) if order.ring < last else ("unclaimed", {})

    _for_each(office, now, and_(orders.c.state == "open", orders.c.step_due_at <= now), next_step)


def ask_again_and_close(office: Office, now: datetime) -> None:
    """A resident who did not confirm is asked once more; silence closes the order, never as satisfied."""
    silent = now - timedelta(days=office.limits.no_reply_days)
    quiet = now - timedelta(days=office.limits.ask_again_days)
    done = orders.c.state == "done"
    _for_each(office, now, and_(done, orders.c.done_at <= silent), lambda order: ("no_reply", {}))
    due = and_(done, orders.c.done_at <= quiet, orders.c.asked_again_at.is_(None))
    _for_each(office, now, due, lambda order: ("ask_again", {"asked_again_at": now}))


def warn_and_escalate(office: Office, now: datetime) -> None:
    """Once per step: a reminder when most of its time is gone, the level above when all is."""
    states = [state for state in State if (state, "warn") in LIFE]
    running = and_(orders.c.state.in_(states), orders.c.lane != "restricted", orders.c.step_at.is_not(None))
    passed = and_(running, orders.c.step_due_at <= now, orders.c.escalated_at.is_(None))
    _for_each(
        office, now, passed, lambda order: ("escalate", {"escalated_at": now, "warned_at": order.warned_at or now})
    )
    near = and_(running, orders.c.step_due_at > now, orders.c.warned_at.is_(None))

    def warn(order: Any) -> tuple[str, dict[str, Any]] | None:
        late = office.limits.warn_at(order.step_at, order.step_due_at) <= now
        return ("warn", {"warned_at": now}) if late else None

    _for_each(office, now, near, warn)


Step = Callable[[Any], tuple[str, dict[str, Any]] | None]


def _for_each(office: Office, now: datetime, due: ColumnElement[bool], step: Step) -> None:
    """Do `step`'s action on every order that is due, each in a transaction of its own; only reads where there is none."""
    last = 0
    while found := _page(office, due, last):
        for order in found:
            if step(order) is not None:
                _act(office, order.id, due, step, now)
        last = found[-1].id


def _page(office: Office, due: ColumnElement[bool], after: int) -> Sequence[Row[Any]]:
    with office.db.reading() as tx:
        return tx.all(select(orders).where(due, orders.c.id > after).order_by(orders.c.id).limit(BATCH))


def _act(office: Office, order_id: int, due: ColumnElement[bool], step: Step, now: datetime) -> None:
    """Still due once the row is locked? Another clock may have been here."""
    with office.db.transaction() as tx:
        store.by_id(tx, order_id, lock=True)
        order = tx.first(select(orders).where(orders.c.id == order_id, due))
        chosen = step(order) if order is not None else None
        if order is None or chosen is None:
            return
        action, changes = chosen
        try:
            acting.perform(office, tx, order, action, by=acting.CLOCK, now=now, **changes)
        except NotAllowed as refused:
            log.warning("order %s: %s is not possible now: %s", order.code, action, refused.key)
