"""A person who bound another device: the old one and the administrators are told, and contacts of older orders stay
hidden until an administrator says that the device is this person's own."""

import logging
from datetime import datetime

from bot.errors import NotAllowed, NotFound
from bot.services.accounts import ending
from bot.services.notices.words.facts import WITH_CONTACT
from bot.services.office import Office
from bot.store.database import Tx
from bot.store.persons import people
from bot.store.records import audit
from bot.store.records.acts import Act
from bot.store.records.audit import Entry
from bot.store.rows import Person
from bot.store.sending import notices, withdrawals

WITH_WORDS = frozenset({"relay_handler", "append_handler", "reopen_handler", "no_show_handler", "reschedule_handler"})
"""Events that bring a helper the resident's own words (钥匙在花盆下)."""
log = logging.getLogger(__name__)


def moved(office: Office, tx: Tx, person: Person, now: datetime) -> None:
    """`person` is the roster's, as before: bound to an account that is given up now. What waits for this person and
    carries contact data is withheld; the conversation of the old device is forgotten."""
    assert person.openid is not None
    people.change(tx, person.id, moved_at=now)
    people.end_session(tx, person.id)
    ending.of_person(tx, person.id, now, audit.CHAT, "moved")
    withdrawals.withhold_events(tx, person.id, WITH_CONTACT | WITH_WORDS)
    windows = {name: getattr(person, name) for name in ("chat_until", "chat_left", "click_until", "click_left")}
    former = people.add(tx, now, openid=person.openid, subscribed=person.subscribed, **windows)
    facts = {"code": "", "title": "", "name": person.name or "", "duty": office.phones["duty"]}
    notices.write(tx, [former.id], "moved_former", now=now, facts=facts, once=f"moved:{person.id}:{now.isoformat()}")
    told = [one for one in people.with_role(tx, ("admin",)) if one != person.id]
    if not told:
        log.warning("person %s bound another device, and no other administrator may confirm it", person.id)
    notices.write(tx, told, "moved_admin", now=now, facts=facts, once=f"moved:{person.id}:{now.isoformat()}")
    audit.write(tx, now, Entry(Act.BIND_MOVED, audit.CHAT, former.id, person.id))


def confirm(tx: Tx, name: str, by: Person, now: datetime) -> str:
    """An administrator vouches for the new device of whoever bears this name; the name as it is on the roster.

    NotFound where nobody of the name waits for it; NotAllowed for one's own device, and where several of the name wait."""
    found = {row.id for row in people.named(tx, name)}
    waiting = [person for person in (people.by_id(tx, one) for one in sorted(found)) if person.moved_at is not None]
    if by.id in {person.id for person in waiting}:
        raise NotAllowed("device.own")
    if not waiting:
        raise NotFound("device.none", name=name)
    if len(waiting) > 1:
        raise NotAllowed("device.several", name=name)
    (person,) = waiting
    people.change(tx, person.id, moved_at=None)
    audit.write(tx, now, Entry(Act.BIND_CONFIRMED, audit.CHAT, by.id, person.id))
    return person.name or name
