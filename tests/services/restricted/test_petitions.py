"""A petition in substance: fifteen natural days from registering it to the notice in writing, and nobody forgets them."""

from datetime import timedelta

from sqlalchemy import func, select

from bot.services.clock import clockwork
from bot.services.office import Office
from bot.store.tables import history, notices, orders
from tests.services.cast import CODE, told_of
from tests.talk import NOON, Talk

DAY = timedelta(days=1)


def sweep(talk: Talk, day: float) -> None:
    for work in clockwork.sweep(talk.office, NOON + day * DAY):
        work.do()


def times(office: Office, action: str) -> int:
    with office.db.reading() as tx:
        return int(tx.value(select(func.count()).where(history.c.action == action)))


def ordinary(talk: Talk) -> str:
    found = CODE.search(talk.says("王阿姨", "陈桥社区路灯不亮，说了三年没人管"))
    assert found
    return found[1]


def restricted(talk: Talk) -> str:
    found = CODE.search(talk.says("王阿姨", "我要信访"))
    assert found
    assert found[1] in talk.says("王阿姨", "征地补偿不公")
    return found[1]


def words_to(office: Office, event: str) -> list[str]:
    with office.db.reading() as tx:
        rows = tx.all(select(notices.c.facts_sealed).where(notices.c.event == event).order_by(notices.c.id))
        return [office.texts.say(f"notice.{event}", **tx.open_facts(row.facts_sealed)) for row in rows]


def test_staff_register_their_communitys_matter_once_and_the_resident_is_told_the_day(talk: Talk) -> None:
    code = ordinary(talk)
    assert "没有找到" in talk.says("兰天甲", f"信访 {code}")
    said = talk.says("陈桥甲", f"信访 {code}")
    assert "12月09日前" in said
    assert "信访信息系统" in said
    assert "不是信访渠道" in said
    assert "2026年12月09日前会书面告知您" in words_to(talk.office, "register_resident")[0]
    assert "登记过" in talk.says("陈桥甲", f"信访 {code}")
    assert times(talk.office, "register") == 1


def test_the_clock_counts_natural_days_warns_on_the_tenth_and_goes_to_the_leaders_after_the_fifteenth(
    talk: Talk,
) -> None:
    talk.says("陈桥甲", f"信访 {ordinary(talk)}")
    sweep(talk, 9.9)
    assert times(talk.office, "petition_warn") == 0
    for day in (10.1, 11, 14.9):
        sweep(talk, day)
    assert (times(talk.office, "petition_warn"), times(talk.office, "petition_late")) == (1, 0)
    assert sorted(told_of(talk.office, "petition_warn_staff")) == ["陈桥乙", "陈桥甲"]
    for day in (15.1, 16):
        sweep(talk, day)
    assert times(talk.office, "petition_late") == 1
    assert told_of(talk.office, "petition_late_leaders") == ["办事处甲"]


def test_one_that_was_overlooked_for_long_goes_to_the_leaders_without_a_warning_before(talk: Talk) -> None:
    talk.says("陈桥甲", f"信访 {ordinary(talk)}")
    sweep(talk, 20)
    assert (times(talk.office, "petition_warn"), times(talk.office, "petition_late")) == (0, 1)


def test_the_notice_in_writing_or_the_end_of_the_matter_stops_the_clock(talk: Talk) -> None:
    first, second = ordinary(talk), restricted(talk)
    assert "还没有登记" in talk.says("陈桥甲", f"书面告知 {first} 凤信〔2026〕1号")
    talk.says("陈桥甲", f"信访 {first}")
    talk.says("纪检甲", f"信访 {second}")
    assert "已记下" in talk.says("陈桥甲", f"书面告知 {first} 凤信〔2026〕1号")
    assert "不用再记" in talk.says("陈桥甲", f"书面告知 {first}")
    talk.says("纪检甲", f"转介 {second} 区信访局")
    sweep(talk, 20)
    assert (times(talk.office, "petition_warn"), times(talk.office, "petition_late")) == (0, 0)


def test_a_restricted_one_is_registered_by_the_discipline_staff_and_everything_about_it_stays_neutral(
    talk: Talk,
) -> None:
    code = restricted(talk)
    for who in ("陈桥甲", "办事处甲"):
        assert "没有找到" in talk.says(who, f"信访 {code}")
    assert "已登记为信访事项" in talk.says("纪检甲", "信访")
    assert words_to(talk.office, "registered_resident") == [f"单号 {code} 已登记，2026年12月09日前会书面告知您。"]
    sweep(talk, 11)
    assert told_of(talk.office, "petition_warn_staff") == ["纪检甲"]
    sweep(talk, 16)
    assert told_of(talk.office, "petition_late_leaders") == ["纪检甲"]
    assert "征地" not in "".join(words_to(talk.office, "petition_late_leaders"))


def test_a_restricted_matter_is_answered_and_closed_in_the_box_and_the_resident_hears_a_neutral_end(talk: Talk) -> None:
    found = CODE.search(talk.says("王阿姨", "我老公打我，救命，金色春天3号楼"))
    assert found
    code = found[1]
    assert f"追问（单号 {code}）" in talk.says("纪检甲", f"追问 {code} 他还打你吗？")
    (asked,) = words_to(talk.office, "asked_resident")
    assert "打你" not in asked
    assert talk.says("王阿姨", f"补充 {code} 方便").startswith("已补充")
    for words in (f"公开 {code}", f"派单 {code} 陈桥乙", f"催办 {code}", f"合并 {code} {code}"):
        talk.says("办事处甲", words)
        talk.says("纪检甲", words)
    assert "已转：妇联和派出所" in talk.says("纪检甲", f"转介 {code} 妇联和派出所")
    assert words_to(talk.office, "closed_resident") == [
        f"单号 {code} 已办结。想了解结果，请回复“补充 {code} 请联系我”，专人会联系您。"
    ]
    with talk.office.db.reading() as tx:
        assert tx.all(select(history.c.note).where(history.c.note.is_not(None))) == []
        row = tx.first(select(orders))
    assert row is not None
    assert (row.state, row.outcome) == ("closed", "referred")
    shown = talk.says("纪检甲", f"受限 {code}")
    assert "妇联和派出所" in shown
    assert "他还打你吗" in shown
    assert "已补充" in talk.says("王阿姨", f"补充 {code} 请联系我")
    assert "纪检甲" in told_of(talk.office, "append_staff")
    assert "不满意" not in talk.says("王阿姨", f"进度 {code}")
