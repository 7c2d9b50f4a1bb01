"""What somebody writes for many: kind, title, body, details, audience and time; and the digest of what will be sent."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.broadcasts.audience import Audience

Details = Mapping[str, str]
"""Of a meeting: `at` and `until` (ISO 8601 with zone), `place`."""


LONGEST: Mapping[str, int] = {"title": 100, "body": 1000, "place": 100}
"""Characters."""


@dataclass(frozen=True, slots=True)
class Written:
    """A broadcast as its author wrote it. `template`: the template of config that it was made from, with its version."""

    kind: str
    title: str
    body: str
    audience: Audience
    send_at: datetime | None = None
    details: Details | None = None
    template: str | None = None
    template_version: int | None = None
    occasion: str | None = None  # the calendar's key with its year

    @property
    def digest(self) -> str:
        """SHA-256 of what the recipients will read, as 64 hexadecimal digits."""
        return digest(self.kind, self.title, self.body, self.details)

    def columns(self) -> dict[str, Any]:
        """The columns of its row that the author decides."""
        return {
            "kind": self.kind, "title": self.title, "body": self.body, "audience": self.audience.as_json(),
            "send_at": self.send_at, "details": dict(self.details) if self.details else None,
            "template": self.template, "template_version": self.template_version, "digest": self.digest,
        }  # fmt: skip


def digest(kind: str, title: str, body: str, details: Details | None) -> str:
    """As `Written.digest`."""
    said = {"kind": kind, "title": title, "body": body, "details": dict(details) if details else None}
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def as_written(row: Any) -> Written:
    """What a stored broadcast says, to change a part of it with `dataclasses.replace`."""
    return Written(
        row.kind, row.title, row.body, Audience.of(row.audience), row.send_at, row.details, row.template,
        row.template_version, row.occasion,
    )  # fmt: skip
