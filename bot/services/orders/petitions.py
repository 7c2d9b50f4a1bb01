"""What is a petition in substance: staff register it, the law's clock runs, and the notice in writing ends it.

信访工作条例 22, 23: the petitioner is told in writing within 15 natural days. The service is no channel for petitions:
it keeps the time, the official system keeps the petition.
"""

from datetime import datetime

from bot.errors import NotAllowed
from bot.orders.lifecycle import Actor
from bot.orders.note import Note
from bot.orders.order import Order
from bot.services.office import Office
from bot.services.orders import actions
from bot.services.orders.actors import Doer, actors
from bot.store.database import Tx


def register(office: Office, tx: Tx, order: Order, by: Doer, now: datetime) -> Order:
    """Starts the clock. NotAllowed where it runs already."""
    if order.petition_at is not None and Actor.STAFF in actors(tx, order, by):
        raise NotAllowed("petition.registered_before", code=order.code, at=_local(office, order.petition_at))
    return actions.perform(office, tx, order, "register", by=by, now=now)


def give_notice(office: Office, tx: Tx, order: Order, note: Note | None, by: Doer, now: datetime) -> Order:
    """The notice in writing was given: the clock stops. NotAllowed where none runs."""
    if order.petition_at is None and Actor.STAFF in actors(tx, order, by):
        raise NotAllowed("petition.not_registered", code=order.code)
    if order.petition_told_at is not None and Actor.STAFF in actors(tx, order, by):
        raise NotAllowed("petition.noticed_before", code=order.code, at=_local(office, order.petition_told_at))
    return actions.perform(office, tx, order, "give_notice", by=by, now=now, note=note)


def _local(office: Office, at: datetime) -> datetime:
    return at.astimezone(office.calendar.zone)
