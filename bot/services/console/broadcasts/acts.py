"""What is done to one broadcast at the console, each on record."""

from collections.abc import Sequence
from datetime import datetime

from bot.broadcasts.life import HOLD, State
from bot.characters import clean
from bot.errors import NotAllowed, NotFound, NotUnderstood
from bot.services.audit import requests
from bot.services.broadcasts import approving, offline, sending
from bot.services.broadcasts.found import found
from bot.services.broadcasts.offline import Unanswered
from bot.services.console.broadcasts.page import APPROVE, REJECT, UNDO, seen_by
from bot.services.console.seat import Seat
from bot.services.office import Office
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
    with office.db.reading() as tx:
        seen_by(tx, seat, number)
    said, call = clean(words).strip(), requests.at_console(seat.person_id, name)
    if name == APPROVE:
        return _approve(office, seat, number, version, now)
    if name == REJECT:
        approving.reject(office, number, seat.person_id, _reason(office, said), now, call=call)
    elif name == UNDO:
        approving.undo_start(office, number, seat.person_id, now, call=call)
    elif name == "pause":
        sending.pause(office, number, seat.person_id, now, call=call)
    elif name == "resume":
        sending.resume(office, number, seat.person_id, now, call=call)
    elif name == "recall":
        return _recall(office, seat, number, said, now)
    elif name == "close":
        sending.close(office, number, seat.person_id, now, call=call)
    else:
        raise NotFound("console.error.404")
    return office.say(f"console_broadcasts.done.{name}", number=number)


def _reason(office: Office, words: str) -> str:
    """The author reads it, so there must be one."""
    if not words:
        raise NotUnderstood("console_broadcasts.fault.no_reason")
    if len(words) > LONGEST:
        raise NotUnderstood("console_broadcasts.fault.long", most=LONGEST, length=len(words))
    return words


def _approve(office: Office, seat: Seat, number: int, version: int | None, now: datetime) -> str:
    """Of the version that the person has read; the start is held for a moment."""
    with office.db.transaction() as tx:
        row = found(tx, number, lock=True)
        if row.version != version:
            raise NotAllowed("console_broadcasts.changed_meanwhile", number=number)
        state = approving.approve_within(office, tx, number, seat.person_id, now, hold=HOLD)
        requests.write(tx, requests.at_console(seat.person_id, APPROVE), now, outcome=f"broadcast {number}")
    office.nudge()
    first = state == State.REVIEW
    return office.say(
        "console_broadcasts.done.approve_first" if first else "console_broadcasts.done.approve", number=number
    )


def _recall(office: Office, seat: Seat, number: int, words: str, now: datetime) -> str:
    if len(words) > LONGEST_CORRECTION:
        raise NotUnderstood("console_broadcasts.fault.long", most=LONGEST_CORRECTION, length=len(words))
    call = requests.at_console(seat.person_id, "recall")
    told = sending.recall(office, number, seat.person_id, now, correction=words, call=call)
    key = "console_broadcasts.done.recall_told" if told else "console_broadcasts.done.recall"
    return office.say(key, number=number, people=told)


def unanswered(office: Office, seat: Seat, number: int, now: datetime) -> tuple[str, Sequence[Unanswered]]:
    """The broadcast's title, and who has not acknowledged; the look is on record. NotFound; NotAllowed for anybody but the
    author, and before the rounds of reminding are through."""
    with office.db.transaction() as tx:
        row = seen_by(tx, seat, number)
        if row.author_id != seat.person_id:
            raise NotFound("broadcast.no_such", number=number)
        people = offline.unanswered_within(tx, number, seat.person_id)
        seen = Entry(Act.VIEW_UNANSWERED, audit.CONSOLE, seat.person_id, detail=f"broadcast {number} {len(people)}")
        audit.write(tx, now, seen)
    return row.title, people


def tell(office: Office, seat: Seat, number: int, person_id: int, how: str, now: datetime) -> str:
    """The author told this person by hand. NotFound; NotAllowed."""
    with office.db.reading() as tx:
        row = seen_by(tx, seat, number)
    if row.author_id != seat.person_id or how not in offline.WAYS:
        raise NotFound("broadcast.no_such", number=number)
    call = requests.at_console(seat.person_id, "tell")
    offline.tell(office, number, person_id, seat.person_id, how, now, call=call)
    return office.say("console_broadcasts.done.tell")
