"""A platform that is broken for however long: everybody is told once it is back, and nobody twice."""

from collections.abc import Mapping
from typing import Any

import pytest

from config.settings import Settings
from tests.sandbox.client import Sandbox
from tests.workers.conftest import CARD, add_person, attempts, deliver, later, notice, told, took, write
from workers.resources import Desk
from workers.wechat.error_codes import backoff

ROUNDS = 8  # more than the attempts of all channels together


@pytest.fixture
def address(sandbox: Sandbox) -> str:
    return sandbox.base_url


@pytest.fixture
def templates() -> Mapping[str, Any]:
    return CARD


@pytest.mark.parametrize(
    "fault",
    [
        {"error_rate": {"*": {"code": -1, "share": 1}}}, {"http_500": 1.0}, {"token_expired": True},
        {"error_rate": {"*": {"code": 45011, "share": 1}}},
    ],
    ids=["-1", "HTTP 500", "expired token", "minute quota"],
)  # fmt: skip
@pytest.mark.parametrize(
    ("need", "database_url"), [(1, "sqlite"), (2, "sqlite"), (1, "postgresql")], indirect=["database_url"]
)
def test_whoever_was_not_told_during_an_outage_is_told_once_after_it(
    fault: dict[str, Any], need: int, desk: Desk, settings: Settings, sandbox: Sandbox
) -> None:
    openid = sandbox.new_user(window="message")
    write(desk, add_person(desk, openid, chat=5), need=need)
    sandbox.set_faults(**fault)
    deliver(desk)
    for _ in range(ROUNDS):
        assert notice(desk).state == "pending"
        later(desk, settings)
    assert told(sandbox, openid) == []
    sandbox.clear_faults()
    later(desk, settings)
    assert notice(desk).state == "sent"
    assert told(sandbox, openid) == ["template", "custom"][:need]


def test_a_window_that_is_open_is_used_where_only_the_card_is_broken(
    desk: Desk, settings: Settings, sandbox: Sandbox
) -> None:
    openid = sandbox.new_user(window="message")
    write(desk, add_person(desk, openid, chat=5))
    sandbox.set_faults(error_rate={"message/template/send": {"code": -1, "share": 1}})
    deliver(desk)
    for _ in range(ROUNDS):
        later(desk, settings)
    assert took(desk) == ["chat"]
    assert told(sandbox, openid) == ["custom"]


def test_a_card_whose_answer_is_lost_again_and_again_is_told_once_and_by_no_other_channel(
    desk: Desk, settings: Settings, sandbox: Sandbox
) -> None:
    openid = sandbox.new_user(window="message")
    write(desk, add_person(desk, openid, chat=5))
    assert desk.means.platform.access_token  # the token's answer at least came
    sandbox.set_faults(drop_after_accept=1.0)
    deliver(desk)
    for _ in range(ROUNDS):
        later(desk, settings)
    assert notice(desk).state == "pending"
    sandbox.set_faults(drop_after_accept=0, error_codes={"message/template/send": [-1]})
    later(desk, settings)  # a refusal now says nothing about the copies before
    later(desk, settings)
    assert (notice(desk).state, took(desk), notice(desk).reason) == ("sent", ["template"], None)
    assert told(sandbox, openid) == ["template"]


@pytest.mark.parametrize("lost", [1, 2])
def test_a_message_of_the_conversation_whose_answer_is_lost_is_sent_once_more_and_no_oftener(
    lost: int, desk: Desk, settings: Settings, sandbox: Sandbox
) -> None:
    openid = sandbox.new_user(window="message")
    write(desk, add_person(desk, openid, chat=5, channels="chat"))
    assert desk.means.platform.access_token  # the token's answer at least came
    sandbox.set_faults(drop_after_accept=1.0)
    deliver(desk)
    assert notice(desk).state == "pending"
    assert attempts(desk) == [("chat", "unknown")]
    if lost == 1:
        sandbox.set_faults(drop_after_accept=0)
    later(desk, settings)
    sandbox.set_faults(drop_after_accept=0)
    later(desk, settings)
    assert notice(desk).state == "sent"
    assert attempts(desk) == [("chat", "unknown"), ("chat", "assumed" if lost == 2 else "taken")]
    assert told(sandbox, openid) == ["custom", "custom"]


def test_attempts_are_never_more_than_half_a_minute_apart_and_the_waits_differ() -> None:
    waits = [backoff(attempts) for attempts in range(2000)]
    assert 1.0 <= min(waits) <= max(waits) <= 30.0
    assert len(set(waits[10:])) > 1000
