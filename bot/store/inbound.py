"""What came in, under its key, with the reply that was given: a repeat finds both."""

from datetime import datetime

from sqlalchemy import insert, select, update

from bot.store.database import Tx
from bot.store.people import insert_or_skip
from bot.store.tables import inbound


def take(tx: Tx, key: str, kind: str, body: str | None, now: datetime) -> bool:
    """Whether this key is new; waits for a rival that is just writing it. `body` None: it is written with the answer,
    when it is known whether it is of the sealed box."""
    values = {"key": key, "kind": kind, "body_sealed": tx.vault.seal(body), "received_at": now}
    return tx.run(insert_or_skip(tx, inbound, values, on=["key"]).returning(inbound.c.key)).first() is not None


def known(tx: Tx, key: str) -> bool:
    """Whether a message of this key was dealt with or kept."""
    return tx.first(select(inbound.c.key).where(inbound.c.key == key)) is not None


def reply_to(tx: Tx, key: str) -> str | None:
    """The reply that the first of these copies got."""
    return tx.open(tx.value(select(inbound.c.reply_sealed).where(inbound.c.key == key)))


def answer(tx: Tx, key: str, person_id: int | None, body: str, reply: str | None, *, boxed: bool = False) -> None:
    """What came in and what was replied; `boxed`: it is of the sealed box."""
    vault = tx.box if boxed else tx.vault
    values = {"body_sealed": vault.seal(body), "reply_sealed": vault.seal(reply), "person_id": person_id}
    tx.run(update(inbound).where(inbound.c.key == key).values(**values))


def keep(
    tx: Tx, key: str, kind: str, body: str, reply: str, failure: str, now: datetime, *, boxed: bool = False
) -> bool:  # fmt: skip
    """Store a message that could not be dealt with; False where it is there already."""
    if known(tx, key):
        return False
    vault = tx.box if boxed else tx.vault
    tx.run(
        insert(inbound).values(
            key=key, kind=kind, body_sealed=vault.seal(body), reply_sealed=vault.seal(reply),
            failure=failure, received_at=now,
        )
    )  # fmt: skip
    return True
