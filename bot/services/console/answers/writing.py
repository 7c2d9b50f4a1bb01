"""Changes of the answer book: each is a row with who and when; an older one can be brought back."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.errors import NotAllowed, NotFound, NotUnderstood
from bot.services.console.answers import book
from bot.services.console.answers.book import Version
from bot.services.console.seat import Seat
from bot.services.office import Office
from bot.services.reading import typed_text
from bot.store.console import answers as store
from bot.store.database import Tx
from bot.store.records import audit
from bot.store.records.acts import Act
from bot.store.records.audit import Entry
from bot.understanding.faq import answer_book, retrieval

MOST_QUESTIONS, LONGEST_QUESTION, LONGEST_SOURCE, LONGEST_PHONE = 30, 100, 200, 32


@dataclass(frozen=True, slots=True)
class Draft:
    """The form as it was sent. `questions`: one a line. `row`: of the version that the person saw; None for a new entry."""

    questions: str = ""
    answer: str = ""
    source: str = ""
    category: str = ""
    valid_until: str = ""
    phone: str = ""
    owner: str = ""
    is_on: bool = True
    alone: bool = False
    row: int | None = None


def save(office: Office, seat: Seat, entry: str | None, draft: Draft, now: datetime) -> str:
    """The entry's name (None: a new one is made). NotFound; NotAllowed; NotUnderstood, also where
    somebody changed it after the person had opened it."""
    present = book.history(office, entry)[0] if entry is not None else None
    if not book.may_edit(seat, present):
        raise NotAllowed("console_answers.bad.not_yours")
    if present is not None and draft.row != present.row:
        raise NotUnderstood("console_answers.changed", name=present.by or "")
    name = entry or f"console_{now:%Y%m%d%H%M%S%f}"
    values = _values(office, seat, name, draft, present)
    with office.db.transaction() as tx:
        if present is not None and store.newest_row(tx, name) != (present.row or None):
            raise NotUnderstood("console_answers.changed", name="")
        _write(tx, seat, now, values)
    _tell(office)
    return name


def restore(office: Office, seat: Seat, entry: str, row: int, now: datetime) -> None:
    """The entry is again as it was in that version (0: in the files); the changes since stay in its history."""
    known = book.history(office, entry)
    older = next((version for version in known if version.row == row), None)
    if older is None:
        raise NotFound("console_answers.bad.entry")
    if not book.may_edit(seat, known[0]):
        raise NotAllowed("console_answers.bad.not_yours")
    values = {
        "entry": entry, "is_on": older.is_on, "category": older.category, "questions": list(older.questions),
        "answer": older.answer, "source": older.source, "valid_until": older.valid_until, "phone": older.phone or None,
        "alone": older.alone, "owner_id": older.owner_id if older.row else known[0].owner_id,
    }  # fmt: skip
    with office.db.transaction() as tx:
        _write(tx, seat, now, values)
    _tell(office)


def _write(tx: Tx, seat: Seat, now: datetime, values: dict[str, object]) -> None:
    store.add(tx, at=now, by_id=seat.person_id, **values)
    audit.write(tx, now, Entry(Act.ANSWER_CHANGE, audit.CONSOLE, who_id=seat.person_id, detail=str(values["entry"])))


def _tell(office: Office) -> None:
    """This process follows at once; the others within a minute."""
    with office.db.reading() as tx:
        newest = store.newest(tx)
    office.written_answers.follow(newest)


def _values(office: Office, seat: Seat, name: str, draft: Draft, present: Version | None) -> dict[str, object]:
    questions = [line.strip() for line in draft.questions.splitlines() if line.strip()]
    if not questions or len(questions) > MOST_QUESTIONS or max(map(len, questions)) > LONGEST_QUESTION:
        raise NotUnderstood("console_answers.bad.questions", most=MOST_QUESTIONS, longest=LONGEST_QUESTION)
    if not 0 < len(draft.answer.strip()) <= answer_book.LONGEST:
        raise NotUnderstood("console_answers.bad.answer", longest=answer_book.LONGEST)
    if not 0 < len(draft.source) <= LONGEST_SOURCE:
        raise NotUnderstood("console_answers.bad.source")
    if len(draft.phone) > LONGEST_PHONE:
        raise NotUnderstood("console_answers.bad.phone", longest=LONGEST_PHONE)
    if any(typed_text.accuses(office, text) for text in (*questions, draft.answer, draft.source)):
        raise NotUnderstood("console_answers.bad.restricted")
    category = draft.category or (present.category if present is not None else "")
    if category not in {*dict(book.categories(office)), present.category if present is not None else ""}:
        raise NotUnderstood("console_answers.bad.category")
    values: dict[str, object] = {
        "entry": name, "is_on": draft.is_on, "category": category, "questions": questions, "answer": draft.answer.strip(),
        "source": draft.source, "valid_until": _day(draft.valid_until), "phone": draft.phone or None,
        "alone": draft.alone, "owner_id": _owner(office, seat, draft, present),
    }  # fmt: skip
    _can_be_said(office, name, values)
    return values


def _owner(office: Office, seat: Seat, draft: Draft, present: Version | None) -> int | None:
    """Only who answers for the whole office gives an entry to somebody else."""
    if seat.rights.scope() is not None:
        return present.owner_id if present is not None else seat.person_id
    if not draft.owner:
        return None
    if not draft.owner.isdecimal() or int(draft.owner) not in book.owners(office):
        raise NotUnderstood("console_answers.bad.owner")
    return int(draft.owner)


def _day(given: str) -> date:
    try:
        found = date.fromisoformat(given)
    except ValueError as error:
        raise NotUnderstood("console_answers.bad.day") from error
    if not 2000 <= found.year < 2200:
        raise NotUnderstood("console_answers.bad.day")
    return found


def _can_be_said(office: Office, name: str, values: dict[str, object]) -> None:
    """NotUnderstood where the answer's braces name no number of the office."""
    made = retrieval.Entry(
        id=name, category=str(values["category"]), lane="", questions=("",), answer=str(values["answer"]),
        source="x", valid_until=date.max, to_confirm=False,
    )  # fmt: skip
    try:
        if answer_book.wrong(made) is not None:
            raise NotUnderstood("console_answers.bad.braces")
        made.answer.format(**office.phones)
    except (ValueError, LookupError, AttributeError) as error:
        raise NotUnderstood("console_answers.bad.braces") from error
