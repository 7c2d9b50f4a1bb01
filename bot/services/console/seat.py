"""Somebody who is signed in at the console, and the context in which that person acts."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.dialogue import policy
from bot.dialogue.context import Context, Me, Outcome
from bot.dialogue.session import Session
from bot.errors import NotUnderstood, Spoken
from bot.orders.rights import Rights
from bot.services.context.context import compose
from bot.services.context.turn import Turn
from bot.services.office import Office
from bot.services.orders.actors import Doer
from bot.store.database import Tx
from bot.store.persons import people
from bot.store.records import audit
from bot.understanding.result import Command

AT_ONCE = timedelta()
HEARD = "heard"  # no command that anybody can say
LONGEST = 1000  # characters of what is typed in one field of a page


@dataclass(frozen=True, slots=True)
class Seat:
    """Who is signed in, with the rights of this moment. `source`: where, as the audit has it."""

    person_id: int
    name: str
    rights: Rights
    source: str = audit.CONSOLE

    @property
    def doer(self) -> Doer:
        """The person as the one who acts."""
        return Doer(self.person_id, self.name, self.rights, self.source)


@contextmanager
def acting(
    office: Office, seat: Seat, now: datetime, command: Command, told_after: timedelta = AT_ONCE, *, hears: bool = True
) -> Iterator[Context]:
    """The context of one act in a transaction of its own. What the person said in the chat has no part in it, and what is
    asked back is forgotten. Notices go out `told_after`; the workers are nudged at the end.

    Where the act is refused nothing of it is written, and what is dangerous or restricted in the words is taken all the same:
    then the refusal begins with what became of them. `hears` False: they were heard before. NotUnderstood for words that are
    too long: none of them is cut off."""
    office.understand(command.rest)  # remembered, so that nothing is read while others wait for the lock
    try:
        if len(command.rest) > LONGEST:
            raise NotUnderstood("refused.too_long", most=LONGEST, length=len(command.rest))
        with _turn_of(office, seat, now, command, told_after) as context:
            yield context
    except Spoken as refused:
        door = heard(office, seat, now, command.rest) if hears else ""
        if not door:
            raise
        raise type(refused)(
            "refused.after_door", door=door, why=office.say_on_page(refused.key, **refused.facts)
        ) from refused  # fmt: skip


def heard(office: Office, seat: Seat, now: datetime, words: str) -> str:
    """Takes what is dangerous or restricted in words that were typed and are not kept otherwise; what became of it, empty
    where nothing is."""
    if not words.strip():
        return ""
    with _turn_of(office, seat, now, Command(HEARD, None, words, ""), AT_ONCE) as context:
        return policy.hear(context)


@contextmanager
def _turn_of(
    office: Office, seat: Seat, now: datetime, command: Command, told_after: timedelta
) -> Iterator[Context]:  # fmt: skip
    with office.db.transaction() as tx:
        office.learned.look(tx, now)
        meant = replace(office.understand(command.rest), command=command)
        yield compose(_turn(office, seat, tx, now, told_after), meant)
        told = tx.summary.priority
    if told is not None:
        office.nudge(urgent=told == 0)


@contextmanager
def reading(office: Office, seat: Seat, now: datetime) -> Iterator[tuple[Tx, Context]]:
    """As `acting`, to look only; nothing is written but what the audit records."""
    with office.db.reading() as tx:
        yield tx, compose(_turn(office, seat, tx, now, AT_ONCE), office.understand(""))


def _turn(office: Office, seat: Seat, tx: Tx, now: datetime, told_after: timedelta) -> Turn:
    me = Me(seat.person_id, seat.name or None, seat.rights)
    person = people.by_id(tx, seat.person_id)
    return Turn(office, tx, person, me, Session(), Outcome(), now, source=seat.source, told_after=told_after)
