"""What is withdrawn while a worker sends it is not tried again."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import update

from bot.store.sending import notice_reports, withdrawals
from bot.store.sending.notice_reports import Report
from bot.store.tables import notices
from tests.workers.conftest import add_person, notice, write
from workers.resources import Desk


def reported(desk: Desk, state: str, *, withdrawn: bool) -> tuple[str, str | None]:
    """State and reason of a notice that a worker reports so, and that was withdrawn while it was being sent."""
    somebody = add_person(desk, "o" * 28, chat=5)
    write(desk, somebody)
    with desk.db.transaction() as tx:
        tx.run(update(notices).values(state="sending", once="review:1"))
        if withdrawn:
            withdrawals.withdraw_begun(tx, "review:")
    taken = int(state == "sent")
    report = Report(notice(desk).id, somebody, state, taken=taken, tries=1, reason=None if taken else "later")
    with desk.db.transaction() as tx:
        notice_reports.record(tx, [report], datetime.now(UTC))
    found = notice(desk)
    return found.state, found.reason


@pytest.mark.parametrize(
    ("state", "withdrawn", "expected"),
    [
        ("pending", True, ("failed", "withdrawn")),
        ("waiting", True, ("failed", "withdrawn")),
        ("sent", True, ("sent", None)),
        ("pending", False, ("pending", "later")),
    ],
)
def test_what_did_not_go_out_goes_no_more(
    desk: Desk, state: str, withdrawn: bool, expected: tuple[str, str | None]
) -> None:
    assert reported(desk, state, withdrawn=withdrawn) == expected
