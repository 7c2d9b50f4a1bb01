"""Broadcasts as their recipients see and answer them on a page."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.broadcasts.life import MEETING, NO_DUTY
from bot.dialogue import policy
from bot.dialogue.interface.received import Received, Wishes
from bot.errors import NotFound, Spoken
from bot.services.accounts import rate
from bot.services.broadcasts.recipients import attendance, preferences
from bot.services.console.seat import Seat, acting, reading
from bot.services.h5.acts import Done, as_refused
from bot.services.office import Office
from bot.services.reading import typed_text
from bot.understanding.result import Command

COMMANDS: Mapping[str, str] = {"received": "ack", "attend": "attend", "leave": "leave"}
"""What a page offers, and the chat's command for it."""
LONGEST_NUMBER = 10**15
SERVICE = "service"


def nothing(number: int) -> NotFound:
    """What is said of a broadcast that is not there, and of one that the person did not get."""
    return NotFound("broadcast.no_such", number=number)


def listed(office: Office, seat: Seat, now: datetime) -> tuple[Sequence[Received], Wishes]:
    """What the person was sent, the newest first, and what the person wishes to get."""
    with reading(office, seat, now) as (_, context):
        return context.received.listed(), context.received.wishes()


def show(office: Office, seat: Seat, number: int, now: datetime) -> Received:
    """NotFound for whoever did not get it."""
    with reading(office, seat, now) as (_, context):
        found = context.received.one(number) if number < LONGEST_NUMBER else None
    if found is None:
        raise nothing(number)
    return found


def act(office: Office, seat: Seat, command: str, number: int, words: str, now: datetime) -> Done:
    """Acknowledge, or say whether one comes, by the chat's own handler. NotFound as of `show`, and for an unknown command."""
    found = show(office, seat, number, now)
    if command not in COMMANDS or (command != "received" and found.kind != MEETING):
        raise nothing(number)
    if not rate.may_try(office, f"act {seat.person_id}") and not typed_text.tells(office, words):
        return Done(office.say("chat.too_many"), is_done=False)
    try:
        with acting(office, seat, now, Command(COMMANDS[command], str(number), words, "")) as context:
            said = policy.perform(context)
    except Spoken as refused:
        return as_refused(office, refused)
    return Done(said if command != "received" else office.say("h5.broadcast.acked"), is_done=True)


def sign_in(office: Office, seat: Seat, number: int, code: str, now: datetime) -> Done:
    """The code that the host shows was scanned. What is refused says why."""
    if number >= LONGEST_NUMBER:
        raise nothing(number)
    first = attendance.sign_in(office, number, seat.person_id, code, now)
    return Done(office.say("h5.broadcast.signed_in" if first else "h5.broadcast.signed_in_before"), is_done=True)


def wish(office: Office, seat: Seat, given: Mapping[str, str], now: datetime) -> None:
    """What the person wishes to get, as the form says it: what is ticked comes. A resident's tick is consent to service notices,
    written down when it changes; somebody of the roster only takes consent back here."""
    on_roster, wants_service = bool(seat.rights.roles), SERVICE in given
    with office.db.transaction() as tx:
        had_agreed = preferences.of(tx, seat.person_id).service
        for kind in NO_DUTY if on_roster else ():
            preferences.mute(tx, seat.person_id, kind, muted=kind not in given)
        if on_roster:
            preferences.collect(tx, seat.person_id, digest=given.get("pace") == "digest")
        if wants_service != had_agreed and not (on_roster and wants_service):
            preferences.agree(tx, seat.person_id, now, agreed=wants_service)
