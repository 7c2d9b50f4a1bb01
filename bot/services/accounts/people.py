"""Whom a name or a telephone number means, as people type it to sign in."""

from bot.errors import NotAllowed, NotFound
from bot.services.roster.rows import PHONE, plain_phone
from bot.store.database import Tx
from bot.store.persons import people, roster

LONGEST = 64  # characters of a name


def meant(tx: Tx, who: str) -> list[int]:
    """The ids of all whom it may mean: one person by a telephone number, by a name perhaps several of the roster."""
    typed = who[:LONGEST]
    phone = plain_phone(typed)
    if PHONE.fullmatch(phone):
        found = roster.by_phone(tx, tx.vault.index(phone))
        return [found.id] if found is not None else []
    return sorted({row.id for row in people.named(tx, typed)})


def one(tx: Tx, who: str) -> int:
    """The one person. NotFound where nobody on the roster is meant, NotAllowed where several bear the name."""
    found = meant(tx, who)
    if not found or not people.rights_of(tx, found[0]).held:
        raise NotFound("accounts.who.nobody", name=who)
    if len(found) > 1:
        raise NotAllowed("accounts.who.several", name=who)
    return found[0]
