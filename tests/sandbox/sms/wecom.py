"""The webhook of WeCom group robots: twenty messages a minute, HTTP 200 whatever happens."""

import json
import time

from flask import Response, request

from tests.sandbox.platform import Platform
from tests.sandbox.sms.faults import as_told

MINUTE, LONGEST = 20, 2048
API = "webhook/send"


def answer(platform: Platform) -> Response:
    """A text of at most 2,048 bytes."""
    platform.count(API)
    key = request.args.get("key", "")
    body = request.get_json(force=True)
    with platform.lock:
        told = platform.faults.next_answer(API)
        if isinstance(told, int):
            return _json(told, "told to")
        if told is not None and "lost" not in told:
            return as_told(told)
        content = body.get("text", {}).get("content", "")
        if not key or key == "unknown":
            return _json(93000, "invalid webhook url")
        if body.get("msgtype") != "text" or not content:
            return _json(40008, "invalid message type")
        if len(content.encode()) > LONGEST:
            return _json(40058, "content exceed max length 2048")
        now = platform.clock.now()
        if sum(post["key"] == key and post["at"] > now - 60 for post in platform.sms.posts) >= MINUTE:
            return _json(45009, "api freq out of limit")
        platform.sms.posts.append({"key": key, "content": content, "at": now, "real": time.time()})
    return as_told(told) if told is not None else _json(0, "ok")


def _json(code: int, words: str) -> Response:
    return Response(json.dumps({"errcode": code, "errmsg": words}), mimetype="application/json")
