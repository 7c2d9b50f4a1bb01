"""Reads a message before the lock is held for which all writers queue."""

from datetime import datetime

from bot.dialogue.session import Session
from bot.messages import PARTS, Inbound
from bot.services.context.reader import telling_clause
from bot.services.messages import sessions
from bot.services.notices import outbox
from bot.services.office import Office
from bot.services.orders import duplicates
from bot.services.reading import typed_text
from bot.store import conversations
from bot.store.database import Tx
from bot.understanding import Speaker

FROM = 5  # characters; fewer are read in less time than it takes to look who speaks


def read(office: Office, inbound: Inbound, now: datetime, tx: Tx) -> None:
    """Read the words, and what they may be compared with: it is remembered when the lock is held."""
    if not inbound.speaks or len(inbound.text) < FROM:
        return
    talk = conversations.find(tx, inbound.openid, inbound.key, now, outbox.waiting_since(now))
    if isinstance(talk, conversations.Repeated):
        return
    session = sessions.at(talk, sessions.opened(office, talk)) if talk is not None else Session()
    sessions.expire(office, session, now)
    meant = office.understand(
        words(office, inbound), Speaker(talk.rights.roles if talk else frozenset(), session.asked)
    )
    typed_text.read_ahead(office, meant)
    if meant.intent == "request":
        telling_clause(office, meant)
    speaker_id, known = (talk.person.id, talk.person.community) if talk else (0, None)
    duplicates.read_ahead(office, tx, speaker_id, meant, meant.place.community or known, now)


def words(office: Office, inbound: Inbound) -> str:
    """What is read: the words, and for a thing without any its name."""
    if inbound.kind in PARTS and not inbound.text:
        return office.texts.say(f"part.{inbound.kind}", label="")
    return inbound.words
