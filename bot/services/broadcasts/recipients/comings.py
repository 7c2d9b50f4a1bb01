"""Who comes to a meeting, and who does not and why. The author alone reads it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.services.broadcasts.recipients.meetings import of_author
from bot.store.broadcasts import people
from bot.store.database import Tx
from bot.store.sealed import columns


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


def answers(tx: Tx, broadcast_id: int, asker_id: int) -> Answers:
    """What everybody who is invited has said. NotAllowed for anybody but the author."""
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
