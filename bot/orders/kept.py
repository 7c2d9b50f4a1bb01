"""Which orders the law keeps when their resident asks for deletion. The words for each reason stand in the locale under [law]."""

from typing import Protocol

from bot.orders.lifecycle import State
from bot.orders.order import Order
from bot.orders.restricted import REPORT, is_restricted, stays_inside

OPEN = "open"  # of somebody who unfollowed: the matter itself goes on


class Kept(Protocol):
    """The real category of a restricted order, asked only where it matters."""

    def __call__(self) -> str: ...


def reason(order: Order, category: Kept, *, closes: bool) -> str | None:
    """Why the order's content stays; None where it is deleted. `closes`: whether open orders end with the deletion.

    A registered petition and a report stay until they are as old as closed orders may become. Whatever else is
    restricted, or a danger to life, stays while it is dealt with.
    """
    if order.petition_at is not None:
        return "petition"
    if is_restricted(order) and category() == REPORT:
        return "report"
    if order.state == State.CLOSED:
        return None
    if is_restricted(order):
        return "restricted"
    if stays_inside(order):
        return "danger"
    return None if closes else OPEN
