"""What is done to people of the roster one by one, inside the caller's transaction: codes, rights, devices."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.services.accounts import ending
from bot.services.office import Office
from bot.services.orders import leavers
from bot.store.database import Tx
from bot.store.persons import people
from bot.store.persons import roster as store
from bot.store.records import audit
from bot.store.records.acts import Act
from bot.store.records.audit import Entry
from bot.store.sending import withdrawals

CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # nothing that looks like something else
CODE_LENGTH = 8


@dataclass(frozen=True, slots=True)
class By:
    """Who changes the roster, and from where. `person_id` None: the operator."""

    source: str = audit.CLI
    person_id: int | None = None


OPERATOR = By()


def put_codes(office: Office, tx: Tx, persons: Collection[int], now: datetime) -> dict[int, str]:
    """A new bind code for each; older ones of these persons are void."""
    codes = {person: "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH)) for person in persons}
    hashed = {person: tx.vault.index(code) for person, code in codes.items()}
    store.put_codes(tx, hashed, now + timedelta(days=office.limits.bind_days))
    return codes


def issue_codes(office: Office, tx: Tx, persons: Collection[int], now: datetime, by: By) -> dict[int, str]:
    """As `put_codes`, on record for each."""
    audit.write(tx, now, *(Entry(Act.ROSTER_CODE, by.source, by.person_id, person) for person in persons))
    return put_codes(office, tx, persons, now)


def take_away(office: Office, tx: Tx, person_id: int, now: datetime, by: By) -> None:
    """The person loses all roles at once, and orders in hand go back to staff."""
    store.drop_roles(tx, [person_id])
    audit.write(tx, now, Entry(Act.ROSTER_LEAVE, by.source, by.person_id, person_id))
    leavers.release_orders(office, tx, now)
    withdrawals.withhold_from_leavers(tx, [person_id])
    ending.of_leavers(tx, now, by.source)


def confirm_device(tx: Tx, person_id: int, now: datetime, by: By) -> bool:
    """The person's new device is trusted; False where the person waits for nothing."""
    if people.by_id(tx, person_id).moved_at is None:
        return False
    people.change(tx, person_id, moved_at=None)
    audit.write(tx, now, Entry(Act.BIND_CONFIRMED, by.source, by.person_id, person_id))
    return True
