"""Who may see which matter of the sealed box."""

from collections.abc import Sequence

from sqlalchemy.exc import SQLAlchemyError

from bot.messages import Inbound
from bot.orders import restricted as policy
from bot.orders.order import Order
from bot.orders.rights import Rights
from bot.services.office import Office
from bot.services.reading import typed_text
from bot.services.restricted import accused
from bot.store.database import Tx
from bot.store.sealed import box as store


def allowed(tx: Tx, order: Order, persons: Sequence[int]) -> list[int]:
    """Those of the persons whom the matter is not about."""
    excluded = store.matter(tx, order.id).excluded
    return [person for person in persons if not accused.is_excluded(tx, person, excluded)]


def may_read(tx: Tx, order: Order, person_id: int, rights: Rights) -> bool:
    """Whether somebody answers for a restricted order: of the discipline staff, and not of those whom it is about."""
    return policy.answers_for(order, person_id, rights) and person_id in allowed(tx, order, [person_id])


def concerns(office: Office, tx: Tx, inbound: Inbound) -> bool:
    """Whether a message is of the box: by its own words, or by what its sender is talking about."""
    return typed_text.is_sealed(office, inbound.text) or _talks_of_one(tx, inbound)


def _talks_of_one(tx: Tx, inbound: Inbound) -> bool:
    """Asked when something is broken already: where this is it too, the words alone must tell."""
    try:
        with tx.connection.begin_nested():
            return store.talks_of_one(tx, inbound.openid)
    except SQLAlchemyError:
        return False
