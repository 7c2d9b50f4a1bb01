"""Opens a session of the console, inside the caller's transaction."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from bot.services.accounts.clients import Client
from bot.store.console import sessions
from bot.store.database import Tx
from bot.store.records import audit
from bot.store.records.acts import Act
from bot.store.records.audit import Entry

PASSWORD, CHAT = "password", "chat"


@dataclass(frozen=True, slots=True)
class Opened:
    """A new session. `token` goes into the browser's cookie and is stored nowhere. `must_enrol`: it is good for setting up
    one-time passwords alone."""

    token: str
    session_id: int
    person_id: int
    must_enrol: bool


def open_session(tx: Tx, person_id: int, client: Client, now: datetime, *, must_enrol: bool, how: str) -> Opened:
    """A session from this client; `how`: by PASSWORD or CHAT."""
    token = secrets.token_urlsafe(32)
    number = sessions.add(
        tx, person_id=person_id, token_index=tx.vault.index(token), must_enrol=must_enrol, created_at=now, seen_at=now,
        address=client.address, agent=client.agent,
    )  # fmt: skip
    audit.write(tx, now, Entry(Act.CONSOLE_IN, audit.CONSOLE, person_id, person_id, detail=f"session {number} {how}"))
    return Opened(token, number, person_id, must_enrol)
