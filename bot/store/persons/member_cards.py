"""党员卡: the fields of a member's card, and which of them the member has opened."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import delete, insert, select, update

from bot.orders.rights import MEMBER
from bot.store.database import Tx
from bot.store.schema.h5 import member_cards
from bot.store.sealed import columns, identity
from bot.store.tables import roles


class Field(NamedTuple):
    """What stands in a field, and whether residents read it."""

    text: str
    is_open: bool


def of(tx: Tx, person_id: int) -> Mapping[str, Field]:
    """The fields that are not empty, by name."""
    rows = tx.all(select(member_cards).where(member_cards.c.person_id == person_id))
    found = ((row, columns.text(tx.vault, "member_cards", "text_sealed", row)) for row in rows)
    return {row.field: Field(text, row.is_open) for row, text in found if text}


def put(tx: Tx, person_id: int, name: str, field: Field, now: datetime) -> None:
    """The field as it is from now on; an empty one is gone."""
    mine = (member_cards.c.person_id == person_id, member_cards.c.field == name)
    if not field.text:
        tx.run(delete(member_cards).where(*mine))
        return
    sealed = tx.vault.seal(field.text, identity.of("member_cards", "text_sealed", f"{person_id}|{name}"))
    values = {"text_sealed": sealed, "is_open": field.is_open, "changed_at": now}
    if not tx.run(update(member_cards).where(*mine).values(**values)).rowcount:
        tx.run(insert(member_cards).values(person_id=person_id, field=name, **values))


def drop(tx: Tx, person_id: int) -> None:
    """The whole card."""
    tx.run(delete(member_cards).where(member_cards.c.person_id == person_id))


def drop_of_leavers(tx: Tx) -> None:
    """The cards of those who are no members any more."""
    members = select(roles.c.person_id).where(roles.c.role == MEMBER)
    tx.run(delete(member_cards).where(member_cards.c.person_id.not_in(members)))
