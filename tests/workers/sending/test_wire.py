"""What happens on the wire itself: connections that close, answers that come by halves, values that are refused."""

import time
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from bot.store.tables import notices as table
from config.settings import Settings
from tests.databases import SQLITE
from tests.workers.conftest import CARD, TEMPLATES, add_person, attempts, deliver, later, notice, write
from tests.workers.platform import Answer, FakePlatform
from workers.http.connections import IDLE_SECONDS
from workers.resources import Desk
from workers.wechat.platform import Platform

pytestmark = SQLITE  # nothing here is the database's


@pytest.fixture
def templates(request: pytest.FixtureRequest) -> Mapping[str, Any]:
    return getattr(request, "param", CARD)


def aborted() -> Any:
    raise ConnectionAbortedError


def paths(platform: FakePlatform) -> list[str]:
    return [path.split("/")[3] for path, _ in platform.sent]


def test_a_connection_that_was_closed_while_idle_costs_no_attempt(desk: Desk, platform: FakePlatform) -> None:
    assert desk.means.platform.access_token
    platform.hangs_up = True
    known = add_person(desk, "o1", chat=5, channels="chat")
    for _ in range(3):
        write(desk, known)
        deliver(desk)
        time.sleep(0.05)
    assert len(platform.sent) == 3
    with desk.db.reading() as tx:
        assert {(row.state, row.tries, row.reason) for row in tx.all(select(table))} == {("sent", 0, None)}


def test_a_connection_is_not_used_again_after_it_lay_idle(desk: Desk, platform: FakePlatform) -> None:
    known = add_person(desk, "o1", chat=5, channels="chat")
    for pause, connections in ((0.0, 1), (0.0, 1), (IDLE_SECONDS + 0.1, 2)):
        time.sleep(pause)
        write(desk, known)
        deliver(desk)
        assert platform.connections == connections


def test_a_conversations_message_whose_connection_breaks_is_sent_once_more(
    desk: Desk, settings: Settings, platform: FakePlatform
) -> None:
    write(desk, add_person(desk, "o1", chat=5, channels="chat"))
    platform.answers.append(aborted)
    deliver(desk)
    assert attempts(desk) == [("chat", "unknown")]
    later(desk, settings)
    assert (notice(desk).state, notice(desk).reason, len(platform.sent)) == ("sent", None, 1)


@pytest.mark.parametrize("answer", [aborted, b'{"errcode":0,"msg', 504], ids=["broken", "half an answer", "gateway"])
def test_a_card_without_an_answer_is_sent_again_under_the_same_id(
    answer: Any, desk: Desk, settings: Settings, platform: FakePlatform
) -> None:
    write(desk, add_person(desk, "o1", chat=5))
    platform.answers.append(answer)
    deliver(desk)
    assert notice(desk).state == "pending"
    later(desk, settings)
    assert (notice(desk).state, paths(platform)) == ("sent", ["template"])


@pytest.mark.parametrize("own", ["template", "chat"])
def test_a_platform_that_does_not_answer_in_time_is_asked_again(
    own: str, desk: Desk, settings: Settings, platform: FakePlatform
) -> None:
    write(desk, add_person(desk, "o1", chat=5, channels=own))
    hasty = Platform(settings, desk.redis, desk.means.platform.quota, 60, read_seconds=0.1)
    assert hasty.access_token

    def slow() -> Answer:
        time.sleep(0.2)
        return {"errcode": 0}

    platform.answers.append(slow)
    deliver(replace(desk, means=replace(desk.means, platform=hasty)))
    hasty.close()
    assert notice(desk).state == "pending"
    assert attempts(desk) == [(own, "unknown")]
    later(desk, settings)
    assert (notice(desk).state, len(platform.sent)) == ("sent", 1)


@pytest.mark.parametrize("answer", [b"<html>busy</html>", b"", 502, 503, 429], ids=str)
def test_what_is_no_answer_of_the_platform_is_tried_again(
    answer: Any, desk: Desk, settings: Settings, platform: FakePlatform
) -> None:
    write(desk, add_person(desk, "o1", chat=5, channels="chat"))
    platform.answers.append(answer)
    deliver(desk)
    later(desk, settings)
    assert (notice(desk).state, paths(platform)) == ("sent", ["custom"])


@pytest.mark.parametrize(
    ("templates", "api"),
    [(CARD, "template"), (TEMPLATES, "subscribe")],
    indirect=["templates"],
    ids=["card", "subscription"],
)
def test_a_value_that_is_refused_is_emptied_and_sent_once_more(api: str, desk: Desk, platform: FakePlatform) -> None:
    write(desk, add_person(desk, "o1"))
    platform.answers.append({"errcode": 47003, "errmsg": "argument invalid! data.thing1.value invalid rid: 1-2-3"})
    deliver(desk)
    ((path, body),) = platform.sent
    assert (path.split("/")[3], body["data"]["thing1"]) == (api, {"value": "无"})
    assert notice(desk).state == "sent"


def test_a_value_that_is_refused_twice_is_left_to_the_next_channel(desk: Desk, platform: FakePlatform) -> None:
    write(desk, add_person(desk, "o1", chat=5))
    platform.answers.extend([{"errcode": 47003, "errmsg": "data.thing1.value invalid"}] * 2)
    deliver(desk)
    assert paths(platform) == ["custom"]
    assert platform.calls["/cgi-bin/message/template/send"] == 2
