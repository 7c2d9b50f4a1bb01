"""Passwords are set with a one-time code and changed with the old one."""

from datetime import datetime

from bot.errors import NotAllowed
from bot.orders.rights import ADMIN
from bot.services.accounts import ending, passwords, totp
from bot.services.accounts.enrolling import NEXT
from bot.services.accounts.signing_in import compare, is_proven, record
from bot.services.office import Office
from bot.services.roster.binding import plain_code
from bot.store.console import accounts, codes
from bot.store.console.codes import Code
from bot.store.database import Tx
from bot.store.persons import people
from bot.store.records import audit
from bot.store.records.acts import Act
from bot.store.records.audit import Entry
from bot.store.rows import Person
from bot.store.sealed import columns
from bot.store.sending import notices


def set_password(office: Office, code: str, password: str, now: datetime) -> None:
    """The code's person has this password from now on, no one-time passwords, no lock and no session. NotAllowed for a code
    that is unknown, used or over; NotUnderstood for a password that breaks a rule, and then the code is not used up."""
    with office.db.reading() as tx:
        known = _valid(tx, code, now)
        person = people.by_id(tx, known.person_id) if known is not None and known.person_id is not None else None
        if person is not None:
            passwords.check(office.texts, password, *_own(tx, person))
    new = passwords.hashed(password) if person is not None else ""
    with office.db.transaction() as tx:
        known = _valid(tx, code, now, lock=True)
        done = person is not None and known is not None
        if person is None or known is None:
            record(tx, None, "setup code", now)
        else:
            before = accounts.of(tx, person.id)
            _set(tx, known.id, person.id, new, now)
            _tell(office, tx, person, now, again=before is not None and before.password_hash is not None)
    if not done:
        raise NotAllowed("accounts.code.unknown")


def _tell(office: Office, tx: Tx, person: Person, now: datetime, *, again: bool) -> None:
    """Whose password was set hears of it: whoever issues a code could use it. Where it was set `again`, the administrators
    hear of it too, and the sentence warns."""
    told = sorted({person.id, *people.with_role(tx, (ADMIN,))}) if again else [person.id]
    facts = {"code": "", "title": "", "name": person.name or "", "duty": office.phones["duty"]}
    event = "password_set" if again else "password_first"
    notices.write(tx, told, event, now=now, facts=facts, once=f"password:{person.id}:{now.isoformat()}")


def _set(tx: Tx, code_id: int, person_id: int, new: str, now: datetime) -> None:
    codes.change(tx, code_id, state=codes.USED, used_at=now)
    nothing = dict.fromkeys((totp.PRESENT, *NEXT, "totp_last_step", "locked_until"))
    accounts.put(tx, person_id, now, **nothing, password_hash=new, failures=0, changed_at=now)
    ending.of_person(tx, person_id, now, audit.CONSOLE, "password", by_id=person_id)
    audit.write(tx, now, Entry(Act.CONSOLE_PASSWORD, audit.CONSOLE, person_id, person_id, detail="by code"))


def change_password(
    office: Office, person_id: int, old: str, new: str, now: datetime, keep_session_id: int, otp: str = ""
) -> None:
    """The person has the new password from now on; all sessions but that one end. NotUnderstood for a password that breaks
    a rule; NotAllowed for a wrong old one or one-time password, which counts as a failure to sign in, and while the account is
    locked; whoever has none sets one with a code."""
    with office.db.reading() as tx:
        own = _own(tx, people.by_id(tx, person_id))
    passwords.check(office.texts, new, *own)
    tried, hashed = compare(office, person_id, old, otp), passwords.hashed(new)
    with office.db.transaction() as tx:
        done = tried.known is not None and is_proven(tx, tried, keep_session_id, now)
        if done:
            _change(tx, person_id, hashed, now, keep_session_id)
    if not done:
        raise NotAllowed("accounts.password.wrong_old")


def _change(tx: Tx, person_id: int, hashed: str, now: datetime, keep_session_id: int) -> None:
    values = {"password_hash": hashed, "changed_at": now, "failures": 0, **dict.fromkeys(NEXT)}
    accounts.put(tx, person_id, now, **values)
    codes.void(tx, person_id, codes.SETUP)
    ending.of_person(tx, person_id, now, audit.CONSOLE, "password", by_id=person_id, but=keep_session_id)
    audit.write(tx, now, Entry(Act.CONSOLE_PASSWORD, audit.CONSOLE, person_id, person_id))


def _valid(tx: Tx, code: str, now: datetime, *, lock: bool = False) -> Code | None:
    """The code that may be used now, of somebody on the roster."""
    index = codes.index(tx, codes.SETUP, plain_code(code[:64]))
    found = next(iter(codes.valid(tx, index, now, lock=lock)), None)
    if found is None or found.person_id is None or not people.rights_of(tx, found.person_id).held:
        return None
    return found


def _own(tx: Tx, person: Person) -> tuple[str | None, str | None]:
    """Name and telephone number."""
    return person.name, columns.text(tx, "persons", "phone_sealed", person)
