"""Replies that a person keeps for the work."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.errors import NotAllowed, NotFound, NotUnderstood
from bot.services.console.acts import ACTIONS
from bot.services.console.seat import Seat
from bot.services.console.views import LONGEST_NAME, LONGEST_WORDS, MOST
from bot.services.office import Office
from bot.services.reading import typed_text
from bot.store.console import kept


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply with the command that it is for."""

    id: int
    name: str
    command: str
    words: str


def replies(office: Office) -> Sequence[Reply]:
    """All of the office."""
    with office.db.reading() as tx:
        return [Reply(row.id, row.name, row.command, row.words) for row in kept.replies(tx, MOST)]


def save_reply(office: Office, seat: Seat, name: str, command: str, words: str) -> None:
    """NotUnderstood where something lacks; what names a restricted matter is no reply for all."""
    if not name.strip() or not words.strip() or command not in ACTIONS:
        raise NotUnderstood("console.views.reply")
    if not seat.rights.decides:
        raise NotAllowed("refused.not_yours", code="")
    if typed_text.tells(office, name) or typed_text.tells(office, words):
        raise NotUnderstood("console.views.restricted")
    with office.db.transaction() as tx:
        if len(kept.replies(tx, MOST)) >= MOST:
            raise NotAllowed("console.views.many", most=MOST)
        kept.add_reply(tx, seat.person_id, name.strip()[:LONGEST_NAME], command, words.strip()[:LONGEST_WORDS])


def drop_reply(office: Office, seat: Seat, number: int) -> None:
    """Any of the office's staff may."""
    with office.db.transaction() as tx:
        if not seat.rights.decides or not kept.drop_reply(tx, number):
            raise NotFound("console.views.none")
