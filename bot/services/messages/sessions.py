"""A person's place in the conversation as it is stored: its facts are sealed in the box, whatever the talk is about."""

import json
from datetime import datetime, timedelta

from bot.dialogue.session import Session
from bot.orders.restricted import is_restricted_lane
from bot.services.office import Office
from bot.store.conversations import Conversation
from bot.store.database import Tx
from bot.store.persons import people
from bot.store.sealed import identity


def opened(office: Office, talk: Conversation) -> str:
    """The stored facts of the session, for `at`."""
    return office.db.open(talk.session.data_sealed, _of(talk.person.id), boxed=True) or "{}"


def at(talk: Conversation, facts: str) -> Session:
    """The session with these facts, a new one each time."""
    row = talk.session
    return Session(row.asked, row.asked_at, row.order_id, row.order_at, json.loads(facts))


def expire(office: Office, session: Session, now: datetime) -> None:
    """Forget what was asked or talked about too long ago."""
    limits = office.limits
    session.expire(now, timedelta(minutes=limits.question_minutes), timedelta(minutes=limits.belongs_minutes))


def save(tx: Tx, person_id: int, session: Session, *, known: bool) -> None:
    """Write it down; `known`: the person has a session already."""
    values = {
        "asked": session.asked, "asked_at": session.asked_at, "order_id": session.order_id, "order_at": session.order_at,
        "data_sealed": tx.seal_facts(session.data, boxed=True, of=_of(person_id)) if session.data else None,
    }  # fmt: skip
    people.save_session(tx, person_id, known, values)


def is_boxed(talk: Conversation, session: Session) -> bool:
    """Whether the conversation is about a restricted matter, or the rest of a long reply is of one."""
    of_rest = bool(session.data.get("rest") and session.data.get("rest_boxed"))
    return of_rest or (session.order_id is not None and is_restricted_lane(talk.order_lane))


def _of(person_id: int) -> bytes:
    return identity.of("sessions", "data_sealed", person_id)
