"""What is read with every message is read by an index, however many orders and notices there are."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from bot.services.office import Office
from bot.store import conversations, recurring, retention
from bot.store import orders as stored_orders
from bot.store.broadcasts import going_out
from bot.store.broadcasts import written as broadcasts
from bot.store.connections.statements import Prepared
from bot.store.console import handovers
from bot.store.database import Tx
from bot.store.exclusions import Reader
from bot.store.reads import alike, api, due_orders, figures, order_lists, trends, work_figures, work_lists
from bot.store.reads.figures import Period
from bot.store.reads.word_filters import Word
from bot.store.reads.work_lists import Wanted
from bot.store.sending import attempts, notice_queue, notices, receipts
from tests.store.executed import executed
from tests.talk import NOON

READER = Reader(("a", "b"))
BEFORE = NOON - timedelta(days=7)
OWN = Wanted(["陈桥社区", None], READER)
NEXT_PAGE = Wanted(["陈桥社区", None], READER, after=("U2", NOON, 5))
FILTERED = Wanted(["陈桥社区"], READER, ["U3"], [Word({"灯"}, {"0203"})])
WEEK = Period(BEFORE, NOON, None)
READS: dict[str, Callable[[Tx], object]] = {
    "what waits for a person": lambda tx: notices.waiting_for(tx, 1, NOON, BEFORE),
    "how much waits": lambda tx: notices.count_waiting(tx, 1, NOON, BEFORE),
    "a list of a community's staff": lambda tx: order_lists.for_staff(
        tx, ["陈桥社区"], ["submitted", "needs_info"], READER
    ),
    "a list of the office": lambda tx: order_lists.for_staff(tx, None, ["submitted", "open", "offered"], READER),
    "a page of what waits": lambda tx: work_lists.in_states(tx, OWN, ["submitted", "needs_info"]),
    "the next page of what waits": lambda tx: work_lists.in_states(tx, NEXT_PAGE, ["submitted", "needs_info"]),
    "a page of what waits in the office": lambda tx: work_lists.in_states(
        tx, Wanted(None, READER), ["submitted", "needs_info"]
    ),
    "what waits and fits words": lambda tx: work_lists.in_states(tx, FILTERED, ["submitted"]),
    "what is late": lambda tx: work_lists.due(tx, OWN, None, NOON, ()),
    "what is late in the office": lambda tx: work_lists.due(
        tx, Wanted(None, READER), None, NOON, ("陈桥社区", "兰天社区")
    ),
    "the next page of what is soon due": lambda tx: work_lists.due(tx, NEXT_PAGE, BEFORE, NOON, ()),
    "what came in today": lambda tx: work_lists.received(tx, OWN, BEFORE),
    "what came in today in the office": lambda tx: work_lists.received(tx, Wanted(None, READER), BEFORE),
    "emergencies that wait too long": lambda tx: work_lists.stuck(tx, ["陈桥社区", None], READER, NOON),
    "numbers of a board": lambda tx: work_lists.numbers(tx, OWN, ["submitted", "open"], 500),
    "figures of a community": lambda tx: work_figures.by_community(tx, ["陈桥社区"], BEFORE, NOON, NOON),
    "figures of the office": lambda tx: work_figures.by_community(tx, None, BEFORE, NOON, NOON),
    "what somebody did last": lambda tx: stored_orders.done_by(tx, 1, ["invite", "merge"], None, 50),
    "what was merged": lambda tx: order_lists.merged_into(tx, 1),
    "the beginning of a conversation": lambda tx: conversations.find(tx, "o1", "m1", NOON, BEFORE),
    "told before": lambda tx: alike.own(tx, 1, "0601", BEFORE, 6),
    "told by others": lambda tx: alike.of_others(tx, 1, "0601", "陈桥社区", BEFORE, 6),
    "a page of a community": lambda tx: api.page(tx, None, "陈桥社区", None, None, 50),
    "a page of several communities": lambda tx: api.page(
        tx, None, None, None, (NOON, 5), 50, within=("陈桥社区", "花都路社区")
    ),
    "a page of all": lambda tx: api.page(tx, None, None, None, (NOON, 5), 50),
    "metrics: whether there is much": lambda tx: api.is_much(tx, BEFORE, 500),
    "metrics: open orders": lambda tx: api.open_orders_by_kind(tx, danger=False),
    "metrics: dangers": lambda tx: api.open_orders_by_kind(tx, danger=True),
    "metrics: closed orders": lambda tx: api.closed_by_outcome(tx, BEFORE),
    "metrics: notices": lambda tx: api.unsent_by_state(tx),
    "metrics: attempts": lambda tx: api.attempts_by_outcome(tx, BEFORE),
    "metrics: failed messages": lambda tx: api.kept_messages(tx),
    "what recurs": lambda tx: recurring.repeated(tx, ["陈桥社区"], BEFORE, 3, 10),
    "which days of it are summed": lambda tx: recurring.changed(tx, NOON),
    "what recurred before": lambda tx: recurring.repeated(tx, ["陈桥社区"], BEFORE, 3, 10, until=NOON),
    "closed": lambda tx: figures.closed(tx, WEEK),
    "how long the closed ones took": lambda tx: figures.times(tx, WEEK, [1, 2]),
    "received and closed by day": lambda tx: trends.by_interval(tx, WEEK, timedelta(days=1)),
    "files of closed orders": lambda tx: retention.files_of_closed(tx, BEFORE, 500),
    "conversations of closed orders": lambda tx: handovers.drop_old(tx, BEFORE, 500),
    "alarms that are kept no longer": lambda tx: retention.drop_alarms(tx, BEFORE, 500),
    "orders that are anonymised": lambda tx: retention.anonymise(tx, BEFORE, 500),
    "matters that leave the box": lambda tx: retention.forget_matters(tx, BEFORE, 500),
    "receipts that came first": lambda tx: receipts.answered(tx),
    "limits passed": lambda tx: due_orders.found(tx, due_orders.limit_passed(NOON)),
    "limits ahead": lambda tx: due_orders.found(tx, due_orders.limit_ahead(NOON)),
    "invitations without an answer": lambda tx: due_orders.found(tx, due_orders.unanswered_invitations(NOON)),
    "wishes that nobody took": lambda tx: due_orders.found(tx, due_orders.unclaimed(NOON)),
    "silent residents": lambda tx: due_orders.found(tx, due_orders.unconfirmed(BEFORE)),
    "questions without an answer": lambda tx: due_orders.found(tx, due_orders.unanswered_questions(NOON)),
    "questions to be asked again": lambda tx: due_orders.found(tx, due_orders.quiet_since(BEFORE, NOON)),
    "petitions to be reminded of": lambda tx: due_orders.found(tx, due_orders.petition_ahead(BEFORE)),
    "broadcasts that are due": lambda tx: broadcasts.one_is_due(tx, NOON),
    "petitions that are late": lambda tx: due_orders.found(tx, due_orders.petition_late(NOON)),
}
NEXT = "ix_notices_state_priority_due_at"
OF_BROADCASTS = "ix_notices_pending_broadcasts"
CLAIMING = {
    "most": 50, "lease": timedelta(seconds=30), "open": 1,
    **{f"going{n}": n for n in range(going_out.MOST)}, **{f"from{n}": 0 for n in range(going_out.MOST)},
}  # fmt: skip
BY_INDEX = {
    "told by others": "ix_orders_alike", "told before": "ix_orders_person_id_category",
    "what is late": "ix_orders_due", "what is late in the office": "ix_orders_due",
    "the next page of what is soon due": "ix_orders_due", "what somebody did last": "ix_history_by_id_id",
    "limits passed": "ix_orders_limits", "limits ahead": "ix_orders_limits",
    "alarms that are kept no longer": "ix_orders_restricted",
    "orders that are anonymised": "ix_orders_words", "receipts that came first": "ix_attempts_message_id",
    "petitions to be reminded of": "ix_orders_petitions", "petitions that are late": "ix_orders_petitions",
}  # fmt: skip
ON_SQLITE = {"files of closed orders": "ix_attachments_path", "metrics: dangers": "ix_orders_state_urgency"}
"""What PostgreSQL finds by its statistics, and not in empty tables."""

PREPARED: dict[str, tuple[Prepared, dict[str, Any], str]] = {  # statement, values, the index that it must go by
    "what a worker takes next": (notice_queue.CLAIM, CLAIMING, NEXT),
    "what a worker takes of broadcasts": (notice_queue.CLAIM, CLAIMING, OF_BROADCASTS),
    "whether something is to be sent": (notice_queue.IS_DUE, {"open": 1}, NEXT),
    "which broadcasts go out": (going_out.GOING, {}, OF_BROADCASTS),
    "what was tried": (attempts.OF, {"ids": [1, 2, 3]}, "ix_attempts_notice_id"),
    "the attempt that a receipt is for": (attempts.BY_MESSAGE_ID, {"sent_as": "4"}, "ix_attempts_message_id"),
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
            if statement.startswith(("SELECT", "UPDATE", "DELETE"))
        ]
    assert plans
    plan = "\n".join(str(row[-1]) for rows in plans for row in rows)
    _goes_by_index(plan)
    assert (BY_INDEX if postgres else BY_INDEX | ON_SQLITE).get(name, "") in plan, plan


@pytest.mark.parametrize("name", PREPARED)
def test_what_workers_ask_again_and_again_goes_by_an_index(office: Office, name: str) -> None:
    statement, values, index = PREPARED[name]
    with office.db.transaction() as tx:
        postgres = tx.dialect == "postgresql"
        compiled = statement.build(tx.dialect).compile(dialect=tx.connection.dialect)
        known = {**compiled.params, "now": NOON, "lease_ends": NOON, **values}
        whole = compiled.construct_expanded_state({each: known[each] for each in compiled.params})
        given: Any = (
            whole.parameters if postgres else tuple(str(whole.parameters[each]) for each in whole.positiontup or ())
        )
        if postgres:
            tx.run(text("SET LOCAL enable_seqscan = off"))
        explained = f"EXPLAIN {'' if postgres else 'QUERY PLAN '}{whole.statement}"
        plan = "\n".join(str(row[-1]) for row in tx.connection.exec_driver_sql(explained, given).all())
    _goes_by_index(plan)
    assert index in plan, plan


def _goes_by_index(plan: str) -> None:
    for table in ("orders", "history", "notices", "attempts", "offers", "inbound"):
        assert f"Seq Scan on {table}" not in plan, plan
        assert f"SCAN {table}\n" not in plan + "\n", plan
