"""A notice put into words, and the facts that fill the fields of a card."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, TypeVar, cast

from sqlalchemy import Row

from bot.broadcasts.life import CORRECTION
from bot.broadcasts.life import State as Life
from bot.orders.lifecycle import OURS, WORKING, State
from bot.store.sending.attempts import Attempt

T = TypeVar("T")
WITHDRAWN = "withdrawn"
ALARMS = ("place_duty", "place_danger")  # of danger to life
TO_HANDLER = "_handler"  # the end of an event that whoever has the order in hand is told
UNDONE = "undo_"  # what was taken back is told to whoever had it
TOLD_ALTHOUGH_WITHDRAWN = ("withdraw_", "erase_", "separate_", *ALARMS)
TO_RESIDENT = ("ask", "nudge", "refer", "reject", "explain", "unmet", "extend", "tell", "finish", "relay")
IN_WHOLE = frozenset(
    (
        *(f"{action}_{kind}" for action in TO_RESIDENT for kind in ("resident", "followers")),
        "append_handler", "append_staff", "relay_handler", "relay_staff", "reopen_handler", "reopen_staff",
        "broadcast_review", "broadcast_second",  # who approves reads all of it
        "no_show_handler", "no_show_staff", "reschedule_handler", "reschedule_staff", "reschedule_resident",
    )
)  # fmt: skip
TO_DISPATCH = (
    "place_staff", "separate_staff", "release_staff", "decline_staff", "return_staff", "expire_staff", "unclaimed_staff",
)  # fmt: skip
# The states of the order in which a notice still asks for something; of all others it does not matter.
HOLDS: Mapping[str, tuple[State, ...]] = {
    **dict.fromkeys(TO_DISPATCH, (State.SUBMITTED, State.NEEDS_INFO)),
    **dict.fromkeys(("ask_resident", "nudge_resident"), (State.NEEDS_INFO,)),
    **dict.fromkeys(("invite_invitee", "urge_invitee"), (State.OFFERED,)),
    **dict.fromkeys(("publish_members", "widen_members"), (State.OPEN,)),
    **dict.fromkeys(("ask_again_resident", "call_staff"), (State.DONE,)),
    **dict.fromkeys(ALARMS, (*WORKING, State.DONE)),
    **dict.fromkeys(("warn_handler", "warn_staff", "escalate_leaders"), OURS),
}
SOON = timedelta(minutes=10)
SEALED_DUTY = "sealed_duty"  # the same for whoever is on duty and may not open it


@dataclass(frozen=True, slots=True)
class Letter:
    """A claimed notice with all that a channel needs to send it."""

    id: int
    openid: str | None
    kind: str  # "order", "reminder" or "other": which template carries it
    facts: Mapping[str, str]  # code title what place state who when body
    text: str
    row: Row[Any]  # the notice and its person as they were when claimed
    assumed: frozenset[str] = frozenset()  # facts that the notice was not given: they stand in for what is missing
    broken: str | None = None  # why it cannot be opened or worded; then facts and text are empty
    attempts: Sequence[Attempt] = ()  # those made before, the oldest first
    earlier: frozenset[str] = frozenset()  # channels that took earlier rounds of its broadcast
    trace: str = ""  # of the message that it comes from, for the log
    said_as: str = ""  # under which name its sentences stand
    words: str = ""  # somebody's own words in it, as they are
    named: str = ""  # what kind of notice it is, in six characters
    is_digest: bool = False  # somebody's one message a day
    brief: str = ""  # what to do next or what has happened, in one short line, without those words
    same: list[tuple[object, object, Any]] = field(default_factory=list, repr=False, compare=False)  # see `once`

    def once(self, name: object, of: object, make: Callable[[], T]) -> T:
        """What `make` says, worked out once for all letters that say the same: of a broadcast to thousands. `of`: for what."""
        for known, known_of, said in self.same:
            if known_of is of and known == name:
                return cast(T, said)
        self.same.append((name, of, said := make()))
        return said

    @property
    def is_to_be_whole(self) -> bool:
        """Whether its reader must get all of somebody's words in it, however little a card holds."""
        of_broadcasts = self.row.broadcast_id is not None or self.is_digest
        return of_broadcasts or (bool(self.words) and self.said_as in IN_WHOLE)

    @property
    def key(self) -> str:
        """The id under which the platform and the SMS provider know it: at most 32 characters; also different where a
        database was made anew and counts from 1 again."""
        return key_of(self.id, self.row.created_at)

    @property
    def need(self) -> int:
        """Channels that must take it. Of words a second one may be noted, which is the reply that tells them whole."""
        return 1 if self.is_to_be_whole else int(self.row.need)

    def is_settled(self, now: datetime) -> bool:
        """Whether it waited so long that what it asks for has been done by somebody else meanwhile; nothing that is closed waits
        to be dispatched, however short it waited."""
        states, row = HOLDS.get(self.row.event), self.row
        if states is None or row.order_state in states:
            return False
        return bool(row.created_at < now - SOON or (row.event in TO_DISPATCH and row.order_state == State.CLOSED))

    @property
    def is_held(self) -> bool:
        """Whether it belongs to a broadcast that is paused."""
        return bool(self.row.broadcast_state == Life.PAUSED)

    @property
    def is_withdrawn(self) -> bool:
        """Whether it is not told any more: its order was withdrawn meanwhile (danger is told, whoever withdrew it), or is in
        the hands of another person; its broadcast was recalled."""
        row = self.row
        if self.is_digest:
            return not self.text  # nothing is left in it
        if row.broadcast_state == Life.RECALLED:
            return bool(row.round < CORRECTION)
        of_handler = row.event.endswith(TO_HANDLER) and not row.event.startswith(UNDONE)
        elsewhere = of_handler and row.order_handler_id != row.person_id and row.order_outcome is None
        return bool(elsewhere or (row.order_outcome == WITHDRAWN and self._is_over()))

    def _is_over(self) -> bool:
        """Of a withdrawn order: whether what the notice tells was written before. What is said of it afterwards is told."""
        row = self.row
        later = row.order_closed_at is not None and row.created_at > row.order_closed_at
        return not later and not row.event.startswith(TOLD_ALTHOUGH_WITHDRAWN)


def key_of(notice_id: int, written_at: datetime) -> str:
    """As `Letter.key`."""
    return f"n{notice_id}-{int(written_at.timestamp() * 1000)}"[:32]
