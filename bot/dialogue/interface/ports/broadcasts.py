"""What a handler asks and does about broadcasts: of who writes them, and of who gets them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from bot.broadcasts.written import Details, Written
from bot.dialogue.interface import received
from bot.dialogue.interface.broadcast import NotReached, Preview, TextTemplate
from bot.dialogue.interface.received import Wishes
from bot.dialogue.interface.under_way import Progress, Unanswered
from bot.dialogue.interface.work import LastReminder

AudienceParts = dict[str, list[str]]  # the parts of bot.broadcasts.audience, as a session keeps them


class Broadcasts(Protocol):
    """What staff write for many: written, approved, watched."""

    def audience_words(self) -> Mapping[str, Any]: ...  # [broadcast.audience] of the locale
    def role_words(self) -> Mapping[str, str]: ...  # [broadcast.roles] of the locale
    def kind_words(self) -> Mapping[str, str]: ...  # [broadcast.kind_words] of the locale
    def way_words(self) -> Mapping[str, str]: ...  # [broadcast.way_words] of the locale
    def said(self, name: str) -> str: ...  # an expression of [broadcast.said] of the locale
    def names_in(self, text: str) -> Sequence[str]: ...  # names of the roster, in the order of the text
    def count_audience(self, audience: AudienceParts, kind: str) -> int: ...
    def local(self, at: datetime) -> datetime: ...  # in the office's time zone
    def held(self, details: Details | None) -> str: ...  # when and where a meeting is, to stand after its text
    def templates(self, kind: str | None) -> Sequence[TextTemplate]: ...  # None: of all kinds
    def preview(self, new: Written) -> Preview: ...
    def approvers(self) -> Sequence[tuple[int, str]]: ...
    def create(self, new: Written, asked_id: int) -> int: ...
    def is_newer(self, number: int) -> bool: ...  # changed since the speaker was asked
    def is_to_be_read(self, number: int) -> bool: ...  # may approve it, and was not shown the present text of late
    def show(self, number: int) -> None: ...  # the speaker counts as shown it
    def shown_last(self) -> tuple[str, datetime] | None: ...  # which text to approve, and when
    def approve(self, number: int) -> None: ...
    def reject(self, number: int, note: str) -> None: ...
    def not_reached(self, number: int) -> Sequence[NotReached]: ...  # as it is now, as of a preview, without names
    def mass_line(self, number: int) -> str: ...  # what a mass send would use; a line of its own, or empty
    def progress(self, number: int) -> Progress: ...  # NotAllowed for who neither wrote it nor may approve it
    def mine(self) -> Sequence[Progress]: ...  # those the speaker wrote that are not over
    def pause(self, number: int) -> None: ...
    def resume(self, number: int) -> str: ...  # the state afterwards
    def recall(self, number: int, correction: str) -> int: ...  # how many hear the correction
    def unanswered(self, number: int) -> Sequence[Unanswered]: ...  # NotAllowed before the rounds are through
    def told_by_hand(self, number: int, person_id: int, how: str) -> None: ...
    def not_there(self, number: int) -> Sequence[tuple[int, str]]: ...  # (id, name); of one's own meetings alone
    def sign_in_by_hand(self, number: int, person_id: int) -> None: ...
    def newest(self) -> LastReminder | None: ...


class Received(Protocol):
    """What the speaker gets as one of many, and wishes to get."""

    def listed(self) -> Sequence[received.Received]: ...  # the newest first
    def one(self, number: int) -> received.Received | None: ...  # None where the speaker is no recipient
    def acknowledge(self, number: int | None) -> tuple[int, bool]: ...
    def has_spoken_since(self, at: datetime) -> bool: ...  # whether the speaker sent another message after that
    def meetings(self) -> Sequence[received.Received]: ...  # that are not over, the one announced last first
    def answer_meeting(self, number: int, *, coming: bool, reason: str) -> bool: ...  # whether the reason stands there
    def ask_author(self, number: int, question: str) -> str | None: ...  # who is told; None where nobody can be
    def wishes(self) -> Wishes: ...
    def mute(self, kind: str, *, muted: bool) -> None: ...  # NotAllowed for a duty
    def collect(self, *, digest: bool) -> None: ...
    def agree(self, *, agreed: bool) -> None: ...
