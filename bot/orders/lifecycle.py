"""The life of an order as one table: in which state an action is allowed, who may do it, who is told, what else changes."""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """The states of an order."""

    SUBMITTED = "submitted"
    NEEDS_INFO = "needs_info"
    OPEN = "open"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    DONE = "done"
    CLOSED = "closed"


class Actor(StrEnum):
    """What a person may be to an order; a person can be several of these."""

    RESIDENT = "resident"  # whose order it is
    INVITEE = "invitee"  # who has a pending invitation
    HANDLER = "handler"  # who accepted it or was assigned
    MEMBER = "member"  # any member of the roster but the resident
    STAFF = "staff"  # of the order's community, or of the whole office
    CLOCK = "clock"  # the clock process, when a time is reached


class Told(StrEnum):
    """Whom an action is told to. Nobody is told of an action of their own."""

    RESIDENT = "resident"
    HANDLER = "handler"  # the present handler
    FORMER = "former"  # who was working on it, or invited, before the action
    INVITEE = "invitee"
    STAFF = "staff"
    LEADERS = "leaders"
    MEMBERS = "members"  # to whom the open order is offered at present: grid, community or whole office
    FOLLOWERS = "followers"  # residents whose own order was merged into this one


@dataclass(frozen=True, slots=True)
class Move:
    """The state after an action, and the outcome where it closes the order. `to` None: the state before the action that
    is taken back."""

    to: State | None
    outcome: str | None = None


S, N, O, F, A, D, C = State  # noqa: E741 - the columns of the table below
WORKING = (S, N, O, F, A)
WAITING = (S, N, O, F)
OURS = (S, O, F, A)  # the office or the handler must act, not the resident

_ENDED = (Told.RESIDENT, Told.FORMER, Told.FOLLOWERS)
_TOLD_BEFORE = (Told.RESIDENT, Told.HANDLER, Told.INVITEE, Told.MEMBERS, Told.FORMER, Told.FOLLOWERS)
_ADDED = {state: Move(S if state is N else state) for state in State}

# action: ({state: Move}, who may, who is told). Where (state, action) is missing, it is refused.
_TABLE: dict[str, tuple[dict[State, Move], tuple[Actor, ...], tuple[Told, ...]]] = {
    # the first line of every history; from no state it leads to submitted
    "place": ({}, (Actor.RESIDENT,), (Told.STAFF,)),
    # the resident
    "append": (_ADDED, (Actor.RESIDENT,), (Told.HANDLER, Told.STAFF)),
    # a picture, recording or place
    "attach": (_ADDED, (Actor.RESIDENT,), (Told.HANDLER,)),
    # an answer to the bot's own question
    "detail": (_ADDED, (Actor.RESIDENT,), (Told.HANDLER,)),
    # words passed on to the other side; another time; nobody came
    "relay": ({s: Move(s) for s in (A, D)}, (Actor.RESIDENT, Actor.HANDLER), (Told.RESIDENT, Told.HANDLER)),
    "reschedule": ({s: _ADDED[s] for s in WORKING}, (Actor.RESIDENT, Actor.HANDLER), (Told.RESIDENT, Told.HANDLER, Told.INVITEE, Told.STAFF)),
    "no_show": ({s: Move(s) for s in WORKING}, (Actor.RESIDENT,), (Told.HANDLER, Told.STAFF)),
    "withdraw": (dict.fromkeys(WORKING, Move(C, "withdrawn")), (Actor.RESIDENT,), (Told.FORMER, Told.STAFF)),
    # into another order of the same message: the resident says that it is one matter
    "join": (dict.fromkeys(WORKING, Move(C, "merged")), (Actor.RESIDENT,), (Told.FORMER, Told.STAFF)),
    "confirm": ({D: Move(C, "confirmed")}, (Actor.RESIDENT,), (Told.HANDLER,)),
    "rate": ({C: Move(C)}, (Actor.RESIDENT,), ()),
    "reopen": ({D: Move(A), C: Move(S)}, (Actor.RESIDENT,), (Told.HANDLER, Told.STAFF)),
    # staff
    "ask": ({S: Move(N), N: Move(N)}, (Actor.STAFF,), (Told.RESIDENT,)),
    "invite": (dict.fromkeys(WAITING, Move(F)), (Actor.STAFF,), (Told.INVITEE, Told.FORMER)),
    "assign": (dict.fromkeys(WORKING, Move(A)), (Actor.STAFF,), (Told.HANDLER, Told.RESIDENT, Told.FORMER)),
    "publish": ({S: Move(O), N: Move(O), F: Move(O)}, (Actor.STAFF,), (Told.MEMBERS, Told.FORMER)),
    "recategorise": ({s: Move(s) for s in (S, N)}, (Actor.STAFF,), ()),
    # words to the resident that change nothing; words among colleagues, told to whom they name
    "tell": ({s: Move(s) for s in (*WORKING, D)}, (Actor.STAFF,), (Told.RESIDENT,)),
    # words of staff to who helps
    "instruct": ({A: Move(A)}, (Actor.STAFF,), (Told.HANDLER,)),
    "note": ({s: Move(s) for s in State}, (Actor.STAFF,), (Told.STAFF,)),
    # at the console: what was understood wrongly; another community's matter; a later limit, with the reason
    "correct": ({s: Move(s) for s in (*WORKING, D)}, (Actor.STAFF,), (Told.HANDLER,)),
    "transfer": (dict.fromkeys(WAITING, Move(S)), (Actor.STAFF,), (Told.STAFF, Told.FORMER)),
    "extend": ({s: Move(s) for s in WORKING}, (Actor.STAFF,), (Told.RESIDENT, Told.HANDLER)),
    # one message asked for two things: part of the words becomes an order of its own
    "split": ({s: Move(s) for s in WORKING}, (Actor.STAFF,), (Told.RESIDENT, Told.HANDLER, Told.INVITEE)),
    "urge": ({F: Move(F), A: Move(A)}, (Actor.STAFF,), (Told.HANDLER, Told.INVITEE, Told.RESIDENT)),
    "refer": (dict.fromkeys(WORKING, Move(C, "referred")), (Actor.STAFF,), _ENDED),
    "reject": (dict.fromkeys(WORKING, Move(C, "rejected")), (Actor.STAFF,), _ENDED),
    "merge": (dict.fromkeys(WORKING, Move(C, "merged")), (Actor.STAFF,), _ENDED),
    "explain": (dict.fromkeys(WORKING, Move(C, "explained")), (Actor.STAFF,), _ENDED),
    "unmet": (dict.fromkeys(WORKING, Move(C, "unmet")), (Actor.STAFF,), _ENDED),
    # the matter is a petition: the statutory notice in writing falls due; it was given
    "register": ({s: Move(s) for s in (*WORKING, D)}, (Actor.STAFF,), (Told.RESIDENT,)),
    "give_notice": ({s: Move(s) for s in (*WORKING, D)}, (Actor.STAFF,), ()),
    # takes back what one did last, unless somebody has acted on the order since; told are those who had been told of that
    "undo": ({s: Move(None) for s in (S, N, O, F, A, C)}, (Actor.STAFF,), _TOLD_BEFORE),
    # the handler or invitee
    "accept": ({F: Move(A)}, (Actor.INVITEE,), (Told.RESIDENT, Told.STAFF)),
    "claim": ({O: Move(A)}, (Actor.MEMBER,), (Told.RESIDENT, Told.STAFF)),
    "decline": ({F: Move(S)}, (Actor.INVITEE,), (Told.STAFF,)),
    "return": ({A: Move(S)}, (Actor.HANDLER,), (Told.STAFF, Told.RESIDENT)),
    "finish": ({A: Move(D)}, (Actor.HANDLER,), (Told.RESIDENT, Told.FOLLOWERS)),
    # the clock
    "expire": ({F: Move(S)}, (Actor.CLOCK,), (Told.FORMER, Told.STAFF)),
    "widen": ({O: Move(O)}, (Actor.CLOCK,), (Told.MEMBERS,)),
    "unclaimed": ({O: Move(S)}, (Actor.CLOCK,), (Told.STAFF, Told.RESIDENT)),
    "ask_again": ({D: Move(D)}, (Actor.CLOCK,), (Told.RESIDENT,)),
    "nudge": ({N: Move(N)}, (Actor.CLOCK,), (Told.RESIDENT,)),
    # its handler or invitee left the roster
    "release": (dict.fromkeys((F, A), Move(S)), (Actor.CLOCK,), (Told.STAFF,)),
    # the order that it was merged into was withdrawn, or staff find that it is another matter
    "separate": ({C: Move(S)}, (Actor.CLOCK, Actor.STAFF), (Told.RESIDENT, Told.STAFF)),
    "call": ({D: Move(D)}, (Actor.CLOCK,), (Told.STAFF,)),
    # its resident has what is known deleted
    "erase": (dict.fromkeys((*WORKING, D), Move(C, "withdrawn")), (Actor.CLOCK,), (Told.FORMER, Told.STAFF)),
    "no_reply": (dict.fromkeys((N, D), Move(C, "no_reply")), (Actor.CLOCK,), (Told.RESIDENT,)),
    "warn": ({s: Move(s) for s in OURS}, (Actor.CLOCK,), (Told.HANDLER, Told.STAFF)),
    "petition_warn": ({s: Move(s) for s in (*WORKING, D)}, (Actor.CLOCK,), (Told.STAFF,)),
    "petition_late": ({s: Move(s) for s in (*WORKING, D)}, (Actor.CLOCK,), (Told.LEADERS, Told.STAFF)),
    "escalate": ({s: Move(s) for s in OURS}, (Actor.CLOCK,), (Told.LEADERS,)),
}  # fmt: skip

ACTIONS: tuple[str, ...] = tuple(_TABLE)
LIFE: dict[tuple[State, str], Move] = {
    (state, action): move for action, (moves, _, _) in _TABLE.items() for state, move in moves.items()
}
MAY: dict[str, tuple[Actor, ...]] = {action: may for action, (_, may, _) in _TABLE.items()}
TELL: dict[str, tuple[Told, ...]] = {action: told for action, (_, _, told) in _TABLE.items()}
INTERNAL = frozenset({"note"})
"""Of which the resident and whoever only hears of the order learn nothing."""
# notices that ask somebody to take the order: once somebody has it, or it is withdrawn, they are not sent any more
CALLS = tuple(
    f"{action}_{kind}"
    for action, told in TELL.items()
    for kind in told
    if kind in (Told.MEMBERS, Told.INVITEE) and action != "undo"
)
# what staff may take back: a dispatch, a publication, a referral, a rejection, a merge, an answer, a split
UNDOABLE = ("invite", "assign", "publish", "refer", "reject", "merge", "explain", "unmet", "split")


def as_markdown() -> str:
    """The table as docs/orders.md shows it: one line for each action, one column for each state."""
    head = ["action", *State, "who may", "who is told"]
    rows = [head, ["---"] * len(head)]
    for action in ACTIONS:
        cells = []
        for state in State:
            move = LIFE.get((state, action))
            cells.append(_cell(move) if move else "")
        rows.append([f"`{action}`", *cells, ", ".join(MAY[action]), ", ".join(TELL[action]) or "—"])
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _cell(move: Move) -> str:
    """The state, with the outcome where the action closes the order."""
    if move.to is None:
        return "as before"
    return f"{move.to}: {move.outcome}" if move.outcome else str(move.to)


if __name__ == "__main__":
    print(as_markdown())
