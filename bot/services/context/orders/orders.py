"""The orders that this person may know of. See `bot.dialogue.interface.ports.orders.Orders`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.errors import NotAllowed, NotFound
from bot.orders import codes, lifecycle
from bot.orders.devices import hides_contact
from bot.orders.lifecycle import State
from bot.orders.order import Order
from bot.orders.restricted import is_restricted
from bot.orders.rights import MEMBER
from bot.orders.visibility import Visibility, visibility
from bot.services.context.orders.alike_orders import AlikeOrders
from bot.services.context.restricted import Restricted
from bot.services.context.turn import Turn
from bot.services.notices.words.card import Seen, card_lines, wanted
from bot.services.notices.words.titles import plain_title
from bot.services.orders import shown
from bot.services.orders.actors import actors
from bot.services.restricted import knowing
from bot.store import orders
from bot.store.reads import order_lists
from bot.store.records.acts import Act

ENDED_LATELY = timedelta(days=7)
ANSWERED = frozenset({"explained", "unmet", "confirmed", "no_reply"})
"""Outcomes after which somebody may say that it was not enough."""


@dataclass(frozen=True, slots=True)
class Orders:
    """Finds orders."""

    turn: Turn
    restricted: Restricted
    alike: AlikeOrders

    def by_code(self, code: str) -> Order:
        """NotFound for a wrong code and for one that is none of this person's business."""
        found = orders.by_code(self.turn.tx, code, lock=True) if codes.is_valid(code) else None
        self._mark(found)
        if found is None or not (self.may_read(found) or self._heard_of(found)):
            raise NotFound("refused.no_such_order", code=code)
        return found

    def may_read(self, order: Order) -> bool:
        """Whose order it is, who works on it or is invited, and who answers for it."""
        known = actors(self.turn.tx, order, self.turn.doer)
        return bool(known - {lifecycle.Actor.MEMBER})

    def _heard_of(self, order: Order) -> bool:
        """Volunteers were told of it once, so that they hear where it stands now, and nothing more."""
        if not self.turn.me.rights.holds(MEMBER) or is_restricted(order) or not self._may_know(order):
            return False
        return order.state not in (State.SUBMITTED, State.NEEDS_INFO) or orders.was_invited(
            self.turn.tx, order.id, self.turn.me.id
        )

    def focus(self) -> Order | None:
        """The order further messages belong to; else the one about which staff wait for an answer."""
        order_id = self.turn.session.order_id
        if order_id is None:
            found = orders.needing_info(self.turn.tx, self.turn.me.id) if self.turn.is_asked else None
        else:
            found = orders.by_id(self.turn.tx, order_id, lock=True)
        self._mark(found)
        return found

    def _mark(self, row: Order | None) -> None:
        """What is said to or about a restricted order is of the box, also where nothing comes of it."""
        if row is not None and is_restricted(row):
            self.turn.tx.summary.restricted = True

    def candidates(self, action: str) -> Sequence[Order]:
        """The orders of this person that the command fits."""
        if action in ("accept", "decline"):
            offered = order_lists.offered_to(self.turn.tx, self.turn.me.id, self.turn.reader)
            return offered or (self._open() if action == "accept" else [])
        may = lifecycle.MAY[action]
        if lifecycle.Actor.STAFF in may:
            return self._of_staff(action)
        open_states = [s for s in State if (s, action) in lifecycle.LIFE and s != State.CLOSED]
        own = lifecycle.Actor.RESIDENT in may
        mine = order_lists.of_resident(self.turn.tx, self.turn.me.id, open_states) if own else []
        if action == "reopen" and not mine:
            mine = self._lately_ended()
        return [*mine, *(self.in_hand() if lifecycle.Actor.HANDLER in may else [])]

    def _lately_ended(self) -> Sequence[Order]:
        """Own orders that were answered or done a short time ago: what is said of the answer may still be about them."""
        closed = order_lists.of_resident(self.turn.tx, self.turn.me.id, [State.CLOSED])
        since = self.turn.now - ENDED_LATELY
        return [row for row in closed if row.outcome in ANSWERED and row.closed_at and row.closed_at >= since]

    def _of_staff(self, action: str) -> Sequence[Order]:
        """Those that this member of staff may do the action to."""
        states = [s for s in State if (s, action) in lifecycle.LIFE]
        found = [*self.restricted.within(states), *self._for_staff(states)]
        if action == "register":
            found = [row for row in found if row.petition_at is None]
        elif action == "merge":
            found = [row for row in found if self.alike.first(row)]
        return found

    def _for_staff(self, states: Sequence[str]) -> Sequence[Order]:
        """Orders this person answers for: an administrator's are all, a community worker's those of the community."""
        rights = self.turn.me.rights
        return order_lists.for_staff(self.turn.tx, rights.scope(), states, self.turn.reader) if rights.decides else []

    def _may_know(self, order: Order) -> bool:
        return knowing.may_know(self.turn.tx, order, self.turn.me.id)

    def _open(self, after: int = 0) -> Sequence[Order]:
        """Others' orders that this member may claim, behind this id."""
        me = self.turn.me
        found = order_lists.open_within(self.turn.tx, me.rights.areas(MEMBER), self.turn.reader, after)
        return [row for row in found if row.person_id != me.id]

    def mine(self, before: int | None = None) -> Sequence[Order]:
        if before is None:
            return order_lists.of_resident(self.turn.tx, self.turn.me.id)
        return order_lists.older_of_resident(self.turn.tx, self.turn.me.id, before)

    def in_hand(self) -> Sequence[Order]:
        return order_lists.handled_by(self.turn.tx, self.turn.me.id, self.turn.reader)

    def wishes(self, after: tuple[str, int] | None = None) -> Sequence[Order]:
        """Invitations to this member, then open orders, each by their ids; `after`: behind this one."""
        if after is not None and after[0] == State.OPEN:
            return self._open(after[1])
        offered = order_lists.offered_to(self.turn.tx, self.turn.me.id, self.turn.reader)
        return [*(row for row in offered if after is None or row.id > after[1]), *self._open()]

    def details(self, order: Order) -> dict[str, str]:
        """Category, full place and telephone: for the resident and who helps; every view is logged."""
        turn = self.turn
        if turn.me.id not in (order.person_id, order.handler_id):
            raise NotAllowed("refused.not_yours", code=order.code)
        if hides_contact(turn.person, order):
            hidden = turn.say("device.contact")
            return {"category": plain_title(turn.office, order), "spot": "", "place": hidden, "phone": hidden}
        if turn.me.id != order.person_id:
            turn.record(Act.VIEW_CONTACT, order)
        category = plain_title(turn.office, order)
        if is_restricted(order):  # its words are for who answers for it, and read there
            return {"category": category, "spot": "", "place": "", "phone": ""}
        seen = visibility(order.state, actors(turn.tx, order, turn.doer))
        spot, phone = shown.spot(turn.tx, order, seen), shown.contact(turn.tx, order, seen)
        area = order.community or ""
        return {
            "category": category, "spot": spot, "place": spot if area in spot else f"{area} {spot}".strip(),
            "phone": phone,
        }  # fmt: skip

    def card(self, order: Order) -> str:
        """What whoever helps needs to come, a line each; nothing in it is empty. The view is logged, as by `details`."""
        office, known = self.turn.office, self.details(order)
        seen = visibility(order.state, actors(self.turn.tx, order, self.turn.doer))
        visible = Visibility.NEED if hides_contact(self.turn.person, order) else seen
        words = shown.words(office, order, visible, self.turn.tx)
        added = shown.added(office, self.turn.tx, order, visible)
        when = wanted(office, self.turn.tx, order, self.turn.now)
        return "\n".join(card_lines(office, order, Seen(known["place"], known["phone"], when), words, added))
