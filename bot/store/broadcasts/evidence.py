"""What became of each recipient of a broadcast, read page by page: lists of any length take little memory."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, and_, select

from bot.broadcasts.life import FIRST
from bot.store.database import Tx
from bot.store.tables import broadcast_people, notices, persons

PAGE = 500  # recipients read at a time


def page(tx: Tx, broadcast_id: int, after: int) -> Sequence[Row[Any]]:
    """Up to PAGE recipients whose person's id is greater than `after`: their first notice, and what else is known of them."""
    teller, host = persons.alias("teller"), persons.alias("host")
    known = and_(
        broadcast_people.c.broadcast_id == notices.c.broadcast_id, broadcast_people.c.person_id == notices.c.person_id
    )
    found = (
        notices.join(persons, persons.c.id == notices.c.person_id)
        .outerjoin(broadcast_people, known)
        .outerjoin(teller, teller.c.id == broadcast_people.c.told_offline_by_id)
        .outerjoin(host, host.c.id == broadcast_people.c.signed_in_by_id)
    )
    told = (
        notices.c.id, notices.c.person_id, notices.c.round, notices.c.state, notices.c.reason, notices.c.sent_at,
        notices.c.delivered_at, notices.c.acked_at, notices.c.digest_id,
    )  # fmt: skip
    besides = (
        broadcast_people.c.coming, broadcast_people.c.signed_in_at, broadcast_people.c.told_offline_at,
        broadcast_people.c.told_offline_how, broadcast_people.c.told_offline_by_id, broadcast_people.c.signed_in_by_id,
    )  # fmt: skip
    mine = (notices.c.broadcast_id == broadcast_id, notices.c.round == FIRST, notices.c.person_id > after)
    by = teller.c.name.label("told_offline_by"), host.c.name.label("signed_in_by")
    query = select(*told, persons.c.name, *besides, *by).select_from(found)
    return tx.all(query.where(*mine).order_by(notices.c.person_id).limit(PAGE))


def later(tx: Tx, broadcast_id: int, first: int, last: int) -> Sequence[Row[Any]]:
    """The notices of later rounds of the recipients with these ids and all between, by person and round."""
    columns = (
        notices.c.id, notices.c.person_id, notices.c.round, notices.c.state, notices.c.reason, notices.c.sent_at,
        notices.c.delivered_at, notices.c.digest_id,
    )  # fmt: skip
    mine = (notices.c.broadcast_id == broadcast_id, notices.c.round > FIRST, notices.c.person_id.between(first, last))
    return tx.all(select(*columns).where(*mine).order_by(notices.c.person_id, notices.c.round))
