"""Meetings: who comes, who does not and why, who is there. The author alone reads the answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.broadcasts import sign_in as codes
from bot.broadcasts.life import MEETING, NOT_APPROVED, State
from bot.errors import NotAllowed, NotFound
from bot.services.broadcasts.found import found
from bot.services.broadcasts.recipients import acknowledging, by_hand
from bot.services.notices.words import broadcast_words
from bot.services.office import Office
from bot.services.reading import typed_text
from bot.store.broadcasts import people, recipients
from bot.store.broadcasts.rows import Broadcast
from bot.store.database import Tx
from bot.store.records import audit
from bot.store.sealed import columns, identity

LONGEST_REASON = 1000  # characters
EARLY = timedelta(hours=4)
"""Nobody is at a meeting longer than this before it begins."""
LASTS = timedelta(hours=12)  # a meeting whose end is not said is over then


@dataclass(frozen=True, slots=True)
class Code:
    """What the host's page shows as a QR code until `changes_at`; who scanned it may sign in until `until`."""

    address: str
    code: str
    changes_at: datetime
    until: datetime


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


def begins_at(row: Broadcast) -> datetime | None:
    """When the meeting begins; None where that is not said."""
    return _moment(row, "at")


def is_over(row: Broadcast, now: datetime) -> bool:
    """Whether the meeting is over, so that nobody says any more whether they come."""
    ends, begins = ends_at(row), begins_at(row)
    return (ends is not None and ends < now) or (ends is None and begins is not None and begins + LASTS < now)


def ends_at(row: Broadcast) -> datetime | None:
    """When it ends; None where that is not said."""
    return _moment(row, "until")


def _moment(row: Broadcast, name: str) -> datetime | None:
    said = (row.details or {}).get(name)
    return datetime.fromisoformat(said) if said else None


def _meeting(tx: Tx, broadcast_id: int, *, lock: bool = False) -> Broadcast:
    """The meeting, which was approved. NotFound where it is none; NotAllowed where it was recalled or is not approved."""
    row = found(tx, broadcast_id, lock=lock)
    if row.kind != MEETING:
        raise NotFound("broadcast.no_meeting", number=broadcast_id)
    if row.state == State.RECALLED:
        raise NotAllowed("broadcast.meeting_recalled", number=broadcast_id)
    if row.state in NOT_APPROVED:
        raise NotFound("broadcast.no_meeting", number=broadcast_id)
    return row


def answer(
    office: Office, tx: Tx, broadcast_id: int, person_id: int, now: datetime, *, coming: bool, reason: str = ""
) -> bool:
    """Whether the person comes, which may be changed until the meeting is over; it acknowledges too. Returns whether the reason
    stands with it: what is dangerous or restricted in it stands nowhere here. NotFound for who is not invited; NotAllowed
    where the meeting is over or recalled, and for who is there already and takes leave."""
    row = _meeting(tx, broadcast_id)
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
    _of_author(tx, broadcast_id, asker_id)
    return Answers(
        [
            Answer(
                one.person_id, one.name or "", one.coming, columns.text(tx, "broadcast_people", "reason_sealed", one) or "",
                one.answered_at, one.acked_at is not None, one.signed_in_at,
            )
            for one in people.answers(tx, broadcast_id)
        ]
    )  # fmt: skip


def _of_author(tx: Tx, broadcast_id: int, person_id: int, *, lock: bool = False) -> Broadcast:
    row = _meeting(tx, broadcast_id, lock=lock)
    if row.author_id != person_id:
        raise NotAllowed("broadcast.not_author", number=broadcast_id)
    return row


def code(office: Office, broadcast_id: int, now: datetime) -> Code:
    """The code to sign in with, which changes every minute. It is for the host's page: `answers`, which that page shows too,
    refuses everybody else. NotFound where it is no meeting; NotAllowed where it was recalled."""
    with office.db.reading() as tx:
        _meeting(tx, broadcast_id)
    made = codes.code(office.settings.secret_key, broadcast_id, now)
    until = codes.ends_at(now)
    address = f"{office.settings.public}/h5/broadcasts/{broadcast_id}/sign-in?code={made}"
    return Code(address, made, until - codes.MINUTE, until)


def sign_in(office: Office, broadcast_id: int, person_id: int, given: str, now: datetime) -> bool:
    """The person scanned the host's code; whether it is the first time. NotAllowed for a code that is none of ours or of this
    meeting, and for one that is too old; NotFound for who is not invited."""
    with office.db.transaction() as tx:
        row = _meeting(tx, broadcast_id)
        if not codes.is_ours(office.settings.secret_key, broadcast_id, given):
            raise NotAllowed("broadcast.sign_in_wrong")
        if not codes.is_fresh(given, now):
            raise NotAllowed("broadcast.sign_in_late")
        return _is_there(office, tx, row, person_id, now)


def sign_in_by_hand(office: Office, broadcast_id: int, person_id: int, host_id: int, now: datetime) -> bool:
    """The author signs in somebody who has no telephone at hand; whether it is the first time. NotAllowed for anybody but the
    author; NotFound for who is not invited."""
    with office.db.transaction() as tx:
        return sign_in_by_hand_within(office, tx, broadcast_id, person_id, host_id, now)


def sign_in_by_hand_within(
    office: Office, tx: Tx, broadcast_id: int, person_id: int, host_id: int, now: datetime, source: str = audit.CHAT
) -> bool:
    """`sign_in_by_hand` inside a transaction that is open already. `source`: where it was said, for the record."""
    row = _of_author(tx, broadcast_id, host_id)
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
