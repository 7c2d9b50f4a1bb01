"""A message or event as the rest of the service knows it, whatever its wire form was."""

import json
from dataclasses import dataclass, fields
from datetime import timedelta
from typing import Any

_AS_JSON = json.JSONEncoder(ensure_ascii=False).encode
PARTS = frozenset({"image", "voice", "video", "location", "link"})
PAGE = "page"
LONGEST = 3_000  # characters that are read; the platform lets nobody write more, and the whole message is kept
MESSAGE_WINDOW = (timedelta(hours=48), 5)  # customer-service messages after a message
CLICK_WINDOW = (timedelta(minutes=1), 3)  # after a menu click, a scan or following


@dataclass(frozen=True, slots=True)
class Inbound:
    """What came in. It survives as JSON, sealed, when it must wait."""

    key: str  # equal for every repeat of the same message
    openid: str
    account: str  # ours, the sender of the reply
    kind: str  # text image voice video location link event other; page: words of a form of ours
    text: str = ""  # words said, recognised, or behind a menu button
    media_id: str | None = None
    event: str | None = None  # lower case
    event_key: str = ""
    menu_click: bool = False
    facts: dict[str, Any] | None = None  # of events: receipts, revocations, consents
    signature: str | None = None  # the platform's, of the request that brought it; serves once

    @property
    def speaks(self) -> bool:
        """Whether words or a thing were said (a menu button stands for words)."""
        return self.kind != "event" or bool(self.text)

    @property
    def words(self) -> str:
        """What of the text is read."""
        return self.text[:LONGEST]

    def as_json(self) -> str:
        return _AS_JSON({name: getattr(self, name) for name in FIELDS})


FIELDS = tuple(field.name for field in fields(Inbound))


def from_json(text: str) -> Inbound:
    return Inbound(**json.loads(text))
