"""The log of the last exchanges with the service in both directions; formatted only when read."""

import itertools
import json
from collections import deque
from dataclasses import dataclass
from typing import Any
from xml.dom.minidom import parseString
from xml.parsers.expat import ExpatError

KEPT, LONGEST = 600, 8000


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and its answer. `direction`: "api" (service to platform) or "push" (platform to service)."""

    seq: int
    at: float
    direction: str
    method: str
    path: str
    status: str
    body: bytes
    answer: bytes
    ms: float
    note: str

    def as_json(self) -> dict[str, Any]:
        return {
            "seq": self.seq, "at": self.at, "direction": self.direction, "method": self.method, "path": self.path,
            "status": self.status, "body": pretty(self.body), "answer": pretty(self.answer),
            "ms": round(self.ms, 2), "note": self.note,
        }  # fmt: skip


class WireLog:
    """The last 600 exchanges; bodies are cut to 8,000 bytes."""

    def __init__(self) -> None:
        self._ring: deque[Exchange] = deque(maxlen=KEPT)
        self._numbers = itertools.count(1)

    def add(
        self, at: float, direction: str, method: str, path: str, status: str, body: bytes, answer: bytes,
        ms: float, note: str = "",
    ) -> None:  # fmt: skip
        self._ring.append(
            Exchange(
                next(self._numbers), at, direction, method, path, status, body[:LONGEST], answer[:LONGEST], ms, note
            )
        )

    def failed(self, rid: str) -> Exchange | None:
        """The API call whose answer holds this request id; None once it has left the log."""
        named = f"rid: {rid}".encode()
        return next((each for each in list(self._ring) if each.direction == "api" and named in each.answer), None)

    def since(self, seq: int, limit: int = KEPT) -> list[dict[str, Any]]:
        """Exchanges after number `seq`, oldest first, at most the newest `limit`."""
        return [exchange.as_json() for exchange in list(self._ring) if exchange.seq > seq][-limit:]


def pretty(content: bytes) -> str:
    """JSON and XML indented, other text as it is, a file as its size in bytes."""
    text = content.decode("utf-8", "replace")
    try:
        if text[:1] in "{[":
            return json.dumps(json.loads(text), ensure_ascii=False, indent=1)
        if text[:1] == "<":
            root = parseString(content).documentElement
            return root.toprettyxml(indent=" ").strip() if root else text
    except (ValueError, ExpatError):
        return text
    return text if "\ufffd" not in text else f"({len(content)} bytes)"
