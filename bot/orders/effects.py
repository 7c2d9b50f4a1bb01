"""What each action changes besides the state: one table, and the columns of an order that follow from it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from bot.orders.lifecycle import ACTIONS, Move, State
from bot.orders.order import Order
from bot.orders.time_limits.calendar import Calendar
from bot.orders.time_limits.limits import Limits


@dataclass(frozen=True, slots=True)
class Effects:
    """What an action changes besides the state.

    `offers`: the state in which pending invitations end; None leaves them pending.
    `handler`: "doer" becomes the handler, "none" clears the handler, "none_if_closed" clears that of a closed order.
    `restarts`: the step and its limit start anew even where the state stays.
    `stamps`: columns that get the present time. `clears`: columns that are emptied.
    `solved`: what the order's column says from now on; None leaves it.
    `term`: the limit that starts, of a second attempt or of a petition's notice in writing.
    `merged`: the action that is done to each order that was merged into this one.
    `escalates`: what is counted; above the office's limit the leaders decide.
    `restricted`: whether the action may be done to an order of the restricted lane.
    `resident_speaks`: whether the note is the resident's own words. `note_shown`: whether the resident reads the note.
    """

    offers: str | None = "withdrawn"
    handler: Literal["doer", "none", "none_if_closed"] | None = None
    restarts: bool = False
    stamps: tuple[str, ...] = ()
    clears: tuple[str, ...] = ()
    solved: bool | None = None
    term: Literal["rework", "petition"] | None = None
    merged: str | None = None
    escalates: Literal["returns", "rework"] | None = None
    restricted: bool = True
    resident_speaks: bool = False
    note_shown: bool = False


_PLAIN = Effects()
_TABLE: dict[str, Effects] = {
    # the resident
    "append": Effects(offers=None, resident_speaks=True, note_shown=True),
    "attach": Effects(offers=None, resident_speaks=True, note_shown=True),
    "detail": Effects(offers=None, resident_speaks=True, note_shown=True),
    "relay": Effects(offers=None, restricted=False, resident_speaks=True, note_shown=True),
    "reschedule": Effects(offers=None, resident_speaks=True, note_shown=True),
    "no_show": Effects(offers=None, resident_speaks=True, note_shown=True),
    "withdraw": Effects(merged="separate", resident_speaks=True),
    "confirm": Effects(solved=True, resident_speaks=True),
    "rate": Effects(resident_speaks=True),
    "reopen": Effects(
        handler="none_if_closed", clears=("outcome", "closed_at"), solved=False, term="rework", escalates="rework",
        resident_speaks=True,
    ),
    # staff
    "ask": Effects(restarts=True, clears=("asked_again_at",), note_shown=True),
    "invite": Effects(handler="none", restarts=True, restricted=False),
    "assign": Effects(restricted=False),
    "publish": Effects(handler="none", restricted=False),
    "urge": Effects(offers=None, restricted=False),
    "tell": Effects(offers=None, restricted=False, note_shown=True),
    "instruct": Effects(offers=None, restricted=False),
    "note": Effects(offers=None, restricted=False),
    "correct": Effects(offers=None, restricted=False),
    "transfer": Effects(handler="none", restarts=True, restricted=False),
    "extend": Effects(offers=None, restricted=False, note_shown=True),
    "split": Effects(offers=None, restricted=False, note_shown=True),
    "merge": Effects(restricted=False, note_shown=True),
    **dict.fromkeys(("refer", "reject", "explain", "unmet"), Effects(note_shown=True)),
    "register": Effects(offers=None, stamps=("petition_at",), term="petition"),
    "give_notice": Effects(offers=None, stamps=("petition_told_at",)),
    # who helps
    "accept": Effects(offers="accepted", handler="doer"),
    "claim": Effects(handler="doer"),
    "decline": Effects(offers="declined"),
    "return": Effects(handler="none", escalates="returns"),
    "finish": Effects(stamps=("done_at",), clears=("asked_again_at",), note_shown=True),
    # time
    "expire": Effects(offers="expired"),
    "release": Effects(handler="none"),
    "erase": Effects(merged="separate"),
    "separate": Effects(clears=("outcome", "closed_at", "merged_into_id")),
    "widen": Effects(restarts=True),
    "ask_again": Effects(stamps=("asked_again_at",)),
    "nudge": Effects(stamps=("asked_again_at",)),
    "call": Effects(stamps=("warned_at",)),
    "warn": Effects(offers=None, stamps=("warned_at",)),
    "escalate": Effects(offers=None, stamps=("escalated_at",)),
    "petition_warn": Effects(offers=None, stamps=("petition_warned_at",)),
    "petition_late": Effects(offers=None, stamps=("petition_escalated_at", "petition_warned_at")),
}  # fmt: skip

EFFECTS: dict[str, Effects] = {action: _TABLE.get(action, _PLAIN) for action in ACTIONS}
# the resident's own words, in which somebody may be named; staff name each other for other reasons
SAID_BY_RESIDENT = frozenset(action for action, effects in EFFECTS.items() if effects.resident_speaks)
NOTE_SHOWN = frozenset(action for action, effects in EFFECTS.items() if effects.note_shown)


def columns(
    order: Order, move: Move, action: str, doer_id: int | None, now: datetime, limits: Limits, calendar: Calendar, *,
    sla: str, ring: int,
) -> dict[str, Any]:  # fmt: skip
    """The columns that the action changes. `sla`: that of the category; `ring`: the one in force from now on."""
    effects, due_at = EFFECTS[action], order.due_at
    if move.to is None:  # what was before is restored by whoever takes the action back
        return {"updated_at": now}
    values: dict[str, Any] = {"state": move.to, "updated_at": now}
    values |= dict.fromkeys(effects.clears) | dict.fromkeys(effects.stamps, now)
    if move.outcome:
        values |= {"outcome": move.outcome, "closed_at": now, "step_due_at": None}
    if effects.solved is not None:
        values["solved"] = effects.solved
    if effects.term == "rework":
        due_at = limits.rework_due_at(sla, now, calendar)
        values |= {"round": order.round + 1, "due_at": due_at}
    elif effects.term == "petition":
        values["petition_due_at"] = now + timedelta(days=limits.petition_days)
    if move.to != order.state or effects.restarts:
        step_due_at = limits.step_due_at(move.to, order.urgency, now, calendar, ring=ring, due_at=due_at)
        values = {"step_at": now, "warned_at": None, "escalated_at": None, "step_due_at": step_due_at} | values
        values["step_due_at"] = step_due_at
    return values | _handler(effects, order, doer_id)


def _handler(effects: Effects, order: Order, doer_id: int | None) -> dict[str, int | None]:
    if effects.handler == "doer":
        return {"handler_id": doer_id}
    none = effects.handler == "none" or (effects.handler == "none_if_closed" and order.state == State.CLOSED)
    return {"handler_id": None} if none else {}
