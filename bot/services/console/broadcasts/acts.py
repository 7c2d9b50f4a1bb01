"""What is done to one broadcast at the console, each on record."""

from collections.abc import Sequence
from datetime import datetime

from bot.broadcasts.life import HOLD, State
from bot.characters import clean
from bot.errors import NotAllowed, NotFound, NotUnderstood
from bot.services.audit import requests
from bot.services.broadcasts import sending
from bot.services.broadcasts.drafts import approving, rejecting
from bot.services.broadcasts.found import found
from bot.services.broadcasts.recipients import attendance, offline
from bot.services.broadcasts.recipients.offline import Unanswered
from bot.services.console.broadcasts.progress import seen_by
from bot.services.console.seat import Seat
from bot.services.office import Office
from bot.services.reading import typed_text
from bot.store.database import Tx
from bot.store.records import audit
from bot.store.records.acts import Act
from bot.store.records.audit import Entry

LONGEST = 200  # characters of a reason; of a correction more
LONGEST_CORRECTION = 500


def act(
    office: Office, seat: Seat, number: int, name: str, now: datetime, *, version: int | None, words: str
) -> str:  # fmt: skip
    """What came of it. NotFound for what is not this person's to see, and for an act that is none; NotAllowed; NotUnderstood
    where words are missing or too long. `version`: of the words that the person looked at."""
    said = clean(words).strip()
    with office.db.transaction() as tx:
        seen_by(tx, seat, number)
        done = _done(office, tx, seat, number, name, now, version=version, words=said)
        requests.write(tx, requests.at_console(seat.person_id, name), now, outcome=f"broadcast {number}")
    office.nudge()
    return done


def _done(
    office: Office, tx: Tx, seat: Seat, number: int, name: str, now: datetime, *, version: int | None, words: str
) -> str:  # fmt: skip
    me = seat.person_id
    match name:
        case "approve":
            return _approve(office, tx, seat, number, version, now)
        case "recall":
            return _recall(office, tx, seat, number, words, now)
        case "reject":
            rejecting.reject(tx, number, me, _reason(office, words), now)
        case "undo":
            rejecting.undo_start(tx, number, me, now)
        case "pause":
            sending.pause(tx, number, me, now)
        case "resume":
            sending.resume(tx, number, me, now)
        case "close":
            sending.close(tx, number, me, now)
        case _:
            raise NotFound("console.error.404")
    return office.say(f"console_broadcasts.done.{name}", number=number)


def _reason(office: Office, words: str) -> str:
    """The author reads it, so there must be one; what is for the sealed box is no reason."""
    if typed_text.is_sealed(office, words):
        raise NotUnderstood("broadcast.sealed_reason")
    if not words:
        raise NotUnderstood("console_broadcasts.fault.no_reason")
    if len(words) > LONGEST:
        raise NotUnderstood("broadcast.fault.long", most=LONGEST, length=len(words))
    return words


def _approve(office: Office, tx: Tx, seat: Seat, number: int, version: int | None, now: datetime) -> str:
    """Of the version that the person has read; the start is held for a moment."""
    if found(tx, number, lock=True).version != version:
        raise NotAllowed("console_broadcasts.changed_meanwhile", number=number)
    state = approving.approve_within(office, tx, number, seat.person_id, now, hold=HOLD)
    key = "console_broadcasts.done.approve_first" if state == State.REVIEW else "console_broadcasts.done.approve"
    return office.say(key, number=number)


def _recall(office: Office, tx: Tx, seat: Seat, number: int, words: str, now: datetime) -> str:
    if len(words) > LONGEST_CORRECTION:
        raise NotUnderstood("broadcast.fault.long", most=LONGEST_CORRECTION, length=len(words))
    told = sending.recall(office, tx, number, seat.person_id, now, correction=words)
    key = "console_broadcasts.done.recall_told" if told else "console_broadcasts.done.recall"
    return office.say(key, number=number, people=told)


def unanswered(office: Office, seat: Seat, number: int, now: datetime) -> tuple[str, Sequence[Unanswered]]:
    """The broadcast's title, and who has not acknowledged; the look is on record. NotFound; NotAllowed for anybody but the
    author, and before the rounds of reminding are through."""
    with office.db.transaction() as tx:
        row = seen_by(tx, seat, number)
        if row.author_id != seat.person_id:
            raise NotFound("broadcast.no_such", number=number)
        people = offline.unanswered(tx, number, seat.person_id)
        seen = Entry(Act.VIEW_UNANSWERED, audit.CONSOLE, seat.person_id, detail=f"broadcast {number} {len(people)}")
        audit.write(tx, now, seen)
    return row.title, people


def tell(office: Office, seat: Seat, number: int, person_id: int, how: str, now: datetime) -> str:
    """The author told this person by hand. NotFound; NotAllowed."""
    with office.db.transaction() as tx:
        row = seen_by(tx, seat, number)
        if row.author_id != seat.person_id or how not in offline.WAYS:
            raise NotFound("broadcast.no_such", number=number)
        offline.tell(tx, number, person_id, seat.person_id, how, now, audit.CONSOLE)
    return office.say("console_broadcasts.done.tell")


def sign_in(office: Office, seat: Seat, number: int, person_id: int, now: datetime) -> str:
    """The author signs in somebody who is at the meeting without a telephone. NotFound; NotAllowed."""
    with office.db.transaction() as tx:
        row = seen_by(tx, seat, number)
        if row.author_id != seat.person_id:
            raise NotFound("broadcast.no_such", number=number)
        attendance.sign_in_by_hand(office, tx, number, person_id, seat.person_id, now, audit.CONSOLE)
    return office.say("console_broadcasts.done.sign_in")
