"""The chat's side of signing in: a code that somebody types, and yes or no to the question whose it is. It works in the
message's own transaction."""

from datetime import datetime

from bot.errors import NotAllowed, NotFound
from bot.services.accounts.by_chat import chat_rules
from bot.store.console import codes
from bot.store.console.codes import Code
from bot.store.database import Tx
from bot.store.records import audit
from bot.store.records.acts import Act
from bot.store.records.audit import Entry


def typed(tx: Tx, person_id: int, code: str, now: datetime) -> Code:
    """The code that the person typed, which is theirs to confirm from now on. NotFound for a wrong one, NotAllowed after too
    many, and for a new telephone that nobody has confirmed."""
    if chat_rules.missed_too_often(tx, person_id, now):
        raise NotAllowed("accounts.chat.blocked")
    if not chat_rules.may_confirm(tx, person_id):
        raise NotAllowed("accounts.chat.new_device")
    found = codes.valid(tx, codes.index(tx, codes.CHAT, code), now, asked=person_id, lock=True)
    if len(found) != 1:
        number = chat_rules.count_miss(tx, person_id, now)
        audit.write(tx, now, Entry(Act.CONSOLE_FAILED, audit.CHAT, person_id, detail=f"code {number}"))
        raise NotFound("accounts.chat.unknown")
    codes.change(tx, found[0].id, state=codes.ASKED, person_id=person_id)
    return found[0]


def answered(tx: Tx, person_id: int, code_id: int, now: datetime, *, yes: bool) -> None:
    """The person says whether it is they who sign in. NotAllowed where its time is over."""
    code = codes.by_id(tx, code_id)
    if code is None or code.person_id != person_id or code.state != codes.ASKED or code.expires_at <= now:
        raise NotAllowed("accounts.chat.expired")
    if yes:
        codes.change(tx, code_id, state=codes.CONFIRMED, expires_at=now + chat_rules.LASTS)
        return
    codes.change(tx, code_id, state=codes.REFUSED, used_at=now)
    audit.write(tx, now, Entry(Act.CONSOLE_REFUSED, audit.CHAT, person_id, person_id))
