"""The rows of the audit as people read them: by act, person, order and day, the newest first, a page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, or_, select, true, union

from bot.store import exclusions
from bot.store.database import Tx
from bot.store.exclusions import Reader
from bot.store.schema.records import audit
from bot.store.tables import IS_RESTRICTED, orders, persons

Position = tuple[datetime, int]
"""Time and id of a row: a page begins after it."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which rows, for this reader. None: it does not matter. `person_ids`: who did it, or whose data it was. `restricted`: also rows about
    restricted matters."""

    reader: Reader
    act: str | None = None
    person_ids: Sequence[int] | None = None
    order_id: int | None = None
    since: datetime | None = None
    until: datetime | None = None  # this moment itself is out
    after: Position | None = None
    restricted: bool = False


def page(tx: Tx, wanted: Wanted, limit: int) -> Sequence[Row[Any]]:
    """Rows of the audit with name (`who`, `whose`) and order (`order_code`, `lane`), without what is kept from the reader."""
    rows = audit if wanted.person_ids is None else _of_persons(wanted, limit)
    who, whose = persons.alias("who"), persons.alias("whose")
    lane = true() if wanted.restricted else ~IS_RESTRICTED
    ordinary = or_(orders.c.id.is_(None), and_(lane, exclusions.known_to(wanted.reader)))
    query = (
        select(
            rows.c.id, rows.c.at, rows.c.act, rows.c.source, rows.c.detail, rows.c.order_id, rows.c.who_id,
            rows.c.whose_id, rows.c.number, who.c.name.label("who"), whose.c.name.label("whose"),
            orders.c.code.label("order_code"), orders.c.lane,
        )
        .select_from(
            rows.outerjoin(who, who.c.id == rows.c.who_id)
            .outerjoin(whose, whose.c.id == rows.c.whose_id)
            .outerjoin(orders, orders.c.id == rows.c.order_id)
        )
        .order_by(rows.c.at.desc(), rows.c.id.desc())
        .limit(limit)
    )  # fmt: skip
    return tx.all(query.where(*_conditions(rows, wanted), ordinary))


def _of_persons(wanted: Wanted, limit: int) -> Any:
    """The newest rows of each of these persons in each of the two parts: more than a page of them cannot be needed, as
    long as none of them is left out afterwards."""
    parts = []
    for column in (audit.c.who_id, audit.c.whose_id):
        for person in wanted.person_ids or ():
            mine = select(audit).where(column == person, *_conditions(audit, replace(wanted, person_ids=None)))
            kept = ~exclusions.known_to(wanted.reader)
            hidden = select(orders.c.id).where(kept if wanted.restricted else or_(IS_RESTRICTED, kept))
            mine = mine.where(or_(audit.c.order_id.is_(None), audit.c.order_id.not_in(hidden)))
            newest = mine.order_by(audit.c.at.desc(), audit.c.id.desc()).limit(limit).subquery()
            parts.append(select(newest))
    return union(*parts).subquery("of_persons") if parts else select(audit).where(audit.c.id < 0).subquery()


def _conditions(rows: Any, wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.act is not None:
        found.append(rows.c.act == wanted.act)
    if wanted.order_id is not None:
        found.append(rows.c.order_id == wanted.order_id)
    if wanted.since is not None:
        found.append(rows.c.at >= wanted.since)
    if wanted.until is not None:
        found.append(rows.c.at < wanted.until)
    if wanted.after is not None:
        at, number = wanted.after
        found += [rows.c.at <= at, or_(rows.c.at < at, and_(rows.c.at == at, rows.c.id < number))]
    return found


def of_name(tx: Tx, name: str) -> list[int]:
    """Everybody who bears or bore this name on the roster."""
    query = select(persons.c.id).where(persons.c.name == name, persons.c.name.is_not(None)).order_by(persons.c.id)
    return [row.id for row in tx.all(query)]


def newest(tx: Tx, act: str) -> datetime | None:
    """When this was done last."""
    found: datetime | None = tx.value(
        select(audit.c.at).where(audit.c.act == act).order_by(audit.c.at.desc(), audit.c.id.desc()).limit(1)
    )
    return found
