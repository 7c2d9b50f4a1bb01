"""What somebody recorded for a recipient by hand is on record: who said of whom that they were told, or there."""

from datetime import datetime

from bot.store.database import Tx
from bot.store.records import audit
from bot.store.records.acts import Act
from bot.store.records.audit import Entry

SIGN_IN = "sign_in"


def record(tx: Tx, source: str, broadcast_id: int, person_id: int, by_id: int, how: str, now: datetime) -> None:
    """`how`: SIGN_IN, or in which way the person was told."""
    audit.write(
        tx, now, Entry(Act.BROADCAST_BY_HAND, source, by_id, person_id, detail=f"broadcast {broadcast_id} {how}")
    )
