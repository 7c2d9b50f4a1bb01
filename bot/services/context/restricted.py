"""Restricted matters: who may see which, their words, and the right door for each kind. See `bot.dialogue.interface.ports.actions`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.errors import NotFound
from bot.orders import restricted as policy
from bot.orders.devices import hides_contact
from bot.orders.lifecycle import State
from bot.orders.order import Order
from bot.orders.restricted import is_restricted
from bot.services.context.turn import Turn
from bot.services.orders.recipients import staff_of
from bot.services.restricted import box, reading
from bot.store import attachments, orders
from bot.store.reads import order_lists
from bot.store.records import audit
from bot.store.records.acts import Act
from bot.store.sealed import box as box_store
from bot.store.sealed import columns


@dataclass(frozen=True, slots=True)
class Restricted:
    """What the speaker may see of restricted matters."""

    turn: Turn

    def waiting(self, after: Sequence[Any] | None = None) -> Sequence[Order]:
        """Restricted matters that are not closed, for the discipline staff and of danger to life for who is on duty; of nobody's
        own, nor about them. `after`: behind this urgency, limit and id."""
        behind = (order_lists.rank(after[0]), datetime.fromisoformat(after[1]), after[2]) if after else None
        rows = order_lists.restricted(self.turn.tx)
        rest = [row for row in rows if behind is None or (order_lists.rank(row.urgency), row.limit_at, row.id) > behind]
        return [row for row in rest if self._may_read(row) or self._is_on_duty(row)]

    def within(self, states: Sequence[str]) -> Sequence[Order]:
        """Those in these states that this person answers for."""
        if not self.turn.me.rights.holds(policy.READERS):
            return []
        return [row for row in order_lists.restricted(self.turn.tx) if row.state in states and self._may_read(row)]

    def one(self, code: str, *, on_duty: bool = False) -> Order:
        """One of them, closed or not; `on_duty`: also for who is on duty for it. NotFound for whom it must not exist."""
        row = orders.by_code(self.turn.tx, code)
        is_one = row is not None and (is_restricted(row) or row.left_box)
        if row is None or not is_one or not (self._may_read(row) or (on_duty and self._is_on_duty(row))):
            raise NotFound("refused.no_such_order", code=code)
        return row

    def _is_on_duty(self, row: Order) -> bool:
        """Whether it is a danger to life that is not over, of which this person was alerted: never one of those whom it is about."""
        alerted = is_restricted(row) and row.urgency == "U0" and row.state != State.CLOSED
        return alerted and self.turn.me.id != row.person_id and self.turn.me.id in staff_of(self.turn.tx, row)

    def _may_read(self, row: Order) -> bool:
        return reading.may_read(self.turn.tx, row, self.turn.me.id, self.turn.me.rights)

    def words(self, order: Order) -> str:
        """Kind, the whole text, place and contact, and what was added; the view is logged."""
        turn, say = self.turn, self.turn.say
        if hides_contact(turn.person, order):
            return say("device.contact")
        turn.record(Act.VIEW_RESTRICTED, order)
        words = box_store.matter(turn.tx, order.id).words
        if not words:
            return say("restricted.forgotten")
        kind = turn.office.reader.category(words["category"] or policy.NEUTRAL).level2
        opened = [words.get(name) for name in ("text", "community", "place", "contact", "when", "rated")]
        added = [
            say("restricted.added", at=turn.local(line.at), by=line.by, what=say(f"did.{line.action}"), note=note)
            for line, note in box_store.notes_of(turn.tx, order.id)
        ]
        viewed = say("restricted.viewed", number=len(audit.views_of(turn.tx, order.id)))
        return "\n".join(filter(None, [kind, *opened, *added, self._files(order), viewed]))

    def _files(self, order: Order) -> str:
        tx = self.turn.tx
        kinds = [
            self.turn.say(f"part.{f.kind}", label=columns.text(tx, "attachments", "label_sealed", f))
            for f in attachments.of(tx, order.id)
        ]
        return self.turn.say("restricted.files", files="".join(kinds)) if kinds else ""

    def views(self, order: Order) -> str:
        """Who saw it or was told of it, and when; no word of it."""
        say, local = self.turn.say, self.turn.local
        return "\n".join(
            say("restricted.view", at=local(row.at), name=row.name or "", what=say(f"viewed.{row.what}"))
            for row in audit.views_of(self.turn.tx, order.id)
        )

    def door(self, order: Order, role: str | None) -> str:
        """Where to go with it, and who reads it here: by its kind, and by whether anybody inside may. `role`: who speaks of
        a danger."""
        turn = self.turn
        row = orders.by_id(turn.tx, order.id)
        alone = "" if staff_of(turn.tx, row) else "_alone"
        if row.danger is not None:
            return turn.office.first_aid(row.danger, role) + (turn.say("danger_alone") if alone else "")
        return turn.say(f"door{alone}.{policy.DOORS.get(box.category(turn.tx, row.id), 'other')}")

    def left_alone(self, order: Order, role: str | None) -> str:
        """Told with further words where they were about the last who could read it; else empty."""
        row = orders.by_id(self.turn.tx, order.id)
        alone = is_restricted(row) and not staff_of(self.turn.tx, row)
        return "\n" + self.door(order, role) if alone else ""
