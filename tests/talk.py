"""People talking to the account in tests: each by name, each message through the real use case."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from bot.messages import Inbound
from bot.services.office import Office
from bot.services.receive import receive
from bot.services.roster import bind_codes
from bot.understanding.faq.retrieval import Answers
from bot.wechat.inbox import message_key

NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)  # a Tuesday noon in Shanghai
FIRST_ID = 23_000_000_000_000_001
"""The platform's number of the first message."""


@dataclass
class Talk:
    """A conversation with the office. Time moves a second with each message, or by `wait`."""

    office: Office
    now: datetime = NOON
    replies: list[str] = field(default_factory=list)
    _ids: Iterator[int] = field(default_factory=lambda: itertools.count(FIRST_ID))

    def says(self, who: str, text: str, *, msg_id: str | None = None, **more: object) -> str:
        """Send one text (or, with `kind`, another kind of message) and return the reply."""
        self.now += timedelta(seconds=1)
        inbound = Inbound(
            key=message_key(openid(who), str(msg_id or next(self._ids))), openid=openid(who), account="gh_wutong", kind=str(more.pop("kind", "text")),
            text=text, **more,  # type: ignore[arg-type]
        )  # fmt: skip
        reply = receive(self.office, inbound, self.now) or ""
        self.replies.append(reply)
        return reply

    def bind(self, who: str, phone: str) -> str:
        """Follow the account and bind with a fresh code."""
        return self.says(who, f"绑定 {bind_codes.issue_code(self.office, phone, self.now)}")

    def wait(self, **span: float) -> None:
        self.now += timedelta(**span)


def openid(who: str) -> str:
    """A platform-like id for a name."""
    return f"o{who.encode().hex()}"[:28].ljust(28, "0")


def answering_alone(office: Office) -> Office:
    """The same office, where an answer of the book needs no order."""
    entries = [known.entry for known in office.answers.known]
    return replace(office, answers=Answers("answer", office.answers.finding, entries))
