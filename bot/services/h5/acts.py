"""What residents and members do to an order on a page: the commands of the chat, by their own handlers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.dialogue import policy
from bot.dialogue.interface.order import Part
from bot.dialogue.resident import parts
from bot.errors import NotAllowed, NotUnderstood, Spoken
from bot.orders.lifecycle import LIFE, MAY, Actor, State
from bot.orders.order import Order
from bot.services.accounts import rate
from bot.services.console.seat import Seat, acting, reading
from bot.services.h5 import found, uploads
from bot.services.office import Office
from bot.services.reading import typed_text
from bot.understanding.result import Command

RESIDENT: Mapping[str, str] = {
    "satisfied": "confirm", "rate": "rate", "dissatisfied": "reopen", "append": "append", "relay": "relay", "withdraw": "withdraw",
}  # fmt: skip
"""What a page offers of one's own order: the command, and the action by which it is known to be possible."""
HELPER: Mapping[str, str] = {
    "accept": "accept", "decline": "decline", "finish": "finish", "relay": "relay", "return": "return",
}  # fmt: skip
NEEDS_WORDS = frozenset({"append", "relay", "dissatisfied"})
OWN = frozenset({"rest", "duty"})
"""What one says about oneself."""


@dataclass(frozen=True, slots=True)
class Done:
    """What came of an act: the sentence, and whether it was done."""

    said: str
    is_done: bool


def act(office: Office, seat: Seat, command: str, code: str, words: str, now: datetime) -> Done:
    """Do it. NotFound for an order that is none of this person's business, and for an unknown command. What is refused is
    a sentence too: what is dangerous in the words is taken even then."""
    if command not in RESIDENT and command not in HELPER:
        raise found.nothing(code)
    if (
        not rate.may_try(office, f"act {seat.person_id}")
        and typed_text.danger_in(office, office.understand(words)) is None
    ):
        return Done(office.say("chat.too_many"), is_done=False)
    try:
        with acting(office, seat, now, Command(command, code, words, "")) as context:
            order = found.order(context, code)
            if not found.concerns(context, order):
                raise found.nothing(code)
            return Done(policy.perform(context, order=order), is_done=True)
    except (NotAllowed, NotUnderstood) as refused:
        return as_refused(office, refused)


def add_pictures(office: Office, seat: Seat, code: str, pictures: Sequence[bytes], now: datetime) -> Done:
    """Pictures for an own order, as by chat. NotFound as of `act`, and for others' orders; what is refused is a sentence.
    Nothing is written to disk for an order that cannot have them."""
    try:
        if not rate.may_try(office, f"act {seat.person_id}"):
            raise NotAllowed("chat.too_many")
        if not pictures:
            raise NotUnderstood("h5.pictures.missing")
        _refuse_pictures(office, seat, code, len(pictures), now)
        with (
            uploads.keeping(office, pictures) as kept,
            acting(office, seat, now, Command("append", code, "", "")) as context,
        ):
            order = found.order(context, code)
            if order.person_id != seat.person_id:
                raise found.nothing(code)
            said = parts.add_to(context, order, Part("image", kept[0], more=kept[1:]))
        return Done(said, is_done=True)
    except (NotUnderstood, NotAllowed) as refused:
        return as_refused(office, refused)


def _refuse_pictures(office: Office, seat: Seat, code: str, number: int, now: datetime) -> None:
    """NotFound, NotAllowed or NotUnderstood where this person's page of this order would not offer to add so many."""
    with reading(office, seat, now) as (tx, context):
        order, known = found.with_actors(tx, context, seat, code)
        if Actor.RESIDENT not in known:
            raise found.nothing(code)
        if "pictures" not in possible(order, known, is_own=True):
            raise NotAllowed("h5.pictures.closed", code=code)
        uploads.refuse_beyond(tx, order, number)


def about_oneself(office: Office, seat: Seat, command: str, now: datetime) -> Done:
    """Rest, or be invited again. NotFound for an unknown command."""
    if command not in OWN:
        raise found.nothing("")
    try:
        with acting(office, seat, now, Command(command, None, "", "")) as context:
            return Done(policy.perform(context), is_done=True)
    except Spoken as refused:
        return as_refused(office, refused)


def as_refused(office: Office, refused: Spoken) -> Done:
    """An act that was refused, with the sentence that says why."""
    return Done(office.say_on_page(refused.key, **refused.facts), is_done=False)


def possible(order: Order, known: set[Actor], *, is_own: bool) -> frozenset[str]:
    """The commands that the page offers now."""
    if not is_own:
        return frozenset(command for command in HELPER if _fits(order, known, _action(order, command)))
    offered = {command for command, action in RESIDENT.items() if _fits(order, known, action)}
    if order.state == State.CLOSED:
        offered -= {"append"}
    if order.state == State.DONE:
        offered.add("rate")
    if order.state != State.CLOSED and _fits(order, known, "attach"):
        offered.add("pictures")
    return frozenset(offered)


def _action(order: Order, command: str) -> str:
    return "claim" if command == "accept" and order.state == State.OPEN else HELPER[command]


def _fits(order: Order, known: set[Actor], action: str) -> bool:
    return bool(known & set(MAY[action])) and (State(order.state), action) in LIFE
