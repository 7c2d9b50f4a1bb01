"""The platform's webhook side: signs, encrypts, waits five seconds, tries three times with the same MsgId."""

import hashlib
import secrets
import threading
import time
from dataclasses import dataclass
from typing import Any

import requests
import xmltodict
from wechatpy.crypto import WeChatCrypto

from tests.sandbox.state import Platform

DEADLINE_SECONDS = 5.0
DELIVERIES = 3
BROKEN = "该公众号提供的服务出现故障，请稍后再试"


@dataclass(frozen=True)
class Pusher:
    """Sends what people do to the service."""

    platform: Platform
    service: str  # the webhook's address
    deadline: float = DEADLINE_SECONDS

    def push(self, openid: str, fields: dict[str, str]) -> str | None:
        """The passive reply's text, None for none. Raises Broken where the user would see the platform's notice."""
        known = {
            "ToUserName": self.platform.account,
            "FromUserName": openid,
            "CreateTime": str(int(time.time())),
            **fields,
        }
        xml = "<xml>" + "".join(f"<{name}>{_cdata(value)}</{name}>" for name, value in known.items()) + "</xml>"
        for _ in range(DELIVERIES):
            started = time.perf_counter()
            query, body = self._sealed(xml)
            try:
                answer = requests.post(self.service, params=query, data=body.encode(), timeout=self.deadline)
            except requests.RequestException as error:
                self.platform.note(
                    "webhook", fields["MsgType"], known, type(error).__name__, time.perf_counter() - started
                )
                continue
            self.platform.note("webhook", fields["MsgType"], known, answer.text, time.perf_counter() - started)
            return self._reply(answer)
        raise Broken

    def _sealed(self, xml: str) -> tuple[dict[str, str], str]:
        """Query and body: in plaintext, or in safe mode when the account has an AES key."""
        query = {"timestamp": str(int(time.time())), "nonce": str(secrets.randbelow(10**9))}
        token = self.platform.token
        query["signature"] = _sign(token, query["timestamp"], query["nonce"])
        if not self.platform.aes_key:
            return query, xml
        cipher = WeChatCrypto(token, self.platform.aes_key, self.platform.app_id)
        wrapped = xmltodict.parse(cipher.encrypt_message(xml, query["nonce"], query["timestamp"]))["xml"]
        query |= {"encrypt_type": "aes", "msg_signature": wrapped["MsgSignature"]}
        return query, f"<xml><ToUserName>gh</ToUserName><Encrypt>{_cdata(wrapped['Encrypt'])}</Encrypt></xml>"

    def _reply(self, answer: requests.Response) -> str | None:
        """What the platform makes of an answer. Broken for an illegal one."""
        if answer.status_code != 200:
            raise Broken
        if answer.text in ("", "success"):
            return None
        found: dict[str, Any] = xmltodict.parse(answer.text).get("xml") or {}
        if "Encrypt" in found:
            cipher = WeChatCrypto(self.platform.token, self.platform.aes_key, self.platform.app_id)
            plain = cipher.decrypt_message(answer.text, found["MsgSignature"], found["TimeStamp"], found["Nonce"])
            found = xmltodict.parse(plain)["xml"]
        if found.get("FromUserName") != self.platform.account:
            raise Broken
        return str(found.get("Content") or "")


class Broken(Exception):
    """The user sees the platform's own notice of failure."""


def push_event(pusher: Pusher, openid: str, fields: dict[str, str]) -> None:
    """In the background, as receipts come."""

    def run() -> None:
        try:
            pusher.push(openid, {"MsgType": "event", **fields})
        except Broken:
            pusher.platform.note("webhook", fields["Event"], fields, BROKEN, 0.0)

    threading.Thread(target=run, daemon=True).start()


def _sign(*parts: str) -> str:
    return hashlib.sha1("".join(sorted(parts)).encode()).hexdigest()


def _cdata(value: str) -> str:
    return f"<![CDATA[{value.replace(']]>', ']]]]><![CDATA[>')}]]>"
