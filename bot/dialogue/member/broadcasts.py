"""What recipients say about broadcasts: got it; which are open; the whole text; whether they come to a meeting, when and where it
is."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime

from bot.dialogue.context import Context
from bot.dialogue.expectations import yes_or_no
from bot.dialogue.interface.received import Received
from bot.dialogue.resident import requests, same_matter
from bot.errors import NotFound
from bot.orders.restricted import is_restricted
from bot.understanding.categories import UNKNOWN
from bot.understanding.extract import clauses
from bot.understanding.topics import Topic

NUMBER = re.compile(r"\D?(\d{1,15})\D?")
OF_MEETING = re.compile(r"(\d{1,15})|\D(\d{1,15})\D?")  # digits with a word behind them alone are no number: three days
ANSWERED = "meeting"
"""Where the session keeps when a meeting was answered last."""
AGAIN = 24  # characters of an acknowledgement that comes a second time
READ_BEFORE = 3  # so many are named where nothing is open


def acknowledge(context: Context, code: str | None, rest: str) -> str:
    """收到: the newest reminder, or the one named by its number; counted once. To a meeting it may say more (收到，参加)."""
    number, first = context.received.acknowledge(int(code) if code else None)
    found = context.received.one(number)
    if found is not None and found.kind == "meeting" and not found.is_over:
        said = _answer_read(context, context.reader.topic("meeting", context.reading_of(rest)) if rest else None)
        if said is not None:
            return answer(context, found, coming=said, reason=rest)
    said_first = context.say("member.acked" if first else "member.acked_before", number=number) + _besides(context)
    return said_first + "\n" + (_text(context, found) + _asks(context, found) if found is not None else "")


def _besides(context: Context) -> str:
    """收到，另外我家灯坏了: the order that the request behind it became, on a line of its own; empty where there is none."""
    more = context.reader.read(clauses.besides(context.meant.text)[1])
    asks = more.intent == "request" and more.category != UNKNOWN and not is_restricted(more) and more.urgency != "U0"
    return "\n" + requests.place(context.with_meaning(more)) if asks else ""


def whole(context: Context, number: int) -> str:
    """The text of one broadcast that the speaker got. NotFound."""
    found = context.received.one(number)
    if found is None:
        raise NotFound("broadcast.no_such", number=number)
    return _text(context, found) + _asks(context, found)


def _text(context: Context, found: Received) -> str:
    held = found.held
    recalled = "\n" + context.say("broadcast.was_recalled") if found.is_recalled else ""
    return context.say("broadcast.whole", number=found.number, title=found.heading, body=found.body + held + recalled)


def _asks(context: Context, found: Received) -> str:
    """What may still be answered; empty where nothing may, as by somebody who has left the roster."""
    if found.is_recalled or found.is_over or not context.me.rights.roles:
        return ""
    if found.kind == "meeting":
        state = {None: "open", True: "coming", False: "away"}[found.coming]
        return "\n" + context.say(f"broadcast.meeting.{state}")
    return "\n" + context.say("broadcast.not_acked") if found.asks and not found.is_acked else ""


def listed(context: Context, code: str | None, rest: str) -> str:
    """我的提醒: those that ask for an answer, with their text; with a number the whole text of that one."""
    named = NUMBER.fullmatch(code or rest.strip())
    if named is not None:
        return whole(context, int(named[1]))
    found = [each for each in context.received.listed() if not each.is_recalled]
    waits = [each for each in found if is_open(each) and context.me.rights.roles]
    if waits:
        return context.say(
            "member.open_reminders", number=len(waits),
            texts="\n\n".join(_text(context, each) + _asks(context, each) for each in waits),
        )  # fmt: skip
    if not found:
        return context.say("member.no_reminders")
    lines = [context.say("broadcast.line", number=each.number, name=each.heading) for each in found[:READ_BEFORE]]
    return context.say("member.none_open", lines="\n".join(lines))


def is_open(found: Received) -> bool:
    """Whether it asks for an answer that the speaker has not given."""
    if found.kind == "meeting":
        return not found.is_over and found.coming is None
    return found.asks and not found.is_acked


def attend(context: Context, code: str | None, rest: str) -> str:
    """参加, 参加 N."""
    return answer(context, _meeting(context, code, rest)[0], coming=True, reason="")


def leave(context: Context, code: str | None, rest: str) -> str:
    """请假 reason, 请假 N reason."""
    found, reason = _meeting(context, code, rest)
    return answer(context, found, coming=False, reason=reason)


def _meeting(context: Context, code: str | None, rest: str) -> tuple[Received, str]:
    """The meeting that the words name, or the one announced last, and the words behind its number. NotFound."""
    first, _, words = rest.strip().partition(" ")
    number = OF_MEETING.fullmatch(first)
    named = code or (number[1] or number[2] if number is not None else None)
    waits = context.received.meetings()
    if named is not None:
        found = context.received.one(int(named))
        if found is not None and found.kind == "meeting":
            return found, rest.strip() if code else words.strip()
    if not waits:
        raise NotFound("broadcast.no_open_meeting")
    return waits[0], rest.strip()


def answer(context: Context, found: Received, *, coming: bool, reason: str) -> str:
    """Whether the speaker comes; it may be said otherwise later."""
    context.session.data[ANSWERED] = context.now.isoformat()
    stands = context.received.answer_meeting(found.number, coming=coming, reason=reason)
    facts = _facts(context, found)
    if coming:
        return context.say("broadcast.coming", **facts)
    if stands:
        context.outcome.taken = True  # an obstacle is told to the author, and asks for nothing
        return context.say("broadcast.away", **facts)
    return context.say("broadcast.away_apart" if reason.strip() else "broadcast.away_why", **facts)


def _answer_read(context: Context, topic: Topic | None) -> bool | None:
    names = {"comes": True, "away": False}
    return names.get(topic.name) if topic is not None else None


def newest_answered(context: Context, number: int) -> str | None:
    """An answer to the meeting that was shown last (我去; 去不了，孩子住院; 好的); None where the words are none, or it is none."""
    found = context.received.one(number)
    if found is None or found.kind != "meeting" or found.is_over or found.is_recalled:
        return None
    coming = _answer_read(context, context.reader.topic("meeting", context.meant))
    said = yes_or_no.read(context)
    if coming is None and said is not None:
        coming = said == yes_or_no.YES
    return answer(context, found, coming=coming, reason=context.meant.text) if coming is not None else None


def talk(context: Context) -> str | None:
    """Words about a meeting that is still to come: another answer, or when and where it is. None for who is called to none, and where
    they name no meeting and may as well be about an order."""
    if not context.me.roles or context.meant.request_count > 1:
        return None
    topic = context.reader.topic("meeting", context.meant)
    if topic is None:
        return _of_reminder(context)
    waits = context.received.meetings()
    if not waits or (not _names_meeting(context) and _may_be_of_order(context, topic, waits[0])):
        return None
    return ABOUT[topic.name](context, waits[0])


def _of_reminder(context: Context) -> str | None:
    """A question about the last reminder, which goes to whoever wrote it; an acknowledgement that was given before."""
    reader, meant = context.reader, context.meant
    shows = reader.matches("reminder", "shows", meant)
    asks = shows or reader.matches("reminder", "asks", meant)
    again = not asks and reader.matches("acknowledge", "begins", meant) and len(meant.folded) <= AGAIN
    last = next(iter(context.received.listed()), None) if asks or again else None
    if last is None or last.is_recalled or last.kind == "meeting" or same_matter.names_house(meant):
        return None
    if shows:
        return whole(context, last.number)
    if asks:
        author = context.received.ask_author(last.number, meant.text)
        key = "broadcast.reminder_asked" if author else "broadcast.reminder_ask_elsewhere"
        return context.say(key, number=last.number, title=last.heading, author=author or "") + _asks(context, last)
    return acknowledge(context, str(last.number), "") if last.is_acked and meant.category == UNKNOWN else None


def asks_about_meeting(context: Context) -> bool:
    """Whether the words ask when, where or what a meeting is that they name (几点开会), and the speaker is called to one."""
    topic = context.reader.topic("meeting", context.meant) if _names_meeting(context) else None
    return topic is not None and topic.name in ("asks", "what", "question") and bool(context.received.meetings())


def cannot_come(context: Context) -> bool:
    """Whether the words say so (赶不上了，要送孩子), and the speaker is called to a meeting."""
    topic = context.reader.topic("meeting", context.meant) if context.me.roles else None
    return topic is not None and topic.name == "away" and bool(context.received.meetings())


def _names_meeting(context: Context) -> bool:
    return context.reader.matches("about_meeting", "named", context.meant)


def _may_be_of_order(context: Context, topic: Topic, meeting: Received) -> bool:
    """Whether the words may be about an order: an invitation, one in hand, or the speaker's own. Who comes or cannot go means the
    meeting where it was spoken of later than the own order, and 去不了 never one for which the speaker goes nowhere."""
    if any(each.kind == "invitation" for each in context.waiting.items()) or context.orders.in_hand():
        return True
    order, talked_at = context.orders.focus(), context.session.order_at
    if order is None or talked_at is None or order.state == "closed":
        return False
    if topic.name not in ("comes", "away"):
        return True
    answered = context.session.data.get(ANSWERED)
    spoken_at = max(meeting.sent_at, datetime.fromisoformat(answered)) if answered else meeting.sent_at
    goes = context.reader.matches("about_meeting", "goes", context.reader.read(context.wording.need(order)))
    return talked_at > spoken_at and (topic.name == "comes" or goes)


def _told(context: Context, found: Received) -> str:
    return context.say("broadcast.meeting_told", **_facts(context, found))


def _ask_author(context: Context, found: Received) -> str:
    """能不能线上参加: what the notice does not say; whoever wrote it is told the question."""
    author = context.received.ask_author(found.number, context.meant.text)
    key = "broadcast.asked_author" if author else "broadcast.ask_elsewhere"
    return context.say(key, author=author or "", **_facts(context, found))


def _facts(context: Context, found: Received) -> dict[str, object]:
    """When and where it is; a meeting of another system may say so in its text alone."""
    in_text = context.say("broadcast.in_text")
    return {
        "number": found.number,
        "title": found.heading,
        "when": found.when or in_text,
        "place": found.place or in_text,
    }


ABOUT: Mapping[str, Callable[[Context, Received], str]] = {
    "comes": lambda context, found: answer(context, found, coming=True, reason=""),
    "away": lambda context, found: answer(context, found, coming=False, reason=context.meant.text),
    "asks": _told,
    "question": _ask_author,
    "what": lambda context, found: _text(context, found) + _asks(context, found),
}
