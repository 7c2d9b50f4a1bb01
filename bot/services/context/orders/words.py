"""What the speaker types about an order: read, and what may not stand there set aside as a matter of its own."""

from dataclasses import replace
from typing import Any

from bot.errors import NotUnderstood
from bot.messages import LONGEST
from bot.orders.note import Note
from bot.orders.order import Order
from bot.orders.restricted import comes_from_somebody, is_restricted
from bot.services.context.turn import Turn
from bot.services.orders import placement
from bot.services.reading import harmless, typed_text
from bot.services.restricted import box, named
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
    elif text and row.urgency != "U0":
        who = Speaker(asked=typed_text.ANSWERED) if turn.outcome.answers else Speaker()
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
    given: dict[str, Any] = {} if own.place.community else {"community": row.community}
    outcome.set_aside = placement.place(turn.office, turn.tx, turn.person, own, turn.now, **given)
    if is_restricted(own) and row.handler_id is not None:
        box.exclude(turn.tx, outcome.set_aside, frozenset({row.handler_id}))
    named.exclude(turn.office, turn.tx, row, own.text)
    turn.session.belong_to(outcome.set_aside.id, turn.now)
