"""Finds out what is due, with as little as that needs: the clock's own process reads no lexicon and no model."""

from datetime import datetime
from typing import Protocol

from bot.orders.time_limits.limits import Limits
from bot.services.broadcasts.recipients import collecting
from bot.services.broadcasts.times import hours
from bot.services.clock import time_rules
from bot.services.messages import spool
from bot.services.notices.outbox import Nudges
from bot.store import attachments
from bot.store.broadcasts import written
from bot.store.reads import due_orders
from bot.store.records import deletions
from bot.store.sealed import box, reseal
from bot.store.sending import notice_queue
from config.settings import Settings


class Watches(Nudges, Protocol):
    """What finding it needs of the office; `Office` has it, and the clock's own smaller one."""

    @property
    def settings(self) -> Settings: ...
    @property
    def limits(self) -> Limits: ...


def wake(office: Watches, now: datetime) -> None:
    """What is due and unclaimed reaches a worker even when Redis forgot it."""
    with office.db.reading() as tx:
        open_ = hours(office.settings).is_open(now)
        due = notice_queue.due_exists(tx, now, hours_open=open_) or bool(attachments.due(tx, now, 1))
    if due:
        office.nudge()


def needs_office(office: Watches, now: datetime) -> bool:
    """Whether a round of the whole office would find something that cannot wait."""
    if spool.waiting(office) or collecting.is_due(office, now):
        return True
    with office.db.reading() as tx:
        return (
            (hours(office.settings).is_open(now) and written.one_is_due(tx, now))
            or bool(deletions.due(tx, now, 1))
            or bool(box.not_in_it(tx, 1))
            or bool(reseal.plain_files(tx, 1))
            or any(due_orders.exist(tx, due) for due, _ in time_rules.rules(office.limits, now))
        )
