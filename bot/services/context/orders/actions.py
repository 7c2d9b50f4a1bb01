"""Makes and changes orders for the speaker. See `bot.dialogue.interface.ports.actions.Actions`."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from bot.dialogue.interface.order import Part
from bot.dialogue.interface.work import Taken
from bot.dialogue.member import orders_in_hand
from bot.errors import NotAllowed, NotFound, Spoken
from bot.orders.effects import EFFECTS, SAID_BY_RESIDENT
from bot.orders.lifecycle import UNDOABLE, State
from bot.orders.order import Order
from bot.orders.restricted import comes_from_somebody, is_restricted
from bot.orders.rights import STAFF
from bot.services.context.orders import words
from bot.services.context.turn import Turn
from bot.services.orders import actions, follow_ups, placement, shown, splitting, undoing
from bot.services.orders.actors import CLOCK
from bot.services.orders.recipients import ALARMING
from bot.services.orders.told import details, urgent_limits
from bot.services.orders.told.addition import Addition
from bot.services.reading import harmless, typed_text
from bot.store import orders
from bot.store.console import handovers
from bot.store.persons import people
from bot.store.reads import order_lists
from bot.store.rows import HistoryLine
from bot.store.sealed import identity
from bot.understanding import Understanding
from bot.understanding.faq.retrieval import Entry

PLACE = frozenset({"community", "place_sealed", "contact_sealed"})
"""Columns without which nobody finds who is in danger."""
SAID_BY_OFFICE = frozenset({"refer", "reject", "ask", "explain", "unmet", "extend", "tell"})
"""Actions whose words staff write to the resident."""
PASSES_ON = frozenset({"tell", "relay", "instruct"})
"""Actions that are nothing but words to the other side."""
REFER = "refer"
"""The action that is nothing without its words: they say where the order goes."""


@dataclass(frozen=True, slots=True)
class Actions:
    """What the speaker does to orders."""

    turn: Turn

    def perform(self, order: Order, action: str, note: str | None = None, **changes: Any) -> Order:
        """One action with its follow-ups; `changes` are further columns. NotAllowed where it may not be done."""
        return self._perform(orders.by_id(self.turn.tx, order.id, lock=True), action, note, **changes)

    def _perform(self, row: Order, action: str, note: str | None, *, adds: bool = False, **changes: Any) -> Order:
        """`row` is locked and as it is now. `adds`: as in `words.note`. An order that is opened again with words of what
        somebody does, who may be the helper, goes back to staff."""
        turn = self.turn
        if EFFECTS[action].handler == "doer":
            if row.person_id == turn.me.id:
                raise NotAllowed("refused.own")
            orders_in_hand.refuse_over_limit(
                order_lists.claims_of(turn.tx, turn.me.id), turn.office.limits.claims_per_member
            )
        if action in SAID_BY_RESIDENT and row.person_id == turn.me.id:
            turn.session.belong_to(row.id, turn.now)
        kept = words.note(turn, row, note, adds=adds, of_office=action in SAID_BY_OFFICE)
        if action in PASSES_ON and note and kept is None:  # nothing is left to pass on
            return row
        if action == REFER and note and kept is None:
            kept = words.where(turn, row, note)
        changed = actions.perform(
            turn.office, turn.tx, row, action, by=turn.doer, now=turn.now, note=kept, **changes
        )  # fmt: skip
        follow_ups.follow(turn.office, turn.tx, changed, action, turn.now)
        apart = turn.outcome.set_aside
        if action == "reopen" and apart is not None and comes_from_somebody(apart) and changed.state == State.ACCEPTED:
            return actions.perform(turn.office, turn.tx, changed, "release", by=CLOCK, now=turn.now)
        return changed

    def place(self, meant: Understanding, answered: Entry | None = None) -> Order:
        """A new order; `answered`: what the answer book has said to it already, which staff see."""
        turn = self.turn
        note = turn.say("answers.note", question=answered.questions[0]) if answered else None
        order = placement.place(
            turn.office, turn.tx, turn.person, meant, turn.now, turn.source, note=note, apart_from=turn.outcome.sealed
        )
        if is_restricted(order):
            turn.outcome.sealed = order
        turn.outcome.taken |= is_restricted(order) or order.urgency == "U0"
        return order

    def register(self, meant: Understanding) -> Order:
        """A new order for somebody who has no account here, told by the speaker, whose own it is not."""
        turn = self.turn
        somebody = people.add(turn.tx, turn.now, subscribed=False, is_demo=turn.person.is_demo)
        own = turn.me.rights.communities(STAFF)
        given: dict[str, Any] = {} if meant.place.community or len(own) != 1 else {"community": next(iter(own))}
        order = placement.place(
            turn.office, turn.tx, somebody, meant, turn.now, "staff", told_by=turn.doer, **given
        )  # fmt: skip
        turn.outcome.taken |= is_restricted(order) or order.urgency == "U0"
        turn.tx.summary.restricted |= is_restricted(order)
        return order

    def hand_over(self, order: Order, reason: str) -> None:
        """The conversation waits for a person, in the inbox of the console; of a restricted matter nothing does there."""
        if not is_restricted(order):
            handovers.add(self.turn.tx, order.id, order.person_id, reason, self.turn.now)

    def end_handover(self, order: Order) -> bool:
        """The conversation waits no more; whether it did."""
        waits = handovers.of_order(self.turn.tx, order.id)
        handovers.end(self.turn.tx, order.id, self.turn.me.id, self.turn.now)
        return waits

    def may_undo(self, order: Order) -> bool:
        """Whether what the speaker did in this turn to the order may be taken back."""
        turn = self.turn
        return any(line.at == turn.now for line in undoing.last(turn.tx, turn.me.id, order.id))

    def undo(self, order: Order | None, of: Collection[str] = UNDOABLE) -> Sequence[Taken]:
        """Take back what the speaker did last, to this order or at all, and only one of these actions; the orders of a batch each by
        itself. NotFound where there is nothing to take back, and what is refused of a single order is raised."""
        turn = self.turn
        lines = undoing.last(turn.tx, turn.me.id, order.id if order is not None else None, of)
        if not lines:
            raise NotFound("undo.nothing")
        return [self._undo(line, alone=len(lines) == 1) for line in reversed(lines)]

    def _undo(self, line: HistoryLine, *, alone: bool) -> Taken:
        turn = self.turn
        try:
            done = undoing.undo(turn.office, turn.tx, line, turn.doer, turn.now)
        except Spoken as refused:
            if alone:
                raise
            return Taken(str(refused.facts.get("code", "")), None, 0, refused)
        turn.tx.summary.restricted |= is_restricted(done.order)
        return Taken(done.order.code, done.order, done.told, None)

    def split(self, order: Order, meant: Understanding, category: str | None = None) -> Order:
        """As `splitting.split`; returns the new order."""
        turn = self.turn
        row = orders.by_id(turn.tx, order.id, lock=True)
        made = splitting.split(turn.office, turn.tx, row, meant, category, turn.doer, turn.now)
        turn.outcome.taken |= is_restricted(made) or made.urgency == "U0"
        return made

    def join(self, codes: Sequence[str], text: str | None) -> Order:
        """Orders that were one matter after all: the first keeps all the words, the others go into it. `text`: the message that
        they came out of; None where each came in a message of its own, from which the first learns what it lacks."""
        turn = self.turn
        first, *others = [orders.by_code(turn.tx, code, lock=True) for code in codes]
        assert first is not None
        if text is None:
            first, text = self._with_words_of(first, [other for other in others if other is not None])
        whole = {"text": turn.office.reader.mask(text), "text_sealed": text}
        joined = self.perform(first, "detail", text, **whole)
        for other in others:
            if other is not None and other.state != State.CLOSED:
                note = turn.say("staff.merge_note", code=joined.code)
                self.perform(other, "join", note, merged_into_id=joined.id)
        turn.session.belong_to(joined.id, turn.now)
        return joined

    def _with_words_of(self, first: Order, others: Sequence[Order]) -> tuple[Order, str]:
        """The first order with what the others' words tell and it lacks, and the words of all."""
        tx, words = self.turn.tx, [shown.said(self.turn.tx, first)]
        for other in others:
            said = shown.said(tx, other)
            first = self.enrich(first, "detail", said, self.turn.office.understand(said), community=other.community)
            words.append(said)
        return first, "；".join(words)

    def enrich(
        self, order: Order, action: str, note: str, meant: Understanding, *, overrides: bool = False,
        community: str | None = None, spot: str | None = None, when: str | None = None, wrong: str | None = None, alarms: bool = False,
    ) -> Order:  # fmt: skip
        """Add the words and what they tell that was not known yet. `overrides`: they are an answer or a correction,
        which may replace what was known. `when`: the time from now on, where they tell one. `wrong`: see `Addition`. `alarms`: of danger to life, whoever was alerted first is alerted again, as
        loudly, and not told besides."""
        turn = self.turn
        row = orders.by_id(turn.tx, order.id, lock=True)
        _, own = typed_text.note(turn.office, row, note)
        if own is not None:
            words.set_aside(turn, own, row)
            answer = harmless.harmless_in(turn.office, own) or None
            return self._perform(row, action, answer) if row.state == State.NEEDS_INFO else row
        added, sealed = Addition(meant, overrides, community, spot, wrong), is_restricted(row)
        if sealed:
            changes, where = details.learnt_in_box(turn.office, turn.tx, row, added)
        else:
            changes, where = details.learnt(turn.office, turn.tx, row, added), False
        if when is not None:
            changes["wanted_when"] = when
        if changes.get("urgency") in ALARMING:  # from now on minutes count
            changes |= urgent_limits.sooner(turn.office, row, changes["urgency"], turn.now)
        where = where or not PLACE.isdisjoint(changes)
        urgent = changes.get("urgency") == "U0" or ((where or alarms) and row.urgency == "U0")
        loud: dict[str, Any] = (
            {"told": {}} if urgent and row.urgency == "U0" else {}
        )  # the alarm itself says it, to everybody
        changed = self._perform(row, action, note, adds=True, **loud, **changes)
        turn.outcome.taken |= changed.urgency == "U0"
        if "community" in changes or urgent:  # now it is known whom it concerns, or how much
            fresh, more = orders.by_id(turn.tx, order.id), self._said_again(row, note, alarms) if loud else None
            placement.announce(turn.office, turn.tx, fresh, turn.doer, turn.now, f"v{fresh.version}", more)
        if not sealed:
            place = details.place_now(turn.office, changes, meant)
            placement.remember(turn.tx, turn.person, place, meant.phone)
        return changed

    def _said_again(self, row: Order, note: str, calls: bool) -> str:
        """What a further alarm says besides: that help is called for again, or more is known; the words, unless they are of a
        restricted matter."""
        key = "again" if calls else "more"
        if is_restricted(row) and self.turn.office.reader.topics.matches("contact", "no_call", note):
            key = "no_call"
        return self.turn.say(f"safe.{key}_sealed" if is_restricted(row) else f"safe.{key}_said", said=note)

    def forget_number(self, order: Order, note: str) -> None:
        """Nobody is to be called about the order: its number goes, out of its words too. `note`: who asks for that, in their words, which
        may name the number."""
        row = orders.by_id(self.turn.tx, order.id, lock=True)
        told = details.without_number(self.turn.tx, row)
        self._perform(row, "detail", self.turn.office.readings.mask(note), contact_sealed=None, text_sealed=told)

    def attach(self, order: Order, part: Part) -> None:
        """Add what came to the order; the words of its label are sealed where the order's own are."""
        turn = self.turn
        vault = turn.tx.box if is_restricted(order) else turn.tx.vault
        label = vault.seal(
            part.label, identity.of("attachments", "label_sealed", identity.attachment(order.id, turn.now))
        )
        for media_id in (part.media_id, *part.more):
            orders.attach(
                turn.tx, order_id=order.id, person_id=turn.me.id, kind=part.kind, media_id=media_id,
                state="pending" if media_id else "stored", label_sealed=label, attempts=0,
                due_at=turn.now if media_id else None, created_at=turn.now,
            )  # fmt: skip
        if order.person_id == turn.me.id:
            turn.session.belong_to(order.id, turn.now)
