"""One letter, sent by the person's channels in turn: what is done about each way in which that can fail."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.errors import ChannelError, Gone, Misconfigured, Refused, RetryLater
from bot.services.notices.outbox import Letter, rules
from bot.store.notices import BLOCKED, Outcome
from workers.channels import CHANNELS
from workers.channels.channel import Means, Sent, template_for
from workers.error_codes import (
    Alarm,
    Doubtful,
    NoConsent,
    NotFollowing,
    NoToken,
    TooOften,
    Unknown,
    UsedUp,
    WindowClosed,
    backoff,
)

log = logging.getLogger(__name__)

ALL_CLOSED: dict[str, Any] = {"chat_left": 0, "click_left": 0}
DOUBT = "unknown: "  # how the reason of a notice begins that may have been taken; the channel's name follows
DOUBT_SECONDS = 20.0  # until a message whose answer was lost is sent once more
BROKEN_TRIES = 20  # of a notice that cannot be put into words; a newer worker may know how
RECOVERY = timedelta(minutes=15)  # doubling; longer than the platform remembers a client_msg_id


@dataclass(slots=True)
class _Course:
    """How far one letter has come."""

    letter: Letter
    now: datetime
    taken: list[str]
    passed: list[str]
    attempts: int
    doubt: str  # the channel that may have carried it already: no other one may
    reason: str | None = None
    message_id: str | None = None
    due_at: datetime | None = None  # when a channel that may work again is to be tried again
    postponed: datetime | None = None  # the same, but hours away
    person: dict[str, Any] = field(default_factory=dict)
    spent: str | None = None
    refused_template: str | None = None

    def again(self, seconds: float) -> None:
        at = self.now + timedelta(seconds=seconds)
        self.due_at = min(self.due_at or at, at)

    def took(self, name: str, sent: Sent) -> None:
        self.taken.append(name)
        self.reason, self.due_at, self.postponed = None, None, None
        self.message_id = sent.message_id or self.message_id
        self.spent = sent.spent

    def end(self, state: str) -> Outcome:
        row = self.letter.row
        return Outcome(
            row.id, row.person_id, state, ",".join(self.taken), ",".join(self.passed), self.attempts, self.reason,
            self.message_id, self.due_at, self.person or None, self.spent, self.refused_template,
        )  # fmt: skip


def send(means: Means, letter: Letter, now: datetime | None = None) -> Outcome:
    """Try the channels that are left until one more took it. Raises nothing of ChannelError."""
    now = now or datetime.now(UTC)
    row = letter.row
    course = _Course(
        letter, now, _names(row.taken_by), _names(row.passed_by), row.attempts, _doubted(row.reason),
        message_id=row.message_id,
    )  # fmt: skip
    if letter.broken is not None:
        return _unspeakable(course, letter.broken)
    for name in _order(means, letter):
        if len(course.taken) >= row.need:
            break
        if not _open(course, name, means):
            continue
        try:
            sent = CHANNELS[name].send(means, letter, now)
        except (RetryLater, Misconfigured) as error:
            if _waits(course, name, error):
                break
        except ChannelError as error:
            _gave_up(course, name, error, means)
        else:
            course.took(name, sent)
            if len(course.taken) < row.need:  # written down first: a killed process must not use this channel again
                course.again(0)
                return course.end("pending")
    return _end(course)


def _order(means: Means, letter: Letter) -> Sequence[str]:
    """The person's own order of channels, else the office's; unknown names are passed over.

    The body of a broadcast is what is to be told: channels that say it come before those that say only its title.
    """
    order = [name for name in (_names(letter.row.channels) or rules()["order"]) if name in CHANNELS]
    if letter.row.broadcast_id is None:
        return order
    return sorted(order, key=lambda name: not CHANNELS[name].says_body(means, letter))


def _names(joined: str | None) -> list[str]:
    return [name.strip() for name in (joined or "").split(",") if name.strip()]


def _doubted(reason: str | None) -> str:
    return reason.removeprefix(DOUBT).partition(":")[0] if reason and reason.startswith(DOUBT) else ""


def _open(course: _Course, name: str, means: Means) -> bool:
    """Whether this way is open to the person: who cannot be pushed to may still be in a conversation."""
    row, channel = course.letter.row, CHANNELS[name]
    if name in course.taken or name in course.passed or (course.doubt not in ("", name) and row.need < 2):
        return False
    if not row.openid or "unreachable" in course.person:
        return False
    if (row.unreachable or not row.subscribed) and not channel.needs_window:
        return False
    return channel.fits(means, course.letter, course.now)


def _waits(course: _Course, name: str, error: RetryLater | Misconfigured) -> bool:
    """Note when this channel is to be tried again, and say whether the others must not be tried now."""
    need, tried_before = course.letter.row.need, course.attempts
    doubtful = isinstance(error, Doubtful) or course.doubt == name
    course.reason = f"{DOUBT}{name}: {error.reason}" if doubtful else error.reason
    if isinstance(error, Misconfigured):
        log.critical("sending stopped, the account's configuration is wrong: %s", error.reason)
        course.again(rules()["pause_seconds"])
        return True
    if isinstance(error, UsedUp | TooOften):
        course.postponed = course.now + timedelta(seconds=error.seconds)
        return False
    if error.whole_api:
        course.again(error.seconds)
        return isinstance(error, NoToken) or need < 2
    course.attempts += 1
    course.again(error.seconds if error.seconds > 0 else backoff(course.attempts))
    return need < 2 and (doubtful or tried_before + 1 < rules()["attempts"])


def _gave_up(course: _Course, name: str, error: ChannelError, means: Means) -> None:
    """This channel will not carry it: note what that tells about the person."""
    course.reason = error.reason
    if isinstance(error, Unknown):
        course.reason = f"{DOUBT}{name}: {error.reason}"
        if course.doubt == name:  # twice without an answer: a third copy would be worse than the doubt
            course.taken.append(name)
        else:  # silence could leave somebody waiting for ever, a second copy is only a nuisance: once more
            course.doubt = name
            course.again(DOUBT_SECONDS)
        return
    course.attempts, course.doubt = 0, ""
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


def _end(course: _Course) -> Outcome:
    row = course.letter.row
    if len(course.taken) >= row.need:
        course.due_at = None
        return course.end("sent")
    if course.due_at is not None:
        return course.end("pending")
    if course.taken:  # fewer than needed: the next reply tells it as well
        return course.end("sent")
    if course.postponed is not None:
        course.due_at = course.postponed
        return course.end("pending")
    if course.reason is None:
        course.reason = row.reason or row.unreachable or ("not bound" if not row.openid else "no channel is open")
    if _recovers(course):
        return course.end("pending")
    return course.end("waiting")


def _recovers(course: _Course) -> bool:
    """A template message that the platform took and then failed to bring, where there is no other way: later again."""
    row = course.letter.row
    reason = str(row.reason or "")
    if not reason.startswith("failed:") or reason == BLOCKED or row.unreachable or not row.subscribed:
        return False
    if "template" not in course.passed or course.attempts >= rules()["attempts"]:
        return False
    course.passed.remove("template")
    course.due_at = course.now + RECOVERY * 2 ** max(0, course.attempts - 1)
    course.reason = reason
    return True


def _unspeakable(course: _Course, reason: str) -> Outcome:
    """A notice that cannot be opened or worded: again for some minutes, then it has failed and the console says why."""
    log.critical("notice %s cannot be put into words: %s", course.letter.id, reason)
    course.attempts, course.reason = course.attempts + 1, reason
    if course.attempts >= BROKEN_TRIES:
        return course.end("failed")
    course.again(backoff(course.attempts))
    return course.end("pending")
