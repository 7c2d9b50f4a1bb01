"""Orders that a person puts aside for a while."""

from datetime import datetime

from bot.errors import NotUnderstood
from bot.services.console.orders import finding
from bot.services.console.seat import Seat
from bot.services.console.views import FARTHEST
from bot.services.office import Office
from bot.store.console import kept


def put_aside(office: Office, seat: Seat, code: str, until: datetime | None, now: datetime) -> str:
    """The order leaves 要我处理 until then, or until it changes. NotFound for what is not before this person."""
    if until is not None and not now < until < now + FARTHEST:
        raise NotUnderstood("console.views.until")
    with office.db.transaction() as tx:
        order = finding.decided(tx, seat, code)
        kept.put_aside(tx, order.id, seat.person_id, until, order.version)
    return (
        office.say("console.aside.until", code=code, at=until)
        if until
        else office.say("console.aside.changes", code=code)
    )


def take_back(office: Office, seat: Seat, code: str) -> str:
    """The order is before everybody again."""
    with office.db.transaction() as tx:
        kept.take_back(tx, finding.decided(tx, seat, code).id)
    return office.say("console.aside.back", code=code)
