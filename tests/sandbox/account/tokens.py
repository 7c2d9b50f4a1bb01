"""Access tokens of /token and /stable_token, which do not invalidate each other, with their overlaps and limits."""

import secrets
from dataclasses import dataclass, field

from tests.sandbox.account.errors import PlatformError
from tests.sandbox.clock import Clock

LIFE, OVERLAP = 7200, 300
FORCED_PER_DAY, FORCED_APART = 20, 30


@dataclass(slots=True)
class _Line:
    """The current token of one of the two APIs; `expires` in Unix seconds."""

    token: str = ""
    expires: float = 0.0


@dataclass(slots=True)
class _Forced:
    day: str = ""
    count: int = 0
    last: float = float("-inf")


@dataclass(slots=True)
class Tokens:
    """All tokens, and until when each is valid."""

    clock: Clock
    _plain: _Line = field(default_factory=_Line)
    _stable: _Line = field(default_factory=_Line)
    _forced: _Forced = field(default_factory=_Forced)
    _good_until: dict[str, float] = field(default_factory=dict)
    _killed: set[str] = field(default_factory=set)

    def plain(self) -> tuple[str, int]:
        """(a new token, its life in seconds); the previous one stays valid for five minutes."""
        now = self.clock.now()
        self._shorten(self._plain.token, now + OVERLAP)
        self._plain = self._issue(now)
        return self._plain.token, LIFE

    def stable(self, force: bool) -> tuple[str, int]:
        """(token, remaining life in seconds): the same token until five minutes before its end, then a new one while both are valid."""
        now = self.clock.now()
        if force and self._may_force(now):
            self._kill(self._stable.token)
            self._stable = self._issue(now)
        elif self._stable.expires - now <= OVERLAP:
            self._stable = self._issue(now)
        return self._stable.token, int(self._stable.expires - now)

    def check(self, token: str) -> None:
        """PlatformError 41001 for no token, 40001 for an unknown one, 42001 for an expired one."""
        if not token:
            raise PlatformError(41001)
        until = self._good_until.get(token)
        if until is None or token in self._killed:
            raise PlatformError(40001)
        if self.clock.now() >= until:
            raise PlatformError(42001)

    def expire_all(self) -> None:
        """Every token expires now."""
        for token in self._good_until:
            self._good_until[token] = 0.0
        self._plain, self._stable = _Line(), _Line()

    def _issue(self, now: float) -> _Line:
        token = f"{secrets.randbelow(90) + 10}_{secrets.token_urlsafe(96)}"
        self._good_until[token] = now + LIFE
        return _Line(token, now + LIFE)

    def _may_force(self, now: float) -> bool:
        forced = self._forced
        if forced.day != self.clock.day():
            forced.day, forced.count = self.clock.day(), 0
        if forced.count >= FORCED_PER_DAY or now - forced.last < FORCED_APART:
            return False
        forced.count, forced.last = forced.count + 1, now
        return True

    def _shorten(self, token: str, until: float) -> None:
        if token:
            self._good_until[token] = min(self._good_until[token], until)

    def _kill(self, token: str) -> None:
        if token:
            self._killed.add(token)
