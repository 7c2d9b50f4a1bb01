"""What authors and approvers are told of a broadcast. None of these notices is a recipient's."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row

from bot.broadcasts.audience import Audience
from bot.broadcasts.life import APPROVERS
from bot.broadcasts.written import as_written
from bot.services.broadcasts.drafts import preview
from bot.services.broadcasts.found import author_of, may_approve
from bot.services.office import Office
from bot.store.broadcasts import approvals, audience
from bot.store.broadcasts.rows import Broadcast
from bot.store.database import Tx
from bot.store.persons import people
from bot.store.sending import notices, withdrawals

REVIEW, SECOND, REJECTED, CHANGED, ASKED = (
    "broadcast_review", "broadcast_second", "broadcast_rejected", "broadcast_changed", "broadcast_asked",
)  # fmt: skip


ON_ITS_WAY = ("pending", "sending")
ON_ITS_WAY_FOR = timedelta(seconds=10)  # where workers run it has arrived by then
HAS_IT = ("sent", "delivered")
"""States of a notice that the person has."""


def ask(office: Office, tx: Tx, row: Broadcast, now: datetime, again: Iterable[int] = ()) -> None:
    """Whoever was named is asked to approve; where nobody was, or that person may not any more, everybody who may. `again`: who
    was asked about, or approved, what it was before."""
    named = row.asked_id
    first = {named} if named is not None and may_approve(tx, named) else _possible(tx, row)
    asked = {*first, *again} - {row.author_id}
    if asked:
        _tell(tx, row, sorted(asked), REVIEW, now, _whole(office, tx, row, now))


def _possible(tx: Tx, row: Broadcast) -> set[int]:
    """Everybody who may approve it."""
    return {one.id for one in approvals.possible(tx, APPROVERS, author_of(row))}


def asked_before(tx: Tx, row: Broadcast) -> set[int]:
    """Everybody who was asked to approve it, in whatever version, and may approve it now."""
    return {one.person_id for one in _requests(tx, row)} & _possible(tx, row)


def is_newer(tx: Tx, row: Broadcast, person_id: int) -> bool:
    """Whether it was changed since this person was asked to approve it, and they have not got the present text."""
    mine = [one for one in _requests(tx, row) if one.person_id == person_id]
    present = _present(row, mine)
    return len(present) < len(mine) and not any(one.state in HAS_IT for one in present)


def was_told(tx: Tx, row: Broadcast, person_id: int, since: datetime, now: datetime) -> bool:
    """Whether the person was asked with the whole of the present text, not before `since`. What has just been put on its way counts,
    since it may have arrived before we know; not what says that the text was changed."""
    mine = [one for one in _requests(tx, row) if one.person_id == person_id]
    present = _present(row, mine)
    has_it = any(_has_whole(one) and (one.sent_at or one.created_at) >= since for one in present)
    comes = any(one.state in ON_ITS_WAY and not one.taken and one.created_at >= now - ON_ITS_WAY_FOR for one in present)
    return has_it or (comes and len(present) == len(mine))


def was_shown(tx: Tx, row: Broadcast, person_id: int, now: datetime) -> None:
    """The person has read the present text in a reply: who was asked by a notice need not be told again."""
    mine = [one for one in _requests(tx, row) if one.person_id == person_id]
    notices.mark_delivered_in_reply(tx, [one.id for one in _present(row, mine) if not _has_whole(one)], now)


def _has_whole(one: Row[Any]) -> bool:
    return one.state in HAS_IT and one.taken >= one.need


def _present(row: Broadcast, requests: Sequence[Row[Any]]) -> list[Row[Any]]:
    """Those of the present version."""
    starts = tuple(f"{_once(event, row)}:" for event in (REVIEW, SECOND))
    return [one for one in requests if one.once.startswith(starts)]


def _requests(tx: Tx, row: Broadcast) -> Sequence[Row[Any]]:
    return notices.begun_once(tx, [f"{event}:{row.id}:v" for event in (REVIEW, SECOND)])


def ask_for_second(office: Office, tx: Tx, row: Broadcast, now: datetime) -> None:
    """All others who may approve hear that one approval is still wanted."""
    done = approvals.of(tx, row)
    by = [one.person_id for one in done]
    others = sorted(_possible(tx, row) - set(by))
    whole = _whole(office, tx, row, now)
    _tell(tx, row, others, SECOND, now, {"first": done[0].name or "", **whole}, again=done[-1].id)


def ask_no_more(tx: Tx, row: Broadcast) -> None:
    """Nobody is asked for an approval of this version any more."""
    for event in (REVIEW, SECOND):
        withdrawals.withdraw_begun(tx, f"{_once(event, row)}:")


def rejected(tx: Tx, row: Broadcast, note: str, now: datetime) -> None:
    _tell(tx, row, [author_of(row)], REJECTED, now, {"number": row.id, "title": row.title, "reason": note})


def changed(tx: Tx, row: Broadcast, approved_by: Iterable[int], now: datetime) -> None:
    """Who approved hears that it is another text now, and that the approval does not count any more."""
    facts = {"number": row.id, "title": row.title, "who": people.by_id(tx, author_of(row)).name}
    _tell(tx, row, approved_by, CHANGED, now, facts)


def asked(tx: Tx, row: Broadcast, who: str, question: str, now: datetime) -> str:
    """The author hears what a recipient asks; the author's name."""
    author = people.by_id(tx, author_of(row))
    facts = {"number": row.id, "title": row.title, "who": who, "body": question}
    notices.write(tx, [author.id], ASKED, now=now, facts=facts, priority=4)
    return author.name or ""


def _whole(office: Office, tx: Tx, row: Broadcast, now: datetime) -> dict[str, object]:
    number = audience.count(tx, Audience.of(row.audience), row.kind)
    name = people.by_id(tx, author_of(row)).name
    mass = preview.mass_line(office, tx, as_written(row), now)
    whole = {"number": row.id, "title": row.title, "body": row.body, "people": number, "who": name, "mass": mass}
    return {**whole, "details": row.details} if row.details else whole


def _tell(
    tx: Tx, row: Broadcast, person_ids: Iterable[int], event: str, now: datetime, facts: Mapping[str, object],
    again: int | None = None,
) -> None:  # fmt: skip
    """It is no recipient's notice, so it carries no broadcast_id. Told once for each version, and each number `again`."""
    once = _once(event, row) if again is None else f"{_once(event, row)}:{again}"
    notices.write(tx, person_ids, event, now=now, facts=facts, priority=4, once=once)


def _once(event: str, row: Broadcast) -> str:
    return f"{event}:{row.id}:v{row.version}"
