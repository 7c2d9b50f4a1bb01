"""Reminders to many: written by one, approved by another, frozen as notices, acknowledged once."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.errors import NotAllowed, NotFound
from bot.services.audit import requests
from bot.services.audit.requests import Call
from bot.services.broadcast_report import figures, found, state_of
from bot.services.office import Office
from bot.store import broadcasts, notices, people
from bot.store.database import Tx
from bot.store.rows import Broadcast

Audience = Mapping[str, Sequence[str]]

APPROVER_ROLES = ("admin", "discipline")
KINDS = ("reminder", "bulletin", "meeting", "service")


def read_roles(office: Office, words: Sequence[str]) -> list[str]:
    """The roles meant by these words, Chinese or English. NotFound for a word that is no role."""
    known: dict[str, str] = office.texts.sentences["broadcast"]["roles"]
    for word in words:
        if word not in known and word not in known.values():
            raise NotFound("broadcast.no_such_role", word=word, roles="、".join(known))
    return [known.get(word, word) for word in words]


def count_audience(tx: Tx, audience: Audience) -> int:
    """How many persons fit every condition of the audience."""
    return broadcasts.count_audience(tx, audience)


def count_unbound(tx: Tx, audience: Audience) -> int:
    """How many of them cannot be reached, because they have not bound their account."""
    return broadcasts.count_audience(tx, audience, unbound=True)


def create(
    office: Office, author_id: int, kind: str, title: str, body: str, audience: Audience,
    send_at: datetime | None, asked_id: int | None, now: datetime, call: Call | None = None,
) -> int:  # fmt: skip
    """The number of the broadcast, which now waits for review. NotFound when the audience fits nobody. `call`: by which
    it came, for the record."""
    with office.db.transaction() as tx:
        number = submit(tx, author_id, kind, title, body, audience, send_at, asked_id, now)
        requests.write(tx, call, now, outcome=f"broadcast {number}")
    office.nudge()
    return number


def submit(
    tx: Tx, author_id: int, kind: str, title: str, body: str, audience: Audience,
    send_at: datetime | None, asked_id: int | None, now: datetime,
) -> int:  # fmt: skip
    """`create` inside a transaction that is open already."""
    number = broadcasts.count_audience(tx, audience)
    if not number:
        raise NotFound("broadcast.nobody")
    if asked_id == author_id:
        raise NotAllowed("broadcast.own")
    author = people.by_id(tx, author_id)
    row = broadcasts.add(
        tx, kind=kind, title=title, body=body, audience=dict(audience), state="review", author_id=author_id,
        asked_id=asked_id, created_at=now, send_at=send_at, is_demo=author.is_demo,
    )  # fmt: skip
    if asked_id is not None:
        facts = {"number": row.id, "title": title, "body": body, "people": number, "who": author.name}
        _tell(tx, asked_id, "broadcast_review", row, facts, now)
    return int(row.id)


def _tell(tx: Tx, person_id: int, event: str, row: Broadcast, facts: Mapping[str, object], now: datetime) -> None:
    """A word to one person about a broadcast. It is no recipient's notice, so it carries no broadcast_id."""
    notices.write(tx, [person_id], event, now=now, facts=facts, priority=4, once=f"{event}:{row.id}")


def _decided(tx: Tx, row: Broadcast) -> None:
    """Nobody is asked for an approval any more."""
    if row.asked_id is not None:
        notices.withdraw_once(tx, f"broadcast_review:{row.id}:{row.asked_id}")


def approve(
    office: Office, broadcast_id: int, approver_id: int, now: datetime, *, granted: bool = False, call: Call | None = None
) -> None:  # fmt: skip
    """Freeze the recipients and let it go out. `granted`: a scope stands for the approver's role. `call`: by which it
    came, for the record. Idempotent."""
    with office.db.transaction() as tx:
        approve_within(tx, broadcast_id, approver_id, now, granted=granted)
        requests.write(tx, call, now, outcome=f"broadcast {broadcast_id}")
    office.nudge()


def approve_within(tx: Tx, broadcast_id: int, approver_id: int, now: datetime, *, granted: bool = False) -> None:
    """`approve` inside a transaction that is open already."""
    row = _reviewable(tx, broadcast_id, approver_id, granted)
    if row.state == "rejected":
        raise NotAllowed("broadcast.rejected_already", number=row.id)
    if row.state != "review":
        return
    starts_at = now if row.send_at is None else max(row.send_at, now)
    state = "scheduled" if starts_at > now else "sending"
    if not broadcasts.move(tx, row.id, "review", state=state, approver_id=approver_id, approved_at=now):
        return
    _decided(tx, row)
    if not broadcasts.freeze(tx, row, now, starts_at):
        raise NotFound("broadcast.nobody")


def _reviewable(tx: Tx, broadcast_id: int, approver_id: int, granted: bool) -> Broadcast:
    row = found(tx, broadcast_id, lock=True)
    if row.author_id == approver_id:
        raise NotAllowed("broadcast.own")
    if not granted and not _may_approve(tx, approver_id):
        raise NotAllowed("broadcast.not_approver")
    asked = row.asked_id
    if not granted and asked is not None and asked != approver_id and _may_approve(tx, asked):
        raise NotAllowed("broadcast.another_asked", number=row.id, name=people.by_id(tx, asked).name)
    return row


def _may_approve(tx: Tx, person_id: int) -> bool:
    return bool({role.role for role in people.roles_of(tx, person_id)} & set(APPROVER_ROLES))


def reject(office: Office, broadcast_id: int, approver_id: int, note: str, now: datetime) -> None:
    """It will not go out; the author is told why."""
    with office.db.transaction() as tx:
        reject_within(tx, broadcast_id, approver_id, note, now)
    office.nudge()


def reject_within(tx: Tx, broadcast_id: int, approver_id: int, note: str, now: datetime) -> None:
    """`reject` inside a transaction that is open already."""
    row = _reviewable(tx, broadcast_id, approver_id, granted=False)
    if row.state == "rejected":
        return
    if not broadcasts.move(tx, row.id, "review", state="rejected", approver_id=approver_id, note=note):
        raise NotAllowed("broadcast.approved_already", number=row.id)
    _decided(tx, row)
    facts = {"number": row.id, "title": row.title, "reason": note}
    _tell(tx, row.author_id, "broadcast_rejected", row, facts, now)


def release(office: Office, broadcast_id: int, now: datetime) -> str:
    """Bring the state up to what time and the workers have done; returns it."""
    with office.db.transaction() as tx:
        row = found(tx, broadcast_id, lock=True)
        state = state_of(row, figures(tx, broadcast_id), now)
        if state != row.state:
            broadcasts.move(tx, broadcast_id, row.state, state=state)
    return state


def release_all(office: Office, now: datetime) -> None:
    """`release` for every broadcast that is under way: the clock's round."""
    with office.db.reading() as tx:
        under_way = broadcasts.unfinished(tx)
    for broadcast_id in under_way:
        release(office, broadcast_id, now)


def acknowledge(tx: Tx, person_id: int, number: int | None, now: datetime) -> tuple[int, bool]:
    """The broadcast's number and whether this was the first time. NotFound where there is none to acknowledge."""
    notice = broadcasts.told(tx, person_id, number, now)
    if notice is None:
        raise NotFound("broadcast.none_open")
    return notice.broadcast_id, broadcasts.mark_acked(tx, notice.id, now)


def approvers(tx: Tx, author_id: int) -> list[tuple[int, str]]:
    """Who may approve what this author writes: id and name."""
    return [(row.id, row.name or "") for row in broadcasts.approvers(tx, APPROVER_ROLES, author_id)]
