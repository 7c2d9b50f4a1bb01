"""Each attempt is a row: by which channel, what came of it, the platform's code and words; and what follows from them."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete, select

from bot.store.reads import api
from bot.store.schema.sending import attempts as table
from bot.store.sending.attempts import Attempt, Outcome
from bot.store.tables import notices
from tests.sandbox.client import Sandbox
from tests.workers.conftest import add_person, attempts, deliver, write
from workers.resources import Desk
from workers.sending.course import Tried

NOW = datetime(2026, 11, 29, tzinfo=UTC)


@pytest.fixture
def address(sandbox: Sandbox) -> str:
    return sandbox.base_url


def test_a_refusal_and_the_channel_that_took_it_are_two_rows_with_the_platforms_code(
    desk: Desk, sandbox: Sandbox
) -> None:
    openid = sandbox.new_user(window="message")
    write(desk, add_person(desk, openid, chat=5))
    deliver(desk)
    assert attempts(desk) == [("subscription", "refused"), ("chat", "taken")]
    with desk.db.reading() as tx:
        refused, taken = tx.all(select(table).order_by(table.c.id))
        assert {(row.channel, row.outcome, row.number) for row in api.attempts_by_outcome(tx, refused.at)} == {
            ("subscription", "refused", 1), ("chat", "taken", 1),
        }  # fmt: skip
    assert (refused.code, taken.code, taken.detail, taken.message_id) == (43101, None, None, None)
    assert refused.detail.startswith("43101 ")
    assert (datetime.now(UTC) - taken.at).total_seconds() < 60


def test_attempts_and_what_is_not_sent_are_figures(desk: Desk, sandbox: Sandbox) -> None:
    openid = sandbox.new_user(window="message")
    sandbox.consent(openid, "S-any")
    write(desk, add_person(desk, openid, chat=5), need=2)
    write(desk, add_person(desk, None))
    deliver(desk)
    with desk.db.reading() as tx:
        since = datetime.now(UTC) - timedelta(minutes=5)
        found = {(row.channel, row.outcome, row.number) for row in api.attempts_by_outcome(tx, since)}
        unsent = {(row.state, row.number) for row in api.unsent_by_state(tx)}
    assert {("subscription", "taken", 1), ("chat", "taken", 1)} <= found
    assert unsent == {("waiting", 1)}


def test_attempts_go_with_their_notice(desk: Desk, sandbox: Sandbox) -> None:
    write(desk, add_person(desk, sandbox.new_user(window="message"), chat=5, channels="chat"))
    deliver(desk)
    assert attempts(desk) == [("chat", "taken")]
    with desk.db.transaction() as tx:
        tx.run(delete(notices))
    assert attempts(desk) == []


@pytest.mark.parametrize(
    ("outcomes", "taken", "passed", "unanswered"),
    [
        (["unknown"], [], set(), {"chat"}),
        (["unknown", "later"], [], set(), {"chat"}),
        (["unknown", "taken"], ["chat"], set(), set()),
        (["unknown", "assumed"], ["chat"], set(), set()),
        (["unknown", "refused"], [], {"chat"}, set()),
        (["failed"], [], {"chat"}, set()),
        (["failed", "later"], [], set(), set()),
        (["failed", "later", "delivered"], ["chat"], set(), set()),
        (["misconfigured", "broken"], [], set(), set()),
    ],
)
def test_what_attempts_say_of_a_channel(
    outcomes: list[str], taken: list[str], passed: set[str], unanswered: set[str]
) -> None:
    tried = Tried.of(Attempt(NOW, "chat", Outcome(one)) for one in outcomes)
    assert (tried.taken, tried.passed, tried.unanswered) == (taken, passed, unanswered)
