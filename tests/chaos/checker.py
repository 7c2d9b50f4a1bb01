"""What must hold after chaos, whatever happened: each violation is one line."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, func, select

from bot.messages import from_json
from bot.orders.lifecycle import LIFE, State
from bot.services.audit import chaining
from bot.services.messages import spool
from bot.services.office import Office, no_nudge, open_office
from bot.store.database import Tx
from bot.store.schema.sending import attempts
from bot.store.sending.attempts import TOOK, Outcome
from bot.store.tables import history, inbound, notices, orders, persons
from tests.chaos.people import Said
from tests.chaos.world import World

ENDED = ("sent", "delivered", "failed", "waiting")
LONG = timedelta(minutes=5)  # what is put off for longer waits for a quota or for the platform to forget
COPIES = 2  # a message without an answer is sent once more
LOST, BROKEN = "没能留下", "系统出了点问题"  # of the sentences [chat] lost and failed
IN_HAND = 64  # that a killed worker may have sent without writing it down


def settled(office: Office, now: datetime) -> bool:
    """Nothing is under way any more."""
    soon = now + LONG
    with office.db.reading() as tx:
        under_way = select(func.count()).where(notices.c.state.in_(("pending", "sending")), notices.c.due_at < soon)
        return not tx.value(under_way) and not spool.waiting(office)


def violations(world: World, said: Sequence[Said]) -> list[str]:
    """Everything that should not be."""
    office = open_office(world.stack.settings, no_nudge)
    try:
        with office.db.reading() as tx:
            return [
                *_answers(world, said), *_repeats(world, said), *_messages(tx, said), *_orders(tx, said),
                *_histories(tx), *_notices(tx, office, world.now()), *_sends(tx, world), *_audit(office),
            ]  # fmt: skip
    finally:
        office.db.close()


def _audit(office: Office) -> Iterator[str]:
    """What was recorded is chained, and every link fits."""
    found = chaining.verify(office)
    if found.broken is not None:
        yield f"row {found.broken[0]} of the audit does not fit: {found.broken[1]}"


def _answers(world: World, said: Sequence[Said]) -> Iterator[str]:
    """Whoever speaks while a web process listens is answered."""
    for one in said:
        spans = [*world.down, *(world.hurried if "illegal 403" in one.deliveries else ())]
        excused = any(began < one.ended and one.began < ended for began, ended in spans)
        if one.status != "answered" and not excused:
            yield f"{one.openid} was not answered: {one.text} ({one.status}: {one.deliveries})"


def _repeats(world: World, said: Sequence[Said]) -> Iterator[str]:
    """A message that comes again gets the reply that it got before, unless that was that something is broken. Words are
    lost only while no disk takes anything."""
    replies: dict[tuple[str, int], set[str]] = defaultdict(set)
    for one in said:
        if _is_lost(one) and not any(began < one.ended and one.began < ended for began, ended in world.full):
            yield f"{one.openid} was told that {one.text} is lost"
        if one.status == "answered" and not _is_lost(one) and BROKEN not in one.reply:
            replies[one.openid, one.number].add(one.reply)
    for (openid, number), different in replies.items():
        if len(different) > 1:
            yield f"message {number} of {openid} got {len(different)} replies: {sorted(different)}"


def _is_lost(one: Said) -> bool:
    return LOST in one.reply


def _messages(tx: Tx, said: Sequence[Said]) -> Iterator[str]:
    """Every answered message is a row, and none is two, however often it came; what could not be dealt with is put
    before staff."""
    rows: Counter[str] = Counter()
    kept: set[str] = set()
    for row in tx.all(select(inbound.c.key, inbound.c.body_sealed, inbound.c.failure).where(inbound.c.kind == "text")):
        rows[from_json(tx.open(row.body_sealed) or "").openid] += 1
        if row.failure is not None:
            kept.add(f"kept:{row.key}"[:100])
    kept_ones = [one for one in said if one.status == "answered" and not _is_lost(one)]
    told, answered = (
        Counter(openid for openid, _ in {(one.openid, one.number) for one in ones}) for ones in (said, kept_ones)
    )
    for openid in told:
        least, most = answered[openid], told[openid] + 1  # and the one that bound a person of the roster
        if not least <= rows[openid] <= most:
            yield f"{openid} said {told[openid]}, was answered {answered[openid]}, has {rows[openid]} messages"
    shown = {row.once.rsplit(":", 1)[0] for row in tx.all(select(notices.c.once).where(notices.c.event == "kept"))}
    for key in kept - shown:
        yield f"nobody was told of the message {key}"


def _orders(tx: Tx, said: Sequence[Said]) -> Iterator[str]:
    """An order that a reply names is there, and each request is one order."""
    owner = select(orders.c.code, persons.c.openid).select_from(
        orders.join(persons, persons.c.id == orders.c.person_id)
    )
    owners = {row.code: row.openid for row in tx.all(owner)}
    requests = [one for one in said if one.text.startswith("金色")]
    for one in requests:
        if one.code and owners.get(one.code) != one.openid:
            yield f"order {one.code} of {one.openid} is lost or somebody else's"
    asked = Counter(openid for openid, _ in {(one.openid, one.number) for one in requests})
    placed = Counter(owners.values())
    for openid, count in asked.items():
        if placed[openid] > count:
            yield f"{openid} asked {count} times and has {placed[openid]} orders"


def _histories(tx: Tx) -> Iterator[str]:
    """Every line follows the table, and the order is in the state of the last."""
    lines: dict[int, list[Row[Any]]] = defaultdict(list)
    for row in tx.all(select(history.c.order_id, history.c.action, history.c.state).order_by(history.c.id)):
        lines[row.order_id].append(row)
    for order in tx.all(select(orders.c.id, orders.c.code, orders.c.state, orders.c.handler_id)):
        first, rest = lines[order.id][:1], lines[order.id][1:]
        if [(line.action, line.state) for line in first] != [("place", "submitted")]:
            yield f"order {order.code} does not begin with its placing"
            continue
        state = first[0].state
        for line in rest:
            move = LIFE.get((State(state), line.action))
            if move is None or move.to != line.state:
                yield f"order {order.code}: {state} → {line.action} → {line.state} is not in the table"
            state = line.state
        if state != order.state:
            yield f"order {order.code} is {order.state}, its history says {state}"
        if order.state in ("accepted", "done") and order.handler_id is None:
            yield f"order {order.code} is {order.state} and nobody's"


def _notices(tx: Tx, office: Office, now: datetime) -> Iterator[str]:
    """Every notice has ended, or is put off for long with its reason."""
    soon = now + LONG
    for row in tx.all(
        select(notices.c.id, notices.c.state, notices.c.due_at, notices.c.reason).where(notices.c.state.not_in(ENDED))
    ):
        if row.due_at < soon or not row.reason:
            yield f"notice {row.id} is still {row.state} ({row.reason})"
    for path in spool.waiting(office):
        yield f"message {path.name} is still in the spool"


def _sends(tx: Tx, world: World) -> Iterator[str]:
    """Nothing reached a phone twice that could be prevented: only a lost answer, a killed worker or a clock that jumped
    past the lease of what was in hand excuses a copy."""
    excuses = world.kills + world.jumps + int(world.passed > 0)
    sent = [row for row in world.stack.sandbox.sent() if not row["duplicate"]]
    same = Counter((row["openid"], row["api"], json.dumps(row["payload"], sort_keys=True)) for row in sent)
    texts = Counter(
        (row.openid, row.event, row.order_id, row.facts_sealed is not None)
        for row in tx.all(select(persons.c.openid, notices.c.event, notices.c.order_id, notices.c.facts_sealed).join(persons))
    )  # fmt: skip
    most = COPIES + excuses + max(texts.values(), default=0)
    for (openid, api, _), count in same.items():
        if count > most:
            yield f"{openid} got the same by {api} {count} times"
    took = tx.value(select(func.count()).where(attempts.c.outcome.in_(TOOK), attempts.c.channel.not_in(("", "reply"))))
    unknown = tx.value(select(func.count()).where(attempts.c.outcome == Outcome.UNKNOWN))
    if len(sent) > took + unknown + IN_HAND * excuses:
        yield f"{len(sent)} sends, but {took} taken, {unknown} without an answer, {excuses} kills and jumps"
