"""An order's page: who sees it, what is corrected, merged and undone, and the contact that is shown on record."""

import re
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from bot.store.persons import people
from bot.store.reads.told import of_order as told_of
from bot.store.schema.records import audit
from bot.store.sending import attempts
from bot.store.sending.attempts import Attempt, Outcome
from bot.store.tables import history, notices, orders
from tests.console.conftest import LAMP, Browser, World

SECRETS = ("2单元501", "13900001234")


def row(world: World, code: str) -> Any:
    with world.office.db.reading() as tx:
        return tx.run(select(orders).where(orders.c.code == code)).one()


def acts(world: World, act: str) -> int:
    with world.office.db.reading() as tx:
        return len(tx.all(select(audit.c.id).where(audit.c.act == act)))


def opened(world: World, name: str, code: str) -> Browser:
    browser = world.at(name)
    browser.open(f"/console/orders/{code}")
    return browser


def test_staff_read_masked_words_and_the_contact_only_on_record(world: World) -> None:
    code = world.placed()
    browser = opened(world, "陈桥甲", code)
    assert not [secret for secret in SECRETS if secret in browser.page]
    browser.send(f"/console/orders/{code}/contact")
    assert all(secret in browser.page for secret in SECRETS)
    assert acts(world, "view.contact") == 1


@pytest.mark.parametrize("name", ["兰天甲", "纪检甲", "党员一"])
def test_it_is_no_page_for_others(world: World, name: str) -> None:
    code = world.placed()
    browser = world.at(name)
    browser.open("/console/account")
    assert browser.client.get(f"/console/orders/{code}").status_code == 404
    assert browser.send(f"/console/orders/{code}/contact").status_code == 404
    assert browser.send(f"/console/orders/{code}/publish").status_code == 404
    assert row(world, code).state == "submitted"
    assert acts(world, "view.contact") == 0


def test_whoever_has_it_in_hand_reads_where_until_it_is_done(world: World) -> None:
    code = world.placed()
    world.talk.says("陈桥甲", f"派单 {code} 党员一")
    member = opened(world, "党员一", code)
    assert not [secret for secret in SECRETS if secret in member.page]
    assert member.send(f"/console/orders/{code}/contact").status_code == 404
    opened(world, "党员一", code).send(f"/console/orders/{code}/accept")
    member = opened(world, "党员一", code)
    member.send(f"/console/orders/{code}/contact")
    assert "13900001234" in member.page


def test_room_and_codes_are_for_who_helps_after_a_look_on_record(world: World) -> None:
    code = world.placed("王阿姨", "陈桥社区金色春天5号楼2单元601门禁密码4777灯泡坏了，想请人换一下，电话13900001234")
    world.talk.says("陈桥甲", f"派单 {code} 党员一")
    world.talk.says("党员一", "接单")
    before = acts(world, "view.contact")
    member = opened(world, "党员一", code)
    assert not [secret for secret in ("601", "4777", "13900001234") if secret in member.page]
    assert acts(world, "view.contact") == before
    member.send(f"/console/orders/{code}/contact")
    assert all(secret in member.page for secret in ("601", "4777", "13900001234"))
    assert acts(world, "view.contact") == before + 1
    assert "4777" in world.talk.says("党员一", f"进度 {code}")  # in the chat the command is the look
    assert acts(world, "view.contact") == before + 2
    world.talk.says("王阿姨", f"进度 {code}")
    assert acts(world, "view.contact") == before + 2  # one's own order is no look at another one's


def test_whoever_is_invited_reads_neither_building_nor_who_did_what(world: World) -> None:
    code = world.placed()
    world.talk.says("陈桥甲", f"派单 {code} 党员一")
    page = opened(world, "党员一", code).page
    assert "灯泡" in page
    assert not [words for words in ("3号楼", "陈桥甲", "登记的内容") if words in page]
    world.talk.says("党员一", "接单")
    assert "3号楼" in opened(world, "党员一", code).page
    world.talk.says("党员一", f"完成 {code} 换好了")
    world.talk.says("王阿姨", "满意")
    assert "3号楼" not in opened(world, "党员一", code).page


def test_a_device_that_nobody_has_confirmed_opens_no_contact(world: World) -> None:
    code = world.placed()
    with world.office.db.transaction() as tx:
        people.change(tx, world.person("陈桥甲"), moved_at=world.talk.now + timedelta(minutes=5))
    browser = opened(world, "陈桥甲", code)
    assert "显示地点和联系方式" not in browser.page
    assert browser.send(f"/console/orders/{code}/contact").status_code == 404
    assert acts(world, "view.contact") == 0


def test_what_was_understood_is_corrected(world: World) -> None:
    code = world.placed()
    browser = opened(world, "陈桥甲", code)
    for part, value in (
        ("place", "金色春天9号楼1单元102"),
        ("urgency", "U1"),
        ("category", "0203"),
        ("when", "周六上午"),
    ):
        browser.send(f"/console/orders/{code}/correct", part=part, value=value, version=row(world, code).version)
    found = row(world, code)
    assert (found.urgency, found.category, found.wanted_when) == ("U1", "0203", "周六上午")
    assert "9号楼" in opened(world, "陈桥甲", code).page
    with world.office.db.reading() as tx:
        done = [each.action for each in tx.all(select(history.c.action).order_by(history.c.id))]
    assert done == ["place", "correct", "correct", "recategorise", "correct"]


@pytest.mark.parametrize("part", ["place", "when", "grid"])
def test_a_report_typed_as_a_correction_stands_nowhere(world: World, part: str) -> None:
    code = world.placed()
    browser = opened(world, "陈桥甲", code)
    browser.send(f"/console/orders/{code}/correct", part=part, value="王书记收了物业的红包", version=1)
    assert "没有写进这一单" in browser.page
    assert "红包" not in browser.open(f"/console/orders/{code}").get_data(as_text=True)
    assert row(world, code).version == 1


@pytest.mark.parametrize(
    ("part", "value", "why"),
    [
        ("grid", "网格99", "没有这个网格"), ("grid", "网格15", "没有这个网格"), ("grid", "随便写", "没有这个网格"),
        ("when", "昨天", "已经过去"), ("when", "2月30日上午", "没有这一天"), ("when", "胡言乱语", "这里只写时间"), ("when", "灯泡坏了", "这里只写时间"),
        ("when", "", "没有变动"), ("place", "金色春天3号楼2单元501室", "没有变动"), ("grid", "现在的", "没有变动"),
    ],
)  # fmt: skip
def test_a_correction_that_is_none_changes_nothing(world: World, part: str, value: str, why: str) -> None:
    code = world.placed()
    before = row(world, code)
    browser = opened(world, "陈桥甲", code)
    value = value if value != "现在的" else before.grid
    browser.send(f"/console/orders/{code}/correct", part=part, value=value, version=1)
    assert why in browser.page
    assert row(world, code) == before


@pytest.mark.parametrize(
    ("part", "value", "column", "kept"),
    [
        ("grid", "网格27", "grid", "网格27"), ("grid", "27号网格", "grid", "网格27"), ("grid", "", "grid", None),
        ("when", "工作日下班以后", "wanted_when", "工作日下班以后"), ("when", "尽快", "wanted_when", "尽快"),
        ("when", "12月20日下午3点", "wanted_when", "12月20日下午3点"), ("when", "明天上午九点到十点", "wanted_when", "明天上午九点到十点"),
        ("when", "周末都行", "wanted_when", "周末都行"), ("when", "随时", "wanted_when", "随时"), ("when", "晚上7点后", "wanted_when", "晚上7点后"),
        ("when", "节后", "wanted_when", "节后"), ("when", "15:30", "wanted_when", "15:30"),
    ],
)  # fmt: skip
def test_what_can_be_is_taken(world: World, part: str, value: str, column: str, kept: str | None) -> None:
    code = world.placed()
    browser = opened(world, "陈桥甲", code)
    browser.send(f"/console/orders/{code}/correct", part=part, value=value, version=1)
    assert getattr(row(world, code), column) == kept


def test_a_place_of_another_community_brings_no_grid_of_it(world: World) -> None:
    code = world.placed()
    grid = row(world, code).grid
    browser = opened(world, "陈桥甲", code)
    browser.send(f"/console/orders/{code}/correct", part="place", value="龙山小区3号楼", version=1)
    assert (row(world, code).estate, row(world, code).grid) == ("龙山小区", grid)


def test_another_communitys_matter_is_handed_over_and_told_there(world: World) -> None:
    code = world.placed()
    browser = opened(world, "陈桥甲", code)
    address = f"/console/orders/{code}/correct"
    browser.send(address, part="community", value="兰天社区", version=1)
    assert row(world, code).community == "陈桥社区"  # it is asked first
    done = browser.send(address, part="community", value="兰天社区", version=1, sure="transfer")
    assert row(world, code).community == "兰天社区"
    assert done.location == "/console/"
    assert world.at("陈桥甲").open(f"/console/orders/{code}").status_code == 404
    assert world.at("兰天甲").open(f"/console/orders/{code}").status_code == 200
    with world.office.db.reading() as tx:
        assert len(tx.all(select(notices.c.id).where(notices.c.event == "transfer_staff"))) == 1


def test_a_later_limit_needs_a_reason_that_the_resident_reads(world: World) -> None:
    code = world.placed()
    before = row(world, code).due_at
    browser = opened(world, "陈桥甲", code)
    day = (
        before.replace(year=before.year + (before.month == 12), month=before.month % 12 + 1, day=20).date().isoformat()
    )
    browser.send(f"/console/orders/{code}/correct", part="limit", value=day, version=1)
    assert row(world, code).due_at == before
    browser.send(f"/console/orders/{code}/correct", part="limit", value=day, words="灯具要定做", version=1)
    assert row(world, code).due_at > before
    with world.office.db.reading() as tx:
        told = tx.run(select(notices).where(notices.c.event == "extend_resident")).one()
        assert "灯具要定做" in tx.open_facts(told.facts_sealed)["body"]


def test_what_can_still_be_undone_is_not_said_to_be_told(world: World) -> None:
    code = world.placed()
    browser = opened(world, "陈桥甲", code)
    browser.send(f"/console/orders/{code}/refer", words="12345热线", version=row(world, code).version)
    browser.open(f"/console/orders/{code}")
    assert "会告诉居民" in browser.page
    assert "已告诉居民" not in browser.page


def test_look_alikes_stand_side_by_side_are_merged_and_separated_again(world: World) -> None:
    one = world.placed(text="陈桥社区金色春天3号楼楼道灯不亮")
    other = world.placed("李大爷", "陈桥社区金色春天3号楼楼道灯坏了")
    browser = world.at("陈桥甲")
    browser.open(f"/console/orders/{other}?with={one}")
    assert "楼道灯不亮" in browser.page
    assert "楼道灯坏了" in browser.page
    browser.send(f"/console/orders/{other}/merge", other=one, version=row(world, other).version)
    assert row(world, other).outcome == "merged"
    browser.open(f"/console/orders/{other}")
    browser.send(f"/console/orders/{other}/undo")
    assert (row(world, other).state, row(world, other).outcome) == ("submitted", None)


def test_what_was_merged_is_separated_also_when_the_other_has_gone_on(world: World) -> None:
    one = world.placed(text="陈桥社区金色春天3号楼楼道灯不亮")
    other = world.placed("李大爷", "陈桥社区金色春天3号楼楼道灯坏了")
    opened(world, "陈桥甲", other).send(f"/console/orders/{other}/merge", other=one, version=row(world, other).version)
    world.talk.says("陈桥乙", f"派单 {one} 陈桥乙")
    browser = opened(world, "陈桥乙", other)
    assert "取消合并" in browser.page
    browser.send(f"/console/orders/{other}/separate", version=row(world, other).version, sure="separate")
    found = row(world, other)
    assert (found.state, found.outcome, found.merged_into_id) == ("submitted", None, None)
    assert "取消合并" not in opened(world, "陈桥乙", one).page
    assert opened(world, "陈桥甲", one).send(f"/console/orders/{one}/separate", sure="separate").status_code == 200
    assert row(world, one).state == "accepted"


def test_part_of_the_words_is_split_off_in_the_category_that_is_proposed_or_chosen(world: World) -> None:
    code, words = world.placed(), "楼下垃圾没人收"
    browser = opened(world, "陈桥甲", code)
    browser.send(f"/console/orders/{code}/split", words=words, look="1", version=1)
    assert words in browser.page
    assert "这些话归到" in browser.page
    assert row(world, code).version == 1
    browser.send(f"/console/orders/{code}/split", words=words, category="0203", version=1)
    with world.office.db.reading() as tx:
        made = tx.run(select(orders).where(orders.c.split_from_id == row(world, code).id)).one()
    assert made.category == "0203"
    assert made.code in opened(world, "陈桥甲", code).page
    page = opened(world, "陈桥甲", made.code).page
    assert "从另一单拆出" in page
    assert code in page
    assert row(world, code).state == "submitted"


def test_nothing_is_done_to_an_order_that_somebody_else_has_just_changed(world: World) -> None:
    code = world.placed()
    browser = opened(world, "陈桥甲", code)
    world.talk.says("陈桥乙", f"公开 {code}")
    browser.send(f"/console/orders/{code}/reject", words="不归社区管", version=1)
    assert row(world, code).state == "open"
    assert "刚有变动" in browser.page
    assert "不归社区管" in browser.page  # what was typed is not lost


def test_a_danger_is_told_at_once_and_anything_else_after_the_time_to_undo(world: World) -> None:
    lamp, gas = world.placed(), world.placed("李大爷", "陈桥社区金色春天5号楼301有煤气味，电话13900001235")
    for code in (lamp, gas):
        opened(world, "办事处甲", code).send(f"/console/orders/{code}/dispatch", person=world.person("陈桥乙"))
    with world.office.db.reading() as tx:
        rows = tx.all(select(notices).where(notices.c.event == "assign_handler").order_by(notices.c.id))
    assert [round((each.due_at - each.created_at).total_seconds()) for each in rows] == [15, 0]


def test_markup_of_a_resident_is_shown_as_it_was_typed(world: World) -> None:
    code = world.placed(text="陈桥社区3号楼的灯坏了，晚上看不见<script>alert(1)</script><img src=x onerror=alert(2)>")
    page = opened(world, "陈桥甲", code).page
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "&lt;script&gt;" in page


def test_restricted_words_typed_at_the_console_stay_in_the_box(world: World) -> None:
    code = world.placed()
    browser = opened(world, "陈桥甲", code)
    browser.send(f"/console/orders/{code}/explain", words="王书记收了物业的红包，所以一直不修", version=1)
    assert "红包" not in opened(world, "陈桥甲", code).page
    with world.office.db.reading() as tx:
        assert [each.lane for each in tx.all(select(orders.c.lane).order_by(orders.c.id))] == ["wish", "restricted"]


@pytest.mark.parametrize(
    ("command", "words", "lane"),
    [
        ("note", "居民家里煤气泄漏，人晕倒了，快来救人", "emergency"),
        ("note", "王书记收了物业的红包，所以一直不修", "restricted"),
        ("finish", "居民家里煤气泄漏，人晕倒了，快来救人", "emergency"),
    ],
)
def test_what_is_dangerous_or_restricted_is_taken_also_where_the_act_is_refused(
    world: World, command: str, words: str, lane: str
) -> None:
    """Somebody else was faster; or it is not in this person's hands."""
    code = world.placed()
    browser = opened(world, "陈桥甲", code)
    browser.send(f"/console/orders/{code}/{command}", words=words, version=7 if command == "note" else 1)
    with world.office.db.reading() as tx:
        rows = tx.all(select(orders.c.lane, orders.c.code, orders.c.version).order_by(orders.c.id))
    assert [each.lane for each in rows] == ["wish", lane]
    assert rows[0].version == 1
    assert words not in re.sub("<textarea.*?</textarea>", "", browser.page, flags=re.DOTALL)
    assert re.search(rf'role="alert"><p>[^<]*{rows[1].code}', browser.page)


def test_words_that_are_refused_for_several_orders_alarm_once(world: World) -> None:
    codes = [world.placed(who, f"陈桥社区金色春天{number}号楼{LAMP[6:]}") for number, who in ((5, "甲"), (6, "乙"))]
    browser = world.at("陈桥甲")
    browser.open("/console/")
    browser.send("/console/bulk", code=codes, command="urge", words="居民家里煤气泄漏，人晕倒了，快来救人")
    with world.office.db.reading() as tx:
        assert [each.urgency for each in tx.all(select(orders.c.urgency).order_by(orders.c.id))].count("U0") == 1


@pytest.mark.parametrize(
    ("fields", "kept"),
    [
        ({"part": "limit", "value": "2001-02-03", "words": "灯具要定做"}, ['value="2001-02-03"', 'value="灯具要定做"']),
        ({"part": "place", "value": "王书记收了物业的红包"}, ['value="王书记收了物业的红包"']),
        ({"part": "when", "value": "周六上午", "version": 9}, ['value="周六上午"']),
    ],
)
def test_a_refused_correction_keeps_what_was_typed(world: World, fields: dict[str, Any], kept: list[str]) -> None:
    code = world.placed()
    browser = opened(world, "陈桥甲", code)
    browser.send(f"/console/orders/{code}/correct", **{"version": 1, **fields})
    assert 'role="alert"' in browser.page
    opened_form = re.search(r"<details open>.*?</details>", browser.page, re.DOTALL)
    assert opened_form
    assert all(each in opened_form[0] for each in kept)
    assert browser.page.count("<details open>") == 1


@pytest.mark.parametrize(("path", "field"), [("note", "words"), ("split", "words"), ("correct", "value")])
def test_words_that_are_too_long_are_refused_whole_and_stay_in_the_form(world: World, path: str, field: str) -> None:
    code = world.placed()
    browser = opened(world, "陈桥甲", code)
    words = "字" * 1200 + "尾"
    browser.send(f"/console/orders/{code}/{path}", **{"version": 1, "part": "place", field: words})
    assert "最多 1000 字，现在有 1201 字" in browser.page
    assert words in browser.page
    assert row(world, code).version == 1


def test_a_danger_in_words_that_are_too_long_is_taken(world: World) -> None:
    code = world.placed()
    browser = opened(world, "陈桥甲", code)
    browser.send(f"/console/orders/{code}/note", version=1, words="居民家里煤气泄漏，人晕倒了，快来救人。" * 60)
    with world.office.db.reading() as tx:
        assert [each.urgency for each in tx.all(select(orders.c.urgency).order_by(orders.c.id))] == ["U3", "U0"]


def test_an_order_put_aside_until_a_day_that_has_passed_keeps_the_day(world: World) -> None:
    code = world.placed()
    browser = opened(world, "陈桥甲", code)
    browser.send(f"/console/orders/{code}/aside", form="aside", until="2001-02-03")
    assert 'role="alert"' in browser.page
    assert 'name="until" value="2001-02-03"' in browser.page


def test_no_restricted_matter_is_on_any_page(world: World) -> None:
    said = world.talk.says("王阿姨", "我要举报陈桥社区的王书记收红包")
    with world.office.db.reading() as tx:
        code = tx.value(select(orders.c.code))
    assert code in said
    for name in ("陈桥甲", "办事处甲"):
        assert code not in world.at(name).open("/console/?view=all").get_data(as_text=True)
        assert world.at(name).open(f"/console/orders/{code}").status_code == 404
        assert code not in world.at(name).open(f"/console/?q={code}").get_data(as_text=True).replace(
            f'value="{code}"', ""
        ).replace(f"q={code}", "")


def test_the_timeline_says_in_chinese_who_was_told_how_and_why_not(world: World) -> None:
    code = world.placed()
    told, untold = "subscription", "43101 user refuse to accept the msg"
    with world.office.db.transaction() as tx:
        first, second, *rest = [one.id for one in told_of(tx, row(world, code).id)]
        attempts.add(tx, [(first, Attempt(world.talk.now, told, Outcome.TAKEN))])
        tx.run(update(notices).where(notices.c.id == first).values(state="sent", sent_at=world.talk.now))
        tx.run(update(notices).where(notices.c.id == second).values(state="failed", reason=untold))
        tx.run(update(notices).where(notices.c.id.in_(rest)).values(state="waiting", reason="not bound"))
    page = opened(world, "陈桥甲", code).page
    assert page.count("订阅通知") == page.count("本人没有同意接收这种通知") == 1
    assert page.count("还没有绑定公众号") == min(1, len(rest))  # those of one reason stand together
    assert "not bound" not in page
    assert "43101" not in page


def test_an_order_of_ones_own_is_read_as_staff_read_it(world: World) -> None:
    code = world.placed("陈桥甲", LAMP)
    assert not [secret for secret in SECRETS if secret in opened(world, "陈桥甲", code).page]
