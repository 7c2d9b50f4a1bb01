"""After a restore: everybody who was deleted since the backup, or before it, is deleted again."""

from collections.abc import Mapping
from datetime import datetime

from bot.services.deletion import carrying_out
from bot.services.deletion.requests import CLI
from bot.services.office import Office
from bot.store.database import Tx
from bot.store.records import deletions


def repeat(office: Office, known: Mapping[str, datetime], now: datetime) -> int:
    """How many were deleted again. `known`: digests of openids and when they were deleted. What is newer stays, and so
    does everything where the database holds that deletion already."""
    with office.db.reading() as tx:
        back = [
            (row, index, known[index])
            for row in deletions.openids(tx)
            if (index := tx.vault.index(row.openid)) in known
            and row.created_at <= known[index]
            and not _is_held(tx, index, known[index])
        ]
    for row, index, at in back:
        with office.db.transaction() as tx:
            number = _request(tx, row.id, index, at, now)
        carrying_out.carry_out(office, number, now)
    return len(back)


def _is_held(tx: Tx, index: str, at: datetime) -> bool:
    runs = [one.run_at for one in deletions.of_openid(tx, index) if one.run_at is not None]
    return any(run_at >= at for run_at in runs)


def _request(tx: Tx, person_id: int, index: str, at: datetime, now: datetime) -> int:
    """The request that was carried out then: the one that waits, unless it was made later, or a new one."""
    waiting = deletions.waiting_for(tx, person_id)
    if waiting is not None and waiting.asked_at <= at:
        deletions.change(tx, waiting.id, confirmed_at=waiting.confirmed_at or at, done_at=at)
        return waiting.id
    values = {"person_id": person_id, "openid_index": index, "source": CLI, "asked_at": at}
    return deletions.ask(tx, **values, due_at=now, confirmed_at=at, done_at=at)
