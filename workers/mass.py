"""Mass sends: one call of the platform brings a broadcast to everybody whom no template and no window reaches."""

import threading
import time
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Row
from sqlalchemy.exc import SQLAlchemyError

from bot.errors import ChannelError, Gone, Misconfigured, Refused, RetryLater
from bot.services.notices import mass_sends
from bot.services.notices.letter import Letter
from bot.store.database import Database
from workers.error_codes import BACKOFF, Joined, Unknown, UsedUp, backoff
from workers.platform import Platform

API = "mass"
PATH = "/cgi-bin/message/mass/send"
GATHER_SECONDS = 3.0  # until those who wait look again whether anybody else is to come
AGAIN_SECONDS = 65.0  # after a lost answer: the same clientmsgid within a minute is refused (45066)
LOOK_SECONDS = 45.0  # a notice waits no longer at once, so that no reply tells it meanwhile


@dataclass(slots=True)
class Mass:
    """Safe for threads."""

    platform: Platform
    db: Database
    _not_before: dict[tuple[int, int], float] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def told(self, letter: Letter, now: datetime) -> str:
        """The id of the send that told this person. Joined where it is the first time that this channel is tried; RetryLater
        while others are still to come, or somebody is sending it; Refused where this person is not to be in one."""
        if mass_sends.joined_at(letter) is None:
            raise Joined("waits for the others of the mass send", GATHER_SECONDS)
        key = (int(letter.row.broadcast_id), int(letter.row.round))
        if self._not_before.get(key, 0.0) > time.monotonic():
            raise _waits(GATHER_SECONDS)
        try:
            with self._lock:  # what one finds out, the others need not
                turn = mass_sends.begin(self.db, letter, now)
            if turn.waits:
                self._not_before[key] = time.monotonic() + GATHER_SECONDS
                raise _waits(GATHER_SECONDS)
            if turn.row is None:
                raise Refused("fewer than two people, or this month's mass messages are used")
            return self._through(turn, now)
        except (SQLAlchemyError, TimeoutError) as error:
            raise RetryLater(f"the database is away: {type(error).__name__}", BACKOFF) from error

    def _through(self, turn: mass_sends.Turn, now: datetime) -> str:
        row = turn.row
        assert row is not None
        if turn.openids:
            self._send(row, list(turn.openids), now)
        elif row.state == mass_sends.FAILED:
            raise Refused(row.reason or "refused")
        elif row.state != mass_sends.SENT:
            raise _waits(min(LOOK_SECONDS, max(GATHER_SECONDS, (row.until - now).total_seconds())))
        return f"m{row.id}"

    def _send(self, row: Row[Any], openids: list[str], now: datetime) -> None:
        """Make the call and write down what came of it. It may be made again: the platform knows its id."""
        body = {
            "touser": openids, "msgtype": "text", "text": {"content": row.message}, "clientmsgid": client_id(row),
        }  # fmt: skip
        try:
            answer = self.platform.send(API, PATH, body)
        except ChannelError as error:
            state, seconds = _meaning(error, row.begun)
            mass_sends.end(self.db, row, state, now, seconds=seconds, reason=error.reason)
            raise _for_one(error, state, seconds) from error
        mass_sends.end(self.db, row, mass_sends.SENT, now, message_id=str(answer.get("msg_id") or "") or None)


def client_id(row: Row[Any]) -> str:
    """Under which the platform sends it once within a day: at most 32 bytes; also different where a database was made anew."""
    return f"m{row.id}-{int(row.created_at.timestamp() * 1000)}"[:32]


def _waits(seconds: float) -> RetryLater:
    return RetryLater("waits for the mass send", seconds, whole_api=True)


def _meaning(error: ChannelError, begun: int) -> tuple[str, float]:
    """(state of the send, seconds until it is made again)."""
    if isinstance(error, Unknown):
        return mass_sends.UNKNOWN, AGAIN_SECONDS
    if isinstance(error, UsedUp) and begun < 2:  # all calls of the day: others tell it sooner
        return mass_sends.FAILED, 0.0
    if isinstance(error, RetryLater):
        return mass_sends.DUE, error.seconds if error.seconds > 0 else backoff(begun)
    if isinstance(error, Misconfigured):
        return mass_sends.DUE, AGAIN_SECONDS
    return mass_sends.FAILED, 0.0


def _for_one(error: ChannelError, state: str, seconds: float) -> ChannelError:
    """What it means for the notice in hand. Nothing that the platform says of a call is true of one of its people."""
    if state != mass_sends.FAILED:
        return error if isinstance(error, Misconfigured) else _waits(min(LOOK_SECONDS, seconds))
    if isinstance(error, Gone | UsedUp):
        made = Refused(error.reason)
        made.code, made.answered = error.code, error.answered
        return made
    return error
