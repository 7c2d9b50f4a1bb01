"""Robots of WeCom groups: one post for a whole group, however many people of it are to be told."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import urllib3
from sqlalchemy.exc import SQLAlchemyError
from urllib3.exceptions import HTTPError, ProtocolError, ReadTimeoutError

from bot.errors import ChannelError, RetryLater
from bot.services.notices import group_posts
from bot.services.notices.reach.wecom import NAME, api_of
from bot.services.notices.words.letter import Letter
from bot.store.database import Database
from config.settings import Settings
from workers.http.connections import pool_manager
from workers.wechat.error_codes import BACKOFF, UNTIL_MINUTE, Alarm, Stopped, Unknown, backoff
from workers.wechat.quota import Quota

LONGEST = 2048  # bytes of a text
AGAIN_SECONDS = 20.0  # after a lost answer, which nobody can be asked about
BUSY_SECONDS = 2.0  # while another worker posts it
CONNECT_SECONDS, READ_SECONDS = 3.0, 10.0
HEADERS = {"Content-Type": "application/json; charset=utf-8"}


def _later(reason: str) -> ChannelError:
    return RetryLater(reason, BACKOFF)


def _minute(reason: str) -> ChannelError:
    return RetryLater(reason, UNTIL_MINUTE, whole_api=True)


# errcode of an answer, which comes with HTTP 200 whatever it says. Where one is missing: Alarm.
ANSWERS: Mapping[int, Callable[[str], ChannelError]] = {
    **dict.fromkeys((-1, 6000, 45033), _later),
    45009: _minute,
    **dict.fromkeys((93000, 93004, 93008, 40013, 40014, 40096, 41001, 60020), Stopped.for_all),
}  # fmt: skip


@dataclass(slots=True)
class Groups:
    """Safe for threads."""

    robots: Mapping[str, str]  # webhook addresses by branch
    db: Database
    quota: Quota
    note: str  # ends each post: what is answered in the group is no acknowledgement
    base: str = ""  # replaces scheme, host and port of the addresses
    _pool: urllib3.PoolManager = field(init=False)
    _sent: dict[tuple[int, str, int], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        timeout = urllib3.Timeout(connect=CONNECT_SECONDS, read=READ_SECONDS)
        self._pool = pool_manager(4, timeout)

    def text(self, letter: Letter) -> tuple[str, bool]:
        """What the group reads, and whether that is all of it."""
        return fitting(letter.text, self.note)

    def post(self, letter: Letter, robot: str, now: datetime) -> int:
        """The id of the post that tells this person, which somebody has sent by now. ChannelError."""
        key = (letter.row.broadcast_id, robot, group_posts.round_of(letter))
        if key in self._sent:
            return self._sent[key]
        try:
            row, is_mine = group_posts.begin(self.db, letter, robot, self.text(letter)[0], now)
            if is_mine:
                self._send(row.id, row.message, robot, row.begun, now)
            elif row.state == group_posts.FAILED:
                raise Alarm(row.reason or "refused")
            elif row.state != group_posts.SENT:
                wait = max(BUSY_SECONDS, (row.until - now).total_seconds())
                raise RetryLater("another worker is posting it", wait, whole_api=True)
        except (SQLAlchemyError, TimeoutError) as error:
            raise RetryLater(f"the database is away: {type(error).__name__}", BACKOFF) from error
        self._sent[key] = row.id
        return int(row.id)

    def _send(self, post_id: int, message: str, robot: str, begun: int, now: datetime) -> None:
        """Send what is in hand and write down what came of it. A second lost answer counts as sent."""
        state, seconds, error = group_posts.SENT, 0.0, self._tried(robot, message)
        if isinstance(error, Unknown):
            state, seconds = (group_posts.UNKNOWN, AGAIN_SECONDS) if begun < 2 else (group_posts.SENT, 0.0)
            error = RetryLater(error.reason, AGAIN_SECONDS, whole_api=True) if begun < 2 else None
        elif isinstance(error, RetryLater):
            error.seconds = error.seconds if error.seconds > 0 else backoff(begun)
            state, seconds = group_posts.DUE, error.seconds
        elif error is not None:
            state = group_posts.FAILED
        group_posts.end(self.db, post_id, state, now, seconds=seconds, reason=error.reason if error else None)
        if error is not None:
            raise error

    def _tried(self, robot: str, message: str) -> ChannelError | None:
        """None: it was taken."""
        api = api_of(robot)
        try:
            self.quota.take(api)
            self._call(self._address(robot), message)
        except RetryLater as error:
            if error.answered and error.whole_api:
                error.seconds = self.quota.pause(api, error.seconds, error.reason, others=isinstance(error, Stopped))
            return error
        except ChannelError as error:
            return error
        return None

    def _call(self, address: str, message: str) -> None:
        """One exchange. The address holds the robot's key: it stands in no error."""
        body = json.dumps({"msgtype": "text", "text": {"content": message}}, ensure_ascii=False).encode()
        try:
            answer = self._pool.request("POST", address, body=body, headers=HEADERS)
        except (ReadTimeoutError, ProtocolError) as error:
            raise Unknown(f"no answer: {type(error).__name__}") from None
        except (HTTPError, OSError) as error:
            raise RetryLater(f"not connected: {type(error).__name__}", BACKOFF) from None
        if answer.status == 504:
            raise Unknown("HTTP 504")
        if answer.status != 200:
            raise RetryLater(f"HTTP {answer.status}", BACKOFF)
        code = _code(answer.data)
        if code:
            refused = ANSWERS.get(code, Alarm)(str(code))
            refused.code, refused.answered = code, True
            raise refused

    def _address(self, robot: str) -> str:
        given = urlsplit(self.robots[robot])
        if not self.base:
            return given.geturl()
        base = urlsplit(self.base)
        return urlunsplit((base.scheme, base.netloc, given.path, given.query, ""))

    def close(self) -> None:
        self._pool.clear()


def fitting(text: str, note: str) -> tuple[str, bool]:
    """The text with the note behind it within the bytes that a robot may post, cut between two characters."""
    room = LONGEST - len(note.encode()) - 1
    if len(text.encode()) <= room:
        return f"{text}\n{note}", True
    head = text.encode()[: room - len("…".encode())].decode(errors="ignore")
    return f"{head}…\n{note}", False


def _code(content: bytes) -> int:
    """The errcode; 0 is success. Unknown for what is no answer of the platform's."""
    try:
        answer: Any = json.loads(content)
        return int(answer["errcode"])
    except (ValueError, KeyError, TypeError) as error:
        raise Unknown("an answer without a code") from error


def open_groups(settings: Settings, db: Database, quota: Quota, note: str) -> Groups | None:
    """None where no robot is known."""
    return Groups(settings.wecom_robots, db, quota, note, settings.wecom_api_url) if settings.wecom_robots else None


def limits(settings: Settings, rules: Mapping[str, Mapping[str, int]]) -> Mapping[str, Mapping[str, int]]:
    """The office's quotas, with those of each robot."""
    return {**rules, **{api_of(robot): rules[NAME] for robot in settings.wecom_robots}}
