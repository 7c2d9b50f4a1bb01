"""An older database is brought up to date: what was said in restricted matters leaves the common tables for the box."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from cryptography.exceptions import InvalidTag
from sqlalchemy import LargeBinary, insert, select

from bot.services.files import media
from bot.services.office import Office
from bot.services.restricted import upgrading
from bot.store.database import Tx
from bot.store.persons import people
from bot.store.tables import attachments, history, inbound, metadata, notices, orders, roles, sealed_matters, sessions
from tests.talk import NOON

WORD = "红木"


@dataclass
class Older:
    """What a version without a box left behind, once for a restricted and once for an ordinary matter."""

    tx: Tx

    def leave(self, lane: str, category: str, code: str) -> None:
        tx, seal, now = self.tx, self.tx.vault.seal, NOON
        person = people.add(tx, now, openid=f"o{code}")
        row = {
            "code": code, "lane": lane, "category": category, "urgency": "U3", "state": "submitted", "source": "chat",
            "person_id": person.id, "text": f"举报{WORD}", "text_sealed": seal(f"举报{WORD}"), "place_sealed": seal(WORD),
            "contact_sealed": seal(WORD), "community": "陈桥社区", "estate": WORD, "wanted_when": WORD,
            "round": 0, "ring": 0, "version": 1, "created_at": now, "updated_at": now, "is_demo": False,
        }  # fmt: skip
        order = tx.run(insert(orders).values(**row).returning(orders)).one()
        self._around(order.id, person.id, now)

    def _around(self, order: int, person: int, now: datetime) -> None:
        tx, seal = self.tx, self.tx.vault.seal
        line = {"order_id": order, "at": now, "action": "append", "by": "居民", "by_id": person, "state": "submitted"}
        tx.run(insert(history).values(**line, note=WORD, note_sealed=seal(WORD)))
        told = {
            **NEW,
            "person_id": person,
            "order_id": order,
            "event": "append_staff",
            "created_at": now,
            "due_at": now,
        }
        tx.run(insert(notices).values(**told, facts_sealed=tx.seal_facts({"body": WORD})))
        file = {
            "order_id": order,
            "person_id": person,
            "kind": "image",
            "state": "stored",
            "path": f"media/{order}.png",
        }
        tx.run(insert(attachments).values(**file, attempts=1, created_at=now, label_sealed=seal(WORD)))
        came = {"key": f"m:{order}", "person_id": person, "kind": "text", "received_at": now}
        tx.run(insert(inbound).values(**came, body_sealed=seal(WORD), reply_sealed=seal(WORD)))
        tx.run(insert(sessions).values(person_id=person, data_sealed=tx.seal_facts({"rest": WORD})))


NEW: dict[str, Any] = {"state": "sent", "taken": 0, "tries": 0, "need": 1, "priority": 5}


@pytest.fixture
def older(office: Office) -> Office:
    for number in (1, 2):
        file = office.settings.var_dir / "media" / f"{number}.png"
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(WORD.encode())
    with office.db.transaction() as tx:
        left = Older(tx)
        left.leave("restricted", "1604", "1000001")
        left.leave("matter", "0603", "1000002")
        officer = people.add(tx, NOON, name="纪检")
        tx.run(insert(roles).values(person_id=officer.id, role="discipline", skills=[]))
        read = {"key": "m:9", "person_id": officer.id, "kind": "text", "received_at": NOON - timedelta(days=1)}
        tx.run(insert(inbound).values(**read, reply_sealed=tx.vault.seal(WORD)))
    return office


def readable(office: Office) -> Iterator[tuple[str, Any]]:
    """The columns, with their rows' keys, in which the common key finds the word."""
    with office.db.reading() as tx:
        for table in metadata.sorted_tables:
            for row in tx.all(select(table)):
                for column in table.columns:
                    value = getattr(row, column.name)
                    if isinstance(column.type, LargeBinary) and value is not None:
                        try:
                            value = tx.vault.open(value)
                        except InvalidTag:
                            continue
                    if WORD in str(value):
                        yield f"{table.name}.{column.name}", row[0]


def test_restricted_matters_leave_nothing_under_the_common_key_and_ordinary_ones_stay(older: Office) -> None:
    upgrading.upgrade(older)
    left = list(readable(older))
    assert {key for where, key in left if where.split(".")[0] not in ("sessions", "inbound")} == {2}
    assert sorted(key for where, key in left if where.startswith("inbound")) == ["m:2", "m:2"]
    assert {where for where, _ in left} >= {"orders.text", "orders.text_sealed", "history.note", "notices.facts_sealed"}
    with older.db.reading() as tx:
        (kept,) = tx.all(select(sealed_matters))
        words = tx.open_facts(kept.words_sealed)
        files = {row.order_id: row.path for row in tx.all(select(attachments))}
    assert (words["text"], words["category"], words["place"]) == (f"举报{WORD}", "1604", WORD)
    assert files == {1: "media/1.png.sealed", 2: "media/2.png"}
    assert not (older.settings.var_dir / "media" / "1.png").exists()
    assert media.content(older, files[1]) == media.content(older, files[2]) == WORD.encode()


def test_doing_it_again_changes_nothing(older: Office) -> None:
    upgrading.upgrade(older)
    before = snapshot(older)
    upgrading.upgrade(older)
    assert snapshot(older) == before


def snapshot(office: Office) -> list[Any]:
    with office.db.reading() as tx:
        return [tuple(row) for table in metadata.sorted_tables for row in tx.all(select(table))]
