"""Faults that can be switched on: delays, errors, lost answers, refused tokens, closed windows, lost receipts."""

import random
from dataclasses import asdict, dataclass, field
from typing import Any

from tests.sandbox.account.quotas import api_name

EVERYBODY = "*"
# Answers that can be queued besides errcodes; any other object is answered as JSON.
LOST = {"lost": 0}  # carried out, then the connection breaks, after so many seconds
BAD_GATEWAY = {"http": 502, "body": "<html><body><h1>502 Bad Gateway</h1></body></html>"}
NOT_JSON = {"http": 200, "body": "ok"}


@dataclass(slots=True)
class Faults:
    """The faults; all are off by default. An API is named by its path with or without /cgi-bin/, or `*` for all."""

    latency_ms: float = 0
    latencies: dict[str, float] = field(default_factory=dict)  # milliseconds of one api, instead of latency_ms
    answers: dict[str, list[Any]] = field(
        default_factory=dict
    )  # each answered once, in order, to calls with a valid token
    error_codes: dict[str, list[int]] = field(default_factory=dict)  # the same for errcodes only
    error_rate: dict[str, dict[str, float]] = field(default_factory=dict)  # {"code": -1, "share": 0.2}
    http_500: float = 0  # share of calls
    token_expired: bool = False  # every call is answered 42001
    drop_after_accept: float = 0  # share of calls carried out whose answer never comes
    drop_seconds: float = 0  # how long such a connection stays open before it breaks
    too_often: list[str] = field(default_factory=list)  # openids, or `*`: 43117 to templates and subscriptions
    close_window: list[str] = field(default_factory=list)  # openids, or `*`
    block: list[str] = field(default_factory=list)  # openids whose owner refuses all messages
    receipts: str = ""  # "lost": no receipt comes; another word is its status, such as `failed: system failed`
    sms_unreported: bool = False  # the operator reports of no short message
    sms_hides_context: bool = False  # the SMS provider does not tell the id that it was given
    daily_limit: dict[str, int] = field(default_factory=dict)
    minute_limit: dict[str, int] = field(default_factory=dict)

    def set(self, changes: dict[str, Any]) -> None:
        """Set the named faults, leave the others. ValueError for an unknown name."""
        for name, value in changes.items():
            if name not in self.__dataclass_fields__:
                raise ValueError(f"unknown fault: {name}")
            if isinstance(value, dict):
                value = {api_name(str(key)): entry for key, entry in value.items()}
            setattr(self, name, value)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    def latency(self, api: str) -> float:
        """The delay of this API in seconds."""
        return float(self.latencies.get(api, self.latency_ms)) / 1000

    def next_answer(self, api: str) -> Any:
        """What this call must answer: an errcode, an object such as LOST, or None for the usual answer."""
        for name in (api, EVERYBODY):
            for queue in (self.answers.get(name), self.error_codes.get(name)):
                if queue:
                    return queue.pop(0)
            rate = self.error_rate.get(name)
            if rate and random.random() < rate["share"]:
                return int(rate["code"])
        return None

    def is_too_often(self, openid: str) -> bool:
        return openid in self.too_often or EVERYBODY in self.too_often

    def shuts(self, openid: str) -> bool:
        return openid in self.close_window or EVERYBODY in self.close_window

    def breaks_server(self) -> bool:
        return self.http_500 > 0 and random.random() < self.http_500

    def drops_answer(self) -> bool:
        return self.drop_after_accept > 0 and random.random() < self.drop_after_accept
