"""Web sign-in: codes, user tokens and refresh tokens."""

import secrets
from dataclasses import dataclass, field

from tests.sandbox.account.errors import PlatformError
from tests.sandbox.clock import Clock

CODE_SECONDS, TOKEN_SECONDS, REFRESH_SECONDS = 300, 7200, 30 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Login:
    """Who signed in, with which scope. `snapshot`: a virtual openid that must never be bound."""

    openid: str
    scope: str
    snapshot: bool
    until: float


@dataclass(slots=True)
class Logins:
    """Logins by code, token and refresh token."""

    clock: Clock
    _codes: dict[str, Login] = field(default_factory=dict)
    _used: set[str] = field(default_factory=set)
    _tokens: dict[str, Login] = field(default_factory=dict)
    _refresh: dict[str, Login] = field(default_factory=dict)

    def grant(self, openid: str, scope: str, snapshot: bool) -> str:
        """A code for the redirect, valid once and for five minutes."""
        code = secrets.token_hex(16)
        self._codes[code] = Login(openid, scope, snapshot, self.clock.now() + CODE_SECONDS)
        return code

    def redeem(self, code: str) -> tuple[Login, str, str]:
        """(login, token, refresh token). PlatformError 40163 for a used code, 40029 for an unknown or expired one."""
        if code in self._used:
            raise PlatformError(40163)
        login = self._codes.pop(code, None)
        if login is None or login.until <= self.clock.now():
            raise PlatformError(40029)
        self._used.add(code)
        return login, *self._issue(login)

    def refresh(self, token: str) -> tuple[Login, str]:
        login = self._refresh.get(token)
        if login is None or login.until <= self.clock.now():
            raise PlatformError(40030)
        return login, self._issue(login)[0]

    def holder(self, token: str, openid: str) -> Login:
        """Who a user token stands for. PlatformError 40001, 42001, or 40003 for another's openid."""
        login = self._tokens.get(token)
        if login is None:
            raise PlatformError(40001)
        if login.until <= self.clock.now():
            raise PlatformError(42001)
        if login.openid != openid:
            raise PlatformError(40003)
        return login

    def _issue(self, login: Login) -> tuple[str, str]:
        token, refresh, now = secrets.token_urlsafe(64), secrets.token_urlsafe(64), self.clock.now()
        self._tokens[token] = Login(login.openid, login.scope, login.snapshot, now + TOKEN_SECONDS)
        self._refresh[refresh] = Login(login.openid, login.scope, login.snapshot, now + REFRESH_SECONDS)
        return token, refresh
