"""提醒: written, looked at, approved, stopped and followed at the console; what is refused loses no text."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page, ViewportSize, expect
from sqlalchemy import insert, select, update

from bot.broadcasts.life import State
from bot.services.broadcasts.drafts import approving, proposals
from bot.services.broadcasts.recipients import answering
from bot.store.schema.records import audit
from bot.store.tables import broadcast_people, broadcasts, notices, persons, roles
from config.sms_settings import SmsTemplate
from tests.console.browser.in_browser import DESK, PHONE, seen
from tests.console.conftest import Browser, World
from tests.console.pages.test_settings import save
from tests.databases import SQLITE

pytestmark = SQLITE  # the machine itself is tested on both databases

HERE = "/console/broadcasts"
BODY = "各位同志：端午将至，不收礼品礼金。"


def write(browser: Browser, do: str, **fields: Any) -> Any:
    """What the form sends, of members of one community unless said otherwise."""
    browser.open(f"{HERE}/new")
    given = {
        "kind": "reminder",
        "title": "端午提醒",
        "body": BODY,
        "role": ["member"],
        "community": ["陈桥社区"],
        "when": "now",
    }
    return browser.send(f"{HERE}/new", do=do, **{**given, **fields})


def handed_over(world: World, who: str = "陈桥甲", **fields: Any) -> int:
    answer = write(world.at(who), "submit", **fields)
    assert answer.status_code == 303, answer.get_data(as_text=True)
    return int(answer.location.rsplit("/", 1)[1])


def row(world: World, number: int) -> Any:
    with world.office.db.reading() as tx:
        return tx.first(select(broadcasts).where(broadcasts.c.id == number))


def numbers(world: World) -> list[int]:
    with world.office.db.reading() as tx:
        return [one.id for one in tx.all(select(broadcasts.c.id).order_by(broadcasts.c.id))]


def act(browser: Browser, number: int, name: str, **fields: Any) -> Any:
    """The button of the page, with the version that the page shows."""
    browser.open(f"{HERE}/{number}")
    version = browser.page.split('name="version" value="')[1].split('"')[0] if 'name="version"' in browser.page else "1"
    return browser.send(f"{HERE}/{number}/{name}", **{"version": version, "sure": name, **fields})


def acts_on_record(world: World) -> list[tuple[str, str]]:
    with world.office.db.reading() as tx:
        found = tx.all(
            select(audit)
            .where(audit.c.act.in_(("broadcast", "broadcast.by_hand", "view.unanswered")))
            .order_by(audit.c.id)
        )
    return [(one.act, one.detail) for one in found]


def sent_out(world: World, number: int, *, through: bool = False) -> None:
    """As if the workers had sent it to everybody, and (`through`) both rounds of reminding were over."""
    now = datetime.now(UTC)
    with world.office.db.transaction() as tx:
        mine = notices.c.broadcast_id == number
        tx.run(update(notices).where(mine).values(state="delivered", sent_at=now))
        values = {"state": State.SENT.value, "due_from": None, "ended_at": now, "hold_until": None}
        next_at = None if through else now + timedelta(hours=24)
        tx.run(update(broadcasts).where(broadcasts.c.id == number).values(**values, next_round_at=next_at))


def test_a_reminder_is_written_looked_at_approved_and_undone_in_fifteen_seconds(world: World) -> None:
    staff = world.at("陈桥甲")
    staff.open(HERE)
    assert staff.page.index(">人员</a>") < staff.page.index(">提醒</a>") < staff.page.index(">统计</a>")
    assert write(staff, "preview").status_code == 200
    for shown in (BODY, "共 2 人：党员；陈桥社区", "一位审批人同意就发", "没有开通短信", "微信对话"):
        assert shown in staff.page
    assert numbers(world) == []
    number = handed_over(world)
    chief = world.at("纪检甲")
    chief.open(HERE)
    assert "等我审批" in chief.page
    assert f"{HERE}/{number}" in chief.page
    assert act(chief, number, "approve").status_code == 303
    assert row(world, number).state == State.SCHEDULED
    chief.open(f"{HERE}/{number}")
    assert "15 秒内可以撤销" in chief.page
    assert "纪检甲</b> 同意" in chief.page
    assert act(chief, number, "undo").status_code == 303
    assert row(world, number).state == State.REVIEW
    with world.office.db.reading() as tx:
        assert tx.all(select(notices.c.id).where(notices.c.broadcast_id == number)) == []
    assert acts_on_record(world) == [
        ("broadcast", f"submit {number}"), ("broadcast", f"approve broadcast {number}"), ("broadcast", f"undo broadcast {number}"),
    ]  # fmt: skip


@pytest.mark.parametrize("wrong", [{"body": "联系{联系人}"}, {"when": "at", "send_at": "2020-01-01T09:00"}])
def test_what_waits_for_approval_is_not_saved_with_what_keeps_it_from_approval(
    world: World, wrong: dict[str, str]
) -> None:
    number = handed_over(world)
    staff = world.at("陈桥甲")
    assert write(staff, "draft", number=number, version=1, **wrong).status_code == 200
    assert (row(world, number).version, row(world, number).body, row(world, number).state) == (1, BODY, State.REVIEW)
    assert write(staff, "draft", number=number, version=1, body="改好了。").status_code == 303
    assert (row(world, number).version, row(world, number).body) == (2, "改好了。")


@pytest.mark.parametrize("chosen", [{"grid": [""]}, {"branch": ["第九支部"]}])
def test_a_group_that_is_on_nobody_is_a_fault_of_the_form(world: World, chosen: dict[str, list[str]]) -> None:
    for do in ("preview", "submit", "draft"):
        answer = write(world.at("陈桥甲"), do, **chosen)
        assert answer.status_code == 200
    assert ("空的一项" if "grid" in chosen else "名册上没有人属于“第九支部”") in answer.get_data(as_text=True)
    assert numbers(world) == []


def test_what_is_refused_keeps_every_field_and_says_beside_it_what_is_wrong(world: World) -> None:
    staff = world.at("陈桥甲")
    answer = write(
        staff, "submit", title="", kind="meeting", at="2020-01-01T09:00", place="三楼", role=[], community=[],
        names="党员一，王小明", when="at", send_at="很快", body="正文" * 600,
    )  # fmt: skip
    assert answer.status_code == 200
    for kept in (
        "正文" * 600,
        "三楼",
        "党员一，王小明",
        'value="2020-01-01T09:00"',
        'value="meeting" checked',
        'value="at" checked',
    ):
        assert kept in staff.page
    for said in (
        "请写标题。",
        "最多 1000 字，现在有 1200 字。",
        "开会时间已经过了",
        "名册里没有：王小明",
        "请填发出的日期和时间",
    ):
        assert staff.page.count(said) >= 2  # at the top, and beside the field
    assert 'aria-describedby="fault-title"' in staff.page
    write(staff, "submit", role=[], community=[])
    assert "请选发给谁。" in staff.page
    write(staff, "submit", role=["resident"])
    assert "发给居民的只能是服务通知" in staff.page
    assert write(staff, "submit", community=["兰天社区"]).status_code == 200  # nobody
    assert "没有符合条件的人。" in staff.page
    assert BODY in staff.page
    assert numbers(world) == []


def test_a_template_fills_the_form_and_its_places_must_be_filled_in(world: World) -> None:
    staff = world.at("陈桥甲")
    staff.open(f"{HERE}/new?template=dragon_boat_festival")
    assert "端午廉政提醒" in staff.page
    assert 'name="fill.纪检联系人"' in staff.page
    assert f'name="fill.值班电话" value="{world.office.phones["duty"]}"' in staff.page
    template = world.office.templates.by_key["dragon_boat_festival"]
    fields: dict[str, Any] = {"template": template.key, "title": template.title, "body": template.body}
    assert write(staff, "submit", **fields).status_code == 200
    assert "还没填：值班电话、纪检联系人、联系电话" in staff.page
    values = {"fill.值班电话": "8555", "fill.纪检联系人": "纪检办", "fill.联系电话": "8556"}
    number = handed_over(world, **fields, **values)
    assert "请问纪检办，8556" in row(world, number).body
    assert (row(world, number).template, row(world, number).template_version) == (template.key, template.version)


def test_names_come_with_any_separators_and_some_are_left_out(world: World) -> None:
    number = handed_over(world, role=[], community=[], names="党员一;党员二\n", exclude="党员二")
    assert row(world, number).audience == {"names": ["党员一", "党员二"], "exclude": ["党员二"]}
    staff = world.at("陈桥甲")
    staff.open(f"{HERE}/{number}")
    assert "党员一、党员二（不发给：党员二）" in staff.page
    assert "批准后发给 1 人" in staff.page
    staff.open(f"{HERE}/{number}/change")
    assert "党员一、党员二</textarea>" in staff.page


def test_the_preview_shows_the_short_message_and_counts_its_items(world: World) -> None:
    """An approved wording of 71 characters is two items for each person."""
    wording = "{1}：" + "请到微信公众号查看全文。" * 5
    known: dict[str, Any] = {
        "sms_provider": "tencent", "sms_app_id": "1", "sms_signature": "凤凰街道",
        "sms_templates": {"*": SmsTemplate(id="1", text=wording, variables=("kind",))},
    }  # fmt: skip
    with_sms = replace(world.office, settings=replace(world.office.settings, **known))
    world.app.extensions["office"] = with_sms
    with world.office.db.transaction() as tx:
        tx.run(update(persons).where(persons.c.name == "党员一").values(openid=None))
    staff = world.at("陈桥甲")
    write(staff, "preview")
    whole = f"【凤凰街道】廉政提醒：{'请到微信公众号查看全文。' * 5}"
    assert f'<p class="bubble">{whole}</p>' in staff.page
    assert (len(whole), f"{len(whole)} 字，每人算 2 条；要发短信的共 4 条" in staff.page) == (71, True)
    staff.open(f"{HERE}/new")
    part = staff.send(f"{HERE}/preview", title="只有标题", kind="bulletin").get_data(as_text=True)
    assert "督查通报：请到" in part
    assert "还没选发给谁" in part
    assert "<html" not in part


def test_the_author_signs_in_who_has_no_telephone_at_hand_and_nobody_else_does(world: World) -> None:
    at = (datetime.now(world.office.calendar.zone) + timedelta(hours=2)).strftime("%Y-%m-%dT%H:%M")
    number = handed_over(world, kind="meeting", title="主题党日", at=at, place="二楼会议室")
    approving.approve(world.office, number, world.person("纪检甲"), datetime.now(UTC))
    staff, chief, person = world.at("陈桥甲"), world.at("纪检甲"), world.person("党员一")
    chief.open(f"{HERE}/{number}")
    assert "代没带手机的人签到" not in chief.page
    assert chief.send(f"{HERE}/{number}/code", person=person).status_code == 404
    staff.open(f"{HERE}/{number}")
    assert "代没带手机的人签到" in staff.page
    assert staff.send(f"{HERE}/{number}/code", person=person).status_code == 303
    staff.open(f"{HERE}/{number}")
    assert "已签到 1 人" in staff.page
    assert acts_on_record(world)[-1] == ("broadcast.by_hand", f"broadcast {number} sign_in")


def test_the_preview_shows_a_mass_send_once_an_administrator_switched_it_on(world: World) -> None:
    with world.office.db.transaction() as tx:
        tx.run(update(persons).where(persons.c.name.startswith("党员")).values(chat_left=0, click_left=0))
    staff, words = world.at("陈桥甲"), "本月第 1 次（共 4 次）。群发出去就收不回来"
    write(staff, "preview")
    assert words not in staff.page
    save(world.at("办事处甲"), world, "channels", **{"place-chat": "1", "place-mass": "2"})
    world.office.adjustable.load()
    write(staff, "preview")
    assert words in staff.page
    assert "<dt>群发</dt>" in staff.page
    number, chief = handed_over(world), world.at("纪检甲")
    chief.open(f"{HERE}/{number}")
    assert words in chief.page
    approving.approve(world.office, number, world.person("纪检甲"), datetime.now(UTC))
    chief.open(f"{HERE}/{number}")
    assert words not in chief.page


def test_who_cannot_be_reached_is_named_with_the_reason(world: World) -> None:
    with world.office.db.transaction() as tx:
        tx.run(update(persons).where(persons.c.name == "党员一").values(openid=None))
        tx.run(update(persons).where(persons.c.name == "党员二").values(subscribed=False, chat_left=0, click_left=0))
    staff = world.at("陈桥甲")
    write(staff, "preview")
    assert "现在收不到的（他们下次来消息时会看到） 2 人" in staff.page
    assert "没有绑定公众号 1 人</dt><dd>党员一" in staff.page
    assert "没有关注公众号 1 人</dt><dd>党员二" in staff.page


def test_a_form_that_is_sent_twice_is_one_broadcast(world: World) -> None:
    assert handed_over(world) == handed_over(world)
    assert len(numbers(world)) == 1


def test_a_draft_is_nobody_elses_and_is_written_on(world: World) -> None:
    staff = world.at("陈桥甲")
    number = int(write(staff, "draft", body="先记一下{联系人}").location.rsplit("/", 1)[1])
    assert row(world, number).state == State.DRAFT
    for name in ("陈桥乙", "纪检甲"):
        other = world.at(name)
        for address in (f"{HERE}/{number}", f"{HERE}/{number}/change", f"{HERE}/{number}/progress"):
            assert other.open(address).status_code == 404
        assert f"{HERE}/{number}" not in other.open(HERE).get_data(as_text=True)
        assert write(other, "submit", number=number, version=1).status_code == 404
    staff.open(f"{HERE}/{number}/change")
    assert "先记一下{联系人}" in staff.page
    assert write(staff, "submit", number=number, version=1).status_code == 303
    assert (row(world, number).state, row(world, number).body) == (State.REVIEW, BODY)
    stale = write(staff, "submit", number=number, version=1, body="另一个窗口写的")
    assert stale.status_code == 200
    assert "刚才在别处改过了" in staff.page
    assert "另一个窗口写的" in staff.page
    assert row(world, number).body == BODY


def test_two_approve_what_goes_to_the_whole_office_and_never_the_author(world: World) -> None:
    number = handed_over(world, "办事处甲", community=[])
    author, chief = world.at("办事处甲"), world.at("纪检甲")
    author.open(f"{HERE}/{number}")
    assert "要两位审批人都同意才发" in author.page
    assert ">同意</button>" not in author.page
    assert act(author, number, "approve").status_code == 200
    assert "自己写的提醒要由别人审批" in author.page
    act(chief, number, "approve")
    chief.open(f"{HERE}/{number}")
    assert "还要另一位审批人同意" in chief.page
    assert "要 2 人批准，已有 1 人" in chief.page
    assert row(world, number).state == State.REVIEW


def test_a_text_that_changed_meanwhile_is_not_approved_unseen(world: World) -> None:
    number = handed_over(world)
    assert write(world.at("陈桥甲"), "submit", number=number, version=1, body="改过的").status_code == 303
    chief = world.at("纪检甲")
    assert act(chief, number, "approve", version="1").status_code == 200
    assert "刚才又改过了" in chief.page
    assert row(world, number).state == State.REVIEW


def test_a_return_needs_a_reason_which_the_author_reads(world: World) -> None:
    number = handed_over(world)
    chief, staff = world.at("纪检甲"), world.at("陈桥甲")
    act(chief, number, "reject", words="")
    assert "请写退回的原因" in chief.page
    act(chief, number, "reject", words="太" * 300)
    assert "太" * 300 in chief.page
    assert row(world, number).state == State.REVIEW
    act(chief, number, "reject", words="请写明报告的时限")
    staff.open(f"{HERE}/{number}")
    assert "退回原因：请写明报告的时限" in staff.page
    assert write(staff, "submit", number=number, version=1).status_code == 200  # as it was
    assert "退回的要改过才能再交" in staff.page
    assert write(staff, "submit", number=number, version=1, body="三日内报告。").status_code == 303
    assert row(world, number).state == State.REVIEW


def test_sending_is_paused_resumed_and_recalled_with_a_correction(world: World) -> None:
    number = handed_over(world)
    approving.approve(world.office, number, world.person("纪检甲"), datetime.now(UTC))
    staff = world.at("陈桥甲")
    assert act(staff, number, "pause").status_code == 303
    assert row(world, number).state == State.PAUSED
    act(staff, number, "resume")
    with world.office.db.transaction() as tx:
        first = tx.first(select(notices.c.id).where(notices.c.broadcast_id == number).limit(1))
        assert first is not None
        tx.run(update(notices).where(notices.c.id == first.id).values(state="sent"))
    staff.open(f"{HERE}/{number}")
    assert "已经有 1 人收到" in staff.page
    act(staff, number, "recall", words="时间写错了，以新的为准。")
    staff.open(f"{HERE}/{number}")
    assert "更正会告诉已经收到的 1 人" in staff.page
    assert "已撤回，没有发 1 人" in staff.page
    assert row(world, number).state == State.RECALLED
    part = staff.open(f"{HERE}/{number}/progress", headers={"X-Part": "1"}).get_data(as_text=True)
    assert "<progress" in part
    assert "<html" not in part


def test_who_has_not_answered_is_the_authors_alone_and_is_told_by_hand(world: World) -> None:
    number = handed_over(world)
    approving.approve(world.office, number, world.person("纪检甲"), datetime.now(UTC))
    sent_out(world, number)
    staff = world.at("陈桥甲")
    staff.open(f"{HERE}/{number}")
    assert "看没有回复的人" not in staff.page
    assert staff.open(f"{HERE}/{number}/unanswered").status_code == 409
    sent_out(world, number, through=True)
    for name in ("陈桥乙", "纪检甲", "办事处甲"):
        other = world.at(name)
        assert other.open(f"{HERE}/{number}/unanswered").status_code == 404
        other.open("/console/account")
        person = world.person("党员一")
        assert other.send(f"{HERE}/{number}/unanswered", person=person, how="call").status_code == 404
    assert staff.open(f"{HERE}/{number}/unanswered").status_code == 200
    assert "党员一" in staff.page
    assert staff.send(f"{HERE}/{number}/unanswered", person=world.person("党员一"), how="call").status_code == 303
    assert staff.send(f"{HERE}/{number}/unanswered", person=world.person("党员一"), how="guess").status_code == 404
    assert staff.send(f"{HERE}/{number}/unanswered", person=world.person("陈桥乙"), how="call").status_code == 404
    staff.open(f"{HERE}/{number}/unanswered")
    assert "电话告知" in staff.page
    with world.office.db.reading() as tx:
        told = tx.all(select(broadcast_people))
    assert [(one.person_id, one.told_offline_how) for one in told] == [(world.person("党员一"), "call")]
    assert acts_on_record(world)[1:] == [
        ("view.unanswered", f"broadcast {number} 2"), ("broadcast.by_hand", f"broadcast {number} call"), ("view.unanswered", f"broadcast {number} 2"),
    ]  # fmt: skip


def test_the_evidence_is_handed_out_to_author_and_approvers_and_each_file_is_on_record(world: World) -> None:
    number = handed_over(world)
    staff = world.at("陈桥甲")
    assert staff.open(f"{HERE}/{number}/evidence.pdf").status_code == 409  # not approved
    approving.approve(world.office, number, world.person("纪检甲"), datetime.now(UTC))
    staff.open(f"{HERE}/{number}")
    assert "下载 PDF" in staff.page
    assert staff.open(f"{HERE}/{number}/evidence.pdf").data[:4] == b"%PDF"
    assert world.at("纪检甲").open(f"{HERE}/{number}/evidence.xlsx").data[:2] == b"PK"
    assert world.at("陈桥乙").open(f"{HERE}/{number}/evidence.xlsx").status_code == 404
    with world.office.db.reading() as tx:
        rows = tx.all(select(audit).where(audit.c.act == "export").order_by(audit.c.id))
    assert [one.detail for one in rows] == [f"broadcast {number} pdf 2", f"broadcast {number} xlsx 2"]


def test_the_author_of_a_meeting_reads_the_answers_and_shows_the_code_to_sign_in(world: World) -> None:
    at = (datetime.now(UTC) + timedelta(days=3)).strftime("%Y-%m-%dT15:00")
    number = handed_over(world, kind="meeting", title="主题党日", at=at, place="二楼会议室")
    approving.approve(world.office, number, world.person("纪检甲"), datetime.now(UTC))
    with world.office.db.transaction() as tx:
        one, now = world.person("党员一"), datetime.now(UTC)
        answering.answer(world.office, tx, number, one, now, coming=False, reason="家里有事")
    staff, chief = world.at("陈桥甲"), world.at("纪检甲")
    staff.open(f"{HERE}/{number}")
    for said in ("二楼会议室", "参加 0 人，请假 1 人，没有回复 1 人", "党员一 请假：家里有事"):
        assert said in staff.page
    chief.open(f"{HERE}/{number}")
    assert "家里有事" not in chief.page
    assert chief.open(f"{HERE}/{number}/code").status_code == 404
    assert staff.open(f"{HERE}/{number}/code").status_code == 200
    assert "data:image/svg+xml" in staff.page
    part = staff.open(f"{HERE}/{number}/code", headers={"X-Part": "1"}).get_data(as_text=True)
    assert "已签到 0 人，共通知 2 人" in part
    assert "<html" not in part


def test_what_the_calendar_proposed_is_taken_by_whoever_writes_on(world: World) -> None:
    today = datetime(2026, 6, 6, 4, 0, tzinfo=UTC)
    proposals.propose(world.office, today)
    (number,) = [each for each in numbers(world) if row(world, each).template == "dragon_boat_festival"]
    assert row(world, number).author_id is None
    staff, other = world.at("陈桥甲"), world.at("兰天甲")
    for browser in (staff, other):
        browser.open(HERE)
        assert "日历建议" in browser.page
        assert browser.open(f"{HERE}/{number}/change").status_code == 200
    assert write(staff, "draft", number=number, version=1).status_code == 303
    assert row(world, number).author_id == world.person("陈桥甲")
    assert write(other, "draft", number=number, version=2).status_code == 404
    assert other.open(f"{HERE}/{number}").status_code == 404


@pytest.mark.parametrize("who", ["陈桥乙", "兰天甲"])
def test_staff_see_only_what_they_wrote_themselves(world: World, who: str) -> None:
    number = handed_over(world)
    other = world.at(who)
    other.open(HERE)
    assert "端午提醒" not in other.page
    for address in (
        f"{HERE}/{number}",
        f"{HERE}/{number}/change",
        f"{HERE}/{number}/progress",
        f"{HERE}/new?copy={number}",
    ):
        assert other.open(address).status_code == 404
    other.open(f"{HERE}/new")
    for name in ("approve", "reject", "recall", "pause", "nothing"):
        assert other.send(f"{HERE}/{number}/{name}", version=1, words="不行").status_code == 404
    assert row(world, number).state == State.REVIEW


def test_the_list_is_narrowed_by_its_address_and_shows_the_days_that_come(world: World) -> None:
    handed_over(world)
    handed_over(world, kind="bulletin", title="门前五包通报")
    staff = world.at("陈桥甲")
    staff.open(f"{HERE}?kind=bulletin&section=review")
    assert "门前五包通报" in staff.page
    assert "端午提醒" not in staff.page
    staff.open(f"{HERE}?q=端午&section=nonsense&after=x")
    assert "端午提醒" in staff.page
    assert "门前五包通报" not in staff.page
    assert "快到的日子" in staff.page
    assert "/new?template=" in staff.page
    assert len(staff.page.encode()) < 200_000


def test_the_list_of_the_days_leads_to_the_draft_that_was_made_for_one(world: World) -> None:
    staff = world.at("陈桥甲")
    staff.open(HERE)
    address = staff.page.split('href="/console/broadcasts/new?')[1].split('"')[0].replace("&amp;", "&")
    occasion = address.split("occasion=")[1].split("&")[0]
    number = int(write(staff, "draft", occasion=occasion).location.rsplit("/", 1)[1])
    assert row(world, number).occasion == occasion
    staff.open(HERE)
    assert "看草稿" in staff.page
    assert write(staff, "draft", occasion=occasion, title="再写一份").status_code == 303  # not a second time for it
    assert write(staff, "draft", occasion="nothing-2026", title="没有这一天").status_code == 303
    assert [row(world, each).occasion for each in numbers(world)] == [occasion, None, None]


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_a_reminder_is_written_approved_and_undone_in_the_browser(
    world: World, chromium: Chromium, size: ViewportSize
) -> None:
    with seen(world, chromium) as shown:
        page = shown.at("陈桥甲", size)
        page.goto(HERE)
        assert is_well_made(page)
        page.get_by_role("link", name="写一份", exact=True).click()
        page.get_by_label("标题").fill("端午提醒")
        page.get_by_label("正文").fill(BODY)
        expect(page.locator("#preview .bubble").first).to_contain_text(BODY)  # it renews while somebody types
        expect(page.locator("#preview")).to_contain_text("还没选发给谁")
        page.get_by_role("checkbox", name="党员").check()
        page.get_by_role("checkbox", name="陈桥社区").check()
        expect(page.locator("#preview")).to_contain_text("共 2 人")
        expect(page.get_by_label("地点")).to_be_hidden()
        page.get_by_text("会议通知").first.click()
        expect(page.get_by_label("地点")).to_be_visible()
        page.get_by_role("button", name="交审批").click()
        expect(page.get_by_role("alert")).to_contain_text("请写开会地点")
        expect(page.get_by_label("正文")).to_have_value(BODY)
        assert is_well_made(page)
        page.get_by_text("廉政提醒").first.click()
        page.get_by_role("button", name="交审批").click()
        expect(page.get_by_role("status")).to_contain_text("已交审批")
        assert is_well_made(page)
        chief = shown.at("纪检甲", size)
        chief.goto(HERE)
        chief.get_by_role("link", name="看内容，审批").click()
        chief.get_by_role("button", name="同意").click()
        expect(chief.get_by_role("progressbar")).to_be_visible()
        assert is_well_made(chief)
        chief.get_by_role("button", name="撤销，先不发").click()
        expect(chief.get_by_role("status")).to_contain_text("没有发给任何人")


def is_well_made(page: Page) -> bool:
    """Whether axe finds nothing serious, and the page is no wider than its window."""
    found = Axe().run(page).response["violations"]
    assert [each["id"] for each in found if each["impact"] in ("serious", "critical")] == []
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def test_the_preview_names_who_is_not_on_the_roster(world: World) -> None:
    staff = world.at("陈桥甲")
    write(staff, "preview", role=[], community=[], names="党员一、张不存在")
    assert "张不存在" in staff.page[staff.page.index("党员一、张不存在") + 8 :]
    write(staff, "preview", role=[], community=[], names="党员一")
    assert "名册里没有" not in staff.page


def test_the_first_of_two_approvers_hears_who_can_undo(world: World) -> None:
    number = handed_over(world, "办事处甲", community=[])
    with world.office.db.transaction() as tx:
        tx.run(insert(roles).values(person_id=world.person("陈桥乙"), role="admin", skills=[]))
    act(world.at("纪检甲"), number, "approve")
    act(world.at("陈桥乙"), number, "approve")
    assert row(world, number).state == State.SCHEDULED
    first = world.at("纪检甲")
    act(first, number, "undo")
    assert "15 秒以内由陈桥乙撤销" in first.page
    assert row(world, number).state == State.SCHEDULED
    act(world.at("陈桥乙"), number, "undo")
    assert row(world, number).state == State.REVIEW
