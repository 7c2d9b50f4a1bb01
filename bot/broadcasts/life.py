"""The life of a broadcast as one table: in which state an action is allowed, where it leads, who may do it; and the rules of
approving and reminding."""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum

from bot.errors import NotAllowed
from bot.orders.rights import ADMIN, DISCIPLINE


class State(StrEnum):
    """The states of a broadcast. A closed one stays `sent`; its column `closed_at` says so."""

    DRAFT = "draft"  # nobody was asked to approve it
    REVIEW = "review"
    SCHEDULED = "scheduled"  # approved, its recipients are frozen, its time has not come
    SENDING = "sending"
    PAUSED = "paused"
    SENT = "sent"
    REJECTED = "rejected"
    RECALLED = "recalled"


class Actor(StrEnum):
    """What a person may be to a broadcast."""

    AUTHOR = "author"
    APPROVER = "approver"  # whoever holds one of APPROVERS and is not the author
    CLOCK = "clock"


APPROVERS = (ADMIN, DISCIPLINE)
"""The roles of which one is needed to approve."""
MEETING = "meeting"
KINDS = ("reminder", "bulletin", MEETING, "service")
ANSWERED = ("reminder", MEETING)
"""Kinds that ask for an acknowledgement: who gives none is reminded."""
NO_DUTY = ("bulletin", "service")
"""Kinds that a person may mute, or get once a day."""

FIRST, CORRECTION = 0, 3
"""Rounds: the first sending; 1 and 2 remind; the last one tells what is wrong with a broadcast that was recalled."""
REMINDERS = (timedelta(hours=24), timedelta(hours=48))
"""When each round of reminding begins, after the end of the sending."""
SHOWN_FOR = timedelta(hours=4)
"""So long after a text was shown in the chat a yes counts for it; later it is shown again."""
HOLD = timedelta(seconds=15)
"""How long a start from the console can be undone."""

D, V, C, S, P, T, R, X = State
_DECIDE = (Actor.AUTHOR, Actor.APPROVER)

# action: ({state: state afterwards}, who may). Where (state, action) is missing, it is refused.
_TABLE: dict[str, tuple[dict[State, State], tuple[Actor, ...]]] = {
    "change": ({D: D, V: V, R: D}, (Actor.AUTHOR,)),
    "submit": ({D: V}, (Actor.AUTHOR,)),
    "approve": ({V: V}, (Actor.APPROVER,)),
    "reject": ({V: R}, (Actor.APPROVER,)),
    "schedule": ({V: C}, (Actor.APPROVER,)),  # by the last approval that is needed
    "undo": ({C: V}, (Actor.APPROVER,)),  # within HOLD, by whoever approved last
    "start": ({C: S}, (Actor.CLOCK,)),
    "finish": ({S: T}, (Actor.CLOCK,)),
    "reopen": ({T: S}, (Actor.CLOCK,)),  # a receipt says that somebody has not got it, or it is tried once more
    "pause": ({C: P, S: P}, _DECIDE),
    "resume": ({P: C}, _DECIDE),
    "recall": (
        {D: X, V: X, C: X, S: X, P: X, T: X},
        _DECIDE,
    ),  # one that is sent: with a correction, or while somebody waits
    "remind": ({T: T}, (Actor.CLOCK,)),
    "tell_offline": ({T: T}, (Actor.AUTHOR,)),
    "close": ({T: T}, _DECIDE),
}

LIFE: Mapping[tuple[State, str], State] = {
    (state, action): after for action, (moves, _) in _TABLE.items() for state, after in moves.items()
}
MAY: Mapping[str, tuple[Actor, ...]] = {action: may for action, (_, may) in _TABLE.items()}
NOT_APPROVED = (D, V, R)
"""States in which nobody is a recipient yet."""
UNDER_WAY = (C, S, P)
NOT_OVER = (D, V, R, *UNDER_WAY, T)
"""What its author still has to do with; a sent one until it is closed."""


def after(state: str, action: str, number: int) -> State:
    """The state after this action. NotAllowed where the state does not admit it."""
    found = LIFE.get((State(state), action))
    if found is None:
        raise NotAllowed(f"broadcast.not_now.{action}", number=number)
    return found
