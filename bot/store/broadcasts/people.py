"""What is known of one recipient beside the notices: the answer to a meeting, and that somebody told them by hand."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, or_, select, update

from bot.broadcasts.life import FIRST
from bot.store.database import Tx
from bot.store.persons.people import insert_or_skip
from bot.store.tables import broadcast_people, broadcasts, notices, persons


def of(tx: Tx, broadcast_id: int, person_id: int) -> Row[Any] | None:
    return tx.first(select(broadcast_people).where(_is(broadcast_id, person_id)))


def _is(broadcast_id: Any, person_id: int) -> Any:
    return and_(broadcast_people.c.broadcast_id == broadcast_id, broadcast_people.c.person_id == person_id)


def _make(tx: Tx, broadcast_id: int, person_id: int) -> None:
    key = {"broadcast_id": broadcast_id, "person_id": person_id}
    tx.run(insert_or_skip(tx, broadcast_people, key, on=list(key)))


def said_by(tx: Tx, person_id: int) -> Sequence[Row[Any]]:
    """What the person answered to broadcasts, or was told by hand, oldest first: of the broadcast number, kind, title and
    bulletin's number, acked_at, and the columns of the row here."""
    query = select(
        broadcasts.c.id, broadcasts.c.kind, broadcasts.c.title, broadcasts.c.year, broadcasts.c.number, notices.c.acked_at,
        notices.c.broadcast_id, notices.c.person_id, broadcast_people.c.coming, broadcast_people.c.reason_sealed,
        broadcast_people.c.answered_at, broadcast_people.c.signed_in_at, broadcast_people.c.told_offline_at,
    ).select_from(
        notices.join(broadcasts, broadcasts.c.id == notices.c.broadcast_id).outerjoin(
            broadcast_people, _is(broadcasts.c.id, person_id)
        )
    )  # fmt: skip
    mine = (notices.c.person_id == person_id, notices.c.round == FIRST)
    said = or_(notices.c.acked_at.is_not(None), broadcast_people.c.id.is_not(None))
    return tx.all(query.where(*mine, said).order_by(notices.c.id))


def drop_reasons(tx: Tx, before: datetime, limit: int) -> int:
    """Why people did not come to meetings, as they said it before; how many were emptied."""
    old = select(broadcast_people.c.id).where(
        broadcast_people.c.reason_sealed.is_not(None), broadcast_people.c.answered_at < before
    )
    mine = broadcast_people.c.id.in_(old.limit(limit))
    return tx.run(update(broadcast_people).where(mine).values(reason_sealed=None)).rowcount


def put(tx: Tx, broadcast_id: int, person_id: int, **values: object) -> None:
    """Set these columns of the person's row, which is made where there is none."""
    _make(tx, broadcast_id, person_id)
    tx.run(update(broadcast_people).where(_is(broadcast_id, person_id)).values(**values))


def sign_in(tx: Tx, broadcast_id: int, person_id: int, now: datetime, *, by_id: int | None = None) -> bool:
    """The person is there, and so has come: a leave taken before does not count. Returns whether this is the first time it is
    said; the first time stands. `by_id`: who said so by hand; None: the person's own telephone."""
    _make(tx, broadcast_id, person_id)
    came = update(broadcast_people).where(_is(broadcast_id, person_id), broadcast_people.c.coming.is_(False))
    tx.run(came.values(coming=True, reason_sealed=None, answered_at=now))
    first = update(broadcast_people).where(_is(broadcast_id, person_id), broadcast_people.c.signed_in_at.is_(None))
    return tx.run(first.values(signed_in_at=now, signed_in_by_id=by_id)).rowcount == 1


def answers(tx: Tx, broadcast_id: int) -> Sequence[Row[Any]]:
    """All recipients by name: person_id, name, acked_at, and the columns of their row here, which are NULL without one."""
    query = select(
        notices.c.person_id, persons.c.name, notices.c.acked_at, notices.c.broadcast_id,
        broadcast_people.c.coming, broadcast_people.c.reason_sealed, broadcast_people.c.answered_at,
        broadcast_people.c.signed_in_at,
    ).select_from(
        notices.join(persons, persons.c.id == notices.c.person_id).outerjoin(
            broadcast_people,
            and_(
                broadcast_people.c.broadcast_id == notices.c.broadcast_id,
                broadcast_people.c.person_id == notices.c.person_id,
            ),
        )
    )  # fmt: skip
    mine = (notices.c.broadcast_id == broadcast_id, notices.c.round == FIRST)
    return tx.all(query.where(*mine).order_by(persons.c.name, notices.c.person_id))
