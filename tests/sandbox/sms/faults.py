"""Answers that tests line up for the providers: a lost one, an HTTP status, a slow one, any body."""

import json
import time
from collections.abc import Iterator, Mapping
from typing import Any

from flask import Response


class AnswerLost(Exception):
    """Breaks the connection in the middle of a response."""


def as_told(told: Mapping[str, Any]) -> Response:
    """`lost`: the connection breaks after so many seconds; `http` with `body`; anything else is answered as JSON."""
    if "lost" in told:
        return Response(_broken(float(told["lost"])), headers={"Content-Length": "2"})
    if "http" in told:
        mimetype = told.get("type", "text/html")
        return Response(str(told.get("body", "")), int(told["http"]), headers={"Content-Type": mimetype})
    return Response(json.dumps(told), mimetype="application/json")


def _broken(seconds: float) -> Iterator[bytes]:
    time.sleep(seconds)
    raise AnswerLost
    yield b""
