"""Every error code of the platform leads to its action."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.services import outbox
from bot.store import notices
from bot.store.tables import notices as table
from bot.store.tables import persons
from tests.workers.conftest import add_person
from tests.workers.platform import FakePlatform
from workers.answers import ANSWERS
from workers.delivery import Delivery
from workers.desk import Desk

STOPS = {40013, 40125, 40164, 61004, 40243, 89501, 89503, 89506, 89507, 41001, 50002}
GONE = {40003, 43019, 48002, 43004, 50005, 46004}
SUCCESS = {0, 45065, 40001, 40014, 42001}  # a rejected token is replaced and the message sent
LATER = {-1, 9001002, 43108, 45066, 42010, 43117, 45011}


def expected(code: int) -> tuple[str, int]:
    """(state of the notice, messages taken) where the chat window is open as the next channel."""
    if code in SUCCESS:
        return "sent", 0 if code in (0, 45065) else 1
    if code in STOPS | LATER:
        return "pending", 0
    return ("waiting", 0) if code in GONE else ("sent", 1)


@pytest.mark.parametrize("code", sorted(ANSWERS))
def test_each_code_leads_to_its_action(code: int, desk: Desk, platform: FakePlatform) -> None:
    now = datetime.now(UTC)
    person = add_person(desk, "o1", chat_until=now + timedelta(hours=1), chat_left=5)
    with desk.db.transaction() as tx:
        notices.write(tx, [person], "late", now=now, facts={"body": "b"})
    platform.answers.append({"errcode": code, "errmsg": "said so"})
    Delivery(desk, _never()).run(20)
    with desk.db.reading() as tx:
        row = tx.first(select(table))
        known = tx.first(select(persons))
    assert row is not None
    assert known is not None
    assert (row.state, len(platform.sent)) == expected(code)
    assert (known.unreachable is not None) == (code in GONE)
    assert (known.refused_templates is not None) == (code == 43101)
    assert outbox.due(desk, now) is False


def _never() -> Callable[[], bool]:
    return lambda: False
