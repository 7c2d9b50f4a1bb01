"""What came in, under its key, with the reply that was given: a repeat finds both."""

from datetime import datetime

from sqlalchemy import bindparam, insert, select, update

from bot.store.database import Tx
from bot.store.people import inserting
from bot.store.statements import Prepared
from bot.store.tables import inbound

_TAKE = Prepared(
    lambda dialect: inserting(dialect, inbound, ("key", "kind", "body_sealed", "received_at"), skip=["key"]).returning(
        inbound.c.key
    )
)
_KNOWN = Prepared(lambda _: select(inbound.c.key).where(inbound.c.key == bindparam("of_key")))
_REPLY = Prepared(lambda _: select(inbound.c.reply_sealed).where(inbound.c.key == bindparam("of_key")))
_ANSWER = Prepared(
    lambda _: (
        update(inbound)
        .where(inbound.c.key == bindparam("of_key"))
        .values({name: bindparam(name) for name in ("body_sealed", "reply_sealed", "person_id")})
    )
)


def take(tx: Tx, key: str, kind: str, body: str | None, now: datetime) -> bool:
    """Whether this key is new; waits for a rival that is just writing it. `body` None: it is written with the answer,
    when it is known whether it is of the sealed box."""
    return tx.first(_TAKE, key=key, kind=kind, body_sealed=tx.vault.seal(body), received_at=now) is not None


def known(tx: Tx, key: str) -> bool:
    """Whether a message of this key was dealt with or kept."""
    return tx.first(_KNOWN, of_key=key) is not None


def reply_to(tx: Tx, key: str) -> str | None:
    """The reply that the first of these copies got."""
    return tx.open(tx.value(_REPLY, of_key=key))


def answer(tx: Tx, key: str, person_id: int | None, body: str, reply: str | None, *, boxed: bool = False) -> None:
    """What came in and what was replied; `boxed`: it is of the sealed box."""
    vault = tx.box if boxed else tx.vault
    values = {"body_sealed": vault.seal(body), "reply_sealed": vault.seal(reply), "person_id": person_id}
    tx.change(_ANSWER, {**values, "of_key": key})


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
