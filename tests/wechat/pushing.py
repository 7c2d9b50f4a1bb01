"""The platform's side of the webhook in tests: documents from the collection, pushed in three modes, answers checked."""

import itertools
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient

from tests.sandbox import aes
from tests.sandbox.markup import parse

TOKEN, APP_ID = "pamtest", "wxb11529c136998cb6"
KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
MODES = ("plain", "compatible", "safe")
STAMP, NONCE = "1764000000", "486452656"
LONGEST = 2048  # bytes of a passive reply
HEADING = re.compile(r"^=== (?P<name>.+) -> (?P<answer>.+)$", re.MULTILINE)
_numbers = itertools.count(24_500_000_000_000_001)


@dataclass(frozen=True, slots=True)
class Document:
    """One of the collection: what is pushed, and what must come back."""

    name: str
    answer: str
    text: str

    def filled(self, who: str) -> bytes:
        return self.text.replace("$who", who).replace("$id", str(next(_numbers))).encode()


def collection() -> list[Document]:
    """Every document of the folder `payloads`."""
    found = []
    for path in sorted((Path(__file__).parent / "payloads").glob("*.txt")):
        _, *parts = HEADING.split(path.read_text("utf-8"))
        for name, answer, text in zip(parts[::3], parts[1::3], parts[2::3], strict=True):
            found.append(Document(f"{path.stem}: {name}", answer, text.strip()))
    return found


def sealed(mode: str, body: bytes, secret: str | None = None, app_id: str = APP_ID) -> tuple[dict[str, str], bytes]:
    """Query and body as the platform makes them; `secret` replaces the Encrypt text."""
    query = {"signature": aes.sign(TOKEN, STAMP, NONCE), "timestamp": STAMP, "nonce": NONCE, "openid": "o"}
    if mode == "plain":
        return query, body
    secret = aes.encrypt(KEY, app_id, body) if secret is None else secret
    query |= {"encrypt_type": "aes", "msg_signature": aes.sign(TOKEN, STAMP, NONCE, secret)}
    if body.lstrip().startswith(b"{"):
        head = body.rstrip()[:-1] + b"," if mode == "compatible" else b'{"ToUserName":"gh_wutong",'
        return query, head + f'"Encrypt":"{secret}"}}'.encode()
    head = body.rstrip().removesuffix(b"</xml>") if mode == "compatible" else b"<xml><ToUserName>gh_wutong</ToUserName>"
    return query, head + f"<Encrypt><![CDATA[{secret}]]></Encrypt></xml>".encode()


def push(client: FlaskClient, mode: str, body: bytes) -> tuple[int, bytes]:
    query, outer = sealed(mode, body)
    answer = client.post("/wechat", query_string=query, data=outer)
    return answer.status_code, answer.data


def said(content: bytes, mode: str, who: str | None = None) -> str | None:
    """The words of an answer, None for none. AssertionError where the platform would call it illegal."""
    if content in (b"", b"success"):
        return None
    fields = parse(content)
    if mode != "plain":
        fields = parse(_opened(fields))
    assert "Encrypt" not in fields
    assert fields["MsgType"] == "text"
    assert fields["FromUserName"] == "gh_wutong"
    assert who is None or fields["ToUserName"] == who
    assert fields["CreateTime"].isdigit()
    words = str(fields["Content"] or "")
    assert words.strip()
    assert len(words.encode()) <= LONGEST
    return words


def _opened(fields: dict[str, Any]) -> bytes:
    assert fields["MsgSignature"] == aes.sign(TOKEN, fields["TimeStamp"], fields["Nonce"], fields["Encrypt"])
    return aes.decrypt(KEY, APP_ID, fields["Encrypt"])
