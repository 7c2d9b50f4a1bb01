"""An open alarm of the person who looks: what to do, whom to call, and the answers to what was asked."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.dialogue.session import Session
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
NO_MESSAGE = ""  # the key of no message


@dataclass(frozen=True, slots=True)
class Alarm:
    """`numbers`: of the advice, in its order. `answers`: in the words that the chat takes; none where nothing is asked."""

    advice: str
    numbers: Sequence[str]
    answers: Sequence[str]


def at_hand(office: Office, signed: Signed, now: datetime) -> Alarm | None:
    """The alarm that the talk is about; None where it is about anything else."""
    with office.db.reading() as tx:
        session = _session(office, tx, signed.openid, now)
        if session.order_id is None or not session.is_alarmed:
            return None
        order = orders.by_id(tx, session.order_id)
        return _alarm(office, tx, order, session) if order.urgency == "U0" else None


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
    """None of a restricted matter, of which nobody beside its resident may see anything on the screen."""
    if order.state == State.CLOSED or is_restricted(order):
        return None
    role = office.understand(shown.said(tx, order)).danger_role
    advice = office.first_aid(order.danger, role)
    about = session.question.get("about") if session.is_alarmed and session.order_id == order.id else None
    answers = [office.say(f"safe.{about}.{answer}") for answer in ("yes", "no")] if about else []
    return Alarm(advice, list(dict.fromkeys(NUMBER.findall(advice))), answers)
