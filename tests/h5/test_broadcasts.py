"""Broadcasts on the pages inside WeChat: the whole text, 收到, a meeting's answer and sign-in, what one wishes to get."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from bot.broadcasts.audience import Audience
from bot.broadcasts.written import Written
from bot.services.broadcasts import report
from bot.services.broadcasts.drafts import approving, writing
from bot.services.broadcasts.recipients import answering, meeting_code, preferences
from bot.services.broadcasts.recipients.preferences import Preferences
from bot.store.broadcasts import people
from bot.store.tables import broadcast_people, notices, orders
from tests.h5.conftest import World
from tests.services import alone

HERE = Audience(role=("member",), community=("陈桥社区",))
WORDS = "元旦将至，请大家廉洁过节，不收礼品礼金。"


def sent(world: World, kind: str = "reminder", audience: Audience = HERE, now: datetime | None = None) -> int:
    """The number of a broadcast that 陈桥甲 wrote and everybody it is for was sent."""
    at = (datetime.now(UTC) + timedelta(hours=2)).isoformat()
    details = {"at": at, "place": "三楼会议室"} if kind == "meeting" else None
    new = Written(kind, "元旦提醒", WORDS, audience, details=details)
    number = writing.create(world.office, world.person("陈桥甲"), new, now or datetime.now(UTC))
    approving.approve(world.office, number, world.person("办事处甲"), datetime.now(UTC))
    with world.office.db.transaction() as tx:
        tx.run(update(notices).where(notices.c.broadcast_id == number).values(state="delivered"))
    return number


def acked(world: World, number: int) -> int:
    with world.office.db.reading() as tx:
        return report.report(tx, number, datetime.now(UTC)).counts.acked


def answers(world: World, number: int) -> dict[str, tuple[bool | None, str]]:
    found = alone.answers(world.office, number, world.person("陈桥甲"))
    return {each.name: (each.coming, each.reason) for each in found.people}


def test_the_whole_text_is_one_tap_away_and_one_tap_acknowledges_once(world: World) -> None:
    number = sent(world)
    browser = world.at("党员一")
    browser.open("/h5/broadcasts")
    assert f"/h5/broadcasts/{number}" in browser.page
    assert "等您回复" in browser.page
    assert browser.open(f"/h5/broadcasts/{number}").status_code == 200
    assert WORDS in browser.page
    assert acked(world, number) == 0
    for _ in range(2):
        assert browser.send(f"/h5/broadcasts/{number}/received").status_code == 303
    browser.open(f"/h5/broadcasts/{number}")
    assert "已回复收到" in browser.page
    assert acked(world, number) == 1


@pytest.mark.parametrize("who", ["王阿姨", "兰天甲", "陈桥甲", "办事处甲", "纪检甲"])
def test_who_did_not_get_it_finds_nothing_and_changes_nothing(world: World, who: str) -> None:
    number = sent(world, "meeting")
    code = meeting_code.code(world.office, number, datetime.now(UTC)).code
    browser = world.at(who)
    browser.open("/h5/broadcasts")
    assert WORDS not in browser.page
    assert browser.open(f"/h5/broadcasts/{number}").status_code == 404
    for command in ("received", "attend", "leave", "nothing"):
        assert browser.send(f"/h5/broadcasts/{number}/{command}", words="家里有事").status_code == 404
    assert browser.open(f"/h5/broadcasts/{number}/sign-in?code={code}").status_code == 404
    assert acked(world, number) == 0
    with world.office.db.reading() as tx:
        assert tx.first(select(broadcast_people.c.id)) is None


@pytest.mark.parametrize("address", ["/h5/broadcasts/1", "/h5/broadcasts/1/sign-in?code=0", f"/h5/broadcasts/{10**20}"])
def test_nobody_is_sent_to_sign_in_and_comes_back_to_the_same_page(world: World, address: str) -> None:
    answer = world.nobody().open(address)
    assert (answer.status_code, answer.location.split("?")[0]) == (303, "/h5/sign-in")
    assert world.at("党员一").open(f"/h5/broadcasts/{10**20}").status_code == 404


def test_coming_and_not_coming_may_be_said_and_changed(world: World) -> None:
    number = sent(world, "meeting")
    browser = world.at("党员一")
    browser.open(f"/h5/broadcasts/{number}")
    assert "三楼会议室" in browser.page
    assert browser.send(f"/h5/broadcasts/{number}/leave", words=" ").status_code == 400
    assert "请写不能来的原因" in browser.page
    assert browser.send(f"/h5/broadcasts/{number}/leave", words="孩子住院").status_code == 303
    assert answers(world, number)["党员一"] == (False, "孩子住院")
    browser.open(f"/h5/broadcasts/{number}")
    assert "孩子住院" in browser.page
    browser.send(f"/h5/broadcasts/{number}/attend")
    assert answers(world, number)["党员一"] == (True, "")
    assert acked(world, number) == 1


def test_a_report_in_a_reason_goes_into_the_box_and_not_to_the_author(world: World) -> None:
    number = sent(world, "meeting")
    browser = world.at("党员一")
    browser.open(f"/h5/broadcasts/{number}")
    browser.send(f"/h5/broadcasts/{number}/leave", words="我要举报陈桥甲收商户的红包")
    assert answers(world, number)["党员一"] == (False, "")
    with world.office.db.reading() as tx:
        assert [row.lane for row in tx.all(select(orders.c.lane))] == ["restricted"]


def test_a_reminder_takes_no_answer_of_a_meeting(world: World) -> None:
    number = sent(world)
    browser = world.at("党员一")
    browser.open(f"/h5/broadcasts/{number}")
    assert browser.send(f"/h5/broadcasts/{number}/attend").status_code == 404
    assert browser.send(f"/h5/broadcasts/{number}/received", csrf_token="").status_code == 400
    assert acked(world, number) == 0


def test_whoever_scans_the_code_in_time_is_there_once_and_a_late_or_copied_code_says_why_not(world: World) -> None:
    number, other = sent(world, "meeting"), sent(world, "meeting")
    now = datetime.now(UTC)
    browser = world.at("党员一")
    for code, why in [
        (meeting_code.code(world.office, number, now - timedelta(minutes=3)).code, "已经过时"),
        (meeting_code.code(world.office, other, now).code, "不对"),
        ("", "不对"),
    ]:
        assert browser.open(f"/h5/broadcasts/{number}/sign-in?code={code}").status_code == 409
        assert why in browser.page
    address = meeting_code.code(world.office, number, now).address.split("/h5/")[1]
    for said in ("签到成功", "已经签过到"):
        assert browser.open(f"/h5/{address}").location == f"/h5/broadcasts/{number}"
        browser.open(f"/h5/broadcasts/{number}")
        assert said in browser.page
    found = alone.answers(world.office, number, world.person("陈桥甲"))
    assert [each.name for each in found.people if each.signed_in_at] == ["党员一"]


def test_staff_and_members_choose_what_is_no_duty(world: World) -> None:
    browser = world.at("党员一")
    browser.open("/h5/broadcasts")
    assert browser.send("/h5/broadcasts/wishes", service="1", pace="digest").status_code == 303
    with world.office.db.reading() as tx:
        held = preferences.of(tx, world.person("党员一"))
    assert held == Preferences(frozenset({"bulletin"}), digest=True, service=False)


def test_a_resident_agrees_to_service_notices_gets_them_and_takes_it_back(world: World) -> None:
    browser = world.at("王阿姨")
    browser.open("/h5/broadcasts")
    browser.send("/h5/broadcasts/wishes", service="1")
    number = sent(world, "service", Audience(role=("resident",)))
    with world.office.db.reading() as tx:
        assert tx.first(select(notices.c.id).where(notices.c.broadcast_id == number)) is None  # it takes two approvals
    approving.approve(world.office, number, world.person("纪检甲"), datetime.now(UTC))
    with world.office.db.transaction() as tx:
        tx.run(update(notices).where(notices.c.broadcast_id == number).values(state="delivered"))
    browser.open(f"/h5/broadcasts/{number}")
    assert WORDS in browser.page
    browser.open("/h5/broadcasts")
    browser.send("/h5/broadcasts/wishes")
    with world.office.db.reading() as tx:
        assert preferences.of(tx, world.person("王阿姨")) == Preferences()


def test_the_copy_holds_ones_own_answers_sign_in_and_wishes(world: World) -> None:
    number, other = sent(world, "meeting"), sent(world)
    now, member = datetime.now(UTC), world.person("党员一")
    with world.office.db.transaction() as tx:
        answering.answer(world.office, tx, number, member, now, coming=False, reason="孩子住院")
        people.sign_in(tx, number, member, now)
        preferences.mute(tx, member, "bulletin", muted=True)
    browser = world.at("党员一")
    browser.open("/h5/privacy")
    found = json.loads(browser.send("/h5/privacy/copy").get_data(as_text=True))
    (answer,) = found["回复过的通知"]
    at = now.astimezone(world.office.calendar.zone).isoformat(timespec="seconds")
    assert answer == {
        "编号": number, "类别": "会议通知", "标题": "元旦提醒", "收到时间": at, "来不来": "已回复参加",
        "不能来的原因": None, "回复时间": at, "签到时间": at, "当面或电话告知时间": None,
    }  # fmt: skip
    assert found["想收哪些通知"] == {
        "不收的类别": ["督查通报"], "合并成一天一条": False, "同意接收服务通知": False, "同意时间": None,
    }  # fmt: skip
    resident = world.at("王阿姨")
    resident.open("/h5/privacy")
    nothing = json.loads(resident.send("/h5/privacy/copy").get_data(as_text=True))
    assert (nothing["回复过的通知"], nothing["想收哪些通知"]) == ([], None)
    assert acked(world, other) == 0
