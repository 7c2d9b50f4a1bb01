"""What may be shown of an order to this person. See `bot.dialogue.interface.ports.orders.Wording`."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.orders.devices import hides_contact
from bot.orders.lifecycle import INTERNAL
from bot.orders.order import Order
from bot.orders.restricted import is_restricted
from bot.orders.visibility import Visibility, before_look, visibility
from bot.services.context.turn import Turn
from bot.services.notices.words import card, titles
from bot.services.notices.words.titles import plain_title, title
from bot.services.orders import shown
from bot.services.orders.actors import actors
from bot.store.persons import people
from bot.store.records.acts import Act

CLOCK = {0: "full", 30: "half"}  # how the minutes of a clock are said
DAY = {0: "today", 1: "tomorrow"}


@dataclass(frozen=True, slots=True)
class Wording:
    """The words for one order."""

    turn: Turn

    def line(self, order: Order) -> str:
        """One line of a list: code, what it is about, state and when it is due; to its resident in everyday words."""
        say, closed = self.turn.say, order.state == "closed" and order.outcome
        own = order.person_id == self.turn.me.id
        state = shown.state(self.turn.office, order, is_own=own)
        due = "" if closed or order.due_at is None else self._due(order, order.due_at if own else order.limit_at)
        if own and order.state == "accepted":
            state = say("order.in_hand", state=state, who=self.helper(order))
        what = plain_title(self.turn.office, order) if own else self.category(order)
        return say("order.line", code=order.code, what=what, state=state, due=due)

    def told(self, key: str, order: Order, **facts: Any) -> str:
        """The sentence that says to staff that the resident is told; of one who has no account here, who must be called, the
        sentence beside it that says so."""
        resident = people.by_id(self.turn.tx, order.person_id)
        if resident.openid is None:
            name = "restricted" if is_restricted(order) else key.rpartition(".")[2]
            return self.turn.say(f"by_phone.{name}", code=order.code, **facts)
        return self.turn.say(key, code=order.code, **facts)

    def helper(self, order: Order) -> str:
        """The name of who helps; empty where nobody does yet."""
        helper = people.by_id(self.turn.tx, order.handler_id) if order.handler_id is not None else None
        return (helper.name or "") if helper is not None else ""

    def due(self, order: Order) -> str:
        """By when the order is to be dealt with, as a list shows it; empty where there is no limit."""
        return self._due(order, order.due_at).lstrip("，") if order.due_at is not None else ""

    def _due(self, order: Order, due_at: datetime) -> str:
        """By when it must be dealt with: of danger to life in minutes, of danger soon and on the last day
        with the hour; what has passed is said to be late."""
        say = self.turn.say
        if order.urgency == "U0":
            minutes = math.ceil((due_at - self.turn.now).total_seconds() / 60)
            return say("order.due_minutes" if minutes > 0 else "order.due_over", minutes=abs(minutes))
        at, today = self.turn.local(due_at), self.turn.local(self.turn.now).date()
        day = say("order.day", at=at, year=self._year(at))
        if due_at <= self.turn.now:
            return say("order.due_passed", day=day, at=at)
        by_hour = order.urgency == "U1" or at.date() == today
        return say("order.due_hours" if by_hour else "order.due", day=day, at=at)

    def category(self, order: Order) -> str:
        """The name of the category; of a restricted order only that it is one."""
        return category(self.turn, order)

    def about(self, order: Order) -> str:
        """What the order is about in everyday words, and in brackets rough place and time: for whoever has not promised to
        come."""
        office = self.turn.office
        return card.about(
            office,
            titles.plain_title(office, order),
            shown.area(order),
            card.wanted(office, self.turn.tx, order, self.turn.now),
        )

    def looked_at(self) -> str:
        """When the office looks at a new order, where it is closed now; empty in its working hours."""
        now = self.turn.now
        opens = self.turn.office.calendar.next_opening(now)
        if opens is None:
            return ""
        days = (opens.date() - self.turn.local(now).date()).days
        clock = self.turn.say(f"order.opens.{CLOCK.get(opens.minute, 'odd')}", at=opens)
        return self.turn.say(f"order.opens.{DAY.get(days, 'later')}", at=opens, clock=clock)

    def history(self, order: Order) -> Sequence[str]:
        """The story in plain words; notes only where they are meant for the resident and this person may read them."""
        say, lines, visible = self.turn.say, [], self._visibility(order)
        for step in shown.story(self.turn.tx, order.id):
            row = step.line
            if row.action in INTERNAL and visible is not Visibility.STAFF:
                continue
            own = visible is Visibility.OWN
            words = (
                shown.own_note(self.turn.office, self.turn.tx, step.words) if own else shown.note(step.words, visible)
            )
            note = say("history.note", note=words) if words else ""
            at = self.turn.local(row.at)
            lines.append(say("history.line", at=at, year=self._year(at), what=say(f"did.{row.action}"), note=note))
        return lines

    def _year(self, at: datetime) -> str:
        return self.turn.office.texts.year(at, self.turn.local(self.turn.now))

    def words(self, order: Order) -> str:
        """The words of the order, as far as this person may read them. Who helps reads room and codes too, and the look goes on
        record."""
        visible = self._visibility(order)
        if visible is Visibility.HELPER and not is_restricted(order):
            self.turn.record(Act.VIEW_CONTACT, order)
        return shown.words(self.turn.office, order, visible, self.turn.tx)

    def brief(self, order: Order) -> str:
        """The words in a list of orders: of another one's order without room and codes, so that nothing goes on record."""
        known = actors(self.turn.tx, order, self.turn.doer)
        return shown.words(
            self.turn.office, order, min(self._visibility(order), before_look(order.state, known)), self.turn.tx
        )

    def need(self, order: Order) -> str:
        """What is needed, in the resident's words, for whoever has not promised to come."""
        return shown.words(self.turn.office, order, Visibility.NEED)

    def names(self, order: Order) -> str:
        """All words by which the order may be called, to compare with what is said, never to be shown: what was said, what
        it is called by residents and staff, and the house. Empty of a restricted one."""
        if is_restricted(order):
            return ""
        office = self.turn.office
        called = [self.need(order), plain_title(office, order), title(office, order), shown.house(office, order) or ""]
        return " ".join(called)

    def short(self, order: Order, most: int) -> str:
        """The beginning of the words as staff read them, in one line of so many characters."""
        words = " ".join(shown.words(self.turn.office, order, Visibility.STAFF).split())
        return words if len(words) <= most else words[: most - 1] + "…"

    def _visibility(self, order: Order) -> Visibility:
        seen = visibility(order.state, actors(self.turn.tx, order, self.turn.doer))
        hidden = seen >= Visibility.HELPER and hides_contact(self.turn.person, order)
        return Visibility.NEED if hidden else seen

    def first_aid(self, danger: str | None, role: str | None) -> str:
        """Whom to call first in this kind of danger, for who speaks (`bot.understanding.result.Understanding.danger_role`)."""
        return self.turn.office.first_aid(danger, role)

    def owner(self, order: Order) -> str:
        """Who usually does what this order is about, in the catalogue's words."""
        return self.turn.office.reader.category(order.category).owner


def category(turn: Turn, order: Order) -> str:
    """As `Wording.category`."""
    return turn.say("lane.restricted_matter") if is_restricted(order) else title(turn.office, order)
