"""Seals a backup as a stream: AES-256-GCM in chunks, each with its number, the last one marked.

A chunk that is changed, moved, left out or put in does not open, and a stream without its last chunk is no whole one.
The file begins with MAGIC and a salt; its key is derived from BACKUP_KEY and the salt (HKDF-SHA256), so that no two
files share a key and chunk numbers serve as nonces.
"""

import os
from typing import BinaryIO

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

MAGIC = b"WUTONG-BACKUP-1\n"
SALT, CHUNK, TAG = 16, 1 << 20, 16  # bytes
INFO = b"wutong: a backup"


class SealedWriter:
    """Written to like a file; `close` writes the last chunk, without which the file is refused."""

    def __init__(self, file: BinaryIO, key: bytes) -> None:
        self._file, self._number, self._waiting = file, 0, bytearray()
        self._head = MAGIC + os.urandom(SALT)
        self._cipher = cipher_of(key, self._head)
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
        sealed = self._cipher.encrypt(nonce_of(self._number, last), content, self._head)
        self._file.write(len(sealed).to_bytes(4, "big") + sealed)
        self._number += 1


def cipher_of(key: bytes, head: bytes) -> AESGCM:
    salt = head[len(MAGIC) :]
    return AESGCM(HKDF(algorithm=hashes.SHA256(), length=32, salt=salt, info=INFO).derive(key))


def nonce_of(number: int, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])
