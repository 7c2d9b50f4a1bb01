"""Who comes to a meeting, and who does not and why. The author alone reads it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.errors import NotAllowed
from bot.services.broadcasts.recipients import acknowledging
from bot.services.broadcasts.recipients.meetings import is_over, meeting_of, of_author
from bot.services.office import Office
from bot.services.reading import typed_text
from bot.store.broadcasts import people
from bot.store.database import Tx
from bot.store.sealed import columns, identity

LONGEST_REASON = 1000  # characters


@dataclass(frozen=True, slots=True)
class Answer:
    """One invited person. `coming`: None without an answer. `reason`: why not, in the person's words; empty without one."""

    person_id: int
    name: str
    coming: bool | None
    reason: str
    answered_at: datetime | None
    is_acked: bool
    signed_in_at: datetime | None


@dataclass(frozen=True, slots=True)
class Answers:
    """All of them, by name."""

    people: Sequence[Answer]

    @property
    def coming(self) -> int:
        return sum(each.coming is True for each in self.people)

    @property
    def away(self) -> int:
        return sum(each.coming is False for each in self.people)

    @property
    def open(self) -> int:
        """Those who have not said whether they come."""
        return sum(each.coming is None for each in self.people)

    @property
    def signed_in(self) -> int:
        return sum(each.signed_in_at is not None for each in self.people)


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


def answers(office: Office, broadcast_id: int, asker_id: int) -> Answers:
    """What everybody who is invited has said. NotAllowed for anybody but the author."""
    with office.db.reading() as tx:
        return answers_within(tx, broadcast_id, asker_id)


def answers_within(tx: Tx, broadcast_id: int, asker_id: int) -> Answers:
    """`answers` inside a transaction that is open already."""
    of_author(tx, broadcast_id, asker_id)
    return Answers(
        [
            Answer(
                one.person_id, one.name or "", one.coming, columns.text(tx, "broadcast_people", "reason_sealed", one) or "",
                one.answered_at, one.acked_at is not None, one.signed_in_at,
            )
            for one in people.answers(tx, broadcast_id)
        ]
    )  # fmt: skip
