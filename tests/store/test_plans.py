"""What is read with every message is read by an index, however many orders and notices there are."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.services.office import Office
from bot.store import conversations, notices, orders
from bot.store.database import Tx
from bot.store.reads import alike, api
from tests.store.executed import executed
from tests.talk import NOON

BEFORE = NOON - timedelta(days=7)
READS: dict[str, Callable[[Tx], object]] = {
    "what waits for a person": lambda tx: notices.waiting_for(tx, 1, NOON, BEFORE),
    "how much waits": lambda tx: notices.count_waiting(tx, 1, NOON, BEFORE),
    "a list of a community's staff": lambda tx: orders.for_staff(tx, ["陈桥社区"], ["submitted", "needs_info"]),
    "a list of the office": lambda tx: orders.for_staff(tx, None, ["submitted", "open", "offered"]),
    "what was merged": lambda tx: orders.merged_into(tx, 1),
    "the beginning of a conversation": lambda tx: conversations.find(tx, "o1", "m1", NOON, BEFORE),
    "told before": lambda tx: alike.own(tx, 1, "0601", BEFORE, 6),
    "told by others": lambda tx: alike.of_others(tx, 1, "0601", "陈桥社区", BEFORE, 6),
    "a page of a community": lambda tx: api.page(tx, None, "陈桥社区", None, None, 50),
    "a page of all": lambda tx: api.page(tx, None, None, None, (NOON, 5), 50),
}


@pytest.mark.parametrize("name", READS)
def test_no_table_that_grows_is_scanned(office: Office, name: str) -> None:
    """PostgreSQL scans a small table unless it is told not to."""
    with office.db.transaction() as tx, executed(tx) as said:
        READS[name](tx)
        postgres = tx.dialect == "postgresql"
        if postgres:
            tx.run(text("SET LOCAL enable_seqscan = off"))
        plans = [
            tx.connection.exec_driver_sql(f"EXPLAIN {'' if postgres else 'QUERY PLAN '}{statement}", values).all()
            for statement, values in said[:]
            if statement.startswith("SELECT")
        ]
    assert plans
    plan = "\n".join(str(row[-1]) for rows in plans for row in rows)
    for table in ("orders", "notices"):
        assert f"Seq Scan on {table}" not in plan, plan
        assert f"SCAN {table}\n" not in plan + "\n", plan
