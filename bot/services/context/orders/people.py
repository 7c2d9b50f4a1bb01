"""Whom an order can be given to, and the speaker's own entry in the roster. See `bot.dialogue.interface.ports.people`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.dialogue.interface.order import Found
from bot.dialogue.interface.sign_in import SignIn
from bot.errors import NotAllowed
from bot.orders.order import Order
from bot.services.accounts.by_chat import chat_answers
from bot.services.context.turn import Turn
from bot.services.orders import candidates
from bot.services.restricted import knowing
from bot.services.roster import binding, devices
from bot.store import orders, people
from bot.understanding.normalize import fold_name

HOUR = timedelta(hours=1)
GUESSES = 10
NAMES = (2, 3, 4)  # characters


@dataclass(frozen=True, slots=True)
class People:
    """Volunteers and staff for one order."""

    turn: Turn

    def volunteers_allowed(self, order: Order) -> bool:
        return candidates.volunteers_allowed(self.turn.office, order)

    def may_be_invited(self, order: Order) -> bool:
        return candidates.may_be_invited(self.turn.office, order)

    def best(self, order: Order) -> Sequence[Found]:
        """The three who fit best, with the reason."""
        return candidates.best(self.turn.office, self.turn.tx, orders.by_id(self.turn.tx, order.id))

    def named(self, order: Order, name: str) -> Sequence[Found]:
        """Who bears this name; 我 is whoever speaks."""
        turn = self.turn
        if fold_name(name) in {fold_name(turn.say("staff.me")), fold_name(turn.say("staff.myself"))}:
            found = self.of_id(order, turn.me.id)
            return [found] if found is not None else []
        return candidates.named(turn.office, turn.tx, order, name)

    def of_id(self, order: Order, person_id: int) -> Found | None:
        """Somebody of the roster, as what that person may be given this order; None where it is not for that person."""
        return candidates.of_id(self.turn.office, self.turn.tx, order, person_id)

    def colleagues(self, order: Order, named: Sequence[str]) -> list[int]:
        """Who decides on the order and bears one of these names; more characters may follow a name."""
        tx, forms = self.turn.tx, {fold_name(each[:length]) for each in named for length in NAMES}
        found = {row.id for row in people.with_names(tx) if fold_name(row.name or "") in forms}
        deciding = sorted(person for person in found if people.rights_of(tx, person).answers_for(order.community))
        return knowing.who_may_know(tx, order, deciding)

    def is_known(self, name: str) -> bool:
        """Whether somebody on the roster bears this name."""
        return bool(people.named(self.turn.tx, name))


@dataclass(frozen=True, slots=True)
class Account:
    """Who the speaker is to the office."""

    turn: Turn

    def bind(self, code: str) -> str:
        """The speaker becomes the roster's person; the outcome names that person. NotFound for a wrong code."""
        turn = self.turn
        person = binding.bind(turn.office, turn.tx, turn.me.id, code, turn.now)
        turn.outcome.bound_to = person.id
        held = {turn.say(f"role.{row.role}") for row in people.roles_of(turn.tx, person.id)}
        said = turn.say("bind.done", name=person.name or "", roles="、".join(sorted(held)))
        return said + turn.say("device.hidden") if person.moved_at is not None else said

    def confirm_device(self, name: str) -> str:
        """The speaker, an administrator, vouches for the new device of whoever bears the name; that name."""
        return devices.confirm(self.turn.tx, name, self.turn.person, self.turn.now)

    def rest(self, resting: bool) -> None:
        """Whether the speaker is invited at present."""
        people.change(self.turn.tx, self.turn.me.id, resting=resting)

    def type_code(self, code: str) -> SignIn:
        """The sign-in to the console whose code the speaker typed."""
        turn = self.turn
        found = chat_answers.typed(turn.tx, turn.me.id, code, turn.now)
        return SignIn(found.id, found.address or "", found.agent or "", turn.local(found.created_at))

    def answer_sign_in(self, number: int, *, yes: bool) -> None:
        """The speaker says whether it is they who sign in."""
        chat_answers.answered(self.turn.tx, self.turn.me.id, number, self.turn.now, yes=yes)

    def may_claim(self) -> None:
        """NotAllowed within an hour after ten unknown codes."""
        until = self.turn.person.claims_blocked_until
        if until is not None and self.turn.now < until:
            raise NotAllowed("refused.claims_locked")

    def missed_claim(self) -> None:
        """Count an unknown code. The tenth within an hour stops claims for an hour."""
        person, now = self.turn.person, self.turn.now
        since, missed = person.missed_from, (person.missed_count or 0) + 1
        if since is None or not since <= now < since + HOUR:
            since, missed = now, 1
        blocked = now + HOUR if missed >= GUESSES else None
        people.change(
            self.turn.tx,
            person.id,
            missed_from=since,
            missed_count=0 if blocked else missed,
            claims_blocked_until=blocked,
        )
