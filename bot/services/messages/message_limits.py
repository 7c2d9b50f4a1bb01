"""How many messages one person may send in a minute, counted in the person's own row."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from bot.messages import PAGE, Inbound
from bot.services.office import Office
from bot.services.reading import typed_text
from bot.store import inbound as store
from bot.store.conversations import Conversation
from bot.store.database import Tx
from bot.store.persons import people
from bot.understanding import Speaker

MINUTE = timedelta(minutes=1)
ROSTER_TIMES = 3  # people of the roster may send so many times as many
COUNTED = frozenset({"text", "other", PAGE})
WITH_WORDS = frozenset({"voice", "link"})  # where they carry words; pictures and places come as several messages


@dataclass(frozen=True, slots=True)
class Counted:
    """`values` go into the person's row. `is_over`: the message is not taken; `is_told`: and a sentence says so."""

    values: Mapping[str, Any] = field(default_factory=dict)
    is_over: bool = False
    is_told: bool = False


def _is_counted(inbound: Inbound) -> bool:
    """A click is no text, and a voice that was not recognised is none."""
    return inbound.kind in COUNTED or (inbound.kind in WITH_WORDS and bool(inbound.text))


def first(inbound: Inbound, now: datetime) -> Mapping[str, Any]:
    """What goes into the row of a person whose first message this is."""
    return {"said_from": now, "said_count": 1} if _is_counted(inbound) else {}


def count(office: Office, inbound: Inbound, talk: Conversation, asked: str | None, now: datetime) -> Counted:
    """Count a message that is no repeat. The minute begins with its first message. A danger is never over the limit."""
    if not _is_counted(inbound):
        return Counted()
    since, number = talk.person.said_from, talk.person.said_count or 0
    if since is None or not since <= now < since + MINUTE:
        since, number = now, 0
    most = office.settings.messages_per_minute * (ROSTER_TIMES if talk.rights.roles else 1)
    values = {"said_from": since, "said_count": number + 1}
    if number < most:
        return Counted(values)
    meant = office.understand(inbound.words, Speaker(talk.rights.roles, asked))
    if typed_text.danger_in(office, meant) is not None:
        return Counted()
    return Counted(values, is_over=True, is_told=True) if number == most else Counted(is_over=True)


def refuse(office: Office, tx: Tx, inbound: Inbound, talk: Conversation, counted: Counted, now: datetime) -> str | None:
    """The message is not taken. The sentence that says so is kept without the words, for the message's repeats."""
    if not counted.is_told:
        store.spend(tx, inbound.key, inbound.signature, now)
        return None
    people.change(tx, talk.person.id, **counted.values)
    text = office.say("chat.too_many")
    store.add(tx, inbound.key, inbound.kind, talk.person.id, None, text, now, signature=inbound.signature)
    return text
