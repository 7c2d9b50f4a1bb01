"""What time does: every step may run twice, in two processes, or late; each finds by itself what is due."""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from bot.errors import NotAllowed
from bot.services import broadcasts, media, replay, retention
from bot.services.learning import schedule
from bot.services.notices import outbox
from bot.services.office import Office
from bot.services.orders import actions
from bot.services.restricted import sealing
from bot.store.reads import due_orders
from bot.store.reads.due_orders import Due

log = logging.getLogger(__name__)

Chosen = tuple[str, dict[str, Any]]  # an action, and the columns it changes besides
Choose = Callable[[Any], Chosen | None]


@dataclass(frozen=True, slots=True)
class Work:
    """One step of a round: what it is about, for the log, and the doing of it."""

    about: str
    do: Callable[[], object]


def wake(office: Office, now: datetime) -> None:
    """The quick round: what is due and unclaimed reaches a worker even when Redis forgot it."""
    if outbox.due(office, now) or media.due(office, now, limit=1):
        office.nudge()


def sweep(office: Office, now: datetime) -> Iterator[Work]:
    """The slow round, as single steps: what breaks in one of them must not keep the others from being done."""
    yield Work("messages kept while the database was down", partial(replay.replay, office, now))
    yield Work("the outbox", partial(outbox.sweep, office, now))
    yield Work("broadcasts under way", partial(broadcasts.release_all, office, now))
    yield Work("restricted matters on their way into the box", partial(sealing.put_away_all, office))
    yield Work("files of the box", partial(sealing.seal_files, office))
    yield Work("what need not be kept", partial(retention.purge, office, now))
    yield Work("learning from the office's history", partial(schedule.send_for_it, office, now))
    for due, choose in _rules(office, now):
        yield from _each(office, now, due, choose)


def _rules(office: Office, now: datetime) -> Iterator[tuple[Due, Choose]]:
    """Which orders are due for what. An order that one rule moved is looked at anew by the next."""
    limits = office.limits

    def days(number: int) -> datetime:
        return now - timedelta(days=number)

    yield due_orders.unanswered_invitations(now), _always("expire")
    yield due_orders.unclaimed(now), partial(_next_ring, len(limits.rings) - 1)
    yield due_orders.unanswered_questions(now), _always("no_reply")
    yield due_orders.quiet_since(days(limits.nudge_days), now), _always("nudge", asked_again_at=now)
    yield due_orders.unconfirmed(days(limits.no_reply_days)), _always("no_reply")
    silent = due_orders.unconfirmed(days(limits.call_days)) & due_orders.not_warned()
    yield silent, _always("call", warned_at=now)
    quiet = due_orders.unconfirmed(days(limits.ask_again_days)) & due_orders.not_asked_again()
    yield quiet, _always("ask_again", asked_again_at=now)
    yield due_orders.petition_late(now), _always("petition_late", petition_escalated_at=now, petition_warned_at=now)
    yield due_orders.petition_ahead(days(limits.petition_warn_days)), _always("petition_warn", petition_warned_at=now)
    yield due_orders.limit_passed(now), partial(_escalate, now)
    ahead = due_orders.limit_ahead(now, limits.warn_share, limits.warn_share_accepted)
    yield ahead, partial(_warn, office, now)


def _always(action: str, **changes: Any) -> Choose:
    return lambda order: (action, changes)


def _next_ring(last: int, order: Any) -> Chosen:
    """An open wish nobody claimed goes to the next ring; after the last, staff decide."""
    return ("widen", {"ring": order.ring + 1}) if order.ring < last else ("unclaimed", {})


def _escalate(now: datetime, order: Any) -> Chosen:
    return "escalate", {"escalated_at": now, "warned_at": order.warned_at or now}


def _warn(office: Office, now: datetime, order: Any) -> Chosen | None:
    """Once most of the step's time is gone."""
    late = office.limits.warn_at(order.state, order.step_at, order.step_due_at) <= now
    return ("warn", {"warned_at": now}) if late else None


def _each(office: Office, now: datetime, due: Due, choose: Choose) -> Iterator[Work]:
    """A step for every order that is due, each a transaction of its own; only reads where there is none."""
    with office.db.reading() as tx:
        found = due_orders.found(tx, due)
    for order in found:
        yield Work(f"order {order.code}", partial(_act, office, now, order.id, due, choose))


def _act(office: Office, now: datetime, order_id: int, due: Due, choose: Choose) -> None:
    with office.db.transaction() as tx:
        order = due_orders.locked(tx, order_id, due)
        chosen = choose(order) if order is not None else None
        if order is None or chosen is None:
            return
        action, changes = chosen
        try:
            actions.perform(office, tx, order, action, by=actions.CLOCK, now=now, **changes)
        except NotAllowed as refused:
            log.warning("order %s: %s is not possible now: %s", order.code, action, refused.key)
