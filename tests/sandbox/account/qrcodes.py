"""The account's QR codes with a scene."""

import io
import secrets
from dataclasses import dataclass, field
from typing import Any

import segno

from tests.sandbox.account.errors import PlatformError
from tests.sandbox.clock import Clock

LONGEST_LIFE, DEFAULT_LIFE = 2_592_000, 60
PERMANENT_MOST, SCENE_LONGEST = 100_000, 64
FOR_EVER = float("inf")


@dataclass(frozen=True, slots=True)
class QrCode:
    """One code; `until` is infinite for permanent ones."""

    ticket: str
    scene: str
    url: str
    until: float


@dataclass(slots=True)
class QrCodes:
    """Codes by ticket."""

    clock: Clock
    _all: dict[str, QrCode] = field(default_factory=dict)

    def create(self, body: dict[str, Any]) -> tuple[QrCode, int | None]:
        """(code, its life in seconds or None for a permanent one). PlatformError 40053 for a wrong scene."""
        action = str(body.get("action_name"))
        scene = self._scene(action, ((body.get("action_info") or {}).get("scene")) or {})
        life = min(int(body.get("expire_seconds") or DEFAULT_LIFE), LONGEST_LIFE)
        permanent = "LIMIT" in action
        until = FOR_EVER if permanent else self.clock.now() + life
        code = QrCode(secrets.token_urlsafe(72), scene, f"http://weixin.qq.com/q/{secrets.token_urlsafe(12)}", until)
        self._all[code.ticket] = code
        return code, None if permanent else life

    def get(self, ticket: str) -> QrCode | None:
        """The code of this ticket; None for an unknown or expired one."""
        code = self._all.get(ticket)
        return code if code is not None and code.until > self.clock.now() else None

    def ticket_of(self, scene: str) -> str:
        """The newest ticket of this scene; a random one where the service created none."""
        codes = [code.ticket for code in self._all.values() if code.scene == scene]
        return codes[-1] if codes else secrets.token_urlsafe(72)

    @staticmethod
    def _scene(action: str, scene: dict[str, Any]) -> str:
        if action in ("QR_SCENE", "QR_LIMIT_SCENE"):
            number = scene.get("scene_id")
            most = PERMANENT_MOST if "LIMIT" in action else 2**32 - 1
            if isinstance(number, int) and 1 <= number <= most:
                return str(number)
        elif action in ("QR_STR_SCENE", "QR_LIMIT_STR_SCENE"):
            words = scene.get("scene_str")
            if isinstance(words, str) and 1 <= len(words) <= SCENE_LONGEST:
                return words
        raise PlatformError(40053)


def picture(code: QrCode) -> bytes:
    """The code as PNG."""
    out = io.BytesIO()
    segno.make(code.url, error="m").save(out, kind="png", scale=8, border=4)
    return out.getvalue()
