"""Who fits an audience, and how many of them can be reached in which way."""

from collections.abc import Mapping, Sequence
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

BRANCH = (
    select(roles.c.branch)
    .where(roles.c.person_id == persons.c.id, roles.c.branch.is_not(None))
    .order_by(roles.c.id)
    .limit(1)
    .correlate(persons)
    .scalar_subquery()
)
"""Of which branch a person is: whose group tells them."""


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


def count(tx: Tx, audience: Audience, kind: str) -> int:
    """How many persons fit the audience."""
    return int(tx.value(select(func.count()).select_from(who(audience, kind).subquery("found"))) or 0)


def reach(tx: Tx, audience: Audience) -> tuple[int, int]:
    """How many persons with a role fit, whatever they muted, and how many there are."""
    return count(tx, audience, "reminder"), count(tx, Audience(), "reminder")


def _situation(now: datetime, month: int) -> Mapping[str, ColumnElement[Any]]:
    """All of a person that decides by which channel they are told, with as few values as will do."""
    has_phone = and_(persons.c.phone_sealed.is_not(None), persons.c.phone_index.is_not(None))
    return {
        "bound": persons.c.openid.is_not(None), "subscribed": persons.c.subscribed,
        "refuses": persons.c.unreachable.is_not(None), "channels": persons.c.channels,
        "chat_left": case((persons.c.chat_until > now, persons.c.chat_left), else_=0),
        "click_left": case((persons.c.click_until > now, persons.c.click_left), else_=0),
        "refused_templates": cast(persons.c.refused_templates, String), "has_phone": has_phone, "branch": BRANCH,
        "mass_count": case((persons.c.mass_month == month, persons.c.mass_count), else_=0),
    }  # fmt: skip


def situations(tx: Tx, audience: Audience, kind: str, now: datetime, month: int) -> Sequence[Row[Any]]:
    """How many recipients there are (`number`) in each situation. `month`: in which mass messages are counted."""
    found, of = who(audience, kind).subquery("found"), _situation(now, month)
    known = select(*(column.label(name) for name, column in of.items()))
    each = known.select_from(found.join(persons, persons.c.id == found.c.person_id)).subquery("each")
    return tx.all(select(each, func.count().label("number")).group_by(*each.c))


def count_muted(tx: Tx, audience: Audience, kind: str) -> int:
    """How many would be recipients, and do not want this kind."""
    return int(tx.value(select(func.count()).select_from(who(audience, kind, muted=True).subquery("away"))) or 0)


def names_in(
    tx: Tx, audience: Audience, kind: str, now: datetime, month: int, known: Sequence[Row[Any]], limit: int
) -> Sequence[str]:  # fmt: skip
    """Names of up to `limit` recipients in one of these situations, by name."""
    found, of = who(audience, kind).subquery("found"), _situation(now, month)
    same = [and_(*(column.is_not_distinct_from(getattr(row, name)) for name, column in of.items())) for row in known]
    query = select(persons.c.name).join(found, persons.c.id == found.c.person_id)
    query = query.where(persons.c.name.is_not(None), or_(false(), *same))
    return [row.name for row in tx.all(query.order_by(persons.c.name, persons.c.id).limit(limit))]
