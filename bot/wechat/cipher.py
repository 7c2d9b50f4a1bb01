"""wechatpy's message cipher with two changes: broken UTF-8 is replaced, and the padding is checked."""

import base64
import socket
import struct
from typing import Any

from wechatpy.crypto import PrpCrypto, WeChatCrypto
from wechatpy.exceptions import InvalidAppIdException, WeChatException

_RANDOM, _LENGTH, _BLOCK = 16, 4, 32  # bytes: prefix, length field, padding block of the platform's message format


class _TolerantCipher(PrpCrypto):  # type: ignore[misc]
    """Decrypts a message to text."""

    def decrypt(self, text: str, app_id: str) -> str:
        """The text; broken UTF-8 becomes U+FFFD. ValueError for wrong padding, InvalidAppIdException for another account."""
        plain: bytes = self.cipher.decrypt(base64.b64decode(text))
        padding = plain[-1]
        if not 1 <= padding <= _BLOCK or len(plain) < _RANDOM + _LENGTH + padding:
            raise ValueError("wrong padding")
        content = plain[_RANDOM:-padding]
        end = _LENGTH + socket.ntohl(struct.unpack("I", content[:_LENGTH])[0])
        if content[end:] != app_id.encode():
            raise InvalidAppIdException
        return content[_LENGTH:end].decode("utf-8", "replace")


class MessageCipher(WeChatCrypto):  # type: ignore[misc]
    """Encrypts as wechatpy does; decrypts with `_TolerantCipher`."""

    def decrypt_message(self, msg: Any, signature: str, timestamp: str, nonce: str) -> str:
        """The message as text. ValueError, or what parsers raise for garbage, where key, account or bytes do not fit."""
        try:
            return str(self._decrypt_message(msg, signature, timestamp, nonce, _TolerantCipher))
        except WeChatException as error:
            raise ValueError(type(error).__name__) from error
