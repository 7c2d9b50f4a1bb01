"""What happened to an order, as the console tells it: each line with whom it was told to, and how."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.orders.lifecycle import INTERNAL
from bot.orders.order import Order
from bot.orders.visibility import Visibility
from bot.services.notices.words import wording
from bot.services.office import Office
from bot.services.orders import shown
from bot.services.orders.actors import CLOCK
from bot.services.orders.shown import Step
from bot.store.database import Tx
from bot.store.reads import told
from bot.store.reads.told import Notice

UNTOLD = ("waiting", "failed")
TOLD = ("sent", "delivered")


@dataclass(frozen=True, slots=True)
class Told:
    """People whom a line was told to, in the same way and at the same minute, or not told for the same reason.

    `way`: the channel; empty where none was reached. `why`: empty where they have been told, or will be."""

    names: Sequence[str]
    state: str
    way: str
    at: datetime | None
    why: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of what happened, and who was told of it."""

    at: datetime
    what: str
    by: str
    note: str
    told: Sequence[Told]


def of(office: Office, tx: Tx, order: Order, visible: Visibility) -> list[Line]:
    """Who decides reads every line and note, without numbers and names; who helps those that are meant for both sides."""
    notices = told.of_order(tx, order.id) if visible is Visibility.STAFF else []
    return [
        _line(office, step, visible, notices)
        for step in shown.story(tx, order.id)
        if visible is Visibility.STAFF or step.line.action not in INTERNAL
    ]


def _line(office: Office, step: Step, visible: Visibility, notices: Sequence[Notice]) -> Line:
    row = step.line
    note = step.words.note if visible is Visibility.STAFF else shown.note(step.words, visible)
    mine = [notice for notice in notices if notice.line == row.id]
    by = (office.say("console.by_clock") if row.by == CLOCK.name else row.by) if visible is Visibility.STAFF else ""
    return Line(row.at, office.say(f"did.{row.action}"), by, note or "", _told(office, mine))


def _told(office: Office, notices: Sequence[Notice]) -> list[Told]:
    """What was told alike stands together, in the order of the first of each."""
    groups: dict[tuple[str, str, datetime | None, str], list[str]] = {}
    for each in notices:
        way = wording.way(office.texts, each.last.channel) if each.last is not None and each.last.channel else ""
        at = each.delivered_at or each.sent_at
        calls = each.name is None and not each.has_account and each.state not in TOLD  # nobody can write to them
        why = wording.why(office.texts, each.reason) if each.state in UNTOLD and not calls else ""
        alike = ("call" if calls else each.state, way, at and at.replace(second=0, microsecond=0), why)
        groups.setdefault(alike, []).append(each.name or office.say("order.resident"))
    return [Told(names, *alike) for alike, names in groups.items()]
