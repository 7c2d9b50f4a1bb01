"""What flows may ask about restricted matters: who may see which, their words, and the right door for each kind."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Row

from bot.dialogue.context import Order, Part
from bot.dialogue.session import Session
from bot.errors import NotFound
from bot.services.context.repeated import EarlierDesk
from bot.services.orders import actions, petitions, placement
from bot.services.orders.actions import Doer
from bot.services.restricted import box
from bot.store import attachments, orders, people
from bot.store.sealed import box as box_store

REPORT = "1604"
DOORS = {"1603": "complaint", REPORT: "report", "1605": "petition"}  # by category; all others are asked to call first


@dataclass(slots=True)
class SealedDesk(EarlierDesk):
    """See `bot.dialogue.context.Desk`."""

    person: Row[Any]
    session: Session
    aside: Row[Any] | None = field(default=None, kw_only=True)  # the restricted order that this message made besides

    @property
    def doer(self) -> Doer:
        name = self.me.name or self.office.texts.say("order.resident")
        return Doer(self.me.id, name, self.me.roles, self.me.communities)

    def restricted(self) -> Sequence[Order]:
        """Restricted matters that are not closed, for the discipline staff; of nobody's own, nor about them."""
        return cast(Sequence[Order], [row for row in orders.restricted(self.tx) if self._may_read_sealed(row)])

    def restricted_in(self, states: Sequence[str]) -> Sequence[Row[Any]]:
        """Those in these states that this person answers for."""
        if "discipline" not in self.me.roles:
            return []
        return [row for row in orders.restricted(self.tx) if row.state in states and self._may_read_sealed(row)]

    def restricted_one(self, code: str) -> Order:
        """One of them, closed or not. NotFound for whom it must not exist."""
        row = orders.by_code(self.tx, code)
        if row is None or row.lane != "restricted" or not self._may_read_sealed(row):
            raise NotFound("refused.no_such_order", code=code)
        return cast(Order, row)

    def _may_read_sealed(self, row: Row[Any]) -> bool:
        return box.may_read(self.tx, row, self.me.id, self.me.roles)

    def restricted_words(self, order: Order) -> str:
        """Kind, the whole text, place and contact, and what was added; the view is logged."""
        people.log_view(self.tx, self.me.id, order.id, "restricted", self.now)
        words = box_store.matter(self.tx, order.id).words
        if not words:
            return self.say("restricted.forgotten")
        kind = self.office.reader.category(words["category"] or box.NEUTRAL).level2
        opened = [words.get(name) for name in ("text", "community", "place", "contact", "when", "rated")]
        added = [
            self.say(
                "restricted.added", at=self._local(line.at), by=line.by, what=self.say(f"did.{line.action}"), note=note
            )
            for line, note in box_store.notes_of(self.tx, order.id)
        ]
        return "\n".join(filter(None, [kind, *opened, *added, self._files(order), self._views(order)]))

    def _files(self, order: Order) -> str:
        kinds = [
            self.say(f"part.{row.kind}", label=self.tx.open(row.label_sealed))
            for row in attachments.of(self.tx, order.id)
        ]
        return self.say("restricted.files", files="".join(kinds)) if kinds else ""

    def _views(self, order: Order) -> str:
        return self.say("restricted.viewed", number=len(people.views_of(self.tx, order.id)))

    def restricted_views(self, order: Order) -> str:
        """Who saw it or was told of it, and when; no word of it."""
        return "\n".join(
            self.say(
                "restricted.view", at=self._local(row.at), name=row.name or "", what=self.say(f"viewed.{row.what}")
            )
            for row in people.views_of(self.tx, order.id)
        )

    def door(self, order: Order) -> str:
        """Where to go with it, and who reads it here: by its kind, and by whether anybody inside may."""
        row = orders.by_id(self.tx, order.id)
        alone = "" if actions.staff_of(self.tx, row) else "_alone"
        if row.danger is not None:
            return self.first_aid(row.danger) + (self.say("danger_alone") if alone else "")
        return self.say(f"door{alone}.{DOORS.get(box.category(self.tx, row.id), 'other')}")

    def first_aid(self, danger: str | None) -> str:
        """Whom to call first in this kind of danger, for who speaks now."""
        return self.office.first_aid(danger, self.meant.danger_role)

    def left_alone(self, order: Order) -> str:
        """Told with further words where they were about the last who could read it; else empty."""
        row = orders.by_id(self.tx, order.id)
        return "" if row.lane != "restricted" or actions.staff_of(self.tx, row) else "\n" + self.door(order)

    def _seals(self, row: Row[Any], action: str, note: str | None) -> bool:
        """Whether a resident's reason on an ordinary order is a report or a danger: then it is a matter of its own. A
        complaint may well be the reason why somebody is not satisfied, and stays one."""
        if not note or action not in box.SAID_BY_RESIDENT or row.lane == "restricted" or row.person_id != self.me.id:
            return False
        meant = self.office.reader.understand(note)
        return meant.lane == "restricted" and (meant.danger is not None or meant.category == REPORT)

    def _put_aside(self, note: str) -> None:
        meant = self.office.reader.understand(note)
        self.aside = placement.place(self.office, self.tx, self.person, meant, self.now)

    def set_aside(self) -> str:
        """The door for words of this message that became a restricted matter of their own; empty where none did."""
        if self.aside is None:
            return ""
        order = cast(Order, self.aside)
        return self.door(order) + "\n" + self.say("order.code", code=order.code) + "\n"

    def _local(self, at: datetime) -> datetime:
        return at.astimezone(self.office.calendar.zone)

    def register(self, order: Order) -> datetime:
        """When the notice in writing is due, in the office's time."""
        row = orders.by_id(self.tx, order.id, lock=True)
        done = petitions.register(self.office, self.tx, row, self.doer, self.now)
        return self._local(done.petition_due_at)

    def give_notice(self, order: Order, note: str) -> None:
        row = orders.by_id(self.tx, order.id, lock=True)
        petitions.give_notice(self.office, self.tx, row, note, self.doer, self.now)

    def attach(self, order: Order, part: Part) -> None:
        vault = self.tx.box if order.lane == "restricted" else self.tx.vault
        orders.attach(
            self.tx, order_id=order.id, person_id=self.me.id, kind=part.kind, media_id=part.media_id,
            state="pending" if part.media_id else "stored", label_sealed=vault.seal(part.label),
            attempts=0, due_at=self.now if part.media_id else None, created_at=self.now,
        )  # fmt: skip
        self.session.order_id, self.session.order_at = order.id, self.now
