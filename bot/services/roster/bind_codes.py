"""Codes that bind a person of the roster to an account, and the end of it: leaving, and a new device."""

from datetime import datetime

from bot.errors import NotFound
from bot.services.office import Office
from bot.services.roster import changes
from bot.services.roster.changes import CODE_LENGTH, OPERATOR
from bot.services.roster.changes import CODE_LETTERS as CODE_LETTERS
from bot.services.roster.rows import BadRoster as BadRoster
from bot.services.roster.rows import plain_phone
from bot.store.database import Tx
from bot.store.persons import roster as store


def issue_code(office: Office, phone: str, now: datetime) -> str:
    """A new code for somebody on the roster; older ones of that person are void. NotFound without such a person."""
    with office.db.transaction() as tx:
        person = _of_phone(tx, phone)
        return changes.issue_codes(office, tx, [person], now, OPERATOR)[person]


def leave(office: Office, phone: str, now: datetime) -> None:
    """The person loses all roles at once, and orders in hand go back to staff. NotFound without such a person."""
    with office.db.transaction() as tx:
        changes.take_away(office, tx, _of_phone(tx, phone), now, OPERATOR)


def confirm_device(office: Office, phone: str, now: datetime) -> None:
    """The operator vouches for the new device of somebody. NotFound where that person waits for nothing."""
    with office.db.transaction() as tx:
        if not changes.confirm_device(tx, _of_phone(tx, phone), now, OPERATOR):
            raise NotFound("roster.bad.no_such_phone")


def _of_phone(tx: Tx, phone: str) -> int:
    person = store.by_phone(tx, tx.vault.index(plain_phone(phone)))
    if person is None:
        raise NotFound("roster.bad.no_such_phone")
    return int(person.id)


def is_code(text: str) -> bool:
    """Whether this looks like a bind code."""
    code = text.upper()
    return len(code) == CODE_LENGTH and all(letter in CODE_LETTERS for letter in code)
