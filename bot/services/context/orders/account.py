"""The speaker's own entry in the roster. See `bot.dialogue.interface.ports.people.Account`."""

from dataclasses import dataclass

from bot.dialogue.interface.sign_in import SignIn
from bot.errors import NotAllowed
from bot.services.accounts.by_chat import chat_answers
from bot.services.context.orders.people import GUESSES, HOUR
from bot.services.context.turn import Turn
from bot.services.roster import binding, devices
from bot.store.persons import people


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

    def forget_number(self) -> None:
        """A resident's number is not remembered for the next order any more; that of the roster belongs to the office."""
        if not self.turn.me.roles and self.turn.person.phone_sealed is not None:
            people.change(self.turn.tx, self.turn.me.id, phone_sealed=None)

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
