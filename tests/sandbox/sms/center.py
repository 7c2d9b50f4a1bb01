"""Short messages that were taken: kept, found by number, and reported to the service."""

import itertools
import json
import re
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from typing import Any

import requests

from tests.sandbox.options import Options

NUMBER = re.compile(r"1[3-9]\d{9}")
LINK = re.compile(r"https?://|www\.|\.(?:com|cn)\b", re.IGNORECASE)
LONGEST = 6  # characters of a variable
PLACE = re.compile(r"\$?\{(\w+)\}")
SECONDS = 10


@dataclass(slots=True)
class Taken:
    """A message that the provider took. `report`: "" until the operator has reported, then SUCCESS or FAIL."""

    seq: int
    at: float
    provider: str
    number: str
    template: str
    values: list[str]
    context: str
    serial: str
    text: str  # what the phone shows; empty where the template's approved text is not known here
    report: str = ""


@dataclass(slots=True)
class Center:
    """All of both providers. `at` is real time, since the providers' clocks are the world's."""

    options: Options
    taken: list[Taken] = field(default_factory=list)
    posts: list[dict[str, Any]] = field(default_factory=list)  # of robots: key, content
    nonces: set[str] = field(default_factory=set)
    _serials: Any = field(default_factory=lambda: itertools.count(int(time.time() * 1000)))
    _pushes: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(2, "sms-report"))

    def take(self, provider: str, number: str, template: str, values: Mapping[str, str], context: str) -> Taken:
        """`values`: by the name of their place in the template."""
        number_of_it = next(self._serials)
        serial = f"5000:{number_of_it}" if provider == "tencent" else f"{number_of_it}^0"
        made = Taken(
            len(self.taken) + 1,
            time.time(),
            provider,
            number,
            template,
            list(values.values()),
            context,
            serial,
            self._text(template, values),
        )
        self.taken.append(made)
        return made

    def _text(self, template: str, values: Mapping[str, str]) -> str:
        known = self.options.sms_texts.get(template, "")
        filled = PLACE.sub(lambda found: values.get(found[1], found[0]), known)
        return f"【{self.options.sms_signature}】{filled}" if known else ""

    def to(self, number: str) -> list[Taken]:
        return [one for one in self.taken if one.number == number]

    def as_json(self) -> list[dict[str, Any]]:
        return [asdict(one) for one in self.taken]

    def report(self, one: Taken, status: str, *, push: bool) -> None:
        """The operator's word; told to the service in another thread."""
        one.report = status
        if push and self.options.sms_receipts_url:
            self._pushes.submit(self.push, [report_of(one, status)])

    def push(self, body: Any) -> tuple[int, str]:
        """Send a receipt as the provider does; the service's answer."""
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        with requests.Session() as session:
            session.trust_env = False
            headers = {"Content-Type": "application/json"}
            answer = session.post(self.options.sms_receipts_url, data=content, headers=headers, timeout=SECONDS)
        return answer.status_code, answer.text


def report_of(one: Taken, status: str) -> dict[str, Any]:
    """A receipt in its provider's form."""
    good, at = status == "SUCCESS", "2026-11-29 10:00:00"
    if one.provider == "tencent":
        return {
            "user_receive_time": at, "nationcode": "86", "mobile": one.number, "report_status": status,
            "errmsg": "DELIVRD" if good else "MK:0001", "description": "用户短信送达成功" if good else "空号",
            "sid": one.serial,
        }  # fmt: skip
    return {
        "phone_number": one.number, "send_time": at, "report_time": at, "success": good,
        "err_code": "DELIVERED" if good else "MK:0001", "err_msg": "用户接收成功" if good else "空号", "sms_size": "1",
        "biz_id": one.serial, "out_id": one.context,
    }  # fmt: skip
