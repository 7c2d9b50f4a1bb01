"""A recipient says whether they come to a meeting, or asks about a broadcast."""

from datetime import datetime

from bot.errors import NotAllowed
from bot.services.broadcasts import telling
from bot.services.broadcasts.found import found
from bot.services.broadcasts.recipients import acknowledging
from bot.services.broadcasts.recipients.meetings import is_over, meeting_of
from bot.services.office import Office
from bot.services.reading import typed_text
from bot.store.broadcasts import people
from bot.store.database import Tx
from bot.store.sealed import identity

LONGEST_REASON = 1000  # characters


def answer(
    office: Office, tx: Tx, broadcast_id: int, person_id: int, now: datetime, *, coming: bool, reason: str = ""
) -> bool:
    """Whether the person comes, which may be changed until the meeting is over; it acknowledges too. Returns whether the reason
    stands with it: what is dangerous or restricted in it stands nowhere here. NotFound for who is not invited; NotAllowed
    where the meeting is over or recalled, and for who is there already and takes leave."""
    row = meeting_of(tx, broadcast_id)
    if is_over(row, now):
        raise NotAllowed("broadcast.meeting_over", number=broadcast_id)
    known = people.of(tx, broadcast_id, person_id)
    if not coming and known is not None and known.signed_in_at is not None:
        raise NotAllowed("broadcast.is_there", number=broadcast_id)
    acknowledging.acknowledge(tx, person_id, broadcast_id, now)
    said = "" if coming else reason.strip()[:LONGEST_REASON]
    kept = "" if said and typed_text.tells(office, said) else said
    of = identity.of("broadcast_people", "reason_sealed", identity.of_recipient(broadcast_id, person_id))
    sealed = tx.vault.seal(kept, of) if kept else None
    people.put(tx, broadcast_id, person_id, coming=coming, reason_sealed=sealed, answered_at=now)
    return bool(kept)


def ask_author(office: Office, tx: Tx, broadcast_id: int, who: str, question: str, now: datetime) -> str | None:
    """What a recipient asks about the meeting or reminder goes to its author; the author's name. None where there is none any more, and where
    the words tell of danger or of something restricted."""
    row = found(tx, broadcast_id)
    if row.author_id is None or typed_text.tells(office, question):
        return None
    return telling.asked(tx, row, who, question[:LONGEST_REASON], now)
