"""A form becomes a draft, or is handed over to be approved. What is refused changes nothing."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.broadcasts.life import State
from bot.broadcasts.written import Written
from bot.errors import NotAllowed, NotFound
from bot.services.audit import requests
from bot.services.broadcasts.drafts import admitting, approving, proposals, writing
from bot.services.broadcasts.found import found
from bot.services.console.broadcasts import reading
from bot.services.console.broadcasts.reading import Faulty, Read
from bot.services.console.broadcasts.typed import Typed
from bot.services.console.seat import Seat
from bot.services.office import Office
from bot.store.broadcasts import lists
from bot.store.database import Tx

MAY_LACK = admitting.BEFORE_APPROVAL | {"asked"}
"""Faults that a draft may have."""
AGAIN = timedelta(minutes=5)
"""Within it the same words of the same author are a form that was sent twice."""


def keep(office: Office, seat: Seat, typed: Typed, now: datetime) -> int:
    """A draft, which may have places that are not filled in; its number. What waits for approval stays as it must be to be
    approved. Faulty; NotFound, NotAllowed."""
    with office.db.transaction() as tx:
        read = reading.read(office, tx, typed, now)
        _check(read, apart_from=MAY_LACK)
        number = _stored(office, tx, seat, typed, read.written, now)
        if found(tx, number).state != State.DRAFT:
            _check(read, apart_from=frozenset())
        requests.write(tx, requests.at_console(seat.person_id, "draft"), now, outcome=f"{number}")
    office.nudge()
    return number


def hand_over(office: Office, seat: Seat, typed: Typed, now: datetime) -> int:
    """It waits for approval; its number. Faulty; NotFound, NotAllowed."""
    with office.db.transaction() as tx:
        read = reading.read(office, tx, typed, now)
        asked, faults = _asked(tx, seat, typed), dict(read.faults)
        if typed.asked and asked is None:
            faults["asked"] = office.say("console_broadcasts.fault.asked")
        if not approving.possible(tx, seat.person_id):
            faults["asked"] = office.say("broadcast.no_approvers")
        _check(replace(read, faults=faults), apart_from=frozenset())
        number = _stored(office, tx, seat, typed, read.written, now)
        if found(tx, number).state == State.DRAFT:
            writing.submit(office, tx, number, seat.person_id, now, asked_id=asked)
        requests.write(tx, requests.at_console(seat.person_id, "submit"), now, outcome=f"{number}")
    office.nudge()
    return number


def _check(read: Read, *, apart_from: frozenset[str]) -> None:
    faults = {name: said for name, said in read.faults.items() if name not in apart_from}
    if faults:
        raise Faulty(faults)


def _stored(office: Office, tx: Tx, seat: Seat, typed: Typed, new: Written, now: datetime) -> int:
    """The number under which it stands now."""
    if typed.number is None:
        twin = lists.twin(tx, seat.person_id, new.digest, now - AGAIN)
        if twin is not None and twin.audience == new.audience.as_json():
            return twin.id
        known = lists.of_occasions(tx, [new.occasion]) if new.occasion else {}
        return writing.draft(office, tx, seat.person_id, replace(new, occasion=None) if known else new, now)
    row = found(tx, typed.number, lock=True)
    if row.author_id is None:
        proposals.take(tx, row.id, seat.person_id)
    elif row.author_id != seat.person_id:
        raise NotFound("broadcast.no_such", number=typed.number)
    if row.version != typed.version:
        raise NotAllowed("console_broadcasts.changed_elsewhere")
    if writing.change(office, tx, typed.number, seat.person_id, new, now) == State.REJECTED:
        raise Faulty({"body": office.say("console_broadcasts.fault.as_it_was")})
    return typed.number


def _asked(tx: Tx, seat: Seat, typed: Typed) -> int | None:
    """Who is asked first; None: anybody who may."""
    possible = {str(person): person for person, _ in approving.possible(tx, seat.person_id)}
    return possible.get(typed.asked)
