"""Tokens of the API: made once, kept only as a digest."""

import secrets
from collections.abc import Sequence
from datetime import datetime

from bot.errors import NotFound
from bot.services.office import Office
from bot.store import people
from bot.store import tokens as store
from bot.store.records import audit
from bot.store.records.acts import Act
from bot.store.records.audit import Entry

SCOPES = ("orders:read", "orders:write", "figures:read", "broadcasts:write", "broadcasts:approve", "broadcasts:read")
MAY_BE_STOOD_FOR = frozenset({"staff", "admin", "discipline"})


def create(office: Office, name: str, scopes: Sequence[str], stands_for: str | None, now: datetime) -> str:
    """The token, shown this once. NotFound where nobody of that name works for the office."""
    token = f"wt_{secrets.token_urlsafe(32)}"
    with office.db.transaction() as tx:
        person_id = None
        if stands_for is not None:
            found = {row.id for row in people.named(tx, stands_for) if row.role in MAY_BE_STOOD_FOR}
            if len(found) != 1:
                raise NotFound("staff.no_such_person", name=stands_for)
            person_id = found.pop()
        number = store.add(tx, name, token, scopes, person_id, now)
        audit.write(tx, now, Entry(Act.TOKEN_CREATE, audit.CLI, whose_id=person_id, detail=f"token {number}"))
    return token
