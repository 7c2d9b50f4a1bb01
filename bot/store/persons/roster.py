"""Persons, roles and bind codes of the roster."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, delete, insert, select, update

from bot.store.connections.statements import Prepared
from bot.store.database import Tx
from bot.store.parts import parts
from bot.store.persons import h5
from bot.store.persons.people import NEW_PERSON
from bot.store.rows import Person
from bot.store.sealed import columns, identity
from bot.store.tables import (
    attachments,
    bind_codes,
    broadcast_people,
    broadcast_preferences,
    deletions,
    history,
    inbound,
    notices,
    offers,
    orders,
    persons,
    roles,
    sessions,
)

_SEAL_PHONE = Prepared(
    lambda _: update(persons).where(persons.c.id == bindparam("of_id")).values(phone_sealed=bindparam("sealed"))
)


def by_phone(tx: Tx, phone_index: str) -> Row[Any] | None:
    """The person with this telephone number (as keyed digest); None where there is none."""
    return tx.first(select(persons).where(persons.c.phone_index == phone_index))


def put_persons(tx: Tx, rows: Sequence[Mapping[str, Any]], now: datetime) -> dict[str, Row[Any]]:
    """Insert or update persons by telephone number. Returns the rows afterwards by phone index."""
    tx.summary.roster = True
    known = _by_index(tx, [row["phone_index"] for row in rows])
    fresh = [{**NEW_PERSON, **row, "created_at": now} for row in rows if row["phone_index"] not in known]
    if fresh:
        tx.run(insert(persons), fresh)
    for row in rows:
        if row["phone_index"] in known:
            tx.run(update(persons).where(persons.c.id == known[row["phone_index"]].id).values(**row))
    return _by_index(tx, [row["phone_index"] for row in rows])


def seal_phones(tx: Tx, phones: Mapping[int, str]) -> None:
    """Store the telephone numbers of these persons, encrypted."""
    rows = [
        {"of_id": person, "sealed": tx.vault.seal(phone, identity.of("persons", "phone_sealed", person))}
        for person, phone in phones.items()
    ]
    if rows:
        tx.change(_SEAL_PHONE, rows)


def by_phones(tx: Tx, indexes: Sequence[str]) -> Sequence[Row[Any]]:
    """The persons with these telephone numbers (as keyed digests)."""
    return list(_by_index(tx, indexes).values())


def _by_index(tx: Tx, indexes: Sequence[str]) -> dict[str, Row[Any]]:
    found: dict[str, Row[Any]] = {}
    for some in parts(indexes):
        query = select(persons).where(persons.c.phone_index.in_(some))
        found |= {row.phone_index: row for row in tx.all(query)}
    return found


def drop_roles(tx: Tx, person_ids: Sequence[int] | None) -> set[int]:
    """Delete all roles and unused bind codes of these persons; None: of everybody. Whose they were."""
    tx.summary.roster = True
    unused = bind_codes.c.used_at.is_(None)
    if person_ids is None:
        held = {row.person_id for row in tx.all(select(roles.c.person_id).distinct())}
        tx.run(delete(roles))
        tx.run(delete(bind_codes).where(unused))
        return held
    for some in parts(person_ids):
        tx.run(delete(roles).where(roles.c.person_id.in_(some)))
        tx.run(delete(bind_codes).where(bind_codes.c.person_id.in_(some), unused))
    return set(person_ids)


def add_roles(tx: Tx, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert roles: person_id, role, community, grid, branch, skills."""
    tx.summary.roster = True
    tx.run(insert(roles), [dict(row) for row in rows])


def put_codes(tx: Tx, codes: Mapping[int, str], expires_at: datetime) -> None:
    """Store one new bind code (as keyed digest) for each person; older unused ones are deleted."""
    for some in parts(list(codes)):
        older = bind_codes.c.person_id.in_(some) & bind_codes.c.used_at.is_(None)
        tx.run(delete(bind_codes).where(older))
    if codes:
        rows = [{"person_id": person, "code_index": code, "expires_at": expires_at} for person, code in codes.items()]
        tx.run(insert(bind_codes), rows)


def code(tx: Tx, code_index: str) -> Row[Any] | None:
    """The bind code's row, locked; None where there is none."""
    return tx.first(select(bind_codes).where(bind_codes.c.code_index == code_index).with_for_update())


def use_code(tx: Tx, code_id: int, now: datetime) -> None:
    """Mark a bind code as used."""
    tx.run(update(bind_codes).where(bind_codes.c.id == code_id).values(used_at=now))


def merge_person(tx: Tx, sender: Person, into: int) -> None:
    """Give the sender's openid, windows and past rows to the roster's person and delete the sender's row.

    A sender who is on the roster already keeps row and past; only openid and windows move.
    """
    for person_id in (sender.id, into):  # whoever was signed in to pages was somebody else
        h5.drop(tx, person_id)
    tx.run(update(persons).where(persons.c.id == sender.id).values(openid=None))
    windows = {name: getattr(sender, name) for name in ("chat_until", "chat_left", "click_until", "click_left")}
    tx.run(
        update(persons)
        .where(persons.c.id == into)
        .values(openid=sender.openid, subscribed=True, unreachable=None, **windows)
    )
    if sender.phone_index is not None:
        return
    _merge_broadcasts(tx, sender.id, into)
    for table in (orders, offers, attachments, notices, inbound):
        tx.run(update(table).where(table.c.person_id == sender.id).values(person_id=into))
    tx.run(update(deletions).where(deletions.c.person_id == sender.id).values(person_id=into))
    tx.run(update(history).where(history.c.by_id == sender.id).values(by_id=into))
    tx.run(delete(sessions).where(sessions.c.person_id == sender.id))
    tx.run(delete(persons).where(persons.c.id == sender.id))


def _merge_broadcasts(tx: Tx, sender_id: int, into: int) -> None:
    """What both were sent `into` keeps, with the sender's acknowledgement; answers and wishes move where `into` has none."""
    theirs = notices.alias()
    same = select(theirs.c.id).where(
        theirs.c.person_id == into, theirs.c.broadcast_id == notices.c.broadcast_id, theirs.c.round == notices.c.round
    )
    both = tx.all(select(notices).where(notices.c.person_id == sender_id, same.exists()))
    for row in both:
        if row.acked_at is not None:
            kept = (notices.c.person_id == into) & (notices.c.broadcast_id == row.broadcast_id)
            tx.run(update(notices).where(kept, notices.c.round == row.round).values(acked_at=row.acked_at))
        tx.run(delete(notices).where(notices.c.id == row.id))
    answered = {
        row.broadcast_id for row in tx.all(select(broadcast_people).where(broadcast_people.c.person_id == into))
    }
    for row in tx.all(select(broadcast_people).where(broadcast_people.c.person_id == sender_id)):
        if row.broadcast_id in answered:
            continue
        reason = columns.text(tx, "broadcast_people", "reason_sealed", row)
        of = identity.of("broadcast_people", "reason_sealed", identity.of_recipient(row.broadcast_id, into))
        moved = update(broadcast_people).where(
            broadcast_people.c.broadcast_id == row.broadcast_id, broadcast_people.c.person_id == sender_id
        )
        sealed = tx.vault.seal(reason, of) if reason else None
        tx.run(moved.values(person_id=into, reason_sealed=sealed))
    tx.run(delete(broadcast_people).where(broadcast_people.c.person_id == sender_id))
    has_wishes = tx.first(select(broadcast_preferences.c.person_id).where(broadcast_preferences.c.person_id == into))
    mine = broadcast_preferences.c.person_id == sender_id
    if has_wishes is None:
        tx.run(update(broadcast_preferences).where(mine).values(person_id=into))
    else:
        tx.run(delete(broadcast_preferences).where(mine))
