"""What came in, under its key, with the reply that was given: a repeat finds both."""

from datetime import datetime

from sqlalchemy import bindparam, insert, select, update

from bot.store.database import Tx
from bot.store.people import inserting
from bot.store.sealed import identity
from bot.store.sealed.vault import Vault
from bot.store.statements import Prepared
from bot.store.tables import inbound

_TAKE = Prepared(
    lambda dialect: inserting(dialect, inbound, ("key", "kind", "body_sealed", "received_at"), skip=["key"]).returning(
        inbound.c.key
    )
)
_KNOWN = Prepared(lambda _: select(inbound.c.key).where(inbound.c.key == bindparam("of_key")))
REPLY = Prepared(lambda _: select(inbound.c.reply_sealed).where(inbound.c.key == bindparam("of_key")))
_COLUMNS = ("key", "kind", "body_sealed", "reply_sealed", "person_id", "received_at")
_ADD = Prepared(lambda dialect: inserting(dialect, inbound, _COLUMNS, skip=["key"]))


def _of(column: str, key: str) -> bytes:
    return identity.of("inbound", column, key)


def _sealed(vault: Vault, key: str, body: str, reply: str | None) -> dict[str, bytes | None]:
    return {
        "body_sealed": vault.seal(body, _of("body_sealed", key)),
        "reply_sealed": vault.seal(reply, _of("reply_sealed", key)),
    }


class AlreadyThere(Exception):
    """Another copy of the message was written meanwhile."""


def take(tx: Tx, key: str, kind: str, body: str, now: datetime) -> bool:
    """Write an event that nobody waits on. Whether its key is new; waits for a rival that is just writing it."""
    return (
        tx.first(_TAKE, key=key, kind=kind, body_sealed=tx.vault.seal(body, _of("body_sealed", key)), received_at=now)
        is not None
    )


def known(tx: Tx, key: str) -> bool:
    """Whether a message of this key was dealt with or kept."""
    return tx.first(_KNOWN, of_key=key) is not None


def forget(tx: Tx, key: str) -> None:
    """Delete what the message said; the key stays, so that a repeat is known."""
    tx.run(update(inbound).where(inbound.c.key == key).values(body_sealed=None, reply_sealed=None))


def reply_to(tx: Tx, key: str) -> str | None:
    """The reply that the first of these copies got."""
    return tx.open(tx.value(REPLY, of_key=key), _of("reply_sealed", key))


def add(
    tx: Tx, key: str, kind: str, person_id: int | None, body: str, reply: str | None, now: datetime,
    *, boxed: bool = False,
) -> None:  # fmt: skip
    """What came in and what was replied; `boxed`: it is of the sealed box. AlreadyThere where the key is not new."""
    vault = tx.box if boxed else tx.vault
    values = {**_sealed(vault, key, body, reply), "person_id": person_id}
    if not tx.change(_ADD, {"key": key, "kind": kind, "received_at": now, **values}):
        raise AlreadyThere(key)


def keep(
    tx: Tx, key: str, kind: str, body: str, reply: str, failure: str, now: datetime, *, boxed: bool = False
) -> bool:  # fmt: skip
    """Store a message that could not be dealt with; False where it is there already."""
    if known(tx, key):
        return False
    vault = tx.box if boxed else tx.vault
    tx.run(
        insert(inbound).values(
            key=key, kind=kind, **_sealed(vault, key, body, reply), failure=failure, received_at=now,
        )
    )  # fmt: skip
    return True
