"""What a message needs to begin: who speaks, in which roles, where the talk stands, and whether it was answered before."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import String, bindparam, exists, or_, select

from bot.orders.rights import Rights, rights
from bot.store.connections.statements import Prepared
from bot.store.database import Tx, for_change
from bot.store.persons import people
from bot.store.rows import Person, Session
from bot.store.sending.notices import POSTPONED, unsaid
from bot.store.tables import inbound as inbounds
from bot.store.tables import notices, orders, persons, roles, sessions

_ASKED = select(bindparam("openid", type_=String).label("openid")).subquery("asked_for")
_JOINED = (  # one row at least: that the message is known may be told without a person
    _ASKED.outerjoin(persons, persons.c.openid == _ASKED.c.openid)
    .outerjoin(sessions, sessions.c.person_id == persons.c.id)
    .outerjoin(orders, orders.c.id == sessions.c.order_id)
    .outerjoin(inbounds, inbounds.c.key == bindparam("key"))
    .outerjoin(roles, roles.c.person_id == persons.c.id)
)
_WAITING = or_(*(exists(select(notices.c.id).where(each).correlate(persons)) for each in unsaid(persons.c.id)))
_OWN = orders.alias()
_IS_ASKED = exists(
    select(_OWN.c.id).where(_OWN.c.person_id == persons.c.id, _OWN.c.state == "needs_info").correlate(persons)
)
_LOAD = Prepared(
    lambda _: (
        select(
            persons, sessions.c.person_id.label("talked"), sessions.c.asked, sessions.c.asked_at, sessions.c.order_id,
            sessions.c.order_at, sessions.c.data_sealed, orders.c.lane.label("order_lane"),
            inbounds.c.key.label("known_key"), inbounds.c.reply_sealed, inbounds.c.signature, _WAITING.label("waiting"), _IS_ASKED.label("is_asked"), roles.c.role,
            roles.c.community.label("role_community"), roles.c.grid.label("role_grid"),
        )
        .select_from(_JOINED)
    )
)  # fmt: skip
_LOCK = Prepared(lambda _: for_change(select(persons.c.id).where(persons.c.openid == bindparam("openid"))))


NOTHING: Mapping[str, Any] = {}


@dataclass(slots=True)
class _NoSession:
    """The row of a session that is not there."""

    person_id: int = 0
    asked: str | None = None
    asked_at: datetime | None = None
    order_id: int | None = None
    order_at: datetime | None = None
    data_sealed: bytes | None = None


@dataclass(frozen=True, slots=True)
class Conversation:
    """One person's place in the conversation, as it is stored."""

    person: Person
    rights: Rights
    has_session: bool
    session: Session  # asked asked_at order_id order_at data_sealed; all None without a session
    order_lane: str | None  # of the order that the talk is about
    has_waiting: bool  # whether a reply may tell what could not be told otherwise
    is_asked: bool  # whether staff wait for an answer about an order of this person
    is_new: bool = False  # whether the person was made for this message


@dataclass(frozen=True, slots=True)
class Repeated:
    """The same message was dealt with before; its reply is sealed. `signature`: under which it came first."""

    reply_sealed: bytes | None
    signature: str | None


def begin(
    tx: Tx, openid: str, key: str, now: datetime, since: datetime, first: Mapping[str, Any] = NOTHING
) -> Conversation | Repeated:
    """The conversation of this openid, with its person locked until the transaction ends: one message at a time. At
    first sight the person is made, with these values. What is older than `since` no longer waits."""
    _lock(tx, openid)
    found = find(tx, openid, key, now, since)
    if found is None:
        found = _enter(tx, openid, now, first)
    if found is None:  # a rival made the person meanwhile
        _lock(tx, openid)
        found = find(tx, openid, key, now, since)
    assert found is not None
    return found


def _enter(tx: Tx, openid: str, now: datetime, values: Mapping[str, Any]) -> Conversation | None:
    """The first conversation of a new person; None where there is one already."""
    person = people.enter(tx, openid, now, **values)
    if person is None:
        return None
    return Conversation(
        person, rights([]), has_session=False, session=_NoSession(), order_lane=None, has_waiting=False,
        is_asked=False, is_new=True,
    )  # fmt: skip


def _lock(tx: Tx, openid: str) -> None:
    """Lock the person, if there is one. SQLite has locked the whole database already. PostgreSQL needs a statement of its
    own: after a wait it reads the locked row anew, but not what is joined to it."""
    if tx.dialect == "postgresql":
        tx.write(_LOCK, {"openid": openid})


def find(tx: Tx, openid: str, key: str, now: datetime, since: datetime) -> Conversation | Repeated | None:
    """As `begin`, without a lock; None where the person is not known. A message that could not be dealt with was kept
    without a person."""
    rows = tx.all(_LOAD, openid=openid, key=key, now=now, later=now + POSTPONED, since=since)
    row = rows[0]
    if row.known_key is not None:
        return Repeated(row.reply_sealed, row.signature)
    if row.id is None:
        return None
    return Conversation(
        person=row,
        rights=rights((each.role, each.role_community, each.role_grid) for each in rows),
        has_session=row.talked is not None,
        session=row,
        order_lane=row.order_lane,
        has_waiting=bool(row.waiting),
        is_asked=bool(row.is_asked),
    )
