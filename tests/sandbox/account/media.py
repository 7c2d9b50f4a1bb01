"""Temporary media of users and of the account: pictures, voices and videos, kept for three days."""

import secrets
import struct
import zlib
from dataclasses import dataclass

from tests.sandbox.account.errors import PlatformError
from tests.sandbox.clock import Clock

KEPT_SECONDS = 3 * 24 * 3600
MIB = 1024 * 1024
LIMITS = {"image": 10 * MIB, "voice": 2 * MIB, "video": 10 * MIB, "thumb": 64 * 1024}
SUFFIXES = {
    "image": ("png", "jpg", "jpeg", "gif"), "voice": ("amr", "mp3", "speex"), "video": ("mp4",), "thumb": ("jpg", "jpeg"),
}  # fmt: skip
SAMPLE_VOICE = b"#!AMR\n" + b"\x04" * 32
SAMPLE_VIDEO = b"\x00\x00\x00\x18ftypmp42" + b"\x00" * 16


@dataclass(frozen=True, slots=True)
class Medium:
    """A stored file; `created` in Unix seconds."""

    id: str
    type: str
    name: str
    mime: str
    content: bytes
    created: float


class MediaStore:
    """Files by media_id."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._files: dict[str, Medium] = {}

    def upload(self, kind: str, name: str, mime: str, content: bytes) -> Medium:
        """Store a file of the account. PlatformError 40004 for a wrong type, 45001 for its size."""
        if kind not in LIMITS or name.rsplit(".", 1)[-1].lower() not in SUFFIXES[kind]:
            raise PlatformError(40004)
        if len(content) > LIMITS[kind]:
            raise PlatformError(45001)
        return self.keep(kind, name, mime, content)

    def keep(self, kind: str, name: str, mime: str, content: bytes) -> Medium:
        medium = Medium(secrets.token_urlsafe(48), kind, name, mime, content, self._clock.now())
        self._files[medium.id] = medium
        return medium

    def get(self, media_id: str) -> Medium:
        """The file. PlatformError 40007 for an unknown or expired one."""
        medium = self._files.get(media_id)
        if medium is None or self._clock.now() - medium.created > KEPT_SECONDS:
            raise PlatformError(40007)
        return medium


def sample_picture(width: int = 240, height: int = 160) -> bytes:
    """A small PNG of a lamp in a stairwell, for tests with pictures."""
    rows = b"".join(b"\x00" + b"".join(_pixel(x / width, y / height) for x in range(width)) for y in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body)) for name, body in chunks
    )


def _pixel(x: float, y: float) -> bytes:
    glow = max(0.0, 1 - ((x - 0.5) ** 2 * 5 + (y - 0.22) ** 2 * 9))
    if y > 0.78:
        return bytes((int(96 + 60 * glow), int(92 + 50 * glow), int(88 + 30 * glow)))
    if (x - 0.5) ** 2 * 2.2 + (y - 0.22) ** 2 < 0.006:
        return bytes((255, 244, 200))
    return bytes((int(70 + 150 * glow), int(84 + 120 * glow), int(98 + 60 * glow)))
