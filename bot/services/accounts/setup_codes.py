"""One-time codes with which somebody sets a password."""

import secrets
from datetime import datetime, timedelta

from bot.errors import NotAllowed, NotFound
from bot.orders.rights import ADMIN
from bot.services.accounts.people import one
from bot.services.office import Office
from bot.services.roster import CODE_LETTERS
from bot.store.console import codes
from bot.store.persons import people
from bot.store.records import audit
from bot.store.records.acts import Act
from bot.store.records.audit import Entry

CODE_LENGTH, CODE_LASTS = 12, timedelta(hours=24)  # 59 bits


def issue_setup_code(office: Office, person_id: int, by_id: int | None, now: datetime) -> str:
    """A code with which the person sets a new password, once and within a day; older ones are void. `by_id`: the
    administrator who issues it, None for the operator. NotAllowed for anybody else, NotFound for who is not on the roster."""
    code = "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))
    with office.db.transaction() as tx:
        if by_id is not None and not people.rights_of(tx, by_id).holds(ADMIN):
            raise NotAllowed("accounts.code.admins")
        if not people.rights_of(tx, person_id).held:
            raise NotFound("accounts.code.not_on_roster")
        codes.void(tx, person_id, codes.SETUP)
        index = codes.index(tx, codes.SETUP, code)
        codes.add(tx, codes.SETUP, now, now + CODE_LASTS, person_id=person_id, code_index=index)
        source = audit.CLI if by_id is None else audit.CONSOLE
        audit.write(tx, now, Entry(Act.CONSOLE_CODE, source, by_id, person_id))
    return code


def code_for(office: Office, who: str, now: datetime) -> str:
    """A code that the operator issues to the person of this name or telephone number. NotFound, NotAllowed: see `people.one`."""
    with office.db.reading() as tx:
        person_id = one(tx, who)
    return issue_setup_code(office, person_id, None, now)
