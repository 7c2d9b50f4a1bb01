"""The one message a day as a short message: one for all that is in it, to whom nothing inside WeChat reaches."""

from sqlalchemy import insert

from bot.store.broadcasts import preferences
from bot.store.tables import roles
from tests.sandbox.client import Sandbox
from tests.workers.conftest import deliver
from tests.workers.sending.test_digests import gather, of, start
from tests.workers.sms.conftest import NUMBER, add_staff
from workers.resources import Desk


def collector(desk: Desk) -> int:
    person = add_staff(desk)
    with desk.db.transaction() as tx:
        tx.run(insert(roles).values(person_id=person, role="member", skills=[]))
        preferences.put(tx, person, digest=True)
    return person


def test_several_broadcasts_are_one_short_message(desk: Desk, sandbox: Sandbox) -> None:
    collector(desk)
    rows = [start(desk, "防汛"), start(desk, "停水")]
    gather(desk)
    deliver(desk)
    assert len(sandbox.short_messages(NUMBER)) == 1
    assert of(desk, *rows) == [("sent", True)] * 2
