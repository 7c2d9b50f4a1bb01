"""Orders with made-up lives, many at a time: each went through moves that the life of an order allows, and none that takes
another one back or that deletes."""

import random
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, insert, select

from bot.orders.lifecycle import LIFE, State
from bot.orders.time_limits.calendar import Calendar
from bot.orders.time_limits.limits import Limits
from bot.store.database import Database
from bot.store.tables import history, orders

LONGEST = 12  # lines of a history
BLOCK = 2000  # orders written at once
COMMUNITIES = ("陈桥社区", "兰天社区", "花都路社区", "十三里店社区", None)
ESTATES = ("金色春天", "龙山", None)
CATEGORIES = ("0301", "0702", "0101", "0502")
LANES = ("matter", "matter", "matter", "wish", "mediation", "restricted")
URGENCIES = ("U0", "U1", "U2", "U3", "U3", "U3")
LEFT_OUT = ("undo", "separate", "erase")
NEXT: dict[State, Sequence[str]] = {
    state: [action for before, action in LIFE if before is state and action not in LEFT_OUT] for state in State
}


def write(
    db: Database,
    limits: Limits,
    calendar: Calendar,
    person: int,
    number: int,
    start: datetime,
    days: int,
    seed: int = 1,
) -> None:
    """So many orders that came in within so many days, among them ones that were reopened, and ones at the very limit."""
    chance = random.Random(seed)
    came = sorted(start + timedelta(seconds=chance.randrange(days * 86400)) for _ in range(number))
    made = [_life(chance, limits, calendar, person, at, moment) for at, moment in enumerate(came)]
    with db.transaction() as tx:
        first = 1 + (tx.value(select(func.max(orders.c.id))) or 0)
        for block in range(0, number, BLOCK):
            part = list(enumerate(made[block : block + BLOCK], first + block))
            sealed = tx.vault.seal("原文")
            tx.run(insert(orders), [{**row, "id": key, "text_sealed": sealed} for key, (row, _) in part])
            tx.run(insert(history), [{**line, "order_id": key} for key, (_, lines) in part for line in lines])


def _life(
    chance: random.Random, limits: Limits, calendar: Calendar, person: int, number: int, came: datetime
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    urgency = chance.choice(URGENCIES)
    row: dict[str, Any] = {
        "code": f"{chance.choice('123')}{number:06d}", "lane": chance.choice(LANES), "category": chance.choice(CATEGORIES),
        "urgency": urgency, "source": "chat", "person_id": person, "text": "楼上漏水", "ring": 0, "version": 1,
        "community": chance.choice(COMMUNITIES), "estate": chance.choice(ESTATES), "is_demo": False, "round": 0,
        "created_at": came, "updated_at": came, "due_at": came + timedelta(hours=chance.randrange(24, 300)),
        "done_at": None, "closed_at": None, "outcome": None, "solved": None, "rating": None,
    }  # fmt: skip
    state, at, lines = State.SUBMITTED, came, [_line(came, "place", State.SUBMITTED)]
    first = limits.step_due_at(State.SUBMITTED, urgency, came, calendar)
    assert first is not None
    for action, moment in _moves(chance, state, at, first):
        move = LIFE.get((state, action))
        if move is None or move.to is None:
            continue
        if action == "reopen":
            row |= {"round": row["round"] + 1, "closed_at": None, "outcome": None, "done_at": None, "solved": False}
        if move.to is State.DONE and state is not State.DONE:
            row["done_at"] = moment
        if move.to is State.CLOSED and state is not State.CLOSED:
            row |= {"closed_at": moment, "outcome": move.outcome}
        if move.outcome == "confirmed":
            row["solved"] = chance.choice((True, True, None))
        if action == "rate":
            row["rating"] = chance.randrange(1, 6)
        state = move.to
        lines.append(_line(moment, action, state))
    row["state"] = state
    return row, lines


def _moves(chance: random.Random, state: State, at: datetime, first: datetime) -> Iterator[tuple[str, datetime]]:
    """The first one in six is at the limit to the second, or a second after it."""
    for number in range(chance.randrange(LONGEST)):
        exact = number == 0 and chance.random() < 0.17
        at = (
            first + timedelta(seconds=chance.randrange(2))
            if exact
            else at + timedelta(seconds=chance.randrange(1, 200_000))
        )
        action = chance.choice(NEXT[state])
        yield action, at
        state = LIFE[state, action].to or state


def _line(at: datetime, action: str, state: State) -> dict[str, Any]:
    return {"at": at, "action": action, "state": state, "by": "x"}
