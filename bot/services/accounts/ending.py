"""Ends sessions, inside the caller's transaction: of one person, and of everybody who left the roster."""

from datetime import datetime

from bot.store.console import accounts, codes, sessions
from bot.store.database import Tx
from bot.store.persons import member_cards
from bot.store.records import audit
from bot.store.records.acts import Act
from bot.store.records.audit import Entry


def of_person(
    tx: Tx, person_id: int, now: datetime, source: str, why: str, *, by_id: int | None = None,
    only: int | None = None, but: int | None = None,
) -> list[int]:  # fmt: skip
    """End the person's sessions (`only` this one, or all `but` this one) and, without `only`, chat codes that wait. The ids
    of the sessions that were open. `why` goes into the audit, a word."""
    if only is None:
        codes.void(tx, person_id, codes.CHAT)
    ended = sessions.end(tx, person_id, now, only=only, but=but)
    entries = [Entry(Act.CONSOLE_OUT, source, by_id, person_id, detail=f"session {one} {why}") for one in ended]
    audit.write(tx, now, *entries)
    return ended


def of_leavers(tx: Tx, now: datetime, source: str) -> None:
    """Whoever has no role any more has no account, no code and no open session; who is no member any more has no card."""
    member_cards.drop_of_leavers(tx)
    for person_id in accounts.off_roster(tx):
        of_person(tx, person_id, now, source, "left")
        accounts.drop_account(tx, person_id)
