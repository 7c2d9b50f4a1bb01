"""Writes the notices that an action or an event of an order brings with it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from bot.orders.lifecycle import TELL, Told
from bot.orders.order import Order
from bot.orders.restricted import READERS, is_restricted
from bot.services.notices.words.facts import DUTY, WITH_CONTACT, event_of, facts
from bot.services.notices.words.titles import plain_title
from bot.services.office import Office
from bot.services.orders.actors import Doer
from bot.services.orders.recipients import ALARMING, recipients
from bot.store.database import Tx
from bot.store.persons import people
from bot.store.reads import order_lists
from bot.store.records import audit
from bot.store.records.acts import Act
from bot.store.records.audit import Entry
from bot.store.sending import notices

INSIDE = frozenset({Told.STAFF, Told.LEADERS})
JOINED = frozenset({"attach"})  # told once while one is still unsent: who looks at the order then sees all of them


def tell(
    office: Office, tx: Tx, order: Order, action: str, by: Doer, now: datetime, line: int, note: str | None,
    former: list[int], instead: Mapping[Told, Sequence[int]] | None = None, unheard: Collection[int] = (),
) -> None:  # fmt: skip
    """A notice per person and event; nobody is told what he did himself, nobody twice. `line`: of the history. `instead`:
    the persons of each kind, where it is not the order that tells who they are. `unheard`: those who were called and have
    not heard of it; nor do they hear that the call is over."""
    told = {by.person_id}
    for kind in TELL[action]:
        found = recipients(tx, order, kind, former) if instead is None else instead.get(kind, ())
        persons = [person for person in found if person not in told and not (kind is Told.FORMER and person in unheard)]
        told.update(persons)
        event = event_of(order, action, kind)
        if action in JOINED:
            waiting = notices.unsent_of(tx, order.id, event)
            persons = [person for person in persons if person not in waiting]
        words = note if event == f"{action}_{kind}" else None
        if kind is Told.FOLLOWERS:
            for own in order_lists.merged_into(tx, order.id) if persons else ():
                if own.person_id in persons:
                    write(
                        office, tx, order, event, [own.person_id], now, by=by, note=words, once=f"h{line}", merged=own
                    )
        elif persons and is_restricted(order) and kind in INSIDE:
            may_open = [person for person in persons if person in people.with_role(tx, (READERS,))]
            on_duty = [person for person in persons if person not in may_open]
            write(office, tx, order, event, may_open, now, by=by, note=words, once=f"h{line}")
            write(office, tx, order, event, on_duty, now, by=by, note=words, once=f"h{line}", opens=False)
        elif persons:
            write(office, tx, order, event, persons, now, by=by, note=words, once=f"h{line}")


def write(
    office: Office, tx: Tx, order: Order, event: str, persons: list[int], now: datetime, *, by: Doer,
    note: str | None = None, once: str, need: int = 1, merged: Order | None = None, opens: bool = True,
) -> None:  # fmt: skip
    """Put one notice per person in the outbox, with the facts as they are now. `merged`: the order by which the person knows
    the matter, where it was merged into this one. `opens`: whether they may open a restricted one; whoever is on duty and may
    not hears what else there is to do."""
    own = is_restricted(order) and by.person_id == order.person_id
    who = office.say("order.resident") if own else by.name  # whoever reports somebody is named to nobody
    known = facts(office, tx, order, event, now, who, note)
    if merged is not None:
        named = plain_title(office, merged)
        known |= {"code": merged.code, "title": named, "what": named}
    if known["sealed"] and not opens:
        known["sealed"] = DUTY
    notices.write(
        tx, persons, event, now=now, order_id=order.id, need=need, once=f"{once}:{event}",
        priority=0 if order.urgency in ALARMING else 5, facts=known,
        due_at=now if order.urgency in ALARMING else now + by.told_after, boxed=is_restricted(order),
    )  # fmt: skip
    if event in WITH_CONTACT:
        seen = (Entry(Act.VIEW_NOTICE, by.source, person, order.person_id, order.id) for person in persons)
        audit.write(tx, now, *seen)
