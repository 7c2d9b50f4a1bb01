"""The platform's API as the workers call it: wechatpy's client over one pool, each answer read by the table of codes."""

import json
from collections.abc import Mapping
from contextlib import closing
from typing import Any
from urllib.parse import urlencode, urlsplit

from redis import Redis
from urllib3.exceptions import LocationParseError
from urllib3.util import parse_url
from wechatpy.client import WeChatClient

from bot.errors import ChannelError, Misconfigured, RetryLater
from config.queues import EVERYTHING
from config.settings import Settings
from workers.http.host import Host, Limits, NoAnswer, NotConnected
from workers.wechat.error_codes import BACKOFF, NoToken, TokenRejected, Unknown, error_of
from workers.wechat.quota import Quota
from workers.wechat.tokens import PAUSE_SECONDS, Tokens

CONNECT_SECONDS, READ_SECONDS = 3.05, 10.0
FILE_SECONDS = 60.0  # for a whole file, however slowly it comes
_AS_JSON = json.JSONEncoder(ensure_ascii=False).encode
_FROM_JSON = json.JSONDecoder(strict=False).decode  # the platform's texts may hold control characters
NO_BODY = {"User-Agent": "wutong"}
JSON = {**NO_BODY, "Content-Type": "application/json; charset=utf-8"}
MOST_BYTES = 12 * 1024 * 1024  # of a file: two megabytes above the platform's own limit
SIGN_IN = Limits(connect=3.0, read=3.0, whole=10.0, most=MOST_BYTES)  # somebody waits before a page


class Platform(WeChatClient):  # type: ignore[misc]
    """Raises ChannelError of bot.errors and workers.wechat.error_codes, never wechatpy's own. Safe for threads."""

    def __init__(
        self, settings: Settings, redis: "Redis", quota: Quota, pause_seconds: float, read_seconds: float = READ_SECONDS
    ) -> None:
        super().__init__(settings.wechat_app_id, settings.wechat_app_secret, timeout=10, auto_retry=False)
        self._base = settings.wechat_api_url.rstrip("/")
        self._origin = self._base.removesuffix(urlsplit(self._base).path)
        self._limits = Limits(CONNECT_SECONDS, read_seconds, FILE_SECONDS, MOST_BYTES)
        self._home = Host(parse_url(self._base), self._limits)
        self.quota = quota
        self._pause_seconds = pause_seconds
        self.tokens = Tokens(redis, settings.wechat_app_id, self._stable_token)

    @property
    def access_token(self) -> str:
        return self.tokens.current()

    def fetch_access_token(self) -> str:
        """wechatpy's name for it; its own version knows neither the base address nor a time-out."""
        return self.tokens.current()

    def send(self, api: str, path: str, body: Mapping[str, Any]) -> dict[str, Any]:
        """POST within the quota of `api`. A rejected token is replaced once."""
        self.quota.take(api)
        try:
            return self._call("POST", path, body)
        except RetryLater as error:
            if error.whole_api:
                paused = EVERYTHING if isinstance(error, NoToken) else api
                error.seconds = self.quota.pause(paused, error.seconds, error.reason)
            raise
        except Misconfigured as error:
            self.quota.pause(EVERYTHING, self._pause_seconds, error.reason)
            raise

    def file(self, media_id: str) -> bytes:
        """A resident's file. Of a video the platform only tells where it is."""
        content, told = self._once("GET", "/cgi-bin/media/get", None, {"media_id": media_id})
        if told is not None:
            address = str(_no_error(told).get("video_url", ""))
            if not address.startswith(("http://", "https://")):
                raise RetryLater("neither a file nor its address", BACKOFF)
            content = self._exchange("GET", address, None)
            if content[:1] == b"{":
                _no_error(_parsed(content))
        if content[:64].lstrip()[:1] in (b"<", b"{", b""):
            raise RetryLater("a page instead of a file", BACKOFF)
        return content

    def openid_of(self, code: str) -> str | None:
        """Whose code of the platform's OAuth this is; None for a virtual openid, which a person has who only looks at a page: it must
        never be bound to a person. ChannelError."""
        query = {"appid": self.appid, "secret": self.secret, "code": code, "grant_type": "authorization_code"}
        address = f"{self._base}/sns/oauth2/access_token?{urlencode(query)}"
        answer = _no_error(_parsed(self._exchange("GET", address, None, SIGN_IN)))
        openid = answer.get("openid")
        if not isinstance(openid, str) or not openid:
            raise RetryLater("no openid in the answer", BACKOFF)
        return None if answer.get("is_snapshotuser") else openid

    def scene_address(self, scene: str, seconds: int) -> str:
        """The address in a temporary QR code of the account: who scans it brings us the scene. ChannelError."""
        body = {
            "expire_seconds": seconds, "action_name": "QR_STR_SCENE", "action_info": {"scene": {"scene_str": scene}},
        }  # fmt: skip
        address = self._call("POST", "/cgi-bin/qrcode/create", body).get("url")
        if not isinstance(address, str) or not address:
            raise RetryLater("no address in the answer", BACKOFF)
        return address

    def close(self) -> None:
        self._home.close()
        self._http.close()

    def _request(self, method: str, url_or_endpoint: str, **options: Any) -> Any:
        """What wechatpy's own API methods go through (menu, QR codes, user info)."""
        path = url_or_endpoint if url_or_endpoint.startswith("/") else f"/cgi-bin/{url_or_endpoint}"
        answer = self._call(method.upper(), path, options.get("data"), options.get("params"))
        process = options.get("result_processor")
        return process(answer) if process else answer

    def _call(self, method: str, path: str, body: Any, params: Mapping[str, Any] | None = None) -> dict[str, Any]:
        content, answer = self._once(method, path, body, params or {})
        return _no_error(answer if answer is not None else _parsed(content))

    def _once(
        self, method: str, path: str, body: Any, params: Mapping[str, Any]
    ) -> tuple[bytes, dict[str, Any] | None]:
        """The answer, and what it says where it is JSON; a rejected token is replaced once."""
        token = self.tokens.current()
        content, answer = self._with(token, method, path, body, params)
        if answer is not None and isinstance(error_of(answer), TokenRejected):
            content, answer = self._with(self.tokens.after(token), method, path, body, params)
            if answer is not None and isinstance(error_of(answer), TokenRejected):
                raise NoToken("the new token is rejected too", PAUSE_SECONDS)
        return content, answer

    def _with(
        self, token: str, method: str, path: str, body: Any, params: Mapping[str, Any]
    ) -> tuple[bytes, dict[str, Any] | None]:
        """As `_once`, with this token."""
        query = urlencode({**params, "access_token": token})
        content = self._exchange(method, f"{self._base}{path}?{query}", body)
        return content, _parsed(content) if content[:1] == b"{" else None

    def _exchange(self, method: str, url: str, body: Any, limits: Limits | None = None) -> bytes:
        """One HTTP exchange. Unknown where it may have arrived, RetryLater where it certainly did not."""
        data = _AS_JSON(body).encode() if body is not None else None
        headers = JSON if data else NO_BODY
        try:
            if url.startswith(f"{self._base}/"):
                status, content = self._home.exchange(method, url.removeprefix(self._origin), data, headers, limits)
            else:
                status, content = self._elsewhere(method, url, data, headers)
        except NoAnswer as error:
            raise Unknown(f"no answer: {error}") from error
        except NotConnected as error:
            raise RetryLater(f"not connected: {error}", BACKOFF) from error
        if status == 504:  # a gateway that passed it on and waited in vain
            raise Unknown("HTTP 504")
        if status != 200:
            raise RetryLater(f"HTTP {status}", BACKOFF)
        return content

    def _elsewhere(self, method: str, url: str, data: bytes | None, headers: Mapping[str, str]) -> tuple[int, bytes]:
        """Where the platform says that a file is."""
        try:
            address = parse_url(url)
        except LocationParseError as error:
            raise NotConnected("no address") from error
        with closing(Host(address, self._limits)) as host:
            return host.exchange(method, address.request_uri, data, headers)

    def _stable_token(self, force: bool) -> dict[str, Any]:
        body = {
            "grant_type": "client_credential", "appid": self.appid, "secret": self.secret, "force_refresh": force,
        }  # fmt: skip
        try:
            answer = _no_error(_parsed(self._exchange("POST", f"{self._base}/cgi-bin/stable_token", body)))
            if not answer.get("access_token"):
                raise RetryLater("no token in the answer", BACKOFF)
            return answer
        except (RetryLater, Misconfigured):
            raise
        except Unknown as error:
            raise RetryLater(error.reason, BACKOFF) from error
        except ChannelError as error:  # 40001 here is the secret
            raise Misconfigured(f"app id or secret: {error.reason}") from error


def _parsed(content: bytes) -> dict[str, Any]:
    try:
        answer = _FROM_JSON(content.decode("utf-8", "replace"))
    except ValueError as error:
        if content[:1] == b"{":
            raise Unknown("half an answer") from error
        raise RetryLater("an answer that is not JSON", BACKOFF) from error
    if not isinstance(answer, dict):
        raise RetryLater("an answer that is no object", BACKOFF)
    return answer


def _no_error(answer: dict[str, Any]) -> dict[str, Any]:
    error = error_of(answer)
    if error is not None:
        raise error
    return answer
