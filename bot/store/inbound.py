"""What came in, under its key, with the reply that was given: a repeat finds both."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from cryptography.exceptions import InvalidTag
from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError

from bot.store.connections.statements import Prepared
from bot.store.database import Tx
from bot.store.persons.people import inserting
from bot.store.sealed import identity
from bot.store.sealed.vault import Vault
from bot.store.tables import inbound

_TAKE = Prepared(
    lambda dialect: inserting(
        dialect, inbound, ("key", "signature", "kind", "body_sealed", "received_at"), skip=["key"]
    ).returning(inbound.c.key)
)
_SPEND = Prepared(
    lambda dialect: inserting(dialect, inbound, ("key", "signature", "kind", "received_at"), skip=["key"])
)
KNOWN = Prepared(
    lambda _: select(inbound.c.reply_sealed, inbound.c.signature).where(inbound.c.key == bindparam("of_key"))
)
SPENT = "spent"  # the kind of rows that say only that a signature is used up
_COLUMNS = ("key", "signature", "kind", "body_sealed", "reply_sealed", "person_id", "received_at")
_ADD = Prepared(lambda dialect: inserting(dialect, inbound, _COLUMNS))


def _of(column: str, key: str) -> bytes:
    return identity.of("inbound", column, key)


def _sealed(vault: Vault, key: str, body: str | None, reply: str | None) -> dict[str, bytes | None]:
    return {
        "body_sealed": vault.seal(body, _of("body_sealed", key)),
        "reply_sealed": vault.seal(reply, _of("reply_sealed", key)),
    }


class AlreadyThere(Exception):
    """Another copy of the message was written meanwhile."""


class SignatureUsed(Exception):
    """The signature came before, with another message: somebody plays a recorded request again."""


def said_by(tx: Tx, person_id: int, limit: int) -> Iterator[tuple[datetime, str, str]]:
    """(when, body, reply) of the person's messages, the newest first; what is of the sealed box is left out."""
    mine = (inbound.c.person_id == person_id, inbound.c.body_sealed.is_not(None))
    for row in tx.all(select(inbound).where(*mine).order_by(inbound.c.received_at.desc()).limit(limit)):
        try:
            opened = [tx.vault.open(getattr(row, name), _of(name, row.key)) for name in ("body_sealed", "reply_sealed")]
        except InvalidTag:
            continue
        yield row.received_at, opened[0] or "", opened[1] or ""


def take(tx: Tx, key: str, kind: str, body: str, now: datetime, *, signature: str | None = None) -> bool:
    """Write an event that nobody waits on. Whether its key is new; waits for a rival that is just writing it.
    SignatureUsed."""
    sealed = tx.vault.seal(body, _of("body_sealed", key))
    values = {"body_sealed": sealed, "received_at": now, "signature": signature}
    with refusals():
        return tx.first(_TAKE, key=key, kind=kind, **values) is not None


def spend(tx: Tx, key: str, signature: str | None, now: datetime, first: str | None = None) -> None:
    """Use up the signature of a request that leaves no row of its own: a repeat of what came under the signature `first`,
    what is over a limit, and what there is nothing to do about. The same request again is let through. SignatureUsed."""
    if signature is None or signature == first:
        return
    with refusals():
        tx.change(
            _SPEND, {"key": _spent_key(key, signature), "signature": signature, "kind": SPENT, "received_at": now}
        )


def _spent_key(key: str, signature: str) -> str:
    return f"s:{signature}:{key}"


def is_spent(tx: Tx, key: str, signature: str | None) -> bool:
    """Whether this request left nothing but its signature."""
    return signature is not None and known(tx, _spent_key(key, signature))


def spend_on_repeat(tx: Tx, key: str, signature: str | None, now: datetime) -> None:
    """As `spend`, for a repeat of the message of this key. SignatureUsed."""
    row = tx.first(KNOWN, of_key=key)
    spend(tx, key, signature, now, None if row is None else row.signature)


@contextmanager
def refusals() -> Iterator[None]:
    """Around a transaction: SignatureUsed where the database refuses a second message of the same signature, AlreadyThere where it
    refuses one of the same key."""
    try:
        yield
    except IntegrityError as error:
        said = str(error.orig).splitlines()[0]
        if any(name in said for name in ("inbound.signature", "inbound_signature")):
            raise SignatureUsed from error
        if any(name in said for name in ("inbound.key", "inbound_pkey")):
            raise AlreadyThere from error
        raise


def known(tx: Tx, key: str) -> bool:
    """Whether a message of this key was dealt with or kept."""
    return tx.first(KNOWN, of_key=key) is not None


def forget(tx: Tx, key: str) -> None:
    """Delete what the message said; the key stays, so that a repeat is known."""
    tx.run(update(inbound).where(inbound.c.key == key).values(body_sealed=None, reply_sealed=None))


def add(
    tx: Tx, key: str, kind: str, person_id: int | None, body: str | None, reply: str | None, now: datetime,
    *, signature: str | None = None, boxed: bool = False,
) -> None:  # fmt: skip
    """What came in and what was replied; `boxed`: it is of the sealed box. Within `refusals`, as PostgreSQL is told with the
    commit."""
    vault = tx.box if boxed else tx.vault
    values = {**_sealed(vault, key, body, reply), "person_id": person_id}
    tx.write(_ADD, {"key": key, "signature": signature, "kind": kind, "received_at": now, **values})


def keep(
    tx: Tx, key: str, kind: str, body: str, reply: str, failure: str, now: datetime,
    *, signature: str | None = None, boxed: bool = False,
) -> bool:  # fmt: skip
    """Store a message that could not be dealt with; False where it is there already. SignatureUsed."""
    if known(tx, key):
        spend_on_repeat(tx, key, signature, now)
        return False
    vault = tx.box if boxed else tx.vault
    values = {"key": key, "signature": signature, "kind": kind, "failure": failure, "received_at": now}
    with refusals():
        tx.run(insert(inbound).values(**values, **_sealed(vault, key, body, reply)))
    return True


def settle(tx: Tx, key: str) -> bool:
    """A message that was kept is dealt with; whether there was one."""
    mine = (inbound.c.key == key, inbound.c.failure.is_not(None))
    return tx.run(update(inbound).where(*mine).values(failure=None)).rowcount == 1
