"""Somebody at a computer who signs in to the console, and what is on record of it."""

from dataclasses import dataclass
from typing import Any

import pyotp
import pytest
from sqlalchemy import func, select

from bot.errors import NotAllowed
from bot.services.accounts import enrolling, passwords, sessions, setting_up, setup_codes, signing_in
from bot.services.accounts.clients import Client
from bot.services.accounts.opening import Opened
from bot.services.accounts.sessions import Signed
from bot.services.office import Office
from bot.store.tables import audit, persons
from tests.talk import Talk

PASSWORD, OTHER = "梧桐树下好乘凉2026", "correct horse battery"
CLIENT, ELSEWHERE = Client("10.0.0.8", "Edge Windows"), Client("203.0.113.9", "Chrome Android")
REFUSED = "accounts.sign_in.refused"


@dataclass
class Desk:
    """`talk` brings the time, which moves a second with each try; `fits`: what compares a password with a hash."""

    talk: Talk
    fits: signing_in.Fits = passwords.fits

    @property
    def office(self) -> Office:
        return self.talk.office

    def id_of(self, name: str) -> int:
        with self.office.db.reading() as tx:
            return int(tx.value(select(func.min(persons.c.id)).where(persons.c.name == name)))

    def has_password(self, name: str, password: str = PASSWORD) -> None:
        code = setup_codes.issue_setup_code(self.office, self.id_of(name), None, self.talk.now)
        setting_up.set_password(self.office, code, password, self.talk.now)

    def sign_in(self, who: str, password: str = PASSWORD, otp: str = "") -> Opened:
        self.talk.wait(seconds=1)
        return signing_in.sign_in(self.office, who, password, otp, CLIENT, self.talk.now, fits=self.fits)

    def is_refused(self, who: str, password: str = PASSWORD, otp: str = "") -> bool:
        """Whether signing in is refused, with the one sentence for all that may be wrong."""
        try:
            self.sign_in(who, password, otp)
        except NotAllowed as error:
            return (error.key, error.facts) == (REFUSED, {})
        return False

    def enrol(self, opened: Opened) -> pyotp.TOTP:
        """One-time passwords are set up in this session."""
        begun = enrolling.begin_totp(self.office, opened.session_id, self.talk.now)
        app = pyotp.TOTP(begun.secret)
        enrolling.confirm_totp(self.office, opened.session_id, app.at(self.talk.now), PASSWORD, self.talk.now)
        self.talk.wait(minutes=2)
        return app

    def current(self, opened: Opened) -> Signed | None:
        return sessions.current(self.office, opened.token, self.talk.now)

    def acts(self, prefix: str = "console.") -> list[tuple[str, str | None]]:
        """What is on record: act and detail."""
        with self.office.db.reading() as tx:
            rows = tx.all(select(audit).where(audit.c.act.startswith(prefix)).order_by(audit.c.id))
        return [(row.act, row.detail) for row in rows]

    def rows(self, table: Any) -> list[Any]:
        with self.office.db.reading() as tx:
            return list(tx.all(select(table)))


def refused(key: str) -> Any:
    """Expects a refusal with this key."""
    return pytest.raises(NotAllowed, match=f"^{key}$")
