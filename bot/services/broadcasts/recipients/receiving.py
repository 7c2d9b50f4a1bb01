"""Broadcasts as their recipients see them: in the chat and on the pages inside WeChat."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bot.broadcasts.life import ANSWERED, MEETING, State
from bot.dialogue.interface.received import Received
from bot.services.broadcasts.recipients import meetings as meeting
from bot.services.broadcasts.times import hours
from bot.services.notices.words import broadcast_words
from bot.services.office import Office
from bot.store.broadcasts import recipients
from bot.store.database import Tx
from bot.store.sealed import identity


def listed(office: Office, tx: Tx, person_id: int, now: datetime) -> Sequence[Received]:
    """What the person was sent, the newest first."""
    return [_received(office, tx, person_id, row, now) for row in recipients.received(tx, person_id, now)]


def one(office: Office, tx: Tx, person_id: int, number: int, now: datetime) -> Received | None:
    """The one of this number; None where the person is no recipient of it."""
    rows = recipients.received(tx, person_id, now, number)
    return _received(office, tx, person_id, rows[0], now) if rows else None


def meetings(office: Office, tx: Tx, person_id: int, now: datetime) -> Sequence[Received]:
    """Meetings to which the person is invited and that are not over or recalled, the one announced last first."""
    found = listed(office, tx, person_id, now)
    return [each for each in found if each.kind == MEETING and not (each.is_over or each.is_recalled)]


def _received(office: Office, tx: Tx, person_id: int, row: Any, now: datetime) -> Received:
    key = identity.of("broadcast_people", "reason_sealed", identity.of_recipient(row.id, person_id))
    return Received(
        number=row.id, kind=row.kind, heading=broadcast_words.heading(office.texts, row.title, row.year, row.number), body=row.body, when=broadcast_words.when(office.texts, row.details, hours(office.settings).zone),
        place=(row.details or {}).get("place", ""), held=broadcast_words.held(office.texts, row.details, hours(office.settings).zone), asks=row.kind in ANSWERED, is_acked=row.acked_at is not None,
        coming=row.coming, reason=tx.open(row.reason_sealed, key) or "", sent_at=row.told_at,
        is_over=row.kind == MEETING and meeting.is_over(row, now), is_recalled=row.state == State.RECALLED,
        signed_in_at=row.signed_in_at,
    )  # fmt: skip
