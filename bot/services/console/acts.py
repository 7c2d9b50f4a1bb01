"""What can be done to an order at the console: the commands of the chat, by their own handlers."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from bot.dialogue import policy
from bot.dialogue.context import Context
from bot.dialogue.handlers import HANDLERS
from bot.dialogue.staff import dispatch, splitting
from bot.errors import NotAllowed, NotFound, NotUnderstood, Spoken
from bot.orders import codes
from bot.orders.lifecycle import LIFE, UNDOABLE, State, Told
from bot.orders.order import Order
from bot.orders.restricted import is_restricted
from bot.services.console.seat import AT_ONCE, Seat, acting
from bot.services.office import Office
from bot.understanding.result import Command

UNDO_SECONDS = 15
HELD = timedelta(seconds=UNDO_SECONDS)
NAMED = re.compile(r"[@＠]([\u4e00-\u9fff]{2,4})")
MERGED = "merged"  # an outcome
MOST = 50  # orders of a bulk action

ACTIONS: Mapping[str, str] = {
    "dispatch": "invite", "publish": "publish", "refer": "refer", "reject": "reject", "merge": "merge", "split": "split", "separate": "separate", "explain": "explain",
    "unmet": "unmet", "ask": "ask", "urge": "urge", "recategorise": "recategorise", "register": "register", "give_notice": "give_notice",
    "tell": "tell", "note": "note", "finish": "finish", "return": "return", "accept": "accept", "decline": "decline", "undo": "undo",
}  # fmt: skip
"""The commands that the console offers, each with the action of the life of an order by which it is known to be possible."""
HELD_BACK = frozenset(command for command, action in ACTIONS.items() if action in UNDOABLE)
"""What is told only after the time in which it can be undone."""


@dataclass(frozen=True, slots=True)
class Act:
    """One command for one order. `person_id`: whom a dispatch goes to. `other`: the order that another one is merged
    into. `category`: of the order that is split off. `version`: of the order as the person saw it; None: as it is now."""

    command: str
    code: str
    words: str = ""
    person_id: int | None = None
    other: str | None = None
    version: int | None = None
    category: str | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """What came of it: the sentence, and until when it can be undone."""

    code: str
    said: str
    is_done: bool
    undo_until: datetime | None = None


def act(
    office: Office, seat: Seat, wanted: Act, now: datetime, *, ends_handover: bool = False, hears: bool = True
) -> Done:
    """Do it. NotAllowed, NotFound and NotUnderstood as in the chat; NotAllowed also where somebody was faster.
    `ends_handover`: the order's conversation waits for a person, and does so no more; NotFound where it does not.
    `hears`: as of `acting`."""
    if wanted.command not in ACTIONS:
        raise NotFound("refused.no_such_order", code=wanted.code)
    command = Command(wanted.command, wanted.code, wanted.words, "", wanted.other)
    held = HELD if wanted.command in HELD_BACK else AT_ONCE
    with acting(office, seat, now, command, held, hears=hears) as context:
        order = chosen(context, wanted)
        if ends_handover and not context.actions.end_handover(order):
            raise NotFound("refused.no_such_order", code=wanted.code)
        do = partial(_do, context, order, wanted)
        said = policy.perform(context, do, order=order, hears=hears)
        undoable = held and order.urgency not in ("U0", "U1") and context.actions.may_undo(order)
        until = now + held if undoable else None
    return Done(wanted.code, said, is_done=True, undo_until=until)


def act_on_each(office: Office, seat: Seat, each: list[Act], now: datetime) -> list[Done]:
    """The same command for several orders, each by itself: what is refused of one stops no other. Its words are heard once."""
    found: list[Done] = []
    for wanted in each[:MOST]:
        try:
            found.append(act(office, seat, wanted, now, hears=not found))
        except Spoken as refused:
            found.append(Done(wanted.code, office.say_on_page(refused.key, **refused.facts), is_done=False))
    return found


def chosen(context: Context, wanted: Act) -> Order:
    """The order, locked. NotFound for what is not before this person at the console."""
    if not codes.is_valid(wanted.code):
        raise NotFound("refused.no_such_order", code=wanted.code)
    order = context.orders.by_code(wanted.code)
    if is_restricted(order) or not context.orders.may_read(order):
        raise NotFound("refused.no_such_order", code=wanted.code)
    if wanted.version is not None and wanted.version != order.version:
        fits = (State(order.state), ACTIONS.get(wanted.command, wanted.command)) in LIFE
        key = "console.changed" if fits or wanted.command == "correct" else "console.changed_gone"
        raise NotAllowed(key, code=order.code, what=context.wording.history(order)[-1])
    return order


def _do(context: Context, order: Order, wanted: Act) -> str:
    if wanted.command == "dispatch" and wanted.person_id is None and not wanted.words.strip():
        raise NotUnderstood("console.no_person", code=order.code)
    give = wanted.command == "dispatch" and wanted.person_id is not None
    return (_give if give else _say)(context, order, wanted)


def _say(context: Context, order: Order, wanted: Act) -> str:
    own = OWN.get(wanted.command)
    return (
        own(context, order, wanted) if own is not None else HANDLERS[wanted.command](context, wanted.code, wanted.words)
    )


def _tell(context: Context, order: Order, wanted: Act) -> str:
    """Words to the resident."""
    _require(wanted.words)
    context.actions.perform(order, "tell", wanted.words)
    return context.wording.told("console.told_resident", order)


def _note(context: Context, order: Order, wanted: Act) -> str:
    """Words among colleagues; those whose names stand in it after @ are told."""
    _require(wanted.words)
    named = NAMED.findall(wanted.words)
    told = {each: context.people.colleagues(order, [each]) for each in named}
    everybody = {Told.STAFF: sorted({person for found in told.values() for person in found})}
    context.actions.perform(order, "note", wanted.words, told=everybody)
    said = context.say("console.noted", code=order.code)
    unknown = "、".join(dict.fromkeys(each for each, found in told.items() if not found))
    return said + context.say("console.note_reaches_nobody", names=unknown) if unknown else said


def _separate(context: Context, order: Order, wanted: Act) -> str:
    """What was merged is a matter of its own again."""
    if order.outcome != MERGED:
        raise NotAllowed(f"refused.state.{order.state}", code=order.code)
    context.actions.perform(order, "separate")
    return context.wording.told("console.separated", order)


def _split(context: Context, order: Order, wanted: Act) -> str:
    """Part of what was said becomes an order of its own."""
    _require(wanted.words)
    return splitting.split_off(context, order, wanted.words, wanted.category)


def _require(words: str) -> None:
    if not words.strip():
        raise NotUnderstood("console.no_words")


OWN: Mapping[str, Callable[[Context, Order, Act], str]] = {
    "tell": _tell, "note": _note, "separate": _separate, "split": _split,
}  # fmt: skip
"""What the chat has no command for, or not with all that a form can say."""


def _give(context: Context, order: Order, wanted: Act) -> str:
    found = context.people.of_id(order, wanted.person_id or 0)
    if found is None:
        raise NotFound("console.kept_from_them")
    return dispatch.give(context, order, found)
