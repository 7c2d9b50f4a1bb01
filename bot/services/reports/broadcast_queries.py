"""What other systems read of broadcasts."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from bot.broadcasts.life import State
from bot.broadcasts.written import as_written
from bot.errors import NotFound
from bot.services.broadcasts.drafts import preview
from bot.services.broadcasts.found import found as found_broadcast
from bot.services.broadcasts.report import report as broadcast_report
from bot.services.office import Office
from bot.services.tokens import APPROVE, Caller
from bot.store.broadcasts.rows import Broadcast
from bot.store.database import Tx

Json = dict[str, Any]


def at_text(office: Office, moment: datetime | None) -> str | None:
    return moment.astimezone(office.calendar.zone).isoformat(timespec="seconds") if moment is not None else None


def broadcast(office: Office, caller: Caller, broadcast_id: int, now: datetime) -> Json:
    """A broadcast with its counts. NotFound where there is none within the caller's reach."""
    with office.db.reading() as tx:
        row = within_reach(tx, caller, broadcast_id)
        told = broadcast_report(tx, broadcast_id, now).as_json()
        mass = preview.mass(office, tx, as_written(row), now) if row.state == State.REVIEW else None
    return {**told, "mass": asdict(mass)} if mass is not None else told


def broadcast_text(office: Office, caller: Caller, broadcast_id: int) -> Json:
    """What whoever approves it must read. NotFound as of `broadcast`."""
    with office.db.reading() as tx:
        row = within_reach(tx, caller, broadcast_id)
        details = row.details or {}
        return {
            "id": row.id, "version": row.version, "digest": row.digest, "kind": row.kind, "title": row.title, "body": row.body,
            "at": details.get("at"), "until": details.get("until"), "place": details.get("place"),
            "audience": {name: list(values) for name, values in row.audience.items() if values},
            "send_at": at_text(office, row.send_at),
        }  # fmt: skip


def within_reach(tx: Tx, caller: Caller, broadcast_id: int) -> Broadcast:
    """The broadcast. NotFound for a draft, for one that does not stay within the communities that the caller reaches, and for one
    that the token's person neither wrote nor may approve. What that person wrote is within reach, unless the token was made for
    one community."""
    row = found_broadcast(tx, broadcast_id)
    if row.state == State.DRAFT or not _is_reached(caller, row):
        raise NotFound("broadcast.no_such", number=broadcast_id)
    return row


def _is_reached(caller: Caller, row: Broadcast) -> bool:
    is_own = caller.person_id is not None and caller.person_id == row.author_id
    if is_own and caller.community is None:
        return True
    if caller.person_id is not None and not (is_own or caller.approves or APPROVE in caller.scopes):
        return False
    named = set(row.audience.get("community") or ())
    return caller.addressed is None or bool(named and named <= caller.addressed)
