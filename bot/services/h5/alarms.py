"""An open alarm of the person who looks: what to do, whom to call, and the answers to what was asked."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.dialogue.session import Session
from bot.orders import codes
from bot.orders.lifecycle import State
from bot.orders.order import Order
from bot.orders.restricted import is_restricted
from bot.services.h5.sessions import Signed
from bot.services.messages import sessions
from bot.services.notices import outbox
from bot.services.office import Office
from bot.services.orders import shown
from bot.store import conversations, orders
from bot.store.conversations import Conversation
from bot.store.database import Tx

NUMBER = re.compile(r"\d[\d-]{1,14}\d")  # of two digits are hours
CODE = re.compile(r"(?<!\d)\d{6,8}(?!\d)")  # perhaps of an order
NO_MESSAGE = ""  # the key of no message


@dataclass(frozen=True, slots=True)
class Alarm:
    """`numbers`: of the advice, in its order. `answers`: in the words that the chat takes; none where nothing is asked. `advice`: empty
    where the answer above it has told it."""

    advice: str
    numbers: Sequence[str]
    answers: Sequence[str]


def at_hand(office: Office, signed: Signed, said: str, now: datetime) -> Alarm | None:
    """The alarm that the talk is about, beside the answer `said` that is on the screen; None where it is about anything else. Of a restricted
    matter it holds no more than the answer does."""
    with office.db.reading() as tx:
        session = _session(office, tx, signed.openid, now)
        talks = session.order_id is not None and session.is_alarmed
        order = orders.by_id(tx, session.order_id) if session.order_id is not None and talks else _told_of(tx, said)
        if order is None or order.urgency != "U0" or order.person_id != signed.person_id:
            return None
        if is_restricted(order):
            return Alarm("", _numbers(said.replace(order.code, "")), _answers(office, session) if talks else [])
        return _alarm(office, tx, order, session) if talks else None


def _told_of(tx: Tx, said: str) -> Order | None:
    """The order that the answer names: who may not be seen while answering is asked nothing."""
    found = (orders.by_code(tx, code) for code in CODE.findall(said) if codes.is_valid(code))
    return next((order for order in found if order is not None), None)


def of_order(office: Office, signed: Signed, code: str, now: datetime) -> Alarm | None:
    """The alarm of this order of one's own, as long as it is open."""
    with office.db.reading() as tx:
        order = orders.by_code(tx, code)
        if order is None or order.person_id != signed.person_id or order.urgency != "U0":
            return None
        return _alarm(office, tx, order, _session(office, tx, signed.openid, now))


def _session(office: Office, tx: Tx, openid: str, now: datetime) -> Session:
    talk = conversations.find(tx, openid, NO_MESSAGE, now, outbox.waiting_since(now))
    if not isinstance(talk, Conversation):
        return Session()
    session = sessions.at(talk, sessions.opened(office, talk))
    sessions.expire(office, session, now)
    return session


def _alarm(office: Office, tx: Tx, order: Order, session: Session) -> Alarm | None:
    """None of a restricted matter: whoever looks at the screen later must see nothing of it."""
    if order.state == State.CLOSED or is_restricted(order):
        return None
    role = office.understand(shown.said(tx, order)).danger_role
    advice = office.first_aid(order.danger, role)
    asks = session.is_alarmed and session.order_id == order.id
    return Alarm(advice, _numbers(advice), _answers(office, session) if asks else [])


def _numbers(said: str) -> Sequence[str]:
    return list(dict.fromkeys(NUMBER.findall(said)))


def _answers(office: Office, session: Session) -> Sequence[str]:
    about = session.question.get("about")
    return [office.say(f"safe.{about}.{answer}") for answer in ("yes", "no")] if about else []
