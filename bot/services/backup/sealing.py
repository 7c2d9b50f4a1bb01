"""Seals a backup as a stream: AES-256-GCM in chunks, each with its number, the last one marked.

A chunk that is changed, moved, left out or put in does not open, and a stream without its last chunk is no whole one.
The file begins with MAGIC and a salt; its key is derived from BACKUP_KEY and the salt (HKDF-SHA256), so that no two
files share a key and chunk numbers serve as nonces.
"""

import os
from collections.abc import Sequence
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bot.services.backup.errors import BadBackup

MAGIC = b"WUTONG-BACKUP-1\n"
SALT, CHUNK, TAG = 16, 1 << 20, 16  # bytes
INFO = b"wutong: a backup"


class SealedWriter:
    """Written to like a file; `close` writes the last chunk, without which the file is refused."""

    def __init__(self, file: BinaryIO, key: bytes) -> None:
        self._file, self._number, self._waiting = file, 0, bytearray()
        self._head = MAGIC + os.urandom(SALT)
        self._cipher = _cipher(key, self._head)
        file.write(self._head)

    def write(self, content: bytes) -> int:
        """Seal whatever fills a chunk."""
        self._waiting += content
        while len(self._waiting) > CHUNK:
            self._seal(bytes(self._waiting[:CHUNK]), last=False)
            del self._waiting[:CHUNK]
        return len(content)

    def close(self) -> None:
        self._seal(bytes(self._waiting), last=True)

    def _seal(self, content: bytes, *, last: bool) -> None:
        sealed = self._cipher.encrypt(_nonce(self._number, last), content, self._head)
        self._file.write(len(sealed).to_bytes(4, "big") + sealed)
        self._number += 1


class SealedReader:
    """Read like a file. BadBackup where no key opens it, or it was changed or cut off."""

    def __init__(self, file: BinaryIO, keys: Sequence[bytes]) -> None:
        self._file, self._number, self._open, self._ended = file, 0, bytearray(), False
        self._head = file.read(len(MAGIC) + SALT)
        if not self._head.startswith(MAGIC):
            raise BadBackup("it is no backup of this service")
        self._ciphers = [_cipher(key, self._head) for key in keys]

    def read(self, size: int = -1) -> bytes:
        """`size` bytes, fewer at the end; all that is left where `size` is negative."""
        while not self._ended and (size < 0 or len(self._open) < size):
            self._open += self._next()
        found = bytes(self._open if size < 0 else self._open[:size])
        del self._open[: len(found)]
        return found

    def _next(self) -> bytes:
        length = int.from_bytes(self._file.read(4), "big")
        sealed = self._file.read(length) if TAG <= length <= CHUNK + TAG else b""
        if not sealed or len(sealed) < length:
            raise BadBackup("it is cut off or damaged")
        for last in (False, True):
            for cipher in self._ciphers:
                try:
                    content = cipher.decrypt(_nonce(self._number, last), sealed, self._head)
                except InvalidTag:
                    continue
                self._ended, self._ciphers = last, [cipher]
                self._number += 1
                if last and self._file.read(1):
                    raise BadBackup("something follows its end")
                return content
        raise BadBackup("BACKUP_KEY does not open it" if not self._number else "it was changed")


def _cipher(key: bytes, head: bytes) -> AESGCM:
    salt = head[len(MAGIC) :]
    return AESGCM(HKDF(algorithm=hashes.SHA256(), length=32, salt=salt, info=INFO).derive(key))


def _nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])
