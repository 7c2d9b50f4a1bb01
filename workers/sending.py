"""One letter, sent by the person's channels in turn: what is done about each way in which that can fail."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.errors import ChannelError, Gone, Misconfigured, Refused, RetryLater
from bot.services.outbox import Letter, rules
from bot.store.notices import Outcome
from workers.answers import Alarm, NoConsent, NotFollowing, Unknown, UsedUp, WindowClosed, backoff
from workers.channels import CHANNELS
from workers.channels.channel import Means, template_for

log = logging.getLogger(__name__)

ALL_CLOSED: dict[str, Any] = {"chat_left": 0, "click_left": 0}


@dataclass(slots=True)
class _Course:
    """How far one letter has come."""

    letter: Letter
    taken: list[str]
    passed: list[str]
    attempts: int
    reason: str | None = None
    message_id: str | None = None
    due_at: datetime | None = None
    person: dict[str, Any] = field(default_factory=dict)
    spent: str | None = None
    refused_template: str | None = None

    def end(self, state: str) -> Outcome:
        row = self.letter.row
        return Outcome(
            row.id, row.person_id, state, ",".join(self.taken), ",".join(self.passed), self.attempts, self.reason,
            self.message_id, self.due_at, self.person or None, self.spent, self.refused_template,
        )  # fmt: skip


def send(means: Means, letter: Letter, now: datetime | None = None) -> Outcome:
    """Try the channels that are left until as many as needed took it. Raises nothing of ChannelError."""
    now = now or datetime.now(UTC)
    row = letter.row
    course = _Course(letter, _names(row.taken_by), _names(row.passed_by), row.attempts)
    postponed: datetime | None = None
    for name in _order(row.channels):
        if len(course.taken) >= row.need:
            break
        if name in course.taken or name in course.passed or not _open(course, name, means, now):
            continue
        try:
            sent = CHANNELS[name].send(means, letter, now)
        except UsedUp as error:  # the next channel today; this one tomorrow if there is no other
            course.reason, postponed = error.reason, now + timedelta(seconds=error.seconds)
        except (RetryLater, Misconfigured) as error:
            if not _again(course, name, error, now):
                continue
            return course.end("pending")
        except ChannelError as error:
            _gave_up(course, name, error, means)
        else:
            course.taken.append(name)
            course.attempts, course.reason = 0, None
            course.message_id = sent.message_id or course.message_id
            course.spent = sent.spent or course.spent
    return _end(course, postponed)


def _order(own: str | None) -> Sequence[str]:
    """The person's own order of channels, else the office's; unknown names are passed over."""
    return [name for name in (_names(own) or rules()["order"]) if name in CHANNELS]


def _names(joined: str | None) -> list[str]:
    return [name.strip() for name in (joined or "").split(",") if name.strip()]


def _open(course: _Course, name: str, means: Means, now: datetime) -> bool:
    """Whether this way is open to the person: who cannot be pushed to may still be in a conversation."""
    row, channel = course.letter.row, CHANNELS[name]
    if not row.openid or "unreachable" in course.person:
        return False
    if (row.unreachable or not row.subscribed) and not channel.needs_window:
        return False
    return channel.fits(means, course.letter, now)


def _again(course: _Course, name: str, error: RetryLater | Misconfigured, now: datetime) -> bool:
    """Whether to wait for the same channel; if not, it is passed over. Pauses of a whole API are no attempt."""
    course.reason = error.reason
    if isinstance(error, Misconfigured):
        log.critical("sending stopped, the account's configuration is wrong: %s", error.reason)
        course.due_at = now + timedelta(seconds=rules()["pause_seconds"])
        return True
    if not error.whole_api:
        course.attempts += 1
        if course.attempts >= rules()["attempts"]:
            course.attempts = 0
            course.passed.append(name)
            return False
    course.due_at = now + timedelta(seconds=error.seconds if error.seconds > 0 else backoff(course.attempts))
    return True


def _gave_up(course: _Course, name: str, error: ChannelError, means: Means) -> None:
    """This channel will not carry it: note what that tells about the person."""
    course.reason = error.reason
    if isinstance(error, Unknown):
        # The platform has the bytes, and this channel cannot tell a repeat: a second copy would be worse than a doubt.
        course.taken.append(name)
        course.reason = f"unknown: {error.reason}"
        return
    course.attempts = 0
    course.passed.append(name)
    if isinstance(error, Gone):
        course.person |= {"unreachable": error.reason[:64], **ALL_CLOSED}
        if isinstance(error, NotFollowing):
            course.person["subscribed"] = False
    elif isinstance(error, WindowClosed):
        course.person |= ALL_CLOSED
    elif isinstance(error, NoConsent):
        template = template_for(means, course.letter, "subscribe")
        course.refused_template = template.id if template else None
    elif isinstance(error, Alarm):
        log.error("channel %s cannot carry notice %s: %s", name, course.letter.id, error.reason)
    elif isinstance(error, Refused):
        log.info("channel %s did not take notice %s: %s", name, course.letter.id, error.reason)


def _end(course: _Course, postponed: datetime | None) -> Outcome:
    row = course.letter.row
    if len(course.taken) < row.need and postponed is not None and not course.taken:
        course.due_at = postponed
        return course.end("pending")
    if course.taken:
        return course.end("sent")
    if course.reason is None:
        course.reason = row.reason or row.unreachable or ("not bound" if not row.openid else "no channel is open")
    return course.end("waiting")
