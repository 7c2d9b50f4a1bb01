"""The inbox: conversations that wait for a person, and messages that the service could not deal with."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from cryptography.exceptions import InvalidTag

from bot.errors import NotFound
from bot.messages import from_json
from bot.services.console.acts import Act, Done, act
from bot.services.console.seat import Seat
from bot.services.office import Office
from bot.store import exclusions, inbound, orders
from bot.store.console import handovers
from bot.store.database import Tx
from bot.store.records import acts, audit
from bot.store.records.audit import Entry
from bot.store.sealed import columns

SHOWN = 20  # messages of a conversation
WITHIN = timedelta(days=1)  # before and after the conversation was handed over: all else is not its business
FAILED = 50


@dataclass(frozen=True, slots=True)
class Said:
    """One message and its reply, masked."""

    at: datetime
    text: str
    reply: str | None


@dataclass(frozen=True, slots=True)
class Waiting:
    """A conversation that waits. `until`: how long, and `left`: how often a customer-service message may still be sent."""

    code: str
    reason: str
    at: datetime
    until: datetime | None
    left: int


@dataclass(frozen=True, slots=True)
class Conversation:
    """One of them, with what was said."""

    waiting: Waiting
    said: Sequence[Said]


@dataclass(frozen=True, slots=True)
class Kept:
    """A message that the service could not deal with."""

    key: str
    at: datetime
    text: str | None


def waiting(office: Office, seat: Seat, now: datetime) -> Sequence[Waiting]:
    """The conversations before this person, the oldest first."""
    with office.db.reading() as tx:
        return [_waiting(row, now) for row in _before(tx, seat)]


def conversation(office: Office, seat: Seat, code: str, now: datetime) -> Conversation:
    """What was said around it, without what is in the box; the look goes on record. NotFound for what does not wait before this person."""
    with office.db.reading() as tx:
        row = next((each for each in _before(tx, seat) if each.code == code), None)
        if row is None:
            raise NotFound("refused.no_such_order", code=code)
        order = orders.by_code(tx, code)
        assert order is not None
        found = handovers.said_by(tx, row.person_id, row.at - WITHIN, row.at + WITHIN, SHOWN)
        said = [_said(office, tx, each, text) for each in found if (text := _text(office, tx, each)) is not None]
    with office.db.transaction() as tx:  # before anything is handed out
        audit.write(tx, now, Entry(acts.Act.VIEW_TALK, audit.CONSOLE, seat.person_id, row.person_id, order.id))
    return Conversation(_waiting(row, now), said)


def answer(office: Office, seat: Seat, code: str, words: str, now: datetime) -> Done:
    """Words to the resident, and the conversation waits no more. As of `acts.act`."""
    return act(office, seat, Act("tell", code, words), now, ends_handover=True)


def end(office: Office, seat: Seat, code: str, now: datetime) -> None:
    """It is dealt with. NotFound for what does not wait before this person."""
    with office.db.transaction() as tx:
        order = orders.by_code(tx, code) if code in [row.code for row in _before(tx, seat)] else None
        if order is None:
            raise NotFound("refused.no_such_order", code=code)
        handovers.end(tx, order.id, seat.person_id, now)


def kept(office: Office) -> Sequence[Kept]:
    """Messages that were kept because something broke, the oldest first; for administrators."""
    with office.db.reading() as tx:
        return [Kept(row.key, row.received_at, _text(office, tx, row)) for row in handovers.failed(tx, FAILED)]


def settle(office: Office, seat: Seat, key: str, now: datetime) -> None:
    """Somebody has dealt with a kept message. NotFound where there is none."""
    with office.db.transaction() as tx:
        if not inbound.settle(tx, key):
            raise NotFound("console.inbox.none")
        audit.write(tx, now, Entry(acts.Act.MESSAGE_SETTLED, audit.CONSOLE, seat.person_id))


def _before(tx: Tx, seat: Seat) -> Sequence[Any]:
    if not seat.rights.decides:
        return []
    return handovers.waiting(tx, seat.rights.scope(), exclusions.reader(tx, seat.person_id, seat.rights))


def _waiting(row: Any, now: datetime) -> Waiting:
    is_open = row.subscribed and row.chat_until is not None and row.chat_until > now
    return Waiting(row.code, row.reason, row.at, row.chat_until if is_open else None, row.chat_left if is_open else 0)


def _said(office: Office, tx: Tx, row: Any, text: str) -> Said:
    return Said(row.received_at, text, _opened(office, tx, row, "reply_sealed"))


def _text(office: Office, tx: Tx, row: Any) -> str | None:
    """The words, masked; of a picture or recording its kind; None where they are in the box."""
    body = _opened(office, tx, row, "body_sealed", masked=False)
    if body is None:
        return None
    said = from_json(body)
    return office.reader.mask(said.text) if said.text else office.say("console.inbox.thing")


def _opened(office: Office, tx: Tx, row: Any, column: str, *, masked: bool = True) -> str | None:
    """With the common vault alone: what is of the sealed box stays there."""
    try:
        text = columns.text(tx.vault, "inbound", column, row)
    except InvalidTag:
        return None
    return office.reader.mask(text) if text and masked else text
