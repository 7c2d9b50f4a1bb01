"""What holds after every message, whoever said what."""

import json

from sqlalchemy import Row, select

from bot.orders.lifecycle import LIFE, State
from bot.services.office import Office
from bot.store.database import Tx
from bot.store.tables import history, inbound, metadata, notices, offers, orders

HANDLED = ("accepted", "done")


def hold(office: Office) -> None:
    """AssertionError names what does not."""
    with office.db.reading() as tx:
        assert tx.all(select(inbound.c.key).where(inbound.c.failure.is_not(None))) == [], "a message failed"
        for order in tx.all(select(orders)):
            _order(tx, order)
        for row in tx.all(select(notices.c.state, notices.c.taken, notices.c.need)):
            assert row.taken <= max(row.need, 1)


def _order(tx: Tx, order: Row[tuple[object, ...]]) -> None:
    columns = (history.c.action, history.c.state, history.c.previous)
    lines = tx.all(select(*columns).where(history.c.order_id == order.id).order_by(history.c.id))
    assert (lines[0].action, lines[0].state) == ("place", "submitted"), order.code
    state, before = lines[0].state, lines[0].state
    for line in lines[1:]:
        move = LIFE.get((State(state), line.action))
        assert move is not None, (order.code, state, line.action)
        assert line.state == (move.to or before), (order.code, state, line.action, line.state)
        before = line.previous["state"] if line.previous is not None else before
        state = line.state
    assert order.state == state, order.code
    assert (order.outcome is not None) is (order.state == "closed"), order.code
    assert order.state not in HANDLED or order.handler_id is not None, order.code
    pending = tx.all(select(offers.c.id).where(offers.c.order_id == order.id, offers.c.state == "pending"))
    assert len(pending) <= (order.state == "offered"), order.code


def actions(office: Office) -> set[str]:
    """What has been done to any order so far."""
    with office.db.reading() as tx:
        return {row.action for row in tx.all(select(history.c.action).distinct())}


def in_the_clear(office: Office, secret: str) -> list[str]:
    """The columns of the database that hold these words as they stand."""
    found = []
    with office.db.reading() as tx:
        for table in metadata.sorted_tables:
            for row in tx.all(select(table)):
                found += [
                    f"{table.name}.{name}"
                    for name, value in zip(row._fields, row, strict=True)
                    if secret in _text(value)
                ]
    return sorted(set(found))


def _text(value: object) -> str:
    if isinstance(value, bytes):
        return value.decode("utf-8", "ignore")
    return json.dumps(value, ensure_ascii=False, default=str)
