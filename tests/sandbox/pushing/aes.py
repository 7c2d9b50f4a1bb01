"""Message encryption as the platform specifies it, written independently of the service's own so that tests find its faults."""

import base64
import hashlib
import secrets
import struct

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

BLOCK = 32


def sign(*parts: str) -> str:
    """SHA-1 over the sorted parts: token, timestamp, nonce and, where there is one, the Encrypt text."""
    return hashlib.sha1("".join(sorted(parts)).encode()).hexdigest()


def encrypt(aes_key: str, app_id: str, message: bytes, random: bytes | None = None) -> str:
    """The Encrypt text: 16 random bytes, the length, the message, the app id; padded to 32; CBC; base64."""
    frame = (random or secrets.token_bytes(16)) + struct.pack(">I", len(message)) + message + app_id.encode()
    pad = BLOCK - len(frame) % BLOCK
    encryptor = _cipher(aes_key).encryptor()
    return base64.b64encode(encryptor.update(frame + bytes([pad]) * pad) + encryptor.finalize()).decode()


def decrypt(aes_key: str, app_id: str, secret: str) -> bytes:
    """The message inside. ValueError when base64, padding, length or app id are wrong."""
    try:
        sealed = base64.b64decode(secret, validate=True)
    except ValueError as error:
        raise ValueError("Encrypt is not base64") from error
    decryptor = _cipher(aes_key).decryptor()
    frame = decryptor.update(sealed) + decryptor.finalize()
    pad = frame[-1] if frame else 0
    if not 1 <= pad <= BLOCK or frame[-pad:] != bytes([pad]) * pad or len(frame) < 20 + pad:
        raise ValueError("Encrypt is wrongly padded")
    (length,) = struct.unpack(">I", frame[16:20])
    message, owner = frame[20 : 20 + length], frame[20 + length : -pad]
    if owner != app_id.encode():
        raise ValueError("Encrypt is for another app id")
    return message


def _cipher(aes_key: str) -> Cipher[modes.CBC]:
    key = base64.b64decode(aes_key + "=")
    return Cipher(algorithms.AES(key), modes.CBC(key[:16]))
