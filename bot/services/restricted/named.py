"""Whom the words of a matter that is no restricted one name in a danger: they may be its cause, and it is kept from them."""

from bot.messages import LONGEST
from bot.orders.order import Order
from bot.orders.restricted import is_restricted
from bot.orders.visibility import Visibility
from bot.services.office import Office
from bot.services.orders import shown
from bot.services.restricted import accused, knowing
from bot.store.database import Tx
from bot.store.sealed.box import Excluded
from bot.understanding.lexicon import Rules

_RULES = Rules("restricted")


def exclude(office: Office, tx: Tx, order: Order, further: str = "") -> Order:
    """Keep the order from the people of the roster whom its words, or these further ones, name where it is an emergency, a danger
    or speaks of violence. Never from its resident, who may be of the staff; a restricted matter has its own list. The order
    as it is afterwards."""
    if is_restricted(order) or not _is_dangerous(office, order, further):
        return order
    text = f"{shown.said(tx, order)}\n{further}"[-LONGEST:]  # what was said before has been looked at
    return knowing.keep_from(tx, order, Excluded(accused.find(office, tx, text, order.category, None).persons))


def _is_dangerous(office: Office, order: Order, further: str) -> bool:
    if order.urgency == "U0" or order.danger is not None:
        return True
    return _RULES.violent.search(f"{shown.words(office, order, Visibility.STAFF)}\n{further}") is not None
