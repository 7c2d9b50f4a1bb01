"""What waited for somebody who is reachable again: one by one, or a sum of many; nothing that was withdrawn meanwhile."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.broadcasts.audience import Audience
from bot.broadcasts.written import Written
from bot.dialogue.reply_length import LIMIT
from bot.services.broadcasts import report
from bot.services.broadcasts.drafts import approving, writing
from bot.services.office import Office
from bot.store.persons import people
from bot.store.sending import notices as store
from bot.store.tables import notices
from tests.rosters import import_roster
from tests.services import cast
from tests.services.cast import CODE
from tests.talk import Talk

LATE = "党员,甲一,13800000301,陈桥社区,网格01,,水电\n街道管理员,办事处乙,13800000302,,,,\n社区工作者,陈桥丙,13800000303,陈桥社区,,,\n"
PLACES = ["佛教巷", "新锐巷", "兰天西路", "金色春天3号楼", "金色春天5号楼", "龙山小区2号楼"]


@pytest.fixture
def talk(office: Office, tmp_path: Path) -> Talk:
    """`LATE` are on the roster and not bound, so that nothing reaches them."""
    found = cast.enter(office, tmp_path)
    file = tmp_path / "late.csv"
    file.write_text(cast.CAST.splitlines()[0] + "\n" + LATE, "utf-8")
    import_roster(office, file, found.now)
    return found


def placed(talk: Talk, who: str, said: str) -> str:
    found = CODE.search(talk.says(who, said))
    assert found
    return found[1]


def nobody_is_reachable(office: Office) -> None:
    """What no channel took."""
    with office.db.transaction() as tx:
        tx.run(notices.update().where(notices.c.state == "pending").values(state="waiting"))


def waiting(office: Office, event: str) -> list[str]:
    with office.db.reading() as tx:
        query = select(notices.c.state).where(notices.c.event == event, notices.c.state == "waiting")
        return [row.state for row in tx.all(query)]


def ids(office: Office, *names: str) -> list[int]:
    with office.db.reading() as tx:
        return [next(row.id for row in people.named(tx, name)) for name in names]


def test_many_that_waited_are_summed_up_in_one_message(talk: Talk) -> None:
    codes = [placed(talk, f"居民{place}", f"陈桥社区{place}路灯不亮") for place in PLACES]
    nobody_is_reachable(talk.office)
    said = talk.bind("陈桥丙", "13800000303")
    assert f"您有 {len(codes)} 条通知" in said
    assert f"等着派的单 {len(codes)} 件" in said
    assert "“待派”" in said
    assert len(said.encode()) <= LIMIT + 100
    assert "还有" not in said
    assert "通知" not in talk.says("陈桥丙", "帮助")


def test_a_few_are_told_one_by_one_in_full(talk: Talk) -> None:
    codes = [placed(talk, f"居民{place}", f"陈桥社区{place}路灯不亮") for place in PLACES[:3]]
    nobody_is_reachable(talk.office)
    said = talk.bind("陈桥丙", "13800000303")
    assert all(f"新单 {code}" in said for code in codes)


def test_what_was_withdrawn_or_dispatched_meanwhile_is_not_told(talk: Talk) -> None:
    gone, given, left = [placed(talk, f"居民{place}", f"陈桥社区{place}路灯不亮") for place in PLACES[:3]]
    talk.says(f"居民{PLACES[0]}", f"撤回 {gone}")
    talk.says("陈桥甲", f"派单 {given} 陈桥乙")
    talk.wait(hours=1)
    nobody_is_reachable(talk.office)
    said = talk.bind("陈桥丙", "13800000303")
    assert f"新单 {left}" in said
    assert f"新单 {gone}" not in said
    assert f"新单 {given}" not in said


def test_a_resident_reads_a_line_for_each_order_and_answers_of_staff_whole(talk: Talk) -> None:
    answer = "请打物业电话 0516-83251234，带身份证到社区大厅找王小红办。"
    lamp = placed(talk, "王阿姨", "陈桥社区佛教巷路灯不亮")
    waste = placed(talk, "王阿姨", "另一件：陈桥社区新锐巷垃圾没人清运")
    talk.says("陈桥甲", f"派单 {lamp} 陈桥乙")
    talk.says("陈桥甲", f"催办 {lamp}")
    talk.says("陈桥乙", f"完成 {lamp} 换好了")
    talk.says("陈桥甲", f"解释办结 {waste} {answer}")
    talk.says("陈桥甲", f"催办 {lamp}")
    nobody_is_reachable(talk.office)
    said = talk.says("王阿姨", "帮助")
    assert "条通知" in said
    assert answer in said
    assert f"单号 {lamp}" in said
    assert "满意" in said


def test_a_restricted_matter_is_only_said_to_wait(talk: Talk) -> None:
    for place in PLACES:
        talk.says(f"居民{place}", f"我要举报陈桥社区主任收红木家具，{place}")
    nobody_is_reachable(talk.office)
    said = talk.says("纪检甲", "帮助")
    assert f"受限事项 {len(PLACES)} 件（回复“受限”查看" in said
    assert "红木" not in said


def test_nobody_is_asked_for_an_approval_that_was_given(talk: Talk) -> None:
    talk.says("陈桥甲", "提醒")
    talk.says("陈桥甲", "中秋将至，请大家廉洁过节")
    talk.says("陈桥甲", "社区工作者")
    talk.says("陈桥甲", "办事处甲")
    nobody_is_reachable(talk.office)
    assert waiting(talk.office, "broadcast_review") == ["waiting"]
    assert "由办事处甲回复" in talk.says("纪检甲", "批准 1")  # one was named
    assert waiting(talk.office, "broadcast_review") == ["waiting"]
    assert "先看全文" in talk.says("办事处甲", "批准 1")  # nothing has reached this approver
    assert waiting(talk.office, "broadcast_review") == []
    assert "已批准" in talk.says("办事处甲", "批准 1")
    assert waiting(talk.office, "broadcast_review") == []


def test_what_is_closed_waits_to_be_dispatched_no_more_however_short_ago_it_came(talk: Talk) -> None:
    codes = [placed(talk, f"居民{place}", f"陈桥社区{place}路灯不亮") for place in PLACES]
    talk.says("办事处甲", f"解释办结 {codes[0]} 已修好")
    nobody_is_reachable(talk.office)
    said = talk.bind("陈桥丙", "13800000303")
    assert f"等着派的单 {len(codes) - 1} 件" in said
    assert codes[0] not in said


def test_what_is_of_no_order_says_its_own_words_and_the_same_once(talk: Talk) -> None:
    (chief,) = ids(talk.office, "办事处乙")
    with talk.office.db.transaction() as tx:
        for number, words in enumerate(["一条坏消息", "一条坏消息", "另一条"]):
            facts = {"body": words, "code": "", "title": ""}
            store.write(tx, [chief], "kept", now=talk.now, facts=facts, once=f"kept:{number}")
        store.write(tx, [chief], "account_verified", now=talk.now, facts={"until": "2027年1月1日"}, once="account")
    nobody_is_reachable(talk.office)
    said = talk.bind("办事处乙", "13800000302")
    assert "已保留，请人工查看：一条坏消息（同样的 2 条）" in said
    assert "已保留，请人工查看：另一条" in said
    assert "有效期到 2027年1月1日" in said
    assert "其他消息" not in said


def test_reminders_meetings_and_what_is_to_be_read_are_told_apart_with_what_answers_each(talk: Talk) -> None:
    audience = Audience(names=("甲一",))
    held = {"at": (talk.now + timedelta(days=2)).isoformat(), "place": "三楼"}
    author, chief = ids(talk.office, "陈桥甲", "办事处甲")
    for kind in ("reminder", "reminder", "bulletin", "meeting"):
        new = Written(kind, "标题", "内容请看", audience, details=held if kind == "meeting" else None)
        approving.approve(talk.office, writing.create(talk.office, author, new, talk.now), chief, talk.now)
    nobody_is_reachable(talk.office)
    said = talk.bind("甲一", "13800000301")
    assert "提醒 2 条：第 1、2 号（回复“我的提醒 编号”看全文，看过回复“收到 编号”）" in said
    assert "通报和服务通知 1 条：第 3 号" in said
    assert "会议通知 1 条：第 4 号" in said
    assert "参加 编号" in said
    assert "请假 编号 原因" in said
    for number in (1, 4):
        assert "内容请看" in talk.says("甲一", f"我的提醒 {number}")
    with talk.office.db.reading() as tx:
        assert report.report(tx, 1, talk.now).counts.acked == 0
