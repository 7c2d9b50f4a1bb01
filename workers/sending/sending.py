"""One letter, sent by the person's channels in turn: what is done about each way in which that can fail."""

import logging
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.errors import ChannelError, Gone, Misconfigured, Refused, RetryLater
from bot.services.notices.reach import REACHES, choosing
from bot.services.notices.reach.ways import template_for
from bot.services.notices.rules import rules
from bot.services.notices.words.letter import WITHDRAWN, Letter
from bot.store.sending.attempts import Outcome
from bot.store.sending.notice_reports import Report
from workers.channels import CHANNELS
from workers.channels.channel import Means
from workers.sending.course import Course
from workers.wechat.error_codes import (
    Alarm,
    Joined,
    Lost,
    NoConsent,
    NotFollowing,
    NoToken,
    NotThere,
    Repeatable,
    Stopped,
    TooOften,
    Unknown,
    UsedUp,
    WindowClosed,
    backoff,
)

log = logging.getLogger(__name__)

ALL_CLOSED: dict[str, Any] = {"chat_left": 0, "click_left": 0}
UNANSWERED_SECONDS = 20.0  # until a message whose answer was lost is sent once more
BROKEN_TRIES = 20  # of a notice that cannot be put into words; a newer worker may know how
NOTED = {
    Joined: Outcome.JOINED, Repeatable: Outcome.UNKNOWN, Lost: Outcome.UNKNOWN, NotThere: Outcome.ASKED, Stopped: Outcome.MISCONFIGURED,
}  # fmt: skip
"""What is written down of a channel that is tried again; of any other error: later."""
RECOVERY = timedelta(minutes=15)  # doubling; longer than the platform remembers a client_msg_id


def send(means: Means, letter: Letter, now: datetime | None = None) -> Report:
    """Try the channels that are left until one more took it. Raises nothing of ChannelError."""
    course = Course.begin(letter, now or datetime.now(UTC))
    if letter.broken is not None:
        return _unspeakable(course, letter.broken)
    if letter.is_withdrawn:
        course.reason = WITHDRAWN
        return course.end("failed")
    for name in [*course.tried.joined, *choosing.order(means.ways, letter)]:
        if course.enough:
            break
        if not _open(course, name, means):
            continue
        try:
            sent = CHANNELS[name](means, letter, course.now)
        except (RetryLater, Misconfigured) as error:
            if _waits(course, name, error):
                break
        except ChannelError as error:
            _gave_up(course, name, error, means)
        else:
            course.took(name, sent, to_be_whole=letter.is_to_be_whole)
            if not course.enough:  # written down first: a killed process must not use this channel again
                course.again(0)
                return course.end("pending")
    return _end(course)


def _open(course: Course, name: str, means: Means) -> bool:
    """Whether this way is open to the person, after what was tried so far."""
    tried = course.tried
    if name in tried.taken or name in tried.passed or (tried.begun - {name} and course.letter.need < 2):
        return False
    if name in tried.joined:  # what has changed since then is known where all are sent
        return True
    if REACHES[name].needs_account and "unreachable" in course.person:
        return False
    return choosing.is_open(means.ways, course.letter, name, course.now)


def _waits(course: Course, name: str, error: RetryLater | Misconfigured) -> bool:
    """Note when this channel is to be tried again, and say whether the others must not be tried now."""
    need, tried_before = course.letter.need, course.tries
    course.reason = error.reason
    if isinstance(error, Misconfigured):
        log.critical("sending stopped, the account's configuration is wrong: %s", error.reason)
        course.note(name, Outcome.MISCONFIGURED, error)
        course.again(rules()["pause_seconds"])
        return True
    if error.answered or not error.whole_api:  # else nothing was sent: the API rests
        course.note(name, NOTED.get(type(error), Outcome.LATER), error)
    if isinstance(error, Stopped):
        log.critical("channel %s rests, its configuration is wrong: %s", name, error.reason)
    if isinstance(error, UsedUp | TooOften | Stopped):
        course.postponed = course.now + timedelta(seconds=error.seconds)
        return False
    if error.whole_api:
        course.again(error.seconds)
        return isinstance(error, NoToken) or need < 2
    course.tries += 1
    course.again(error.seconds if error.seconds > 0 else backoff(course.tries))
    return need < 2 and (name in course.tried.begun or tried_before + 1 < rules()["attempts"])


def _gave_up(course: Course, name: str, error: ChannelError, means: Means) -> None:
    """This channel will not carry it: note what that tells about the person."""
    course.reason = error.reason
    if isinstance(error, Unknown):
        _unanswered(course, name, error)
        return
    course.tries = 0
    course.note(name, Outcome.GONE if isinstance(error, Gone) else Outcome.REFUSED, error)
    if isinstance(error, Gone):
        course.person |= {"unreachable": error.reason[:64], **ALL_CLOSED}
        if isinstance(error, NotFollowing):
            course.person["subscribed"] = False
    elif isinstance(error, WindowClosed):
        course.person |= ALL_CLOSED
    elif isinstance(error, NoConsent):
        template = template_for(means.ways, course.letter, "subscribe")
        course.refused_template = template.id if template else None
    elif isinstance(error, Alarm):
        log.error("channel %s cannot carry notice %s: %s", name, course.letter.id, error.reason)
    elif isinstance(error, Refused):
        log.info("channel %s did not take notice %s: %s", name, course.letter.id, error.reason)


def _unanswered(course: Course, name: str, error: Unknown) -> None:
    """Silence could leave somebody waiting for ever, a second copy is only a nuisance: once more. After that a third
    copy would be worse than not knowing."""
    if name in course.tried.unanswered:
        course.note(name, Outcome.ASSUMED, error)
    else:
        course.note(name, Outcome.UNKNOWN, error)
        course.again(UNANSWERED_SECONDS)


def _end(course: Course) -> Report:
    row = course.letter.row
    if course.enough:
        course.due_at = None
        return course.end("sent")
    if course.due_at is not None:
        return course.end("pending")
    if course.tried.taken:  # fewer than needed: the next reply tells it as well
        return course.end("sent")
    if course.postponed is not None:
        course.due_at = course.postponed
        return course.end("pending")
    if course.reason is None:
        course.reason = row.reason or row.unreachable or ("not bound" if not row.openid else "no channel is open")
    if _recovers(course):
        return course.end("pending")
    return course.end("waiting")


def _recovers(course: Course) -> bool:
    """A card that the platform took and then failed to bring, where there is no other way: later again."""
    row = course.letter.row
    cards = [one.outcome for one in (*course.letter.attempts, *course.made) if one.channel == "template"]
    if not cards or cards[-1] is not Outcome.FAILED or row.unreachable or not row.subscribed:
        return False
    if course.tries >= rules()["attempts"]:
        return False
    course.note("template", Outcome.LATER)
    course.due_at = course.now + RECOVERY * 2 ** max(0, course.tries - 1)
    return True


def _unspeakable(course: Course, reason: str) -> Report:
    """A notice that cannot be opened or worded: again for some minutes, then it has failed and the console says why."""
    log.critical("notice %s cannot be put into words: %s", course.letter.id, reason)
    course.note("", Outcome.BROKEN, ChannelError(reason))
    course.tries, course.reason = course.tries + 1, reason
    if course.tries >= BROKEN_TRIES:
        return course.end("failed")
    course.again(backoff(course.tries))
    return course.end("pending")
