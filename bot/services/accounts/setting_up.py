"""Passwords are set with a one-time code and changed with the old one; one-time passwords are set up with the password."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

import pyotp

from bot.errors import NotAllowed, NotFound
from bot.orders.rights import ADMIN
from bot.services.accounts import ending, passwords, totp
from bot.services.accounts.people import one
from bot.services.accounts.signing_in import compare, is_proven, record
from bot.services.office import Office
from bot.services.roster import CODE_LETTERS
from bot.services.roster.binding import plain_code
from bot.store import notices, people
from bot.store.console import accounts, codes, sessions
from bot.store.console.accounts import Account
from bot.store.console.codes import Code
from bot.store.database import Tx
from bot.store.records import audit
from bot.store.records.acts import Act
from bot.store.records.audit import Entry
from bot.store.rows import Person
from bot.store.sealed import columns

NEXT = (totp.NEXT, "totp_next_session_id")
"""Columns of a secret that no code has confirmed yet."""
CODE_LENGTH, CODE_LASTS = 12, timedelta(hours=24)  # 59 bits


@dataclass(frozen=True, slots=True)
class Enrolment:
    """What an app needs: as an address for a QR code, and the secret itself to type in."""

    uri: str
    secret: str


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


def begin_totp(office: Office, session_id: int, now: datetime) -> Enrolment:
    """A secret that counts once `confirm_totp` got a code of it; until then the same one each time for this session, and no
    other one is shown it: whoever read it in a stolen session must not know what the person confirms. NotAllowed where one is in
    use already: a new one needs a new code to set the password, so that a stolen session cannot replace it."""
    with office.db.transaction() as tx:
        person_id = _person_of(tx, session_id)
        account, name = accounts.locked(tx, person_id), people.by_id(tx, person_id).name or str(person_id)
        if account is not None and account.totp_sealed is not None:
            raise NotAllowed("accounts.totp.there")
        secret = _begun(tx, account, session_id)
        if secret is None:
            secret = pyotp.random_base32()
            sealed = accounts.seal(tx, person_id, totp.NEXT, secret)
            accounts.put(tx, person_id, now, totp_next_sealed=sealed, totp_next_session_id=session_id)
    issuer = office.say("accounts.totp.issuer")
    return Enrolment(pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=issuer), secret)


def _person_of(tx: Tx, session_id: int) -> int:
    session = sessions.by_id(tx, session_id)
    if session is None or session.ended_at is not None:
        raise NotAllowed("accounts.totp.none")
    return session.person_id


def _begun(tx: Tx, account: Account | None, session_id: int) -> str | None:
    """The secret that this session was shown; None where it was shown none, or another session another one since."""
    mine = account is not None and account.totp_next_session_id == session_id
    return accounts.secret(tx, account, totp.NEXT) if account is not None and mine else None


def confirm_totp(office: Office, session_id: int, code: str, password: str, now: datetime) -> None:
    """The first code of the new secret: it is required from now on, this session is good for everything, and the person's
    other sessions end. NotAllowed for a wrong code or password, and where this session began nothing."""
    with office.db.reading() as tx:
        session = sessions.by_id(tx, session_id)
        account = accounts.of(tx, session.person_id) if session is not None else None
        begun = _begun(tx, account, session_id)
    if session is None or begun is None:
        raise NotAllowed("accounts.totp.none")
    tried = compare(office, session.person_id, password)
    with office.db.transaction() as tx:
        proven = is_proven(tx, tried, session_id, now)
        if proven:
            _enrol(tx, session_id, code, now)
    if not proven:
        raise NotAllowed("accounts.proof.wrong")


def _enrol(tx: Tx, session_id: int, code: str, now: datetime) -> None:
    person_id = _person_of(tx, session_id)
    secret = _begun(tx, accounts.locked(tx, person_id), session_id)
    if secret is None:
        raise NotAllowed("accounts.totp.none")
    step = totp.step_of(secret, code, None, now)
    if step is None:
        raise NotAllowed("accounts.totp.wrong")
    sealed = accounts.seal(tx, person_id, totp.PRESENT, secret)
    nothing = dict.fromkeys(NEXT)
    accounts.put(tx, person_id, now, totp_sealed=sealed, totp_last_step=step, **nothing)
    sessions.enrolled(tx, session_id)
    ending.of_person(tx, person_id, now, audit.CONSOLE, "totp", by_id=person_id, but=session_id)
    audit.write(tx, now, Entry(Act.CONSOLE_TOTP, audit.CONSOLE, person_id, person_id))


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
