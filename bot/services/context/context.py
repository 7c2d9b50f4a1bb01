"""One message's view of the service: what flows may ask, answered from the message's own transaction."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Row

from bot.dialogue.context import Found, Order
from bot.dialogue.member import invitations
from bot.errors import NotAllowed, NotFound
from bot.orders import codes, lifecycle
from bot.orders.lifecycle import State
from bot.services import broadcasts, roster
from bot.services.context.restricted import SealedDesk
from bot.services.notices import facts
from bot.services.orders import actions, candidates, details, follow_ups, placement
from bot.services.orders.details import Told
from bot.services.restricted import sealing
from bot.store import orders, people
from bot.understanding import Speaker, Understanding
from bot.understanding.faq.retrieval import Entry
from bot.understanding.normalize import fold_name, simplify

EVERYBODY = Speaker(frozenset({"member", "staff", "admin", "discipline", "mediator", "grid"}))


@dataclass(slots=True)
class OfficeDesk(SealedDesk):
    """See `bot.dialogue.context.Desk`."""

    bound: Row[Any] | None = None  # the roster's person, once this message has bound somebody

    # reading

    def line(self, order: Order) -> str:
        closed = order.state == "closed" and order.outcome
        state = self.say(f"outcome.{order.outcome}" if closed else f"state.{order.state}")
        due = "" if closed or order.due_at is None else self._due(order, order.due_at)
        return self.say("order.line", code=order.code, what=self.category(order), state=state, due=due)

    def _due(self, order: Order, due_at: datetime) -> str:
        """By when it must be dealt with: of danger to life in minutes, of danger soon with the hour."""
        if order.urgency == "U0":
            minutes = math.ceil((due_at - self.now).total_seconds() / 60)
            return self.say("order.due_minutes" if minutes > 0 else "order.due_over", minutes=abs(minutes))
        return self.say("order.due_hours" if order.urgency == "U1" else "order.due", at=self._local(due_at))

    def locked_command(self) -> str | None:
        """The word of a command that only others may say, alone or with an order's code; None for ordinary words."""
        grammar = self.office.reader.grammar
        found = grammar.read(simplify(self.meant.text), EVERYBODY)
        if found is None or (found.code is None and (found.rest or grammar.intent(found) != "command")):
            return None  # 好的 and 完成 are also words of every day
        if found.code is None and self.meant.lane == "restricted":
            return None  # 信访 is a resident's word too
        return found.words

    def order(self, code: str) -> Order:
        """NotFound for a wrong code and for one that is none of this person's business."""
        found = orders.by_code(self.tx, code, lock=True) if codes.is_valid(code) else None
        self._mark(found)
        if found is None or not (self.may_read(cast(Order, found)) or self._heard_of(found)):
            raise NotFound("refused.no_such_order", code=code)
        return cast(Order, found)

    def may_read(self, order: Order) -> bool:
        """Whose order it is, who works on it or is invited, and who answers for it."""
        return bool(actions.actors(self.tx, cast(Row[Any], order), self.doer) - {lifecycle.Actor.MEMBER})

    def _heard_of(self, order: Row[Any]) -> bool:
        """Volunteers were told of it once, so that they hear where it stands now, and nothing more."""
        if "member" not in self.me.roles or order.lane == "restricted":
            return False
        return order.state not in (State.SUBMITTED, State.NEEDS_INFO) or orders.was_invited(
            self.tx, order.id, self.me.id
        )

    def focus(self) -> Order | None:
        """The order further messages belong to; else the one about which staff wait for an answer."""
        order_id = self.session.order_id
        if order_id is None:
            found = orders.needing_info(self.tx, self.me.id)
        else:
            found = orders.by_id(self.tx, order_id, lock=True)
        self._mark(found)
        return cast(Order | None, found)

    def _mark(self, row: Row[Any] | None) -> None:
        """What is said to or about a restricted order is of the box, also where nothing comes of it."""
        if row is not None and row.lane == "restricted":
            self.tx.restricted.add(row.id)

    def candidates(self, action: str) -> Sequence[Order]:
        """The orders of this person that the command fits."""
        if action in ("accept", "decline"):
            found = list(orders.offered_to(self.tx, self.me.id))
            if not found and action == "accept":
                found = [o for o in self._open() if o.person_id != self.me.id]
        elif action in ("finish", "return"):
            found = list(orders.handled_by(self.tx, self.me.id))
        elif lifecycle.Actor.STAFF in lifecycle.MAY[action]:
            states = [s for s in State if (s, action) in lifecycle.LIFE]
            found = [*self.restricted_in(states), *self._for_staff(states)]
            if action == "register":
                found = [row for row in found if row.petition_at is None]
            elif action == "merge":
                found = [row for row in found if self.alike(cast(Order, row))]
        else:
            open_states = [s for s in State if (s, action) in lifecycle.LIFE and s != State.CLOSED]
            found = list(orders.of_resident(self.tx, self.me.id, open_states))
        return [cast(Order, row) for row in found]

    def _for_staff(self, states: Sequence[str]) -> Sequence[Row[Any]]:
        """Orders this person answers for: an administrator's are all, a community worker's those of the community."""
        if "admin" in self.me.roles:
            return orders.for_staff(self.tx, None, states)
        return orders.for_staff(self.tx, self.me.communities, states) if "staff" in self.me.roles else []

    def _open(self) -> Sequence[Row[Any]]:
        return orders.open_within(self.tx, self.me.communities, self.me.grids)

    def mine(self) -> Sequence[Order]:
        return cast(Sequence[Order], orders.of_resident(self.tx, self.me.id))

    def in_hand(self) -> Sequence[Order]:
        return cast(Sequence[Order], orders.handled_by(self.tx, self.me.id))

    def wishes(self) -> Sequence[Order]:
        offered = list(orders.offered_to(self.tx, self.me.id))
        return cast(Sequence[Order], offered + [o for o in self._open() if o.person_id != self.me.id])

    def waiting(self) -> Sequence[Order]:
        return cast(Sequence[Order], self._for_staff(("submitted", "needs_info")))

    def history(self, order: Order) -> Sequence[str]:
        """The story in plain words; notes only where they are meant for the resident."""
        lines = []
        for row in orders.history_of(self.tx, order.id):
            note = self.say("history.note", note=row.note) if row.note and row.action in TOLD_NOTES else ""
            lines.append(
                self.say("history.line", at=self._local(row.at), what=self.say(f"did.{row.action}"), note=note)
            )
        return lines

    def need(self, order: Order) -> str:
        """What is needed, in the resident's words, without name, number or door."""
        return self.office.reader.mask_door(order.text)

    def category(self, order: Order) -> str:
        if order.lane == "restricted":
            return self.say("lane.restricted_matter")
        return facts.title(self.office, cast(Row[Any], order))

    def details(self, order: Order) -> dict[str, str]:
        """Category, full place and telephone: for the resident and who helps; every view is logged."""
        row = orders.by_id(self.tx, order.id)
        if self.me.id not in (row.person_id, row.handler_id):
            raise NotAllowed("refused.not_yours", code=order.code)
        if self.me.id != row.person_id:
            people.log_view(self.tx, self.me.id, row.id, "contact", self.now)
        if row.lane == "restricted":  # its words are for who answers for it, and read there
            return {"category": self.category(order), "spot": "", "place": "", "phone": ""}
        spot = self.tx.vault.open(row.place_sealed) or ""
        phone = self.tx.vault.open(row.contact_sealed)
        area = row.community or ""
        helper = self.me.id == row.handler_id
        return {
            "category": self.category(order), "spot": spot, "place": spot if area in spot else f"{area} {spot}".strip(),
            "phone": phone or (self.say("order.no_contact") if helper else ""),
        }  # fmt: skip

    # changing

    def act(self, order: Order, action: str, note: str | None = None, **changes: Any) -> Order:
        row = orders.by_id(self.tx, order.id, lock=True)
        if action in ("accept", "claim"):
            if row.person_id == self.me.id:
                raise NotAllowed("refused.own")
            invitations.refuse_over_limit(orders.claims_of(self.tx, self.me.id), self.office.limits.claims_per_member)
        if note and self._seals(row, action, note):
            self._put_aside(note)
            note = None
            changes.pop("rating_text", None)
        if action in RESIDENTS_OWN and row.person_id == self.me.id:
            self.session.order_id, self.session.order_at = row.id, self.now
        changed = actions.perform(self.office, self.tx, row, action, by=self.doer, now=self.now, note=note, **changes)
        follow_ups.follow(self.office, self.tx, changed, action, self.now)
        return cast(Order, changed)

    def place(self, meant: Understanding, answered: Entry | None = None) -> Order:
        """A new order; `answered`: what the answer book has said to it already, which staff see."""
        note = self.say("answers.note", question=answered.questions[0]) if answered else None
        return cast(Order, placement.place(self.office, self.tx, self.person, meant, self.now, note=note))

    def join(self, codes: Sequence[str], text: str) -> Order:
        """Orders of one message that were one matter after all: the first keeps all the words, the others go into it."""
        first, *others = [orders.by_code(self.tx, code, lock=True) for code in codes]
        assert first is not None
        whole = {"text": self.office.reader.mask(text), "text_sealed": self.tx.vault.seal(text)}
        joined = self.act(cast(Order, first), "detail", text, **whole)
        for other in others:
            if other is not None and other.state != State.CLOSED:
                note = self.say("staff.merge_note", code=joined.code)
                self.act(cast(Order, other), "join", note, merged_into_id=joined.id)
        self.session.order_id, self.session.order_at = joined.id, self.now
        return joined

    def correction(self) -> Understanding | None:
        """The reading of what is right instead, where the message corrects the bot; else None."""
        parts = re.split("|".join(self.office.texts.sentences["grammar"]["corrections"]), self.meant.text)
        return self.office.understand(parts[-1].strip(" ，,。")) if len(parts) > 1 and parts[-1].strip() else None

    def enrich(
        self, order: Order, action: str, note: str, *, meant: Understanding | None = None, community: str | None = None,
        spot: str | None = None,
    ) -> Order:  # fmt: skip
        """Add the words and what they tell that was not known yet. With a reading handed in they are an answer or a
        correction, which overrides what was known."""
        overrides = meant is not None
        meant = meant or (self.office.understand(note) if note != self.meant.text else self.meant)
        row = orders.by_id(self.tx, order.id, lock=True)
        told, sealed = Told(meant, overrides, community, spot), row.lane == "restricted"
        if sealed:
            changes, where = details.learnt_in_box(self.office, self.tx, row, told)
        else:
            changes, where = details.learnt(self.office, self.tx, row, told), False
        if changes.get("urgency") == "U0":  # from now on minutes count
            changes |= self._at_once(row)
        changed = self.act(order, action, note, **changes)
        urgent = changes.get("urgency") == "U0" or (where and row.urgency == "U0")
        if "community" in changes or urgent:  # now it is known whom it concerns, or how much
            fresh = orders.by_id(self.tx, order.id)
            placement.announce(self.office, self.tx, fresh, self.doer, self.now, f"v{fresh.version}")
        if sealed:
            return changed
        place = replace(meant.place, community=changes.get("community") or meant.place.community)
        placement.remember(self.tx, self.person, place, meant.phone)
        return changed

    def _at_once(self, row: Row[Any]) -> dict[str, datetime | None]:
        """The limits of an order that has become one of danger to life."""
        limits, calendar = self.office.limits, self.office.calendar
        due_at = limits.due_at(self.office.reader.category(row.category).sla, "U0", self.now, calendar)
        step = limits.step_due_at(row.state, "U0", self.now, calendar, due_at=due_at)
        return {"due_at": due_at, "step_due_at": step}

    def recategorise(self, order: Order, words: str) -> Order:
        category = self.office.reader.find_category(words)
        if category is None:
            raise NotFound("staff.no_category", words=words)
        if category.lane == "restricted" or order.lane == "restricted":
            return cast(Order, sealing.recategorise(self.office, self.tx, order.id, category, self.doer, self.now))
        due = self.office.limits.due_at(category.sla, order.urgency, order.created_at, self.office.calendar)
        return self.act(order, "recategorise", category.level2, category=category.code, lane=category.lane, due_at=due)

    # people

    def volunteers_allowed(self, order: Order) -> bool:
        return candidates.volunteers_allowed(self.office, order)

    def may_be_invited(self, order: Order) -> bool:
        return candidates.may_be_invited(self.office, order)

    def owner(self, order: Order) -> str:
        """Who usually does what this order is about, in the catalogue's words."""
        return self.office.reader.category(order.category).owner

    def best(self, order: Order) -> Sequence[Found]:
        return candidates.best(self.office, self.tx, orders.by_id(self.tx, order.id))

    def people(self, order: Order, name: str) -> Sequence[Found]:
        """Who bears this name; 我 is whoever speaks."""
        myself = fold_name(name) in {fold_name(self.say("staff.me")), fold_name(self.say("staff.myself"))}
        return candidates.named(self.office, self.tx, self.me.name or name if myself else name)

    def bind(self, code: str) -> str:
        self.bound = person = roster.bind(self.tx, self.me.id, code, self.now)
        held = {self.office.texts.say(f"role.{row.role}") for row in people.roles_of(self.tx, person.id)}
        return self.say("bind.done", name=person.name or "", roles="、".join(sorted(held)))

    def rest(self, resting: bool) -> None:
        people.change(self.tx, self.me.id, resting=resting)

    def acknowledge(self, number: int | None) -> tuple[int, bool]:
        return broadcasts.acknowledge(self.tx, self.me.id, number, self.now)


TOLD_NOTES = frozenset({"ask", "refer", "reject", "merge", "explain", "unmet", "finish", "append", "attach"})
RESIDENTS_OWN = frozenset({"append", "attach", "detail", "withdraw", "confirm", "reopen", "rate"})
