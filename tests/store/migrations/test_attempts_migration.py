"""What older databases hold of a notice's channels as text becomes a row for each attempt, on both databases."""

from typing import Any

import pytest
from alembic import command
from sqlalchemy import Connection, create_engine, text

from bot.store import migrate

NEW = "pending", "", "", None, None, None
OLDER: dict[str, tuple[Any, ...]] = {  # state, taken_by, passed_by, reason, message_id, sent_at
    "untouched": NEW,
    "told by two": ("sent", "template,chat", "", None, "4000000000000000001", "2026-11-02 08:00:00"),
    "told by the reply": ("delivered", "subscription,reply", "", None, None, "2026-11-02 08:00:00"),
    "no answer came": ("pending", "", "subscription", "unknown: chat: no answer: ReadTimeoutError", None, None),
    "the receipt was bad": ("pending", "", "template", "failed:system failed", None, None),
    "who refuses": ("waiting", "", "chat,template", "failed:user block", None, None),
}
EXPECTED: dict[str, tuple[int, list[tuple[str, str, str | None]]]] = {  # taken, attempts
    "untouched": (0, []),
    "told by two": (2, [("template", "taken", "4000000000000000001"), ("chat", "taken", None)]),
    "told by the reply": (2, [("subscription", "taken", None), ("reply", "delivered", None)]),
    "no answer came": (0, [("subscription", "refused", None), ("chat", "unknown", None)]),
    "the receipt was bad": (0, [("template", "failed", None)]),
    "who refuses": (0, [("template", "blocked", None), ("chat", "refused", None)]),
}


def _older(connection: Connection) -> None:
    person = (
        "INSERT INTO persons (id, subscribed, resting, chat_left, click_left, bind_failures, is_demo, created_at) "
        "VALUES (1, true, false, 0, 0, 0, false, '2026-11-01 08:00:00')"
    )
    connection.execute(text(person))
    notice = (
        "INSERT INTO notices (id, person_id, event, need, priority, state, taken_by, passed_by, reason, message_id, "
        "sent_at, attempts, due_at, created_at) VALUES (:id, 1, :event, 2, 5, :state, :taken, :passed, :reason, "
        ":message, :sent, 3, '2026-11-01 08:00:00', '2026-11-01 08:00:00')"
    )
    for number, (event, row) in enumerate(OLDER.items(), 1):
        names = ("state", "taken", "passed", "reason", "message", "sent")
        connection.execute(text(notice), {"id": number, "event": event, **dict(zip(names, row, strict=True))})


@pytest.fixture
def upgraded(database_url: str) -> Any:
    """A database of the version before, with one notice of each kind, brought up to date."""
    engine = create_engine(database_url)
    command.downgrade(migrate._config(database_url), "0009_lists")
    with engine.begin() as connection:
        _older(connection)
    migrate.upgrade(database_url)
    yield engine
    engine.dispose()


def test_text_becomes_attempts(upgraded: Any) -> None:
    found: dict[str, tuple[int, list[tuple[str, str, str | None]]]] = {}
    with upgraded.connect() as connection:
        for notice in connection.execute(text("SELECT id, event, taken, tries FROM notices")).all():
            rows = connection.execute(
                text("SELECT channel, outcome, message_id FROM attempts WHERE notice_id = :id ORDER BY id"),
                {"id": notice.id},
            )
            found[notice.event] = (notice.taken, [tuple(row) for row in rows])
            assert notice.tries == 3
    assert found == EXPECTED


def test_the_version_before_still_knows_what_was_told(upgraded: Any, database_url: str) -> None:
    command.downgrade(migrate._config(database_url), "0009_lists")
    with upgraded.connect() as connection:
        rows = connection.execute(text("SELECT event, taken_by, message_id FROM notices WHERE taken_by <> ''")).all()
    assert {tuple(row) for row in rows} == {
        ("told by two", "template,chat", "4000000000000000001"), ("told by the reply", "subscription,reply", None),
    }  # fmt: skip
