"""Who has not acknowledged once the rounds of reminding are through: a list for the author alone, and telling them by hand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.errors import NotAllowed, NotFound
from bot.services.broadcasts.found import acted_on
from bot.services.broadcasts.recipients import by_hand
from bot.services.broadcasts.reminding import is_through
from bot.store.broadcasts import people, recipients
from bot.store.database import Tx
from bot.store.records import audit

WAYS = ("call", "meeting")


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A recipient who has not acknowledged. `told_at`, `told_how`: by hand; None where nobody has."""

    person_id: int
    name: str
    was_reached: bool
    told_at: datetime | None
    told_how: str | None


def unanswered(tx: Tx, broadcast_id: int, asker_id: int) -> Sequence[Unanswered]:
    """By name. NotAllowed for anybody but the author, and before the rounds are through: until then there are only numbers."""
    row, _ = acted_on(tx, broadcast_id, "tell_offline", asker_id)
    if not is_through(row):
        raise NotAllowed("broadcast.not_now.tell_offline", number=row.id)
    return [
        Unanswered(
            one.person_id, one.name or "", one.state in recipients.TOLD, one.told_offline_at, one.told_offline_how
        )
        for one in recipients.unacknowledged(tx, row.id)
    ]


def tell(
    tx: Tx, broadcast_id: int, person_id: int, author_id: int, how: str, now: datetime, source: str = audit.CHAT
) -> None:
    """The author told this person by hand. `how`: one of WAYS. NotAllowed as `unanswered`; NotFound where the person is no
    recipient. `source`: where it was said, for the record."""
    if how not in WAYS:
        raise ValueError(how)
    row, _ = acted_on(tx, broadcast_id, "tell_offline", author_id)
    if not is_through(row):
        raise NotAllowed("broadcast.not_now.tell_offline", number=row.id)
    if not recipients.is_recipient(tx, row.id, person_id):
        raise NotFound("broadcast.no_recipient")
    people.put(tx, row.id, person_id, told_offline_at=now, told_offline_by_id=author_id, told_offline_how=how)
    by_hand.record(tx, source, row.id, person_id, author_id, how, now)
