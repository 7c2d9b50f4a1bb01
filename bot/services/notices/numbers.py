"""Which telephone number a notice may be sent to: the roster's own, or the one a resident gave with this order."""

from typing import Any, Protocol

from cryptography.exceptions import InvalidTag

from bot.orders.restricted import is_restricted_lane
from bot.sms.text import numbers
from bot.store.sealed import identity

RESIDENT = "_resident"


class Opens(Protocol):
    """A vault, a transaction, the database."""

    def open(self, sealed: bytes | None, of: bytes | None = None) -> str | None: ...


def has_one(row: Any) -> bool:
    """Whether there is a number to look at. `row`: a notice in hand, as `notice_queue` reads it."""
    return _sealed(row) is not None


def number_of(opens: Opens, row: Any) -> str | None:
    """The number, decrypted; None where there is none that takes short messages."""
    sealed = _sealed(row)
    if sealed is None:
        return None
    try:
        found = numbers(opens.open(*sealed) or "")
    except InvalidTag:
        return None
    return found[0] if found else None


def _sealed(row: Any) -> tuple[bytes, bytes] | None:
    """The encrypted number and what it belongs to. A resident's serves only for the resident's own order, and never for a
    restricted one: somebody else may hold the telephone."""
    if row.phone_index is not None:
        return (row.phone_sealed, identity.of("persons", "phone_sealed", row.person_id)) if row.phone_sealed else None
    own = row.order_person_id == row.person_id and row.event.endswith(RESIDENT)
    if own and row.contact_sealed and not is_restricted_lane(row.order_lane):
        return row.contact_sealed, identity.of("orders", "contact_sealed", row.order_code)
    return None
