"""The sandbox as tests use it: acts as a user, reads phones, switches faults on."""

import base64
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self, TypeVar

import requests

from tests.sandbox.account.quotas import api_name

T = TypeVar("T")
TIMEOUT = 60  # seconds; an unanswered message takes three deliveries of five


@dataclass(frozen=True, slots=True)
class Answer:
    """The result of one message. `status`: answered, silent, failed, paused, or sent where nobody waited for the answer."""

    status: str
    reply: Mapping[str, Any] | None
    raw: str
    deliveries: list[dict[str, Any]]

    @property
    def text(self) -> str:
        """The text of a text reply, else ""."""
        return str((self.reply or {}).get("Content") or "")


class Sandbox:
    """A client of the control API (see control.py for what each call takes and gives)."""

    def __init__(self, base_url: str) -> None:
        self.base_url = base_url.rstrip("/")
        self._session = requests.Session()
        self._session.trust_env = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._session.close()

    # ---- people

    def new_user(self, openid: str | None = None, name: str = "", *, subscribed: bool = True, window: str = "") -> str:
        """Create a user; the openid. `window`: "message" or "click" for one that is open already."""
        body = {"name": name, "subscribed": subscribed, "window": window} | ({"openid": openid} if openid else {})
        return str(self._post("/users", body)["openids"][0])

    def new_users(self, who: int | Sequence[str], *, window: str = "") -> list[str]:
        """Create so many users, or users with these openids; the openids."""
        body = {"count": who} if isinstance(who, int) else {"openids": list(who)}
        return list(map(str, self._post("/users", {**body, "window": window})["openids"]))

    def users(self) -> list[dict[str, Any]]:
        return list(self._get("/users")["users"])

    # ---- what a user does; `copies`, `deliveries`, `msg_id` and `wait` as in control.py

    def say(self, openid: str, text: str, **how: Any) -> Answer:
        return self._act(openid, "say", {"text": text, **how})

    def send_image(self, openid: str, content: bytes | None = None, **how: Any) -> Answer:
        """A PNG or JPEG; without one, a sample picture."""
        return self._act(openid, "say", {"image": _base64(content), **how})

    def send_voice(
        self, openid: str, recognition: str | None = None, content: bytes | None = None, **how: Any
    ) -> Answer:
        voice = {"recognition": recognition, "data": _base64(content)}
        return self._act(openid, "say", {"voice": voice, **how})

    def send_video(self, openid: str, content: bytes | None = None, **how: Any) -> Answer:
        return self._act(openid, "say", {"video": {"data": _base64(content)}, **how})

    def send_location(self, openid: str, lat: float, lng: float, label: str = "", **how: Any) -> Answer:
        return self._act(openid, "say", {"location": {"lat": lat, "lng": lng, "label": label}, **how})

    def send_link(self, openid: str, title: str, url: str, description: str = "", **how: Any) -> Answer:
        return self._act(openid, "say", {"link": {"title": title, "url": url, "description": description}, **how})

    def send_event(self, openid: str, event: str, fields: Mapping[str, Any] | None = None, **how: Any) -> Answer:
        return self._act(openid, "say", {"event": event, "fields": dict(fields or {}), **how})

    def send_message(self, openid: str, fields: Mapping[str, Any], **how: Any) -> Answer:
        """Send a message of any fields."""
        return self._act(openid, "say", {"message": dict(fields), **how})

    def follow(self, openid: str, scene: str = "") -> Answer:
        return self._act(openid, "follow", {"scene": scene})

    def unfollow(self, openid: str) -> Answer:
        return self._act(openid, "unfollow", {})

    def scan(self, openid: str, scene: str) -> Answer:
        return self._act(openid, "scan", {"scene": scene})

    def click(self, openid: str, key: str, **how: Any) -> Answer:
        return self._act(openid, "click", {"key": key, **how})

    def menu_click(self, openid: str, number: str, content: str, **how: Any) -> Answer:
        return self._act(openid, "menu_click", {"id": number, "content": content, **how})

    def consent(self, openid: str, template_id: str, *, accept: bool = True, once: bool = False) -> Answer:
        return self._act(openid, "consent", {"template_id": template_id, "accept": accept, "once": once})

    def block(self, openid: str, on: bool = True) -> None:
        self._post(f"/users/{openid}/block", {"on": on})

    # ---- looking

    def inbox(self, openid: str, since: int = 0, *, own: bool = False) -> list[dict[str, Any]]:
        """What reached this phone, oldest first; with `own` also what its owner sent."""
        return list(self._get(f"/users/{openid}/inbox", since=since, own=int(own))["items"])

    def texts(self, openid: str, *kinds: str, since: int = 0) -> list[str]:
        """The texts that reached this phone, of these kinds or of all."""
        return [str(item["text"]) for item in self.inbox(openid, since) if not kinds or item["kind"] in kinds]

    def wait_for(self, openid: str, words: str, *kinds: str, since: int = 0, seconds: float = 15) -> dict[str, Any]:
        """The first thing on this phone that contains `words`. AssertionError tells what was there instead."""

        def found() -> dict[str, Any] | None:
            items = [item for item in self.inbox(openid, since) if not kinds or item["kind"] in kinds]
            return next((item for item in items if words in item["text"]), None)

        return self.wait_until(
            found, seconds, lambda: f"{words!r} is not among {self.texts(openid, *kinds, since=since)}"
        )

    def wait_until(self, check: Callable[[], T | None], seconds: float = 15, said: Callable[[], str] = str) -> T:
        """Call until the result is true and return it; AssertionError with `said()` when time is over."""
        deadline = time.monotonic() + seconds
        while True:
            result = check()
            if result:
                return result
            if time.monotonic() > deadline:
                raise AssertionError(said())
            time.sleep(0.05)

    def sent(self, since: int = 0, api: str = "") -> list[dict[str, Any]]:
        """The accepted sends, with duplicates marked as such. `api` as in `message/custom/send`."""
        return [row for row in self._get("/sent", since=since)["sent"] if not api or row["api"] == api]

    def sent_to(self, api: str = "") -> Counter[str]:
        """How many sends each openid got, without duplicates."""
        return Counter(row["openid"] for row in self.sent(api=api) if not row["duplicate"])

    def short_messages(self, number: str = "") -> list[dict[str, Any]]:
        """The short messages that a provider took, oldest first; to this number or all."""
        return [one for one in self._get("/sms")["taken"] if not number or one["number"] == number]

    def report_all(self, *, arrived: bool) -> None:
        """The operators report on every short message; nothing is pushed."""
        self._post("/sms/reports", {"status": "SUCCESS" if arrived else "FAIL"})

    def push_receipt(self, receipt: Any) -> tuple[int, Any]:
        """Push this to the service as an SMS provider pushes receipts; status and body of its answer."""
        answer = self._post("/sms/receipts", {"receipt": receipt})
        return answer["status"], answer["text"]

    def group_posts(self, key: str = "") -> list[str]:
        """What robots posted into WeCom groups; by this key or all."""
        return [post["content"] for post in self._get("/sms")["posts"] if not key or post["key"] == key]

    def calls(self, api: str) -> int:
        """How often an API was called, whatever the outcome. `api` as in `message/custom/send`."""
        return int(self.counters()["calls"].get(api, 0))

    def wire(self, since: int = 0) -> list[dict[str, Any]]:
        return list(self._get("/wire", since=since)["wire"])

    def counters(self) -> dict[str, Any]:
        return dict(self._get("/counters"))

    # ---- the machine

    def set_faults(self, **faults: Any) -> None:
        """Switch faults on, by the names of faults.py; others stay as they are."""
        self._post("/faults", faults)

    def answer_next(self, api: str, *answers: int | Mapping[str, Any]) -> None:
        """Line up what the next calls of this api get: errcodes, LOST, BAD_GATEWAY, NOT_JSON (faults.py), or any JSON."""
        name, lined_up = api_name(api), self._get("/faults")["answers"]
        self.set_faults(answers={**lined_up, name: [*lined_up.get(name, []), *answers]})

    def keep_media(self, kind: str, content: bytes, name: str, mime: str) -> str:
        """Store a file that the service can download; its media_id."""
        body = {"type": kind, "name": name, "mime": mime, "data": _base64(content)}
        return str(self._post("/media", body)["media_id"])

    def clear_faults(self) -> None:
        self._call("DELETE", "/faults")

    def advance(self, seconds: float) -> float:
        """Move the platform's clock forward; its new time."""
        return float(self._post("/clock", {"advance_seconds": seconds})["now"])

    def verify(self) -> bool:
        """Whether the service answers the platform's check of its address."""
        return bool(self._post("/verify", {})["ok"])

    def reset(self) -> None:
        """Return to the state at start; tokens that were handed out stay valid."""
        self._call("DELETE", "/state")

    def _act(self, openid: str, what: str, body: Mapping[str, Any]) -> Answer:
        answer = self._post(f"/users/{openid}/{what}", body)
        return Answer(answer["status"], answer["reply"], answer["raw"], answer["deliveries"])

    def _get(self, path: str, **query: Any) -> Any:
        return self._call("GET", path, params=query)

    def _post(self, path: str, body: Mapping[str, Any]) -> Any:
        return self._call("POST", path, json=body)

    def _call(self, method: str, path: str, **what: Any) -> Any:
        answer = self._session.request(method, f"{self.base_url}/sandbox{path}", timeout=TIMEOUT, **what)
        if not answer.ok:
            raise AssertionError(f"{method} {path}: {answer.status_code} {answer.text[:500]}")
        return answer.json()


def _base64(content: bytes | None) -> str:
    return base64.b64encode(content or b"").decode()
