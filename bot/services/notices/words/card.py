"""What a helper needs to come, a line each: what, where, when and whom to call."""

from dataclasses import dataclass
from datetime import datetime

from bot.orders.order import Order
from bot.orders.restricted import is_restricted
from bot.services.notices.words.titles import plain_title
from bot.services.office import Office
from bot.store import orders
from bot.store.database import Tx


@dataclass(frozen=True, slots=True)
class Seen:
    """Where, whom to call and when, as far as the reader may know; empty where nobody has said it."""

    place: str
    contact: str
    when: str


def wanted(office: Office, tx: Tx, order: Order, now: datetime) -> str:
    """The time as it was said, with the day on which that was where it was not today; empty where none was."""
    if not order.wanted_when:
        return ""
    zone = office.calendar.zone
    said_at, local = order.created_at.astimezone(zone), now.astimezone(zone)
    today = local.date()
    if said_at.date() != today:
        moved = [row.at for row in orders.history_of(tx, order.id) if row.action == "reschedule"]
        said_at = moved[-1].astimezone(zone) if moved else said_at
    if said_at.date() == today:
        return order.wanted_when
    year = office.texts.year(said_at, local)
    return office.texts.say("clause.said_on", when=order.wanted_when, at=said_at, year=year)


def about(office: Office, named: str, place: str, when: str) -> str:
    """What it is, and in brackets the place and the time that were said."""
    known = office.texts.say("order.and").join(filter(None, (place, when)))
    return named + (office.texts.say("order.where", said=known) if known else "")


def card_lines(office: Office, order: Order, seen: Seen, words: str, added: str = "") -> list[str]:
    """What a helper needs to come: a line each. What nobody has said is asked for through the account. `added`: what the resident has
    said since."""
    say = office.texts.say
    lines = [say("card.what", what=plain_title(office, order))]
    if words:
        lines.append(say("card.words", words=words))
    lines.append(say("card.place", place=seen.place) if seen.place else say("card.no_place", code=order.code))
    if seen.when:
        lines.append(say("card.when", when=seen.when))
    lines.append(say("card.contact", contact=seen.contact) if seen.contact else say("card.no_contact", code=order.code))
    if added:  # last, where it is long
        lines.append(say("card.added", words=added))
    return [*lines, say("card.pair")] if in_pairs(office, order) else lines


def in_pairs(office: Office, order: Order) -> bool:
    return not is_restricted(order) and office.reader.category(order.category).people > 1
