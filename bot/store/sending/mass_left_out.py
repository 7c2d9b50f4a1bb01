"""Who is left out of a mass send: the platform takes the call for nobody while it names somebody whom it does not know."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select, update

from bot.store.connections.among import among, bound
from bot.store.database import Tx
from bot.store.schema.sending import mass_recipients, mass_sends
from bot.store.sending.mass_sends import LET_GO, uncount
from bot.store.tables import notices, persons


def leave_out(tx: Tx, row: Row[Any], lost: Mapping[str, int], month: int, now: datetime) -> None:
    """These openids are named no more, each for the platform's code, and not counted in the month. Whoever waits in no worker's
    hands is due at once, to learn it."""
    found = _named(tx, row.id, list(lost))
    for code in set(lost.values()):
        ids = bound(tx.dialect, [one.id for one in found if lost[one.openid] == code])
        mine = update(mass_recipients).where(among(tx.dialect, mass_recipients.c.notice_id))
        tx.run(mine.values(left_out=code, held=False), {"ids": ids})
    uncount(tx, persons.c.id.in_([one.person_id for one in found]), month)
    held = [one.id for one in found if one.held and one.state == "sending"]
    tx.change(LET_GO, {"ids": bound(tx.dialect, held), "at": now, "why": None})
    less = {"people": mass_sends.c.people - len(found), "left_out": mass_sends.c.left_out + len(found)}
    tx.run(update(mass_sends).where(mass_sends.c.id == row.id).values(**less))


def keep(tx: Tx, send_id: int, until: datetime) -> None:
    """Whoever has the send in hand has it for longer."""
    tx.run(update(mass_sends).where(mass_sends.c.id == send_id).values(until=until))


def _named(tx: Tx, send_id: int, openids: Sequence[str]) -> Sequence[Row[Any]]:
    query = (
        select(notices.c.id, notices.c.person_id, notices.c.state, persons.c.openid, mass_recipients.c.held)
        .join(mass_recipients, mass_recipients.c.notice_id == notices.c.id)
        .join(persons, persons.c.id == notices.c.person_id)
        .where(
            mass_recipients.c.mass_id == send_id, mass_recipients.c.left_out.is_(None), persons.c.openid.in_(openids)
        )
    )
    return tx.all(query.order_by(persons.c.id))
