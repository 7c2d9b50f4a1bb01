"""The list: what waits for this person, drafts, what is under way, what is past."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.broadcasts.life import APPROVERS, KINDS, UNDER_WAY, State
from bot.services.broadcasts import report
from bot.services.broadcasts.found import counting
from bot.services.broadcasts.report import Figures
from bot.services.console.seat import Seat
from bot.services.office import Office
from bot.store.broadcasts import approvals, lists
from bot.store.broadcasts.rows import Broadcast
from bot.store.database import Tx
from bot.store.persons import people

TO_APPROVE, DRAFTS, REVIEW, RUNNING, PAST = SECTIONS = ("todo", "drafts", "review", "running", "past")
SHOWN = 20  # of a section
MOST = 200  # of a section that is counted
STATES: Mapping[str, tuple[State, ...]] = {
    TO_APPROVE: (State.REVIEW,), REVIEW: (State.REVIEW,), DRAFTS: (State.DRAFT, State.REJECTED), RUNNING: UNDER_WAY,
    PAST: (State.SENT, State.RECALLED),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Filters:
    """As they stand in the address; empty where nothing is asked for. `after`: older than this number."""

    section: str = ""
    kind: str = ""
    q: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One broadcast. `state`: of this moment; `figures` None where nothing is to be counted yet."""

    id: int
    kind: str
    title: str
    state: str
    author: str
    is_own: bool
    at: datetime
    figures: Figures | None
    asked: str
    approvals: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Section:
    """`number`: of all of it, as far as is counted; `after`: where its next page begins."""

    name: str
    number: int
    lines: Sequence[Line]
    after: int | None


def sees_all(seat: Seat) -> bool:
    """Whether the person sees what others wrote, once it was handed over."""
    return seat.rights.holds(*APPROVERS)


def show(office: Office, seat: Seat, wanted: Filters, now: datetime) -> Sequence[Section]:
    """All sections, or the one that is asked for."""
    with office.db.reading() as tx:
        return [_section(tx, seat, name, wanted, now) for name in SECTIONS if _is_shown(seat, name)]


def _is_shown(seat: Seat, name: str) -> bool:
    return name != TO_APPROVE or sees_all(seat)


def _section(tx: Tx, seat: Seat, name: str, wanted: Filters, now: datetime) -> Section:
    before = int(wanted.after) if wanted.section == name and wanted.after.isdecimal() else None
    rows = lists.page(
        tx, states=STATES[name], limit=MOST, author_id=seat.person_id if name == DRAFTS or not sees_all(seat) else None,
        with_proposals=name == DRAFTS, kind=wanted.kind if wanted.kind in KINDS else "", words=wanted.q, before=before,
    )  # fmt: skip
    if name in (TO_APPROVE, REVIEW):
        done = lists.approved_by(tx, seat.person_id)
        rows = [row for row in rows if _is_todo(tx, seat, row, done) == (name == TO_APPROVE)]
    shown = rows[:SHOWN] if wanted.section in ("", name) else []
    after = shown[-1].id if len(rows) > len(shown) and shown else None
    return Section(name, len(rows), [_line(tx, seat, row, now) for row in shown], after)


def _is_todo(tx: Tx, seat: Seat, row: Broadcast, done: set[int]) -> bool:
    """Whether this person may approve it, has not, and nobody else is asked first."""
    if not sees_all(seat) or row.author_id == seat.person_id or row.id in done:
        return False
    return row.asked_id in (None, seat.person_id) or bool(approvals.of(tx, row))


def _line(tx: Tx, seat: Seat, row: Broadcast, now: datetime) -> Line:
    counted = row.state not in (State.DRAFT, State.REJECTED)
    known = report.figures(tx, row) if counted else None
    asked = people.by_id(tx, row.asked_id).name if row.asked_id is not None else None
    return Line(
        row.id, row.kind, row.title, report.state_of(row, known, now) if known else row.state,
        _author(tx, row), row.author_id == seat.person_id, row.started_at or row.due_from or row.created_at, known, asked or "",
        (len(counting(tx, row)), row.approvals_needed),
    )  # fmt: skip


def _author(tx: Tx, row: Broadcast) -> str:
    """Empty for what the calendar proposed."""
    return (people.by_id(tx, row.author_id).name or "") if row.author_id is not None else ""
