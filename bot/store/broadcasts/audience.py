"""Who fits an audience, and how many of them can be reached in which way."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    String,
    and_,
    case,
    cast,
    false,
    func,
    literal,
    not_,
    or_,
    select,
    true,
    union,
)

from bot.broadcasts.audience import RESIDENT, Audience
from bot.broadcasts.life import NO_DUTY
from bot.store.database import Tx
from bot.store.tables import broadcast_preferences, persons, roles


def who(audience: Audience, kind: str, *, muted: bool = False) -> Any:
    """A query for the ids (`person_id`) of everybody who fits; with `muted` those alone who do not want this kind."""
    parts = [select(roles.c.person_id).select_from(roles.join(persons)).where(_fits(audience))]
    if RESIDENT in audience.role:
        parts = [*([] if audience.role == (RESIDENT,) else parts), _residents(audience, kind)]
    found = union(*parts).subquery("fitting") if len(parts) > 1 else parts[0].distinct().subquery("fitting")
    query = select(found.c.person_id)
    if kind in NO_DUTY:
        mute = found.c.person_id.in_(_muted(kind))
        return query.where(mute if muted else not_(mute))
    return query.where(false()) if muted else query


def _fits(audience: Audience) -> ColumnElement[bool]:
    """The condition that one role of the person meets every part of the audience."""
    conditions: list[ColumnElement[bool]] = []
    columns = {roles.c.role: audience.role, roles.c.community: audience.community, persons.c.name: audience.names}
    conditions += [column.in_(values) for column, values in columns.items() if values]
    if audience.branch:
        conditions.append(or_(*map(_in_branch, audience.branch)))
    if audience.grid:
        conditions.append(or_(*map(_in_grid, audience.grid)))
    conditions += [func.coalesce(not_(each), True) for word in audience.exclude for each in _excluded(word)]
    return and_(true(), *conditions)


def _excluded(word: str) -> list[ColumnElement[bool]]:
    return [persons.c.name == word, roles.c.community == word, _in_branch(word), _in_grid(word)]


def _in_branch(branch: str) -> ColumnElement[bool]:
    """By its full name or by the end of it (第一支部 of 陈桥第一支部); an empty word is nobody's."""
    if not branch.strip():
        return false()
    return roles.c.branch.endswith(branch, autoescape=True)


def _in_grid(grid: str) -> ColumnElement[bool]:
    """A grid by its full name or by the end of it ("网格03" of "陈桥网格03"); a bare number is a full name only;
    an empty word is nobody's."""
    if not grid.strip():
        return false()
    if grid[0].isdigit():
        return roles.c.grid == grid
    return roles.c.grid.endswith(grid, autoescape=True)


def _residents(audience: Audience, kind: str) -> Select[Any]:
    """Residents who agreed to service notices; no other kind is for them, and of the parts only a community fits them."""
    agreed = and_(broadcast_preferences.c.service_at.is_not(None), broadcast_preferences.c.service)
    query = select(broadcast_preferences.c.person_id).join(persons).where(agreed)
    if kind != "service" or audience.branch or audience.grid or audience.names:
        return query.where(false())
    if audience.community:
        query = query.where(persons.c.community.in_(audience.community))
    if audience.exclude:
        query = query.where(func.coalesce(persons.c.community.not_in(audience.exclude), True))
    return query


def _muted(kind: str) -> Select[Any]:
    named = cast(broadcast_preferences.c.muted, String).contains(f'"{kind}"', autoescape=True)
    return select(broadcast_preferences.c.person_id).where(named)


def count(tx: Tx, audience: Audience, kind: str, *, unbound: bool = False) -> int:
    """How many persons fit the audience; with `unbound` only those who have not bound an account."""
    found = who(audience, kind).subquery("found")
    query = select(func.count()).select_from(found)
    if unbound:
        query = query.join(persons, persons.c.id == found.c.person_id).where(persons.c.openid.is_(None))
    return int(tx.value(query) or 0)


def reach(tx: Tx, audience: Audience) -> tuple[int, int]:
    """How many persons with a role fit, whatever they muted, and how many there are."""
    return count(tx, audience, "reminder"), count(tx, Audience(), "reminder")


def _way(now: datetime) -> ColumnElement[str]:
    """How far the account reaches a person: open (a conversation is going on), cards (templates alone), or why not."""
    talks = or_(
        and_(persons.c.chat_until > now, persons.c.chat_left > 0),
        and_(persons.c.click_until > now, persons.c.click_left > 0),
    )
    return case(
        (persons.c.openid.is_(None), "unbound"),
        (talks, "open"),
        (not_(persons.c.subscribed), "left"),
        (persons.c.unreachable.is_not(None), "unreachable"),
        else_="cards",
    )


def ways(tx: Tx, audience: Audience, kind: str, now: datetime) -> Sequence[Row[Any]]:
    """(way, has_phone, number): how many can be reached how; `way` as in `_way`, or muted."""
    way, phone = _way(now).label("way"), persons.c.phone_sealed.is_not(None).label("has_phone")
    found = who(audience, kind).subquery("found")
    query = select(way, phone, func.count().label("number")).select_from(
        found.join(persons, persons.c.id == found.c.person_id)
    )
    rows = list(tx.all(query.group_by(way, phone)))
    away = who(audience, kind, muted=True).subquery("away")
    silent = select(literal("muted").label("way"), literal(False).label("has_phone"), func.count().label("number"))
    return [*rows, *tx.all(silent.select_from(away))]


def of_way(
    tx: Tx, audience: Audience, kind: str, now: datetime, way: str, limit: int, *, without_phone: bool = False
) -> Sequence[str]:  # fmt: skip
    """Names of up to `limit` persons of this way, by name; `without_phone`: of those alone."""
    found = who(audience, kind, muted=way == "muted").subquery("found")
    query = select(persons.c.name).join(found, persons.c.id == found.c.person_id).where(persons.c.name.is_not(None))
    query = query if way == "muted" else query.where(_way(now) == way)
    query = query.where(persons.c.phone_sealed.is_(None)) if without_phone and way != "muted" else query
    return [row.name for row in tx.all(query.order_by(persons.c.name, persons.c.id).limit(limit))]
