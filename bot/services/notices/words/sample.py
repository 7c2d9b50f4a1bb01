"""The notice that a broadcast would be, in the words in which it will be sent: a preview says nothing else."""

from datetime import datetime
from types import SimpleNamespace
from typing import Any, cast

from bot.broadcasts.life import FIRST
from bot.broadcasts.written import Written
from bot.services.notices.words.letter import Letter
from bot.services.notices.words.opening import opened
from bot.services.office import Office
from bot.store.broadcasts.recipients import EVENT
from bot.store.database import Tx

NO_NUMBER = "…"
"""Stands for the number of a broadcast that has none yet."""


def sample(
    office: Office, tx: Tx, new: Written, now: datetime, *, number: int | None = None, year: int | None = None,
    bulletin: int | None = None,
) -> Letter:  # fmt: skip
    """To nobody. `number`: of the broadcast; `year`, `bulletin`: of a bulletin, once it has them."""
    row = SimpleNamespace(
        id=0, person_id=0, openid=None, event=EVENT, round=FIRST, created_at=now, facts_sealed=None, need=1, broadcast_id=number or NO_NUMBER,
        broadcast_kind=new.kind, broadcast_title=new.title, broadcast_body=new.body, broadcast_details=new.details,
        broadcast_state=None, broadcast_year=year, broadcast_number=bulletin, order_id=None, order_code=None, order_lane=None,
    )  # fmt: skip
    return opened(office, tx, cast(Any, row))
