"""Reads a sealed backup as a stream."""

from collections.abc import Sequence
from typing import BinaryIO

from cryptography.exceptions import InvalidTag

from bot.services.backup.errors import BadBackup
from bot.services.backup.sealing import CHUNK, MAGIC, SALT, TAG, cipher_of, nonce_of


class SealedReader:
    """Read like a file. BadBackup where no key opens it, or it was changed or cut off."""

    def __init__(self, file: BinaryIO, keys: Sequence[bytes]) -> None:
        self._file, self._number, self._open, self._ended = file, 0, bytearray(), False
        self._head = file.read(len(MAGIC) + SALT)
        if not self._head.startswith(MAGIC):
            raise BadBackup("it is no backup of this service")
        self._ciphers = [cipher_of(key, self._head) for key in keys]

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
                    content = cipher.decrypt(nonce_of(self._number, last), sealed, self._head)
                except InvalidTag:
                    continue
                self._ended, self._ciphers = last, [cipher]
                self._number += 1
                if last and self._file.read(1):
                    raise BadBackup("something follows its end")
                return content
        raise BadBackup("BACKUP_KEY does not open it" if not self._number else "it was changed")
