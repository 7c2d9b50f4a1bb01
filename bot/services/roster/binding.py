"""Binding: a bind code gives the roster's person the account of whoever sends it."""

import unicodedata
from datetime import datetime, timedelta

from bot.errors import NotAllowed, NotFound
from bot.services.office import Office
from bot.services.roster import devices
from bot.store.database import Tx
from bot.store.persons import people
from bot.store.persons import roster as store
from bot.store.records import audit
from bot.store.records.acts import Act
from bot.store.records.audit import Entry
from bot.store.rows import Person

TRIES, BLOCKED = 5, timedelta(hours=1)


def bind(office: Office, tx: Tx, sender_id: int, code: str, now: datetime) -> Person:
    """Give the roster's person the sender's openid and past; returns that person. Raises NotFound or NotAllowed."""
    sender = people.by_id(tx, sender_id)
    if sender.bind_blocked_until is not None and now < sender.bind_blocked_until:
        raise NotAllowed("bind.blocked")
    found = store.code(tx, tx.vault.index(plain_code(code)))
    if found is None:
        failures = sender.bind_failures + 1
        blocked = now + BLOCKED if failures >= TRIES else None
        people.change(tx, sender_id, bind_failures=0 if blocked else failures, bind_blocked_until=blocked)
        audit.write(tx, now, Entry(Act.BIND_FAILED, audit.CHAT, sender_id))
        raise NotFound("bind.unknown")
    if found.used_at is not None:
        raise NotAllowed("bind.used")
    if found.expires_at < now:
        raise NotAllowed("bind.expired")
    store.use_code(tx, found.id, now)
    people.change(tx, sender_id, bind_failures=0, bind_blocked_until=None)
    audit.write(tx, now, Entry(Act.BIND, audit.CHAT, sender_id, found.person_id))
    if found.person_id != sender_id:
        former = people.by_id(tx, found.person_id)
        store.merge_person(tx, sender, former.id)
        if former.openid is not None:
            devices.moved(office, tx, former, now)
    return people.by_id(tx, found.person_id)


def plain_code(code: str) -> str:
    """A code of letters and digits without what people type around it: blanks, dashes, small letters."""
    return unicodedata.normalize("NFKC", code).strip().upper().replace(" ", "").replace("-", "")
