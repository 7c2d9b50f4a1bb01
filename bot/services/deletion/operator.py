"""The operator has a deletion carried out at once that staff confirmed on paper or in the chat."""

from datetime import datetime

from bot.errors import NotFound
from bot.services.deletion import carrying_out, requests
from bot.services.office import Office
from bot.store.database import Tx
from bot.store.persons import people
from bot.store.records import audit, deletions
from bot.store.records.acts import Act
from bot.store.records.audit import Entry


def delete(office: Office, openid: str, now: datetime) -> None:
    """Carry it out; again where something came in since. NotFound for an account that never was here."""
    with office.db.transaction() as tx:
        number = _request(office, tx, openid, now)
    carrying_out.carry_out(office, number, now)


def _request(office: Office, tx: Tx, openid: str, now: datetime) -> int:
    """The request to carry out: the one that waits, or a new one of the operator's."""
    person = people.known_by_openid(tx, openid)
    if person is None:
        past = deletions.of_openid(tx, tx.vault.index(openid))
        if not past:
            raise NotFound("deletion.nobody")
        return past[-1].id
    requests.ask(office, tx, person, requests.CLI, now)
    known = deletions.waiting_for(tx, person.id)
    assert known is not None
    if known.confirmed_at is None:
        deletions.change(tx, known.id, confirmed_at=now)
        audit.write(tx, now, Entry(Act.DELETION_CONFIRMED, audit.CLI, None, person.id, known.order_id))
    return known.id
