"""One action on one order: LIFE and who-may, the new state, one history line, one notice per person to tell."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row

from bot.errors import NotAllowed
from bot.orders.lifecycle import EFFECTS, LIFE, MAY, TELL, Actor, Move, State, Told
from bot.orders.restricted import is_restricted
from bot.services.notices.facts import WITH_CONTACT, event_of, facts
from bot.services.office import Office
from bot.services.restricted import box
from bot.store import notices, orders, people
from bot.store.database import Tx

ALARMING = ("U0", "U1")


@dataclass(frozen=True, slots=True)
class Doer:
    """Who acts. `person_id` None is the clock."""

    person_id: int | None
    name: str
    roles: frozenset[str] = field(default_factory=frozenset)
    communities: frozenset[str] = field(default_factory=frozenset)

    def covers(self, community: str | None) -> bool:
        """Whether the person answers for this community as its staff or as the office's."""
        if "admin" in self.roles:
            return True
        return "staff" in self.roles and (community is None or community in self.communities)


CLOCK = Doer(None, "clock")


def actors(tx: Tx, order: Row[Any], by: Doer) -> set[Actor]:
    """What the person is to the order."""
    if by.person_id is None:
        return {Actor.CLOCK}
    found = set()
    if by.person_id == order.person_id:
        found.add(Actor.RESIDENT)
    if by.person_id is not None and by.person_id == order.handler_id:
        found.add(Actor.HANDLER)
    if box.may_read(tx, order, by.person_id, by.roles) if is_restricted(order) else by.covers(order.community):
        found.add(Actor.STAFF)
    if "member" in by.roles and by.person_id != order.person_id:
        found.add(Actor.MEMBER)
    if order.state == State.OFFERED:
        offer = orders.pending_offer(tx, order.id)
        if offer is not None and offer.person_id == by.person_id:
            found.add(Actor.INVITEE)
    return found


def perform(
    office: Office, tx: Tx, order: Row[Any], action: str, *, by: Doer, now: datetime, note: str | None = None,
    invitee: int | None = None, **changes: Any,
) -> Row[Any]:  # fmt: skip
    """Do `action` or raise NotAllowed; returns the order as it is afterwards. `changes` are further columns."""
    move = _allowed(tx, order, action, by)
    former = _working_on(tx, order)
    if is_restricted(order):
        changes.pop("rating_text", None)
    changed = orders.move(
        tx, order, {**_values(office, order, move, action, by, now, changes.get("ring", order.ring)), **changes}
    )
    if changed is None:
        raise NotAllowed("refused.faster", code=order.code)
    _settle(office, tx, changed, action, invitee, now)
    line = _write_down(office, tx, changed, action, by, now, note)
    _tell(office, tx, changed, action, by, now, line, note, former)
    return changed


def _write_down(office: Office, tx: Tx, order: Row[Any], action: str, by: Doer, now: datetime, note: str | None) -> int:
    """The line of history; the words of a restricted matter go into the box alone."""
    line = {
        "order_id": order.id,
        "at": now,
        "action": action,
        "by": office.texts.say("order.resident") if by.person_id == order.person_id else by.name,
        "by_id": by.person_id,
        "state": order.state,
    }
    if not is_restricted(order):
        shown = office.reader.mask(note) if note else None
        return orders.add_history(tx, **line, note=shown, note_sealed=tx.vault.seal(note))
    number = orders.add_history(tx, **line)
    tx.restricted.add(order.id)
    if note:
        box.note(office, tx, order, number, action, note)
    return number


def _allowed(tx: Tx, order: Row[Any], action: str, by: Doer) -> Move:
    known = actors(tx, order, by)
    if not known & set(MAY[action]):
        raise NotAllowed("refused.not_yours", code=order.code)
    if is_restricted(order) and not EFFECTS[action].restricted:
        raise NotAllowed("refused.restricted", code=order.code)
    move = LIFE.get((State(order.state), action))
    if move is None:
        raise NotAllowed(f"refused.state.{order.state}", code=order.code)
    return move


def _values(
    office: Office, order: Row[Any], move: Move, action: str, by: Doer, now: datetime, ring: int
) -> dict[str, Any]:
    """The columns that follow from the action itself."""
    values: dict[str, Any] = {"state": move.to, "updated_at": now}
    if move.outcome:
        values |= {"outcome": move.outcome, "closed_at": now, "step_due_at": None}
    effects = EFFECTS[action]
    if move.to != order.state or effects.restarts:
        values |= {"step_at": now, "warned_at": None, "escalated_at": None}
        values["step_due_at"] = office.limits.step_due_at(
            move.to, order.urgency, now, office.calendar, ring=ring, due_at=order.due_at
        )
    if effects.handler == "doer":
        values["handler_id"] = by.person_id
    elif effects.handler == "none" or (action == "reopen" and order.state == State.CLOSED):
        values["handler_id"] = None
    if action == "ask":
        values["asked_again_at"] = None
    elif action == "finish":
        values |= {"done_at": now, "asked_again_at": None}
    elif action == "reopen":
        due_at = office.limits.rework_due_at(office.reader.category(order.category).sla, now, office.calendar)
        values |= {
            "round": order.round + 1, "outcome": None, "closed_at": None, "solved": False, "due_at": due_at,
            "step_due_at": office.limits.step_due_at(move.to, order.urgency, now, office.calendar, due_at=due_at),
        }  # fmt: skip
    elif action == "separate":
        values |= {"outcome": None, "closed_at": None, "merged_into_id": None}
    elif action == "confirm":
        values["solved"] = True
    elif action == "register":
        values |= {"petition_at": now, "petition_due_at": now + timedelta(days=office.limits.petition_days)}
    elif action == "give_notice":
        values["petition_told_at"] = now
    return values


def _settle(office: Office, tx: Tx, order: Row[Any], action: str, invitee: int | None, now: datetime) -> None:
    ended = EFFECTS[action].offers
    if ended is not None:
        orders.settle_offers(tx, order.id, ended)
    if invitee is not None:
        assert order.step_due_at is not None
        orders.invite(tx, order.id, invitee, now, order.step_due_at)


def _working_on(tx: Tx, order: Row[Any]) -> list[int]:
    offer = orders.pending_offer(tx, order.id) if order.state == State.OFFERED else None
    return [person for person in (order.handler_id, offer and offer.person_id) if person is not None]


def _tell(
    office: Office, tx: Tx, order: Row[Any], action: str, by: Doer, now: datetime, line: int, note: str | None,
    former: list[int],
) -> None:  # fmt: skip
    """A notice per person and event; nobody is told what he did himself, nobody twice."""
    told = {by.person_id}
    for kind in TELL[action]:
        persons = [person for person in _persons(tx, order, kind, former) if person not in told]
        told.update(persons)
        if persons:
            event = event_of(order, action, kind)
            words = note if event == f"{action}_{kind}" else None
            write(office, tx, order, event, persons, now, by=by, note=words, once=f"h{line}")


def _persons(tx: Tx, order: Row[Any], kind: Told, former: list[int]) -> list[int]:
    if kind is Told.RESIDENT:
        return [order.person_id]
    if kind is Told.HANDLER:
        return [order.handler_id] if order.handler_id is not None else []
    if kind is Told.FORMER:
        return [person for person in former if person != order.handler_id or order.state == State.CLOSED]
    if kind is Told.INVITEE:
        offer = orders.pending_offer(tx, order.id)
        return [offer.person_id] if offer is not None else []
    if kind is Told.MEMBERS:
        return _within_ring(tx, order)
    if kind is Told.FOLLOWERS:
        return [row.person_id for row in orders.merged_into(tx, order.id)]
    if kind is Told.STAFF or is_restricted(order):
        return staff_of(tx, order)
    return people.with_role(tx, ("admin",))


def staff_of(tx: Tx, order: Row[Any]) -> list[int]:
    """Who answers for the order: its community's staff; where it has none, the whole office's."""
    if is_restricted(order):
        return _told_of_restricted(tx, order)
    local = people.with_role(tx, ("staff",), order.community) if order.community else []
    return local or people.with_role(tx, ("staff", "admin"))


def _told_of_restricted(tx: Tx, order: Row[Any]) -> list[int]:
    """The discipline staff; in danger those on duty too. Never anybody whom it is about, nor that person's unit: in
    danger others stand in, from other communities or the office. Empty where nobody is left."""
    officers = people.with_role(tx, ("discipline",)) or people.with_role(tx, ("admin",))
    told = box.allowed(tx, order, officers)
    if order.urgency != "U0":
        return told
    duty = box.allowed(tx, order, on_duty(tx, order))
    duty = duty or box.allowed(tx, order, people.with_role(tx, ("staff", "admin")))
    return sorted({*told, *duty})


def on_duty(tx: Tx, order: Row[Any]) -> list[int]:
    """Who is alerted when an order comes in: its community's staff; in danger the whole office's lead too."""
    local = people.with_role(tx, ("staff",), order.community) if order.community else []
    found = local or people.with_role(tx, ("staff", "admin"))
    if order.urgency in ALARMING:
        found = sorted({*found, *people.with_role(tx, ("admin",))})
    return found


def _within_ring(tx: Tx, order: Row[Any]) -> list[int]:
    community = order.community if order.ring < 2 else None
    return people.members_within(tx, community, order.grid if order.ring < 1 else None)


def write(
    office: Office, tx: Tx, order: Row[Any], event: str, persons: list[int], now: datetime, *, by: Doer,
    note: str | None = None, once: str, need: int = 1,
) -> None:  # fmt: skip
    """Put one notice per person in the outbox, with the facts as they are now."""
    notices.write(
        tx, persons, event, now=now, order_id=order.id, need=need, once=f"{once}:{event}",
        priority=0 if order.urgency in ALARMING else 5, facts=facts(office, tx, order, event, now, by.name, note),
        boxed=is_restricted(order),
    )  # fmt: skip
    if event in WITH_CONTACT:
        for person in persons:
            people.log_view(tx, person, order.id, "notice", now)
