"""After a restore: everybody who was deleted since the backup, or before it, is deleted again."""

from collections.abc import Mapping
from datetime import datetime

from bot.services.deletion import carrying_out
from bot.services.deletion.requests import CLI
from bot.services.office import Office
from bot.store.records import deletions


def repeat(office: Office, known: Mapping[str, datetime], now: datetime) -> int:
    """How many were deleted again. `known`: digests of openids and when they were deleted; who came back later stays."""
    with office.db.reading() as tx:
        back = [
            (row, known[index])
            for row in deletions.openids(tx)
            if (index := tx.vault.index(row.openid)) in known and row.created_at <= known[index]
        ]
    for row, at in back:
        with office.db.transaction() as tx:
            waiting = deletions.waiting_for(tx, row.id)
            if waiting is None:
                index = tx.vault.index(row.openid)
                values = {"person_id": row.id, "openid_index": index, "source": CLI, "asked_at": at}
                number = deletions.ask(tx, **values, due_at=now, confirmed_at=at)
            else:
                number = waiting.id
                deletions.change(tx, number, confirmed_at=at, source=CLI)
        carrying_out.carry_out(office, number, now)
    return len(back)
