"""The platform's side of the webhook in tests: documents from the collection, pushed in three modes, answers checked."""

import itertools
import re
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from tests.sandbox.pushing import aes
from tests.sandbox.pushing.markup import parse

TOKEN, APP_ID = "pamtest", "wxb11529c136998cb6"
KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
MODES = ("plain", "compatible", "safe")
LONGEST = 2048  # bytes of a passive reply
HEADING = re.compile(r"^=== (?P<name>.+) -> (?P<answer>.+)$", re.MULTILINE)
_numbers = itertools.count(24_500_000_000_000_001)
_nonces = itertools.count(486_452_656)


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


def signed(nonce: str | None = None, *, age: int = 0) -> dict[str, str]:
    """The part of a query that the platform signs, `age` seconds ago; the nonce is new."""
    stamp, nonce = str(int(time.time()) - age), str(next(_nonces)) if nonce is None else nonce
    return {"signature": aes.sign(TOKEN, stamp, nonce), "timestamp": stamp, "nonce": nonce, "openid": "o"}


def sealed(
    mode: str, body: bytes, secret: str | None = None, app_id: str = APP_ID, *, nonce: str | None = None, age: int = 0
) -> tuple[dict[str, str], bytes]:
    """Query and body as the platform makes them; `secret` replaces the Encrypt text."""
    query = signed(nonce, age=age)
    if mode == "plain":
        return query, body
    secret = aes.encrypt(KEY, app_id, body) if secret is None else secret
    parts = (query["timestamp"], query["nonce"], secret)
    query |= {"encrypt_type": "aes", "msg_signature": aes.sign(TOKEN, *parts)}
    if body.lstrip().startswith(b"{"):
        head = body.rstrip()[:-1] + b"," if mode == "compatible" else b'{"ToUserName":"gh_wutong",'
        return query, head + f'"Encrypt":"{secret}"}}'.encode()
    head = body.rstrip().removesuffix(b"</xml>") if mode == "compatible" else b"<xml><ToUserName>gh_wutong</ToUserName>"
    return query, head + f"<Encrypt><![CDATA[{secret}]]></Encrypt></xml>".encode()


def client_of(app: Flask, mode: str) -> FlaskClient:
    """Of the service as it is set up for this mode."""
    return (app.extensions["plain"] if mode == "plain" else app).test_client()


def post(app: Flask, mode: str, query: dict[str, str], body: bytes) -> tuple[int, bytes]:
    answer = client_of(app, mode).post("/wechat", query_string=query, data=body)
    return answer.status_code, answer.data


def push(app: Flask, mode: str, body: bytes) -> tuple[int, bytes]:
    return post(app, mode, *sealed(mode, body))


def said(content: bytes, mode: str, who: str | None = None, account: str | None = "gh_wutong") -> str | None:
    """The words of an answer, None for none. AssertionError where the platform would call it illegal."""
    if content in (b"", b"success"):
        return None
    fields = parse(content)
    if mode != "plain":
        fields = parse(_opened(fields))
    assert "Encrypt" not in fields
    assert fields["MsgType"] == "text"
    assert account is None or fields["FromUserName"] == account
    assert who is None or fields["ToUserName"] == who
    assert fields["CreateTime"].isdigit()
    words = str(fields["Content"] or "")
    assert words.strip()
    assert len(words.encode()) <= LONGEST
    return words


def _opened(fields: dict[str, Any]) -> bytes:
    assert fields["MsgSignature"] == aes.sign(TOKEN, fields["TimeStamp"], fields["Nonce"], fields["Encrypt"])
    return aes.decrypt(KEY, APP_ID, fields["Encrypt"])
