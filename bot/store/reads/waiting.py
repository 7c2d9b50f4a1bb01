"""What waits for an answer of one person: at most five rows of each kind, in one statement."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    String,
    and_,
    bindparam,
    cast,
    exists,
    func,
    literal,
    literal_column,
    or_,
    select,
    union_all,
)

from bot.broadcasts.life import FIRST
from bot.orders.restricted import RESTRICTED
from bot.store.broadcasts.recipients import SEEN
from bot.store.connections.statements import Prepared
from bot.store.database import Tx
from bot.store.tables import Id, Instant, broadcast_approvals, broadcasts, history, notices, offers, orders

MOST = 5
SAID_TO_OTHER = ("relay", "reschedule")
RELAYS_LAST = timedelta(days=7)


ME: ColumnElement[int] = bindparam("me", type_=Id)


@cache
def _all(approves: bool) -> Prepared:
    kinds = [_invitations(), _own("confirmation", "done"), _own("question", "needs_info"), _relays(), _reminders()]
    kinds += [_approvals()] if approves else []
    return Prepared(lambda _: union_all(*(select(each.subquery()) for each in kinds)))


def of(tx: Tx, person_id: int, now: datetime, *, approves: bool) -> Sequence[Row[Any]]:
    """Rows of kind, number (an order's code or a broadcast's number) and at (when it was shown last). `approves`: whether
    the person may approve broadcasts."""
    return tx.all(_all(approves), me=person_id, since=now - RELAYS_LAST)


def _row(kind: str, number: ColumnElement[Any], at: ColumnElement[Any]) -> Select[Any]:
    return select(literal(kind).label("kind"), cast(number, String).label("number"), at.label("at")).limit(MOST)


def _invitations() -> Select[Any]:
    mine = and_(offers.c.person_id == ME, offers.c.state == "pending", orders.c.state == "offered")
    found = _row("invitation", orders.c.code, offers.c.invited_at).select_from(offers.join(orders))
    return found.where(mine).order_by(offers.c.id.desc())


def _own(kind: str, state: str) -> Select[Any]:
    """The resident's own orders in this state."""
    mine = and_(orders.c.person_id == ME, orders.c.state == state, orders.c.lane != RESTRICTED)
    shown = func.coalesce(
        orders.c.asked_again_at, orders.c.step_at, orders.c.created_at, type_=orders.c.created_at.type
    )
    return _row(kind, orders.c.code, shown).where(mine).order_by(orders.c.id.desc())


def _relays() -> Select[Any]:
    """Words that the other side had passed on, and another time that it proposed, while neither was answered."""
    later = history.alias()
    answered = exists(
        select(later.c.id).where(
            later.c.order_id == history.c.order_id, later.c.id > history.c.id, later.c.by_id == ME,
            later.c.action.in_(SAID_TO_OTHER),
        )
    )  # fmt: skip
    side = or_(orders.c.person_id == ME, orders.c.handler_id == ME)
    live = and_(side, orders.c.state.in_(("accepted", "done")), history.c.at > bindparam("since", type_=Instant))
    theirs = and_(history.c.action.in_(SAID_TO_OTHER), history.c.by_id != ME, ~answered)
    found = _row("relay", orders.c.code, history.c.at).select_from(history.join(orders))
    return found.where(live, theirs).order_by(history.c.id.desc())


def _reminders() -> Select[Any]:
    """Broadcasts that reached the person in any round and were not acknowledged."""
    later = notices.alias()
    reminded = exists(
        select(later.c.id).where(
            later.c.broadcast_id == notices.c.broadcast_id, later.c.person_id == ME, later.c.round > FIRST,
            later.c.state.in_(SEEN), later.c.event == "broadcast",
        )
    )  # fmt: skip
    mine = and_(
        notices.c.person_id == ME, notices.c.event == "broadcast", notices.c.broadcast_id.is_not(None),
        notices.c.round == FIRST, notices.c.acked_at.is_(None),
        or_(notices.c.state.in_(SEEN), notices.c.sent_at.is_not(None), reminded),
    )  # fmt: skip
    shown = func.coalesce(notices.c.sent_at, notices.c.due_at, type_=notices.c.due_at.type)
    return _row("reminder", notices.c.broadcast_id, shown).where(mine).order_by(shown.desc(), notices.c.id.desc())


def _approvals() -> Select[Any]:
    """Broadcasts under review of which this person may give the first approval, or one that is wanted besides."""
    said = broadcast_approvals
    of_this_version = and_(
        said.c.broadcast_id == broadcasts.c.id, said.c.version == broadcasts.c.version, said.c.decision == "approved"
    )
    begun = exists(select(said.c.id).where(of_this_version))
    by_me = exists(select(said.c.id).where(of_this_version, said.c.person_id == ME))
    mine = and_(
        broadcasts.c.state == literal_column("'review'"), broadcasts.c.author_id != ME, ~by_me,
        or_(broadcasts.c.asked_id.is_(None), broadcasts.c.asked_id == ME, begun),
    )  # fmt: skip
    return _row("approval", broadcasts.c.id, broadcasts.c.created_at).where(mine).order_by(broadcasts.c.id.desc())
