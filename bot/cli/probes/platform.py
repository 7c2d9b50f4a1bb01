"""The platform as `setup` and `doctor` ask it: credentials, templates, its clock. What it answers is said by its error code.

The workers' own client is not used: it retries, pauses and shares a token through Redis, and none of that may be needed here.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import urllib3
from urllib3.exceptions import HTTPError

from bot.texts import Texts

SECONDS = 5.0


class Unanswered(Exception):
    """The platform was not reached, or said no. `code` is its error code, 0 where there was no answer."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(reason)
        self.code, self.reason = code, reason


@dataclass(frozen=True, slots=True)
class Signed:
    """An access token, and what the platform's clock said when it gave it (None: it did not say)."""

    token: str
    at: datetime | None


def sign_in(base: str, app_id: str, secret: str) -> Signed:
    """An access token. Does not end the one in use: stable_token without force_refresh. Unanswered."""
    body = {"grant_type": "client_credential", "appid": app_id, "secret": secret, "force_refresh": False}
    answer, date = _ask("POST", f"{base.rstrip('/')}/cgi-bin/stable_token", body)
    if not answer.get("access_token"):
        raise Unanswered(0, "no token in the answer")
    return Signed(str(answer["access_token"]), date)


def fields_of_templates(base: str, token: str, kind: str) -> dict[str, str]:
    """The account's templates of this kind: id to content (`{{thing1.DATA}}` …). Unanswered."""
    path = "/cgi-bin/template/get_all_private_template" if kind == "template" else "/wxaapi/newtmpl/gettemplate"
    answer, _ = _ask("GET", f"{base.rstrip('/')}{path}?access_token={token}", None)
    rows = answer.get("template_list" if kind == "template" else "data") or []
    return {str(row.get("template_id") or row.get("priTmplId")): str(row.get("content", "")) for row in rows}


def words_of(texts: Texts, error: Unanswered) -> str:
    """What an answer means and what to do, in the office's language."""
    key = f"platform.code.{error.code}"
    known = key if texts.has(key) else "platform.code.other" if error.code else "platform.code.none"
    return texts.say(known, code=error.code, reason=error.reason)


def _ask(method: str, url: str, body: Mapping[str, Any] | None) -> tuple[dict[str, Any], datetime | None]:
    """The answer and the platform's time. Errors hold no address: it contains the token."""
    data = json.dumps(body).encode() if body is not None else None
    try:
        with urllib3.PoolManager(timeout=SECONDS, retries=False) as pool:
            reply = pool.request(method, url, body=data, headers={"Content-Type": "application/json"} if data else None)
        answer = json.loads(reply.data.decode("utf-8", "replace"), strict=False)
    except (HTTPError, OSError) as error:
        raise Unanswered(0, type(error).__name__) from None
    except ValueError:
        raise Unanswered(0, f"HTTP {reply.status}, no JSON") from None
    if not isinstance(answer, dict):
        raise Unanswered(0, f"HTTP {reply.status}, no object")
    if answer.get("errcode"):
        raise Unanswered(int(answer["errcode"]), str(answer.get("errmsg", "")))
    return answer, _date(reply.headers.get("Date"))


def _date(said: str | None) -> datetime | None:
    try:
        return parsedate_to_datetime(said).astimezone(UTC) if said else None
    except ValueError:
        return None
