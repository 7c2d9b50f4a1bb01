"""The round of the whole office: every step may run twice, in two processes, or late; each finds by itself what is due."""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from bot.errors import NotAllowed
from bot.services.broadcasts import releasing
from bot.services.broadcasts.drafts import proposals
from bot.services.broadcasts.recipients import collecting
from bot.services.clock import answers_due, retention, sums, time_rules
from bot.services.clock.time_rules import Choose
from bot.services.console.intake import taking
from bot.services.deletion import carrying_out
from bot.services.learning import schedule
from bot.services.messages import replay
from bot.services.notices import outbox
from bot.services.office import Office
from bot.services.orders import actions
from bot.services.orders.actors import CLOCK
from bot.services.reports import counting
from bot.services.restricted import upgrading
from bot.store.reads import due_orders
from bot.store.reads.due_orders import Due

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Work:
    """One step of a round: what it is about, for the log, and the doing of it."""

    about: str
    do: Callable[[], object]


def sweep(office: Office, now: datetime) -> Iterator[Work]:
    """The round, as single steps: what breaks in one of them must not keep the others from being done."""
    yield Work("messages kept while the database was down", partial(replay.replay, office, now))
    yield Work("the outbox", partial(outbox.sweep, office, now))
    for number, step in releasing.steps(office, now):
        yield Work(f"broadcast {number}", step)
    yield Work("the messages of the day", partial(collecting.gather, office, now))
    yield Work("occasions that come near", partial(proposals.propose, office, now))
    yield Work("restricted matters on their way into the box", partial(upgrading.put_away_all, office))
    yield Work("files of the box", partial(upgrading.seal_files, office))
    yield Work("answers that end", partial(answers_due.tell, office, now))
    for key, step in taking.left(office, now):
        yield Work(f"file {key[:8]}", step)
    yield Work("what need not be kept", partial(retention.purge, office, now))
    yield Work("what there is much to count of", partial(counting.keep, office, now))
    yield Work("what comes up again", partial(sums.keep_recurring, office, now))
    yield Work("learning from the office's history", partial(schedule.send_for_it, office, now))
    for due, choose in time_rules.rules(office.limits, now):
        yield from _each(office, now, due, choose)
    for number in carrying_out.due(office, now):
        yield Work(f"deletion {number}", partial(carrying_out.carry_out, office, number, now))


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
            actions.perform(office, tx, order, action, by=CLOCK, now=now, **changes)
        except NotAllowed as refused:
            log.warning("order %s: %s is not possible now: %s", order.code, action, refused.key)
