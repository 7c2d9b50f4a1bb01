"""Which notices go by short message, what it says, and who never gets one."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.services.notices import outbox
from config.settings import Settings
from tests.databases import SQLITE
from tests.sandbox.client import Sandbox
from tests.workers.conftest import add_person, attempts, deliver, later, notice, person, told
from tests.workers.sms.conftest import BOTH, NUMBER, add_broadcast, add_order, add_staff, made, tell
from workers.resources import Desk


def said(sandbox: Sandbox) -> list[tuple[str, list[str]]]:
    return [(one["number"], one["values"]) for one in sandbox.short_messages()]


@BOTH
def test_who_is_not_bound_is_told_by_short_message_with_the_notices_id_and_its_serial_number(
    desk: Desk, sandbox: Sandbox
) -> None:
    tell(desk, add_staff(desk))
    deliver(desk)
    (one,) = sandbox.short_messages()
    assert (one["number"], one["template"], one["values"]) == (NUMBER, "T1", ["凤凰办事处", "工作通知"])
    assert one["context"].startswith(f"n{notice(desk).id}-")
    assert notice(desk).state == "sent"
    assert attempts(desk) == [("sms", "taken")]


@SQLITE
def test_what_a_short_message_only_points_to_is_told_with_the_next_reply(desk: Desk, sandbox: Sandbox) -> None:
    known = add_staff(desk)
    tell(desk, known)
    deliver(desk)
    with desk.db.transaction() as tx:
        assert "您好" in outbox.reply_with_waiting(desk, tx, person(desk, known), 2000, datetime.now(UTC)).text
    assert (notice(desk).state, len(sandbox.short_messages())) == ("delivered", 1)


@SQLITE
def test_a_channel_that_brings_the_words_goes_first(desk: Desk, sandbox: Sandbox) -> None:
    openid = sandbox.new_user(window="message")
    tell(desk, add_staff(desk, openid=openid, chat=5))
    deliver(desk)
    assert (told(sandbox, openid), sandbox.short_messages()) == (["custom"], [])


@pytest.mark.parametrize("reached", [{"subscribed": False}, {"unreachable": "43004"}], ids=str)
@SQLITE
def test_who_unfollowed_is_still_reached_by_short_message(
    reached: dict[str, Any], desk: Desk, sandbox: Sandbox
) -> None:
    tell(desk, add_staff(desk, openid=sandbox.new_user(), **reached))
    deliver(desk)
    assert said(sandbox) == [(NUMBER, ["凤凰办事处", "工作通知"])]


@SQLITE
def test_danger_goes_by_two_channels_of_which_one_is_a_short_message(desk: Desk, sandbox: Sandbox) -> None:
    openid = sandbox.new_user(window="message")
    tell(desk, add_staff(desk, openid=openid, chat=5), "place_danger", need=2, priority=0)
    deliver(desk)
    assert (told(sandbox, openid), said(sandbox)) == (["custom"], [(NUMBER, ["凤凰办事处", "紧急事项"])])
    assert (notice(desk).state, notice(desk).taken) == ("sent", 2)


@SQLITE
def test_a_resident_gets_one_only_about_the_own_order_with_the_number_given_for_it(
    desk: Desk, sandbox: Sandbox
) -> None:
    known = add_person(desk, None)
    order = add_order(desk, known, "13900005678 王女士")
    tell(desk, known, "finish_resident", order_id=order)
    tell(desk, add_person(desk, None), "finish_resident", order_id=order)  # not the resident of this order
    tell(desk, known, "finish_followers", order_id=order)
    deliver(desk)
    assert said(sandbox) == [("13900005678", ["凤凰办事处", "诉求进展"])]


@pytest.mark.parametrize(
    ("contact", "order"), [(None, {}), ("0550-3012345", {}), (NUMBER, {"lane": "restricted"})], ids=str
)
@SQLITE
def test_a_resident_without_a_mobile_number_or_with_a_restricted_matter_gets_none(
    contact: str | None, order: dict[str, object], desk: Desk, sandbox: Sandbox
) -> None:
    known = add_person(desk, None)
    tell(desk, known, "finish_resident", order_id=add_order(desk, known, contact, **order))
    deliver(desk)
    assert (sandbox.short_messages(), notice(desk).state) == ([], "waiting")


@SQLITE
def test_of_a_restricted_matter_staff_read_only_that_something_waits(desk: Desk, sandbox: Sandbox) -> None:
    order = add_order(desk, add_person(desk, None), lane="restricted")
    tell(desk, add_staff(desk), "place_restricted", order_id=order, facts={"sealed": "sealed", "who": "王某"})
    deliver(desk)
    assert said(sandbox) == [(NUMBER, ["凤凰办事处", "待办事项"])]


class TestTitles:
    """With a template that names the title too."""

    @pytest.fixture
    def environment(self, environment: dict[str, str]) -> dict[str, str]:
        template = {"id": "T2", "text": "{1}{2}{3}{4}", "variables": ["who", "title", "kind", "code"]}
        return {**environment, "SMS_TEMPLATES": json.dumps({"*": template, "order": template})}

    @SQLITE
    def test_a_restricted_matter_does_not_go_into_it(self, desk: Desk, sandbox: Sandbox) -> None:
        order = add_order(desk, add_person(desk, None), lane="restricted")
        tell(desk, add_staff(desk), "place_restricted", order_id=order, facts={"sealed": "sealed"})
        deliver(desk)
        assert (sandbox.short_messages(), notice(desk).state) == ([], "waiting")

    @SQLITE
    def test_of_an_order_it_tells_neither_title_nor_a_part_of_its_number(self, desk: Desk, sandbox: Sandbox) -> None:
        order = add_order(desk, add_person(desk, None))
        tell(desk, add_staff(desk), "place_staff", order_id=order, facts={"who": "居民王某"})
        deliver(desk)
        assert said(sandbox) == [(NUMBER, ["凤凰办事处", "待办事项", "待办事项", "凤凰办事处"])]

    @SQLITE
    def test_a_broadcast_names_its_title_and_kind(self, desk: Desk, sandbox: Sandbox) -> None:
        known = add_staff(desk)
        tell(desk, known, "broadcast", broadcast_id=add_broadcast(desk, known), facts={"who": "陈桥社区第一支部"})
        deliver(desk)
        assert said(sandbox) == [(NUMBER, ["陈桥社区第一", "中秋提醒", "廉政提醒", "凤凰办事处"])]


@SQLITE
def test_a_number_gets_no_more_within_an_hour_than_the_office_allows_but_danger_does(
    desk: Desk, sandbox: Sandbox, settings: Settings
) -> None:
    known = add_staff(desk)
    for number in range(6):
        tell(desk, known, "broadcast", broadcast_id=add_broadcast(desk, known), facts={"who": f"第{number}支部"})
    deliver(desk)
    assert len(sandbox.short_messages()) == 5
    assert sorted(outcome for _, outcome in attempts(desk)) == ["later"] + ["taken"] * 5
    tell(desk, known, "place_danger", need=2, priority=0)
    deliver(desk)
    assert len(sandbox.short_messages()) == 6
    later(desk, settings)
    assert len(sandbox.short_messages()) == 6


@SQLITE
def test_a_number_gets_the_same_words_once_in_a_while_however_many_notices_say_them(
    desk: Desk, sandbox: Sandbox, settings: Settings
) -> None:
    known = add_staff(desk)
    for _ in range(4):
        tell(desk, known)
    deliver(desk)
    assert len(sandbox.short_messages()) == 1
    assert sorted(outcome for _, outcome in attempts(desk)) == ["later"] * 3 + ["taken"]
    tell(desk, known, "place_danger", need=2, priority=0)
    deliver(desk)
    assert len(sandbox.short_messages()) == 2


@SQLITE
def test_neither_redis_nor_the_attempts_hold_a_telephone_number(desk: Desk, sandbox: Sandbox) -> None:
    tell(desk, add_staff(desk))
    sandbox.answer_next("sms/SendSms", {"code": "LimitExceeded.PhoneNumberDailyLimit"})
    deliver(desk)
    keys = list(desk.redis.scan_iter("wutong:sms:*"))
    assert len(keys) == 3
    assert all(NUMBER.encode() not in key + (desk.redis.get(key) or b"") for key in keys)
    assert NUMBER not in str(made(desk))


class TestOff:
    @pytest.fixture
    def environment(self, environment: dict[str, str]) -> dict[str, str]:
        return {name: value for name, value in environment.items() if not name.startswith("SMS_")}

    @SQLITE
    def test_without_a_provider_the_channel_is_off(self, desk: Desk, sandbox: Sandbox) -> None:
        tell(desk, add_staff(desk))
        deliver(desk)
        assert (sandbox.short_messages(), notice(desk).state) == ([], "waiting")
