"""What hangs on a community of the office: people of the roster, matters that are not over, tokens; and what residents are
remembered to have said."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select, update

from bot.store.database import Tx
from bot.store.schema.installed import tokens
from bot.store.tables import orders, persons, roles


@dataclass(frozen=True, slots=True)
class Used:
    """How many of each."""

    people: int
    orders: int
    tokens: int

    @property
    def is_none(self) -> bool:
        return not (self.people or self.orders or self.tokens)


def used(tx: Tx, name: str, now: datetime) -> Used:
    """What keeps the community from being closed."""
    held = select(func.count(func.distinct(roles.c.person_id))).where(roles.c.community == name)
    left = select(func.count()).select_from(orders).where(orders.c.community == name, orders.c.state != "closed")
    valid = or_(tokens.c.expires_at.is_(None), tokens.c.expires_at > now)
    given = (
        select(func.count()).select_from(tokens).where(tokens.c.community == name, tokens.c.revoked_at.is_(None), valid)
    )
    return Used(*(int(tx.value(query) or 0) for query in (held, left, given)))


def forget(tx: Tx, name: str) -> None:
    """Residents who said that they live there are asked again."""
    tx.run(update(persons).where(persons.c.community == name).values(community=None, place_sealed=None))
