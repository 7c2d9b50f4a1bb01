"""Encrypts texts and files at rest: one vault for contact data, one with keys of its own for the sealed box."""

import hashlib
import hmac
import os
import time
from collections.abc import Callable, Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

NONCE = 12  # bytes, before the encrypted text
BOUND = b"wt2:"  # begins a value that is bound to its row; then follow TAG bytes of the identity's digest
TAG = 12
BOX = b"wutong: the sealed box of restricted matters"


class Vault:
    """AES-256-GCM: encrypts with the first key, decrypts with any of the keys. Keys are 32 bytes, newest first.

    `stored_index_key` reads the installation's own index key, which survives a change of keys; None where there is none
    yet. Then digests are made as older versions made them, with a key that follows from the oldest of `keys`.
    """

    def __init__(self, keys: Sequence[bytes], stored_index_key: Callable[[], bytes | None] = lambda: None) -> None:
        self._ciphers = [AESGCM(key) for key in keys]
        self._stored_index_key = stored_index_key
        self._index_key: bytes | None = None
        self._look_again = 0.0
        self.former_index_key = hashlib.sha256(b"index" + keys[-1]).digest()

    def seal(self, text: str | None, of: bytes | None = None) -> bytes | None:
        """12 bytes nonce, then the encrypted UTF-8. None stays None. `of`: the identity of its row and column, to which
        it is bound (see `bot.store.sealed.identity`); a value without is bound by the next `db upgrade`."""
        return None if text is None else self.seal_bytes(text.encode(), of)

    def seal_bytes(self, content: bytes, of: bytes | None = None) -> bytes:
        """As `seal`, for bytes."""
        nonce = os.urandom(NONCE)
        if of is None:
            return nonce + self._ciphers[0].encrypt(nonce, content, None)
        head = _head(of)
        return head + nonce + self._ciphers[0].encrypt(nonce, content, head)

    def open(self, sealed: bytes | None, of: bytes | None = None) -> str | None:
        """The decrypted text; None stays None. InvalidTag where no key fits, or where it is bound to another row."""
        return None if sealed is None else self.open_bytes(sealed, of).decode()

    def open_bytes(self, sealed: bytes, of: bytes | None = None) -> bytes:
        """As `open`, of bytes."""
        for cipher in self._ciphers:
            content = _decrypted(cipher, sealed, of)
            if content is not None:
                return content
        raise InvalidTag

    def is_newest(self, sealed: bytes, of: bytes | None = None) -> bool:
        """Whether the first key decrypts it, and it is bound to `of` where that is given."""
        if of is not None and not sealed.startswith(_head(of)):
            return False
        return _decrypted(self._ciphers[0], sealed, of) is not None

    def index(self, value: str) -> str:
        """A keyed digest (HMAC-SHA256 in hexadecimal): equal values are found by it, none can be read from it."""
        return hmac.new(self.index_key, value.encode(), hashlib.sha256).hexdigest()

    @property
    def index_key(self) -> bytes:
        """The key of `index`; read once a process, and where there is none yet once a second."""
        if self._index_key is None and time.monotonic() >= self._look_again:
            self._index_key, self._look_again = self._stored_index_key(), time.monotonic() + 1
        return self._index_key or self.former_index_key

    def forget_index_key(self) -> None:
        """The database is another one now."""
        self._index_key, self._look_again = None, 0.0

    def use_index_key(self, stored: Callable[[], bytes | None]) -> None:
        """From now on the index key is read in this way."""
        self._stored_index_key, self._index_key, self._look_again = stored, None, 0.0


def _head(of: bytes) -> bytes:
    return BOUND + hashlib.sha256(of).digest()[:TAG]


def _decrypted(cipher: AESGCM, sealed: bytes, of: bytes | None) -> bytes | None:
    """The content; None where the key does not fit or it is of another row. Older values are bound to none."""
    if sealed.startswith(BOUND):
        start = len(BOUND) + TAG
        head, nonce, body = sealed[:start], sealed[start : start + NONCE], sealed[start + NONCE :]
        if of is not None and head != _head(of):
            return None
        try:
            return cipher.decrypt(nonce, body, head)
        except (InvalidTag, ValueError):  # a value without identity whose nonce looks like one
            pass
    try:
        return cipher.decrypt(sealed[:NONCE], sealed[NONCE:], None)
    except (InvalidTag, ValueError):
        return None


def box(box_keys: Sequence[bytes], data_keys: Sequence[bytes]) -> Vault:
    """The vault of the sealed box.

    Its keys are `box_keys`, then keys derived from the data keys (HKDF-SHA256): these serve where the office set none,
    and open what was encrypted before it set one.
    """
    return Vault([*box_keys, *(_derived(key) for key in data_keys)])


def _derived(key: bytes) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=BOX).derive(key)


def open_with_either(vault: Vault, other: Vault, sealed: bytes | None, of: bytes | None = None) -> str | None:
    """The text, decrypted by whichever vault encrypted it; None stays None. InvalidTag where neither did."""
    return None if sealed is None else open_bytes_with_either(vault, other, sealed, of).decode()


def open_bytes_with_either(vault: Vault, other: Vault, sealed: bytes, of: bytes | None = None) -> bytes:
    """As `open_with_either`, of bytes."""
    try:
        return vault.open_bytes(sealed, of)
    except InvalidTag:
        return other.open_bytes(sealed, of)
