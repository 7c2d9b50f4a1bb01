"""How an order's limits follow a higher urgency: the sooner one counts."""

from datetime import datetime

from bot.orders.order import Order
from bot.services.office import Office
from bot.services.orders.recipients import ALARMING


def sooner(office: Office, row: Order, urgency: str, now: datetime) -> dict[str, datetime | None]:
    """The limits of an order that has become as urgent as this: they run from now, and none becomes later."""
    sla = office.reader.category(row.category).sla
    due_at = office.limits.due_at(sla, urgency, now, office.calendar, other=row.external_due_at)
    due_at = min(due_at, row.due_at or due_at)
    step = office.limits.step_due_at(row.state, urgency, now, office.calendar, due_at=due_at)
    if step is not None and row.step_due_at is not None:
        step = min(step, row.step_due_at)
    return {"due_at": due_at, "step_due_at": step}


def limits_of_urgency(office: Office, row: Order, urgency: str, now: datetime) -> dict[str, datetime | None]:
    """The limits of an order that staff judge so. What becomes danger or soon dangerous has them from now on. What becomes less
    urgent keeps the limit that was promised; only that of a danger, in minutes, is given up."""
    if urgency < row.urgency and urgency in ALARMING:
        return sooner(office, row, urgency, now)
    sla = office.reader.category(row.category).sla
    due_at = office.limits.due_at(sla, urgency, row.created_at, office.calendar, other=row.external_due_at)
    if urgency > row.urgency != "U0":
        due_at = min(due_at, row.due_at or due_at)
    step = office.limits.step_due_at(row.state, urgency, row.step_at or now, office.calendar, due_at=due_at)
    return {"due_at": due_at, "step_due_at": step}
