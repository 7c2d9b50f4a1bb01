"""Words of staff reach their reader whole: by the channel that brings all of them, in several messages, or with the reply."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import insert

from bot.dialogue.reply_length import LIMIT, parts
from bot.services.notices import outbox
from bot.services.notices.words.digest import Told
from bot.store.sending import notices
from bot.store.tables import broadcasts
from tests.workers.conftest import CARD, add_person, deliver, notice, person
from tests.workers.platform import FakePlatform
from workers.resources import Desk

SHORT = "在办"
LONG = "请带身份证、户口本和一寸照片，周一到周五上午到社区大厅二号窗口，找小李办。"
VERY_LONG = "".join(f"第{number}条，请带身份证和户口本到社区大厅。\n" for number in range(1, 81)).strip()


@pytest.fixture
def templates() -> Mapping[str, Any]:
    return CARD


def tell(desk: Desk, person_id: int, body: str, event: str = "explain_resident") -> None:
    facts = {"code": "1234567", "title": "路灯坏了", "body": body}
    with desk.db.transaction() as tx:
        notices.write(tx, [person_id], event, now=datetime.now(UTC), facts=facts)


def reply(desk: Desk, person_id: int, room: int = 2000) -> Told:
    with desk.db.transaction() as tx:
        return outbox.reply_with_waiting(desk, tx, person(desk, person_id), room, datetime.now(UTC))


def chats(platform: FakePlatform) -> list[str]:
    return [body["text"]["content"] for path, body in platform.sent if path.endswith("custom/send")]


def cards(platform: FakePlatform) -> list[str]:
    return [body["data"]["thing2"]["value"] for path, body in platform.sent if path.endswith("template/send")]


def test_what_fits_on_a_card_goes_by_the_card_and_is_not_said_again(desk: Desk, platform: FakePlatform) -> None:
    known = add_person(desk, "oA")
    tell(desk, known, SHORT)
    deliver(desk)
    assert cards(platform) == ["答复：在办"]
    assert reply(desk, known).text == ""


@pytest.mark.parametrize("event", ["explain_resident", "tell_resident", "extend_resident"])
def test_a_message_that_says_all_of_it_goes_before_a_card_that_cuts_it(
    desk: Desk, platform: FakePlatform, event: str
) -> None:
    tell(desk, add_person(desk, "oA", chat=5), LONG, event)
    deliver(desk)
    assert len(platform.sent) == 1
    assert LONG in chats(platform)[0]


def test_what_a_card_cut_off_comes_whole_with_the_next_reply_and_once(desk: Desk, platform: FakePlatform) -> None:
    known = add_person(desk, "oA")
    tell(desk, known, LONG)
    deliver(desk)
    assert len(cards(platform)) == 1
    assert notice(desk).state == "sent"
    assert LONG in reply(desk, known).text
    assert (notice(desk).state, reply(desk, known).text) == ("delivered", "")


def test_a_reminders_card_shows_its_text_and_asks_for_the_answer(desk: Desk, platform: FakePlatform) -> None:
    known, now = add_person(desk, "oA"), datetime.now(UTC)
    row = {"kind": "reminder", "title": "廉政提醒", "body": LONG, "audience": {}, "state": "sending", "author_id": known,
           "created_at": now, "is_demo": False}  # fmt: skip
    with desk.db.transaction() as tx:
        key = tx.run(insert(broadcasts).values(**row)).inserted_primary_key
        assert key is not None
        notices.write(tx, [known], "broadcast", now=now, broadcast_id=key[0])
    deliver(desk)
    assert cards(platform)[0].startswith("看了请回复收到：请带身份证")
    said = reply(desk, known).text
    assert LONG in said
    assert "回复“收到”" in said


def test_a_long_answer_comes_in_several_messages(desk: Desk, platform: FakePlatform) -> None:
    known = add_person(desk, "oA", chat=5)
    tell(desk, known, VERY_LONG)
    deliver(desk)
    said = chats(platform)
    assert len(said) > 1
    assert all(len(part.encode()) <= LIMIT for part in said)
    assert VERY_LONG in "\n".join(said)
    assert person(desk, known).chat_left == 5 - len(said)
    assert reply(desk, known).text == ""


def test_what_the_window_does_not_take_any_more_comes_with_the_reply_and_the_rest_for_the_asking(
    desk: Desk, platform: FakePlatform
) -> None:
    known = add_person(desk, "oA", chat=3)
    tell(desk, known, VERY_LONG)
    deliver(desk)
    (said,) = chats(platform)
    assert "随便回一句" in said
    told = reply(desk, known)
    assert "更多" in told.text
    assert len(told.text.encode()) <= 2000
    assert told.text.split("\n（没说完")[0].endswith("。")
    assert VERY_LONG.endswith(told.rest.split("\n还有疑问")[0])


def test_a_text_is_cut_into_parts_that_hold_all_of_it() -> None:
    assert "\n".join(parts(VERY_LONG, 300)) == VERY_LONG
    assert parts("") == [""]
