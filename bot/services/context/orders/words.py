"""What the speaker types about an order: read, and what may not stand there set aside as a matter of its own."""

from dataclasses import replace
from typing import Any

from bot.errors import NotUnderstood
from bot.messages import LONGEST
from bot.orders.devices import hides_contact
from bot.orders.note import Note
from bot.orders.order import Order
from bot.orders.restricted import comes_from_somebody, is_restricted
from bot.services.context.turn import Turn
from bot.services.orders import placement, telling
from bot.services.reading import harmless, typed_text
from bot.services.restricted import box, named
from bot.store.sealed import columns
from bot.understanding import Speaker, Understanding


def note(turn: Turn, row: Order, text: str | None, *, adds: bool = False, of_office: bool = False) -> Note | None:
    """The words as they may stand with this order; None where there are none, or where they became a matter of their own.
    Danger to life that is not of this order is one too; its words stand here as well (您家有煤气味，快开窗) unless it comes from
    somebody, who may be the one that handles the order. `adds`: the words tell more about the order itself. `of_office`: as in `typed_text.note`."""
    may_stand, own = typed_text.note(turn.office, row, text, of_office=of_office)
    if is_restricted(row) or (of_office and may_stand is not None):
        turn.outcome.taken = True  # what stands here is not put into the box too
    if is_restricted(row):
        return may_stand
    if own is not None:
        set_aside(turn, own, row)
    elif text and row.urgency != "U0" and not turn.outcome.calm:
        who = Speaker(asked=typed_text.ANSWERED) if turn.outcome.answers or of_office else Speaker()
        danger = typed_text.danger_in(turn.office, turn.office.understand(text[:LONGEST], who))
        if danger is not None:
            set_aside(turn, replace(danger, text=text), row)
            may_stand = may_stand if adds or not comes_from_somebody(danger) else None
    turn.outcome.stands |= may_stand is not None
    return may_stand


def where(turn: Turn, row: Order, text: str) -> Note:
    """Where the order goes, as the harmless words beside those that became a matter of their own say it. NotUnderstood where
    none do."""
    place = harmless.harmless_in(turn.office, turn.office.understand(text[:LONGEST]))
    may_stand, _ = typed_text.note(turn.office, row, place, of_office=True)
    if may_stand is None:
        raise NotUnderstood("staff.why.refer", code=row.code)
    return may_stand


def set_aside(turn: Turn, own: Understanding, row: Order) -> None:
    """Once a message; the outcome names the order. Who reads it learns about which order it was said; whoever
    helps with that order does not: "he" may mean the helper. An order of danger is kept from whom the words name."""
    outcome = turn.outcome
    outcome.taken = True
    if outcome.set_aside is not None:
        return
    if is_restricted(own):
        own = replace(own, text=own.text + "\n" + turn.say("restricted.said_about", code=row.code))
    own = _at_order(turn, own, row)
    outcome.told = own
    given: dict[str, Any] = {} if own.place.community else {"community": row.community}
    outcome.set_aside = placement.place(turn.office, turn.tx, turn.person, own, turn.now, **given)
    if is_restricted(own) and row.handler_id is not None:
        box.exclude(turn.tx, outcome.set_aside, frozenset({row.handler_id}))
    named.exclude(turn.office, turn.tx, row, own.text)
    if own.urgency == "U0" or row.person_id == turn.me.id:  # who helps or works goes on with the work
        turn.session.belong_to(outcome.set_aside.id, turn.now)
    if outcome.at and own.danger in IN_THE_HOUSE and not comes_from_somebody(own):
        warning = turn.say("safe.in_your_home", aid=turn.office.first_aid(own.danger, "self"))
        told = [row.person_id]
        once = f"d{outcome.set_aside.id}"
        telling.write(turn.office, turn.tx, row, "tell_resident", told, turn.now, by=turn.doer, note=warning, once=once)


def _at_order(turn: Turn, own: Understanding, row: Order) -> Understanding:
    """Danger that is told with an order by whoever helps or answers for it, and without a place: it is at the order's door,
    and the speaker sees it, unless the words are of the speaker's own home or body. Next door is the same building."""
    topics, text = turn.office.reader.topics, own.text[:LONGEST]
    if own.urgency != "U0" or own.place.said or row.person_id == turn.me.id or topics.matches("speaker", "hurt", text):
        return own
    spot = columns.text(turn.tx.vault, "orders", "place_sealed", row)
    place = turn.office.understand(spot).place if spot else own.place
    if topics.matches("speaker", "near", text):
        place = replace(place, room=None)
    turn.outcome.at = "" if hides_contact(turn.person, row) else place.describe()
    role = "bystander" if own.danger_role in (None, "self") else own.danger_role
    return replace(own, place=place, danger_role=role)


IN_THE_HOUSE = frozenset({"fire", "gas", "co", "electric", "chemical"})
"""Dangers of a home of which who lives there must hear too."""
