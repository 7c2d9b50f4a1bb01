"""After DATA_KEY or BOX_KEY is lost for good: what no key opens is given up, so that the service works again."""

from datetime import datetime

from bot.services.office import Office
from bot.services.restricted import renewal
from bot.store.records import audit
from bot.store.records.acts import Act
from bot.store.records.audit import Entry
from bot.store.sealed import lost, reseal


def closed(office: Office) -> list[str]:
    """The names of the keys of this installation that do not open what its database holds."""
    with office.db.reading() as tx:
        return lost.keys(tx)


def give_up(office: Office, now: datetime) -> int:
    """Empty everything that no key opens, a transaction for each page; how many values that were. Where the index key is
    among them a new one is made: numbers and codes of before are not found any more."""
    instead, total = office.texts.say("keys.lost_with_its_key"), 0
    for over in reseal.columns():
        after, more = None, True
        while more:
            with office.db.transaction() as tx:
                after, number = lost.give_up(tx, over, after, instead)
            total, more = total + number, after is not None
    office.db.vault.forget_index_key()
    renewal.ensure_keys(office)
    with office.db.transaction() as tx:
        audit.write(tx, now, Entry(Act.KEYS, audit.CLI, detail=f"given_up {total}"))
    return total
