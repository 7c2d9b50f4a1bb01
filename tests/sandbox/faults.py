"""Faults one can switch on: delays, errors, lost answers, refused tokens, closed windows, lost receipts."""

import random
from dataclasses import asdict, dataclass, field
from typing import Any

from tests.sandbox.quotas import api_name

EVERYBODY = "*"


@dataclass(slots=True)
class Faults:
    """All off by default. An api is named by its path with or without /cgi-bin/, or `*` for all."""

    latency_ms: float = 0
    error_codes: dict[str, list[int]] = field(default_factory=dict)  # each answered once, in this order
    error_rate: dict[str, dict[str, float]] = field(default_factory=dict)  # {"code": -1, "share": 0.2}
    http_500: float = 0  # share of calls
    token_expired: bool = False  # every call is answered 42001
    drop_after_accept: float = 0  # share of calls carried out whose answer never comes
    drop_seconds: float = 0  # how long such a connection stays open before it breaks
    close_window: list[str] = field(default_factory=list)  # openids, or `*`
    block: list[str] = field(default_factory=list)  # openids whose owner refuses all messages
    receipts: str = ""  # "lost": none; another word is their status, such as `failed: system failed`
    daily_limit: dict[str, int] = field(default_factory=dict)
    minute_limit: dict[str, int] = field(default_factory=dict)

    def set(self, changes: dict[str, Any]) -> None:
        """Take over known names, leave the others. ValueError for an unknown name."""
        for name, value in changes.items():
            if name not in self.__dataclass_fields__:
                raise ValueError(f"unknown fault: {name}")
            if isinstance(value, dict):
                value = {api_name(str(key)): entry for key, entry in value.items()}
            setattr(self, name, value)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    def next_code(self, api: str) -> int | None:
        """The error this call is to get, if any."""
        for name in (api, EVERYBODY):
            queue = self.error_codes.get(name)
            if queue:
                return queue.pop(0)
            rate = self.error_rate.get(name)
            if rate and random.random() < rate["share"]:
                return int(rate["code"])
        return None

    def shuts(self, openid: str) -> bool:
        return openid in self.close_window or EVERYBODY in self.close_window

    def breaks_server(self) -> bool:
        return self.http_500 > 0 and random.random() < self.http_500

    def drops_answer(self) -> bool:
        return self.drop_after_accept > 0 and random.random() < self.drop_after_accept
