"""Somebody asks that what is known of them is deleted; an administrator confirms it; else it runs when it is due."""

from datetime import datetime

from bot.errors import NotFound
from bot.orders.order import Order
from bot.services.office import Office
from bot.store import orders
from bot.store.database import Tx
from bot.store.persons import people
from bot.store.records import audit, deletions
from bot.store.records.acts import Act
from bot.store.records.audit import Entry
from bot.store.records.deletions import Deletion
from bot.store.rows import Person
from bot.store.sending import notices

WORKING_DAYS = 15  # from asking to the end, PIPL 47 and 50: without delay
CHAT, CLI, UNSUBSCRIBE = "chat", "cli", "unsubscribe"  # sources


def waiting(tx: Tx, person_id: int) -> tuple[Order | None, datetime] | None:
    """The order that stands for the person's request, and when it is due; None where there is none."""
    known = deletions.waiting_for(tx, person_id)
    if known is None or known.order_id is None:
        return None
    return orders.by_id(tx, known.order_id), known.due_at


def ask(office: Office, tx: Tx, person: Person, source: str, now: datetime, order: Order | None = None) -> datetime:
    """When it is due. A request that waits already, of who unfollowed, becomes this one; administrators are told of
    one that has an order."""
    due_at = office.calendar.add_working_days(now, WORKING_DAYS)
    known = deletions.waiting_for(tx, person.id)
    order_id = order.id if order is not None else None
    if known is None:
        assert person.openid is not None
        index = tx.vault.index(person.openid)
        values = {"person_id": person.id, "openid_index": index, "order_id": order_id, "source": source}
        deletions.ask(tx, **values, asked_at=now, due_at=due_at)
        audit.write(tx, now, Entry(Act.DELETION_ASKED, _source(source), person.id, person.id, order_id))
    elif source != UNSUBSCRIBE:
        deletions.change(tx, known.id, order_id=order_id or known.order_id, source=source)
        due_at = known.due_at
    if order is not None:
        facts = {"code": order.code, "title": "", "until": office.texts.say("order.until", at=local(office, due_at))}
        admins = people.with_role(tx, ("admin",))
        notices.write(tx, admins, "deletion_asked", now=now, order_id=order.id, facts=facts, once=f"erase:{order.id}")
    return due_at


def confirm(tx: Tx, code: str, by_id: int, now: datetime) -> Deletion:
    """An administrator confirms; the clock carries it out. NotFound where no such request waits."""
    order = orders.by_code(tx, code)
    known = deletions.by_order(tx, order.id) if order is not None else None
    if known is None or known.done_at is not None or known.ended_at is not None:
        raise NotFound("deletion.none", code=code)
    if known.confirmed_at is None:
        deletions.change(tx, known.id, confirmed_at=now, confirmed_by=by_id)
        audit.write(tx, now, Entry(Act.DELETION_CONFIRMED, audit.CHAT, by_id, known.person_id, known.order_id))
    return known


def local(office: Office, at: datetime) -> datetime:
    """The same moment in the office's time zone."""
    return at.astimezone(office.calendar.zone)


def _source(source: str) -> str:
    return audit.CLI if source == CLI else audit.CHAT
