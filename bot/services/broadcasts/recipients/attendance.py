"""Who is at a meeting: signed in by its code, or by hand."""

from datetime import datetime, timedelta

from bot.broadcasts import sign_in as codes
from bot.errors import NotAllowed, NotFound
from bot.services.broadcasts.recipients import by_hand
from bot.services.broadcasts.recipients.meetings import begins_at, meeting_of, of_author
from bot.services.notices.words import broadcast_words
from bot.services.office import Office
from bot.store.broadcasts import people, recipients
from bot.store.broadcasts.rows import Broadcast
from bot.store.database import Tx
from bot.store.records import audit

EARLY = timedelta(hours=4)
"""Nobody is at a meeting longer than this before it begins."""


def sign_in(office: Office, broadcast_id: int, person_id: int, given: str, now: datetime) -> bool:
    """The person scanned the host's code; whether it is the first time. NotAllowed for a code that is none of ours or of this
    meeting, and for one that is too old; NotFound for who is not invited."""
    with office.db.transaction() as tx:
        row = meeting_of(tx, broadcast_id)
        if not codes.is_ours(office.settings.secret_key, broadcast_id, given):
            raise NotAllowed("broadcast.sign_in_wrong")
        if not codes.is_fresh(given, now):
            raise NotAllowed("broadcast.sign_in_late")
        return _is_there(office, tx, row, person_id, now)


def sign_in_by_hand(
    office: Office, tx: Tx, broadcast_id: int, person_id: int, host_id: int, now: datetime, source: str = audit.CHAT
) -> bool:
    """The author signs in somebody who has no telephone at hand; whether it is the first time. NotAllowed for anybody but the
    author; NotFound for who is not invited. `source`: where it was said, for the record."""
    row = of_author(tx, broadcast_id, host_id)
    is_first = _is_there(office, tx, row, person_id, now, by_id=host_id)
    if is_first:
        by_hand.record(tx, source, broadcast_id, person_id, host_id, by_hand.SIGN_IN, now)
    return is_first


def _is_there(
    office: Office, tx: Tx, row: Broadcast, person_id: int, now: datetime, *, by_id: int | None = None
) -> bool:  # fmt: skip
    """Who is there has read it: nobody reminds them any more; a leave that was taken before does not count. `by_id`: who says so
    for them. NotAllowed long before the meeting."""
    if not recipients.is_recipient(tx, row.id, person_id):
        raise NotFound("broadcast.not_invited")
    begins = begins_at(row)
    if begins is not None and now < begins - EARLY:
        when = broadcast_words.when(office.texts, row.details, office.calendar.zone)
        raise NotAllowed("broadcast.sign_in_early", number=row.id, when=when, hours=EARLY // timedelta(hours=1))
    recipients.mark_acked(tx, row.id, person_id, now)
    return people.sign_in(tx, row.id, person_id, now, by_id=by_id)
