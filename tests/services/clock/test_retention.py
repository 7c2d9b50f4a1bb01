"""What the privacy notice promises about keeping: words for 180 days, files for 90, persons in closed orders for three years."""

from datetime import timedelta

from sqlalchemy import func, insert, select, update

from bot.orders.lifecycle import State
from bot.services.clock import retention
from bot.services.office import Office
from bot.store.tables import attachments, history, inbound, notices, orders
from tests.services.orders.test_acting import Scene
from tests.talk import NOON, Talk


def closed_order(office: Office) -> int:
    with office.db.transaction() as tx:
        order = Scene(office, tx, State.DONE).act(office, tx, "confirm", note="谢谢小李13900001234")
        return int(order.id)


def test_words_are_forgotten_after_180_days_but_not_that_somebody_was_told(office: Office) -> None:
    Talk(office).says("王阿姨", "陈桥社区路灯不亮")
    closed_order(office)
    with office.db.transaction() as tx:
        tx.run(update(notices).values(state="delivered"))
        told = tx.value(select(func.count()).select_from(notices))
    retention.purge(office, NOON + timedelta(days=179))
    with office.db.reading() as tx:
        assert tx.value(select(func.count()).select_from(inbound)) == 1
        assert tx.value(select(func.count()).where(notices.c.facts_sealed.is_not(None))) == told
    retention.purge(office, NOON + timedelta(days=181))
    with office.db.reading() as tx:
        assert tx.value(select(func.count()).select_from(inbound)) == 0
        assert tx.value(select(func.count()).where(notices.c.facts_sealed.is_not(None))) == 0
        assert tx.value(select(func.count()).select_from(notices)) == told


def test_a_notice_that_still_waits_keeps_its_words(office: Office) -> None:
    closed_order(office)
    retention.purge(office, NOON + timedelta(days=181))
    with office.db.reading() as tx:
        assert tx.value(select(func.count()).where(notices.c.facts_sealed.is_(None))) == 0


def test_files_go_90_days_after_their_order_was_closed(office: Office) -> None:
    order_id = closed_order(office)
    file = office.settings.var_dir / "media" / "1.png"
    file.parent.mkdir(parents=True)
    file.write_bytes(b"x")
    with office.db.transaction() as tx:
        person = tx.value(select(orders.c.person_id))
        row = {"order_id": order_id, "person_id": person, "kind": "image", "state": "stored", "path": "media/1.png"}
        tx.run(insert(attachments).values(**row, attempts=1, created_at=NOON))
    retention.purge(office, NOON + timedelta(days=89))
    assert file.exists()
    retention.purge(office, NOON + timedelta(days=91))
    assert not file.exists()
    with office.db.reading() as tx:
        assert tx.value(select(attachments.c.path)) is None


def test_after_three_years_an_order_tells_of_nobody_and_still_counts(office: Office) -> None:
    closed_order(office)
    retention.purge(office, NOON + timedelta(days=1094))
    with office.db.reading() as tx:
        assert "灯泡" in tx.value(select(orders.c.text))
    retention.purge(office, NOON + timedelta(days=1096))
    with office.db.reading() as tx:
        row = tx.first(select(orders))
        assert row is not None
        assert (row.text, row.place_sealed, row.contact_sealed) == ("", None, None)
        assert (row.category, row.outcome) == ("0102", "confirmed")
        assert tx.value(select(func.count()).where(history.c.note.is_not(None))) == 0


def test_an_order_that_is_not_closed_is_never_forgotten(office: Office) -> None:
    with office.db.transaction() as tx:
        Scene(office, tx, State.ACCEPTED)
    retention.purge(office, NOON + timedelta(days=4000))
    with office.db.reading() as tx:
        assert "灯泡" in tx.value(select(orders.c.text))
