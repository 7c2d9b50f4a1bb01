"""One API call of the service: checks token, faults, quota and body, answers, and writes the wire log."""

import json
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Response, request

from tests.sandbox.account.errors import PlatformError
from tests.sandbox.account.quotas import api_name
from tests.sandbox.platform import Platform

OK = {"errcode": 0, "errmsg": "ok"}


@dataclass(frozen=True, slots=True)
class Call:
    """What a handler gets: the platform, the API's name, query and body."""

    platform: Platform
    api: str
    query: Mapping[str, str]
    body: dict[str, Any]


Handler = Callable[[Call], dict[str, Any] | Response]


@dataclass(frozen=True, slots=True)
class Route:
    """One API. `takes`: "json", "file" or "" for no body; `token`: whether it needs an access token."""

    method: str
    path: str
    handle: Handler
    takes: str = "json"
    token: bool = True


class AnswerLost(Exception):
    """Breaks the connection in the middle of a response."""


def view(platform: Platform, route: Route) -> Callable[[], Response]:
    """The Flask view of an API."""
    api = api_name(route.path)

    def serve() -> Response:
        started = time.perf_counter()
        platform.count(api)
        latency = platform.faults.latency(api)
        if latency:
            time.sleep(latency)
        content = b"" if route.takes == "file" else request.get_data()
        if platform.faults.breaks_server():
            response, lost = Response("<html><body>500</body></html>", 500), None
        else:
            response, lost = _answer(platform, route, api, content)
        ms = (time.perf_counter() - started) * 1000
        file = not response.is_json and response.status_code == 200
        answer = f"({response.content_length} bytes)".encode() if file else response.get_data()
        path = f"{route.path}?{'&'.join(f'{k}={v}' for k, v in request.args.items() if k != 'access_token')}".rstrip(
            "?"
        )
        note = "" if lost is None else "answer lost"
        platform.wire.add(
            platform.clock.now(), "api", route.method, path, str(response.status_code), content, answer, ms, note
        )
        return response if lost is None else _lost(lost)

    return serve


def answer_json(answer: Mapping[str, Any]) -> Response:
    """A JSON response with Chinese unescaped, as the platform answers."""
    return Response(json.dumps(answer, ensure_ascii=False), mimetype="application/json")


def _answer(platform: Platform, route: Route, api: str, content: bytes) -> tuple[Response, float | None]:
    """The answer, and after how many seconds the connection breaks instead (None: it does not)."""
    lost = platform.faults.drop_seconds if platform.faults.drops_answer() else None
    try:
        if route.token:
            if platform.faults.token_expired:
                raise PlatformError(42001)
            platform.tokens.check(request.args.get("access_token", ""))
        body = _parsed(content) if route.takes == "json" and route.method == "POST" else {}
        with platform.lock:
            told = platform.faults.next_answer(api)
            if isinstance(told, int):
                raise PlatformError(told)
            if told is not None and "lost" not in told:
                return _as_told(told), lost
            lost = lost if told is None else float(told["lost"])
            platform.quotas.take(api)
            answer = route.handle(Call(platform, api, request.args, body))
    except PlatformError as error:
        answer = error.answer(platform.clock.now())
    return answer if isinstance(answer, Response) else answer_json(answer), lost


def _as_told(told: Mapping[str, Any]) -> Response:
    if "http" in told:
        return Response(str(told.get("body", "")), int(told["http"]), mimetype="text/html")
    return answer_json(told)


def _parsed(content: bytes) -> dict[str, Any]:
    """The body's object. PlatformError 44002 for an empty body, 40033 for \\u escapes, 47001 for anything but a JSON object."""
    if not content:
        raise PlatformError(44002)
    if b"\\u" in content:
        raise PlatformError(40033)
    try:
        body = json.loads(content)
    except ValueError as error:
        raise PlatformError(47001) from error
    if not isinstance(body, dict):
        raise PlatformError(47001)
    return body


def _lost(seconds: float) -> Response:
    def broken() -> Iterator[bytes]:
        time.sleep(seconds)
        raise AnswerLost
        yield b""

    return Response(broken(), headers={"Content-Length": "2"})
