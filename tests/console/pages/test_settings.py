"""设置: what administrators change is in force without a restart, is on record, and can be undone."""

import json
import logging
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from bot.orders.time_limits import calendar, limits
from bot.services.learning.model_cache import EVERY
from bot.services.office import no_nudge, open_office
from bot.services.settings import adjustable
from bot.services.settings.settings_cache import SettingsCache
from bot.store.schema.records import audit
from bot.store.schema.settings import office_settings
from bot.store.tables import orders
from config.settings import CONFIG_DIR
from tests.console.conftest import Browser, World
from tests.talk import Talk
from workers import clock, resources

HERE = "/console/settings"
FIRE = "金色春天3号楼501着火了"
DUTY = "0519-85559999"


def rows(world: World) -> list[Any]:
    with world.office.db.reading() as tx:
        return list(tx.all(select(office_settings).order_by(office_settings.c.id)))


def newest(world: World, part: str) -> int:
    return max([row.id for row in rows(world) if row.part == part], default=0)


def save(browser: Browser, world: World, part: str, **fields: str) -> Any:
    """What a form of the page sends."""
    browser.open(HERE)
    return browser.send(HERE, part=part, row=newest(world, part), **fields)


def undo(browser: Browser, world: World, part: str) -> Any:
    browser.open(HERE)
    return browser.send(f"{HERE}/restore", row=newest(world, part))


def elsewhere(world: World) -> Talk:
    """Another process that was there before the change."""
    return Talk(open_office(world.office.settings, no_nudge), world.talk.now)


def a_minute_later(talk: Talk) -> None:
    talk.now += EVERY
    talk.says("赵叔叔", "你好")
    assert talk.office.adjustable.wait(10)


def due(world: World, words: str, talk: Talk) -> Any:
    """For how long a new order has."""
    world.talk.now = talk.now = max(world.talk.now, talk.now)
    talk.says("王阿姨", words)
    with world.office.db.reading() as tx:
        row = tx.all(select(orders).order_by(orders.c.id.desc()).limit(1))[0]
    return row.due_at - row.created_at


def test_the_page_shows_what_is_in_force_to_administrators_alone(world: World) -> None:
    admin = world.at("办事处甲")
    assert admin.open(HERE).status_code == 200
    assert "<h1>设置</h1>" in admin.page
    assert "<title>设置" in admin.page
    for shown in ("一位党员手上最多几件", "待受理 · 紧急", "2026-10-01", "值班电话", "关注后的欢迎语", "还没有改过"):
        assert shown in admin.page
    assert 'name="petition_days" inputmode="numeric" value="15" disabled' in admin.page
    assert admin.page.index(">设置</a>") < admin.page.index(">审计</a>")
    assert len(admin.page.encode()) < 200_000
    for name in ("陈桥甲", "党员一", "纪检甲"):
        other = world.at(name)
        assert other.open(HERE).status_code == 404
        other.open("/console/account")
        assert other.send(HERE, part="limits", row=0, claims_per_member="5").status_code == 404
        assert other.send(f"{HERE}/restore", row=1).status_code == 404
    assert rows(world) == []


def test_a_changed_limit_is_in_force_for_new_orders_of_every_process_and_is_undone(world: World) -> None:
    other = elsewhere(world)
    watch = clock.open_watch(world.office.settings)
    try:
        before = due(world, "停水了，陈桥社区金色春天3号楼", other)
        assert before == timedelta(hours=24)
        admin = world.at("办事处甲")
        answer = save(admin, world, "limits", **{"matter.S1": "３6", "claims_per_member": "4", "warn_share": "60"})
        assert answer.status_code == 303
        assert world.office.limits.matter["S1"] == {"hours": 36}  # this process, at once
        assert other.office.limits.matter["S1"] == {"hours": 24}
        a_minute_later(other)
        assert due(world, "停电了，陈桥社区金色春天5号楼", other) == timedelta(hours=36)
        watch.adjustable.look(datetime.now(UTC))
        assert (watch.limits.claims_per_member, watch.limits.warn_share) == (4, 0.6)
        (row,) = rows(world)
        assert json.loads(row.value) == {"matter.S1": 36, "claims_per_member": 4, "warn_share": 60}
        assert ["claims_per_member", "3", "4"] in json.loads(row.changes)
        assert row.person_id == world.person("办事处甲")
        admin.open(HERE)
        assert "<del>3 件</del> → <ins>4 件</ins>" in admin.page
        assert undo(admin, world, "limits").status_code == 303
        a_minute_later(other)
        assert other.office.limits == limits.load(CONFIG_DIR)
        watch.adjustable.load()
        assert watch.limits == limits.load(CONFIG_DIR)
        assert [row.value for row in rows(world)][1:] == [None]
        with world.office.db.reading() as tx:
            acts = tx.all(select(audit).where(audit.c.act == "settings.change").order_by(audit.c.id))
        assert [(each.who_id, each.source, each.detail) for each in acts] == [
            (world.person("办事处甲"), "console", f"limits {row.id}") for row in rows(world)
        ]
    finally:
        other.office.db.close()
        watch.db.close()


def test_an_older_state_comes_back_and_later_changes_of_other_parts_stay(world: World) -> None:
    admin = world.at("办事处甲")
    for number in ("4", "5", "6"):
        assert save(admin, world, "limits", claims_per_member=number).status_code == 303
    assert save(admin, world, "phones", gas="96777").status_code == 303
    second = [row.id for row in rows(world)][1]
    admin.open(HERE)
    assert admin.send(f"{HERE}/restore", row=second).status_code == 303
    assert (world.office.limits.claims_per_member, world.office.phones["gas"]) == (4, "96777")
    admin.open(HERE)
    admin.send(f"{HERE}/restore", row=second)
    admin.open(HERE)
    assert "没有改动" in admin.page
    assert len(rows(world)) == 5
    assert admin.send(f"{HERE}/restore", row="x").status_code == 404


def test_a_changed_duty_telephone_is_what_people_in_danger_are_told(world: World) -> None:
    other = elsewhere(world)
    try:
        admin = world.at("办事处甲")
        assert save(admin, world, "phones", duty=f"{DUTY}, 0519 85558888").status_code == 303
        a_minute_later(other)
        other.says("王阿姨", FIRE)
        said = other.says("王阿姨", "2")
        assert f"{DUTY}、0519 85558888" in said
        assert undo(admin, world, "phones").status_code == 303
        a_minute_later(other)
        assert other.office.phones == other.office.adjustable.files.phones
    finally:
        other.office.db.close()


def test_holidays_are_added_and_removed(world: World) -> None:
    admin, files = world.at("办事处甲"), calendar.load(CONFIG_DIR)
    assert 2027 in files.provisional
    part = "days.2027"
    added = save(admin, world, part, do="add", first="2027-10-04", last="2027-10-07", kind="holiday", year="2027")
    assert added.status_code == 303
    assert added.location.endswith("?year=2027")
    assert save(admin, world, part, do="add", first="2027-10-09", kind="makeup").status_code == 303
    assert save(admin, world, part, do="remove", day="2027-09-15").status_code == 303
    now = world.office.calendar
    assert [now.is_workday(date(2027, 10, day)) for day in (6, 7, 8, 9, 10)] == [False, False, True, True, False]
    assert now.is_workday(date(2027, 9, 15))
    assert not now.is_workday(date(2026, 10, 1))
    assert 2027 in now.provisional
    admin.open(f"{HERE}?year=2027")
    assert "2027-10-09" in admin.page
    assert "已照通知核对" in admin.page
    assert save(admin, world, part, do="checked").status_code == 303
    assert 2027 not in world.office.calendar.provisional
    for _ in range(4):
        last = newest(world, part)
        undo(admin, world, part)
        assert newest(world, part) > last
    first = rows(world)[0].id
    admin.open(HERE)
    admin.send(f"{HERE}/restore", row=first)
    assert world.office.calendar == files


def test_a_year_that_nobody_entered_is_provisional_until_it_is_checked(world: World) -> None:
    admin = world.at("办事处甲")
    assert save(admin, world, "days.2028", do="add", first="2028-01-01", kind="holiday").status_code == 303
    assert (2028 in world.office.calendar.years, 2028 in world.office.calendar.provisional) == (True, True)


def test_a_sentence_is_said_as_it_was_rewritten(world: World) -> None:
    other, key = elsewhere(world), "chat.thanks"
    desk = resources.open_desk(world.office.settings)
    try:
        admin = world.at("办事处甲")
        assert save(admin, world, f"text.{key}", sentence="不用谢，\r\n<b>有事</b>再来。").status_code == 303
        a_minute_later(other)
        assert "不用谢，\n<b>有事</b>再来。" in other.says("王阿姨", "谢谢")
        desk.adjustable.look(datetime.now(UTC))
        assert desk.texts.say(key).startswith("不用谢")
        assert "<b>有事" not in admin.open(HERE).get_data(as_text=True)
        assert "&lt;b&gt;有事" in admin.page
        assert (
            save(admin, world, f"text.{key}", sentence=world.office.adjustable.files.texts.say(key)).status_code == 303
        )
        assert rows(world)[-1].value is None
    finally:
        other.office.db.close()
        desk.close()


@pytest.mark.parametrize(
    ("part", "fields", "said"),
    [
        ("limits", {"claims_per_member": "0"}, "请填 1 到 20 之间"),
        ("limits", {"claims_per_member": "许多"}, "请填 1 到 20 之间"),
        ("limits", {"claims_per_member": "99999999999999999999"}, "请填 1 到 20 之间"),
        ("limits", {"matter.S0": "-5"}, "请填 1 到 120 之间"),
        ("limits", {"step.offered.*": "1.5"}, "请填 1 到 240 之间"),
        ("limits", {"call_days": "9"}, "一个比一个长"),
        ("limits", {"petition_days": "90"}, "没有改动"),
        ("phones", {"duty": "打给小王"}, "不像电话号码"),
        ("phones", {"duty": "、"}, "1 到 3 个"),
        ("phones", {"duty": "110、119、120、122"}, "1 到 3 个"),
        ("phones", {"gas": "96777、96778"}, "请填一个号码"),
        ("phones", {"water": "=1+1"}, "不像电话号码"),
        ("days.2027", {"do": "add", "first": "明天", "kind": "holiday"}, "请填 2027 年的日期"),
        ("days.2027", {"do": "add", "first": "2026-10-01", "kind": "holiday"}, "请填 2027 年的日期"),
        ("days.2027", {"do": "add", "first": "2027-10-09", "last": "2027-10-01", "kind": "holiday"}, "不能比"),
        ("days.2027", {"do": "add", "first": "2027-03-01", "last": "2027-09-01", "kind": "holiday"}, "一次最多"),
        ("days.2027", {"do": "add", "first": "2027-03-01", "kind": "party"}, "放假还是调休"),
        ("days.2027", {"do": "add", "first": "2027-03-01", "kind": "makeup"}, "平常就上班"),
        ("days.2027", {"do": "remove", "day": "2027-03-01"}, "没有改动"),
        ("text.lost.handed_over", {"sentence": "转给工作人员了，打 {duty}。"}, "{code}{duty}"),
        ("text.lost.handed_over", {"sentence": "单号 {code}，打 {duty}，{duty.x}"}, "{code}{duty}"),
        ("text.lost.handed_over", {"sentence": "单号 {code}，打 {duty"}, "没有配对"),
        ("text.chat.thanks", {"sentence": "打 {duty}"}, "不能有大括号"),
        ("text.chat.thanks", {"sentence": " \n "}, "请写上内容"),
        ("text.chat.thanks", {"sentence": "长" * 301}, "最多 300 字"),
        ("text.chat.too_many", {"sentence": "请过一分钟再发，有危险打 110。"}, "119、120"),
        ("text.door.report", {"sentence": "随便写"}, "没有这一项"),
        ("text.nothing", {"sentence": "随便写"}, "没有这一项"),
        ("days.x", {"do": "add"}, "没有这一项"),
        ("", {}, "没有这一项"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_in_words_and_stays_in_the_form(
    world: World, part: str, fields: dict[str, str], said: str
) -> None:
    admin = world.at("办事处甲")
    answer = save(admin, world, part, **fields, year=part.removeprefix("days."))
    assert "message refused" in answer.get_data(as_text=True)
    assert said in admin.page
    if said not in ("没有这一项", "没有改动"):
        for name, typed in fields.items():
            assert name == "kind" or typed.strip() in admin.page
    assert rows(world) == []
    assert world.office.adjustable.present is world.office.adjustable.files


def test_who_saves_second_is_told_and_loses_nothing(world: World) -> None:
    first, second = world.at("办事处甲"), world.at("办事处甲")
    first.open(HERE)
    second.open(HERE)
    assert first.send(HERE, part="limits", row=0, claims_per_member="4").status_code == 303
    assert "message refused" in second.send(HERE, part="limits", row=0, claims_per_member="7").get_data(as_text=True)
    assert "别人刚改过" in second.page
    assert 'name="claims_per_member" inputmode="numeric" value="7"' in second.page
    assert world.office.limits.claims_per_member == 4


def test_a_form_without_its_token_changes_nothing(world: World) -> None:
    admin = world.at("办事处甲")
    assert admin.client.post(HERE, data={"part": "limits", "row": "0", "claims_per_member": "5"}).status_code == 400
    assert admin.client.post(f"{HERE}/restore", data={"row": "1"}).status_code == 400
    assert rows(world) == []


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("limits", "{"), ("limits", "[1]"), ("limits", '{"claims_per_member": "5"}'), ("limits", '{"petition_days": 90}'),
        ("limits", '{"claims_per_member": 1e999}'), ("phones", '{"duty": "x"}'), ("phones", "7"), ("days.2027", "{}"),
        ("days.x", "{}"), ("days.2027", '{"holidays": ["2026-01-01"], "makeup_workdays": [], "provisional": false}'),
        ("text.chat.thanks", "7"), ("text.chat.thanks", '"{x}"'), ("text.no.such", '"x"'), ("what", "1"),
        ("limits", "[" * 100_000),
    ],
    ids=range(15),
)  # fmt: skip
def test_a_broken_value_leaves_the_files_in_force_and_is_named(
    world: World, part: str, value: str, caplog: pytest.LogCaptureFixture
) -> None:
    admin = world.at("办事处甲")
    save(admin, world, "limits", claims_per_member="4")
    save(admin, world, "text.chat.ack", sentence="好。")
    broken = {"part": part, "value": value, "changes": "no JSON"}
    with world.office.db.transaction() as tx:
        tx.run(update(office_settings).where(office_settings.c.part == "limits").values(**broken))
    with caplog.at_level(logging.ERROR):
        started = SettingsCache(world.office.db, world.office.adjustable.files)
        started.load()
    assert started.present == replace(started.files, texts=started.files.texts.with_sentence("chat.ack", "好。"))
    assert [record.name for record in caplog.records] == ["bot.services.settings.settings_cache"]
    assert admin.open(HERE).status_code == 200
    assert "存着的值用不了" in admin.page
    if part in ("limits", "phones", "days.2027", "text.chat.thanks"):
        assert undo(admin, world, part).status_code == 303
        admin.open(HERE)
        assert "存着的值用不了" not in admin.page


def test_every_sentence_of_the_list_can_be_changed(world: World) -> None:
    files = world.office.adjustable.files
    for key in adjustable.keys_of_texts(files.texts):
        same = files.texts.template(key)
        assert adjustable.adjusted(files, f"text.{key}", f"{same} ").texts.template(key) == f"{same} "
    assert adjustable.adjusted(files, "limits", {}).limits == files.limits


def test_a_database_that_is_away_changes_nothing(world: World) -> None:
    admin = world.at("办事处甲")
    save(admin, world, "limits", claims_per_member="4")
    gone = open_office(replace(world.office.settings, database_url="sqlite:////nowhere/at/all.db"), no_nudge)
    gone.adjustable.load()
    assert gone.limits.claims_per_member == 3
    gone.db.close()
