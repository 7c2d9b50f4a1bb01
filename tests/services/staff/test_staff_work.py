"""What staff and leaders do beside single orders: lists and their pages, several orders at once, 代录, figures, natural words."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from bot.services.office import Office
from bot.store.tables import history, notices, orders, persons
from tests.bench.measured.statements import counting
from tests.databases import FEW_ON_POSTGRESQL
from tests.services import cast
from tests.services.cast import CODE, told_of
from tests.talk import Talk

pytestmark = FEW_ON_POSTGRESQL

MORE = """党员,党员一,13800000111,陈桥社区,网格01,第一支部,水电
党员,王强,13800000112,陈桥社区,网格02,第一支部,
社区工作者,张敏,13800000113,陈桥社区,,,
"""
LAMP = "金色春天{}号楼1单元101灯泡坏了，想请人帮忙换一下"


@pytest.fixture
def talk(office: Office, tmp_path: Path) -> Talk:
    return cast.enter(office, tmp_path, MORE)


def placed(talk: Talk, who: str, text: str) -> str:
    found = CODE.search(talk.says(who, text))
    assert found, talk.replies[-1]
    return found[1]


def rows(talk: Talk) -> tuple[int, int, int]:
    """How many orders, lines of history and notices there are."""
    with talk.office.db.reading() as tx:
        return tuple(tx.value(select(func.count()).select_from(table)) for table in (orders, history, notices))


def one(talk: Talk, code: str) -> Any:
    with talk.office.db.reading() as tx:
        return tx.run(select(orders).where(orders.c.code == code)).one()


def test_a_list_has_eight_a_page_the_most_urgent_first_and_more_goes_on(talk: Talk) -> None:
    codes = [placed(talk, f"居民{n}", LAMP.format(n)) for n in range(1, 18)]
    urgent = placed(talk, "居民急", "金色春天小区大门口井盖丢了")
    pages = [talk.says("陈桥甲", words) for words in ("待派", "更多", "下一页")]
    shown = [[code for code in (urgent, *codes) if code in page] for page in pages]
    assert shown == [[urgent, *codes[:7]], codes[7:15], codes[15:]]
    assert pages[0].index(urgent) < pages[0].index(codes[0])
    assert "18 件" in pages[0]
    assert ["更多" in page for page in pages] == [True, True, False]
    assert "没有更多" in talk.says("陈桥甲", "更多")


def test_what_was_dispatched_meanwhile_makes_no_gap(talk: Talk) -> None:
    codes = [placed(talk, f"居民{n}", LAMP.format(n)) for n in range(1, 12)]
    talk.says("陈桥甲", "待派")
    talk.says("陈桥甲", f"派单 {codes[0]} {codes[1]} {codes[2]} 张敏")
    page = talk.says("陈桥甲", "更多")
    assert all(code in page for code in codes[8:])


def test_more_goes_on_with_a_reply_cut_for_length_before_the_next_page(talk: Talk) -> None:
    for n in range(1, 11):
        placed(talk, f"居民{n}", LAMP.format(n))
    assert "更多" in talk.says("陈桥甲", "待派")
    talk.says("陈桥甲", "帮助")
    if "更多”看后面" in talk.replies[-1]:
        assert "单号" not in talk.says("陈桥甲", "更多") or "待派" not in talk.replies[-1]
    assert "接着看" in talk.says("陈桥甲", "更多")


def test_a_page_fits_one_reply(talk: Talk) -> None:
    for n in range(1, 12):
        placed(talk, f"居民{n}", LAMP.format(n) + "，家里老人眼睛不好，晚上看不见路，麻烦尽快来一趟，多谢多谢" * 3)
    page = talk.says("陈桥甲", "待派")
    assert len(page.encode()) <= 1900
    assert "看后面" not in page


@pytest.mark.parametrize(
    ("words", "fits"),
    [
        ("灯", "AB"), ("灯泡", "A"), ("换灯泡", "A"), ("小修小补", "A"), ("微心愿", "AC"), ("3号楼", "A"), ("三号楼", "A"), ("三号楼灯", "A"),
        ("金色春天", "ABC"), ("陈桥", "ABCE"), ("陈桥社区", "ABCE"), ("紧急", "E"), ("急", "E"), ("较急", "E"), ("陈桥 急", "E"), ("手机", "C"),
        ("燃气", ""), ("兰天", ""), ("5号楼 灯", "B"), ("井盖", "E"),
    ],
)  # fmt: skip
def test_words_filter_by_category_place_urgency_or_text(talk: Talk, words: str, fits: str) -> None:
    said = {
        "A": "金色春天3号楼2单元501灯泡坏了，想请人帮忙换一下", "B": "金色春天5号楼楼道灯不亮", "C": "想请人教我用手机，金色春天2号楼",
        "D": "兰天西路垃圾没人清", "E": "陈桥社区新锐巷井盖丢了",
    }  # fmt: skip
    codes = {name: placed(talk, f"居民{name}", text) for name, text in said.items()}
    shown = talk.says("陈桥甲", f"待派 {words}")
    assert "".join(name for name, code in codes.items() if code in shown) == fits, shown
    if not fits:
        assert words in shown


def test_staff_see_their_own_community_and_a_leader_all(talk: Talk) -> None:
    ours, theirs = placed(talk, "王阿姨", LAMP.format(1)), placed(talk, "赵大姐", "兰天西路井盖丢了")
    for words in ("待派", "今天"):
        assert ours in talk.says("陈桥甲", words)
        assert theirs not in talk.replies[-1]
        assert theirs in talk.says("兰天甲", words)
        assert ours not in talk.replies[-1]
        assert {ours, theirs} == {code for code in (ours, theirs) if code in talk.says("办事处甲", words)}


def test_each_list_shows_what_its_name_says(talk: Talk) -> None:
    late = placed(talk, "王阿姨", "金色春天5号楼楼道灯不亮")
    talk.wait(days=5)
    soon = placed(talk, "李大爷", "陈桥社区新锐巷井盖丢了")
    mine = placed(talk, "赵大姐", LAMP.format(7))
    talk.says("陈桥甲", f"派单 {mine} 张敏")
    shown = {words: talk.says("陈桥甲", words) for words in ("待派", "办理中", "超期", "今天", "快到期")}
    names = {late: "late", soon: "soon", mine: "mine"}
    found = {words: {name for code, name in names.items() if code in page} for words, page in shown.items()}
    assert found == {
        "待派": {"late", "soon"}, "办理中": {"mine"}, "超期": {"late"}, "今天": {"soon", "mine"}, "快到期": {"soon"},
    }  # fmt: skip
    assert "张敏" in shown["办理中"]


def test_restricted_matters_are_in_no_list(talk: Talk) -> None:
    sealed = placed(talk, "王阿姨", "我要举报陈桥社区的王书记收红包")
    for who in ("陈桥甲", "办事处甲", "纪检甲"):
        for words in ("待派", "办理中", "超期", "今天", "还有几单没派", "情况"):
            assert sealed not in talk.says(who, words)


@pytest.mark.parametrize("words", ["待派", "更多", "办理中", "超期", "今天", "情况", "撤销"])
def test_a_list_needs_six_statements(office: Office, talk: Talk, words: str) -> None:
    for n in range(1, 11):
        placed(talk, f"居民{n}", LAMP.format(n))
    talk.says("陈桥甲", "待派")
    with counting() as counter:
        office.db.engine.dispose()
        talk.says("陈桥甲", "待派")
        before = counter.total
        talk.says("陈桥甲", words)
        assert counter.total - before <= (6 if office.db.url.get_backend_name() == "sqlite" else 8)  # a lock and a ping
        office.db.engine.dispose()


def test_several_orders_go_to_one_person_each_with_its_own_result(talk: Talk) -> None:
    codes = [placed(talk, f"居民{n}", LAMP.format(n)) for n in range(1, 4)]
    theirs = placed(talk, "赵大姐", "兰天西路垃圾没人清")
    gas = placed(talk, "钱大爷", "金色春天3号楼电梯坏了，没有人困在里面")
    lines = talk.says("陈桥甲", f"派单 {codes[0]} {theirs} {gas}、{codes[1]}，{codes[2]} 王强").splitlines()
    assert ["已邀请" in line for line in lines] == [True, False, False, True, True]
    assert [one(talk, code).state for code in codes] == ["offered"] * 3
    assert [one(talk, code).state for code in (theirs, gas)] == ["submitted"] * 2
    assert sorted(told_of(talk.office, "invite_invitee", "王强")) == sorted(codes)


def test_several_orders_without_a_name_or_with_an_unknown_one_change_nothing(talk: Talk) -> None:
    codes = [placed(talk, f"居民{n}", LAMP.format(n)) for n in range(1, 3)]
    before = rows(talk)
    assert "姓名" in talk.says("陈桥甲", f"派单 {codes[0]} {codes[1]}")
    assert "名册里没有" in talk.says("陈桥甲", f"派单 {codes[0]} {codes[1]} 不认识")
    assert rows(talk) == before
    assert "已邀请" in talk.says("陈桥甲", f"派给王强 {codes[0]}")


def test_what_is_taken_down_is_nobodys_own_order(talk: Talk) -> None:
    code = placed(talk, "陈桥甲", "代录 金色春天7号楼1单元201孙奶奶家水龙头漏水，电话13900002222")
    row = one(talk, code)
    with talk.office.db.reading() as tx:
        resident = tx.run(select(persons).where(persons.c.id == row.person_id)).one()
        line = tx.run(select(history).where(history.c.order_id == row.id)).one()
    assert (resident.name, resident.openid, resident.subscribed) == (None, None, False)
    assert (row.state, row.source, row.community, line.by) == ("submitted", "staff", "陈桥社区", "陈桥甲")
    assert code not in talk.says("陈桥甲", "进度")
    assert "陈桥甲" not in told_of(talk.office, "place_staff")
    assert "陈桥乙" in told_of(talk.office, "place_staff")
    assert "已安排" in talk.says("陈桥甲", f"派单 {code} 我")
    assert "13900002222" in talk.says("陈桥甲", "我的单")
    talk.says("陈桥甲", "完成 换好了")
    assert one(talk, code).state == "done"
    assert told_of(talk.office, "finish_resident") in ([], [None])


def test_what_is_taken_down_without_a_community_is_of_the_staffs_own(talk: Talk) -> None:
    assert one(talk, placed(talk, "兰天甲", "代录 李大爷想请人教他用手机")).community == "兰天社区"
    assert one(talk, placed(talk, "办事处甲", "代录 李大爷想请人教他用手机")).community is None


def test_danger_and_restricted_words_are_taken_down_as_everywhere(talk: Talk) -> None:
    reply = talk.says("陈桥甲", "代录 金色春天3号楼着火了，冒黑烟")
    found = CODE.search(reply)
    assert found
    assert reply.startswith("请马上打火警 119")
    assert (one(talk, found[1]).urgency, len(told_of(talk.office, "place_duty"))) == ("U0", 4)
    secret = "陈桥社区的王书记收了开发商的红包"
    sealed = CODE.search(talk.says("陈桥甲", f"代录 居民反映{secret}"))
    assert sealed
    assert one(talk, sealed[1]).lane == "restricted"
    with talk.office.db.reading() as tx:
        for table in (orders.c.text, history.c.note, history.c.by):
            assert all(secret not in (value[0] or "") for value in tx.all(select(table)))


def test_figures_are_by_community_for_leaders_and_small_ones_are_not_told(talk: Talk) -> None:
    for n in range(1, 7):
        placed(talk, f"居民{n}", LAMP.format(n))
    placed(talk, "赵大姐", "兰天西路垃圾没人清")
    mine = talk.says("陈桥甲", "情况")
    assert "陈桥社区" in mine
    assert "收到 6 件" in mine
    assert "兰天" not in mine
    all_of = talk.says("办事处甲", "情况 本周")
    assert "收到 7 件" in all_of
    assert "陈桥社区：收到 6" in all_of
    assert "兰天社区：收到 少于5" in all_of
    assert "花都路社区：收到 0" in all_of
    assert not any(name in all_of for name in ("陈桥甲", "张敏", "王强"))


def test_figures_count_what_was_closed_is_late_and_satisfied_in_their_period(talk: Talk) -> None:
    done, late = placed(talk, "王阿姨", LAMP.format(1)), placed(talk, "李大爷", "金色春天5号楼楼道灯不亮")
    talk.says("陈桥甲", f"派单 {done} 张敏")
    talk.says("张敏", "完成 换好了")
    talk.says("王阿姨", "满意")
    today = talk.says("陈桥甲", "情况")
    assert "收到 2 件，办结 1 件" in today
    assert "在办 1 件，其中超期 0 件" in today
    assert "满意 1 件" in today
    assert "满意率 100%" in today
    talk.wait(days=8)
    assert "收到 0 件，办结 0 件" in talk.says("陈桥甲", "情况")
    assert "其中超期 1 件" in talk.says("陈桥甲", "情况 本周")
    assert "收到 2 件，办结 1 件" in talk.says("陈桥甲", "情况 上周")
    assert late in talk.says("陈桥甲", "超期")


def test_an_emergency_that_waits_too_long_stands_on_top(talk: Talk) -> None:
    code = placed(talk, "王阿姨", "金色春天3号楼着火了，冒黑烟")
    assert code not in talk.says("办事处甲", "情况")
    talk.wait(minutes=40)
    lines = talk.says("办事处甲", "情况").splitlines()
    assert "紧急" in lines[0]
    assert code in lines[1]


@pytest.mark.parametrize(
    ("command", "answer", "state"),
    [
        ("转介", "12345热线", "closed"), ("不予受理", "不归社区管", "closed"), ("追问", "是几单元？", "needs_info"),
        ("答复", "明天上午来换", "closed"), ("解释办结", "明天上午来换", "closed"), ("未能办成", "没有这种灯泡", "closed"),
        ("归类", "路灯不亮", "submitted"),
    ],
)  # fmt: skip
def test_words_that_a_command_lacks_are_asked_for_and_the_answer_is_taken(
    talk: Talk, command: str, answer: str, state: str
) -> None:
    code = placed(talk, "王阿姨", LAMP.format(1))
    before = rows(talk)
    assert "请" in talk.says("陈桥甲", f"{command} {code}")
    assert rows(talk) == before
    assert code in talk.says("陈桥甲", answer)
    assert one(talk, code).state == state
    assert rows(talk)[0] == before[0]


@pytest.mark.parametrize("between", ["待派", "进度", "还有几单没派", "谢谢"])
def test_what_is_said_between_is_not_taken_for_the_words_that_a_command_lacks(talk: Talk, between: str) -> None:
    code = placed(talk, "王阿姨", LAMP.format(1))
    talk.says("陈桥甲", f"转介 {code}")
    talk.says("陈桥甲", between)
    assert one(talk, code).state == "submitted"
    before = rows(talk)
    talk.says("陈桥甲", "今天办结多少")
    assert one(talk, code).state == "submitted"
    assert rows(talk) == before


def test_an_answer_closes_and_reaches_the_resident_whole(talk: Talk) -> None:
    code, whole = (
        placed(talk, "王阿姨", LAMP.format(1)),
        "带身份证到社区一楼窗口办，周一到周五上午八点半到十一点半，不收费",
    )
    talk.says("陈桥甲", f"答复 {code} {whole}")
    with talk.office.db.reading() as tx:
        told = tx.run(select(notices.c.facts_sealed).where(notices.c.event == "explain_resident")).one()
        assert tx.open_facts(told.facts_sealed)["body"] == whole
    assert whole in talk.says("王阿姨", f"进度 {code}")


def test_once_somebody_works_on_it_nothing_more_is_asked_but_relayed(talk: Talk) -> None:
    code = placed(talk, "王阿姨", LAMP.format(1))
    talk.says("陈桥甲", f"派单 {code} 张敏")
    before = rows(talk)
    assert f"转告 {code}" in talk.says("陈桥甲", f"追问 {code} 几单元？")
    assert rows(talk) == before


def test_an_order_is_dispatched_referred_and_urged_by_what_it_is_about(talk: Talk) -> None:
    lamp, phone = placed(talk, "王阿姨", LAMP.format(3)), placed(talk, "李大爷", "想请人教我用手机，金色春天2号楼")
    assert f"{lamp} 已邀请 王强" in talk.says("陈桥甲", "把灯坏那单给王强")
    assert f"{lamp} 已催办" in talk.says("陈桥甲", "催一下灯泡那单")
    assert lamp in talk.says("陈桥甲", "灯泡那单怎么样了")
    assert f"{phone} 已转：12345热线" in talk.says("陈桥甲", "把教手机那单转给12345热线")


def test_where_several_fit_which_is_asked_and_nothing_done(talk: Talk) -> None:
    codes = [placed(talk, f"居民{n}", LAMP.format(n)) for n in range(1, 4)]
    before = rows(talk)
    asked = talk.says("陈桥甲", "把灯泡那单派给王强")
    assert all(code in asked for code in codes)
    assert rows(talk) == before
    talk.says("陈桥甲", "第二个")
    assert [one(talk, code).state for code in codes] == ["submitted", "offered", "submitted"]


def test_who_has_not_answered_is_a_number_alone(talk: Talk) -> None:
    for words in ("提醒", "中秋将至，请大家廉洁过节", "陈桥社区党员", "办事处甲"):
        talk.says("陈桥甲", words)
    talk.says("办事处甲", "批准 1")
    said = talk.says("陈桥甲", "谁没回复")
    assert "2 人没有回复" in said
    assert "查看提醒 1" in said
    assert not any(name in said for name in ("党员一", "王强"))


TALKED = {  # by a leader; what the reply must hold
    "哪些快到期": "三天内", "有没有快到期的单": "三天内", "明天到期的有哪些": "三天内", "还有几单没派": "待派", "还有多少没派出去": "待派",
    "没派的单有几件": "待派", "哪些单还没人接手": "待派", "有超期的吗": "超期", "有没有超期的": "超期", "超期的有几单": "超期", "看看超期情况": "超期",
    "现在有哪些在办": "办理中", "还有多少没办完": "办理中", "正在办的有几单": "办理中", "今天来了几单": "收到", "今天有什么新单": "收到",
    "今天的单": "收到", "有新单吗": "收到", "这个月办了多少": "本月", "本月办结几件": "本月", "今天办结多少": "今天", "今天收到多少": "今天",
    "这周收了几单": "本周", "本周情况怎么样": "本周", "上周办了多少件": "上周", "昨天收到几件": "昨天", "满意率多少": "满意", "满意度怎么样": "满意",
    "工作情况汇报一下": "今天", "看看本月数据": "本月", "今年办了多少": "今年", "多少人满意": "满意", "哪个社区办得慢": "社区", "哪个社区办得快": "社区",
    "哪个社区超期最多": "社区", "各社区情况": "社区", "各个社区这个月怎么样": "社区", "谁没回复": "提醒", "还有谁没收到": "提醒", "多少人回复了": "提醒",
    "几个人没回复": "提醒", "提醒发得怎么样了": "提醒", "张敏手上有几单": "不按人统计", "王强这个月办了几单": "不按人统计", "谁办得最多": "不按人统计",
    "谁最慢": "不按人统计", "哪个党员接得少": "不按人统计", "给个排名": "不按人统计", "看看大家的业绩": "不按人统计", "派错了": "没有可以撤销",
    "刚才那个派单撤回来": "没有可以撤销", "撤回刚才的派单": "没有可以撤销", "把灯坏那单给王强": "没有找到", "催一下漏水那单": "没有找到",
    "漏水那单怎么样了": "没有找到", "让王强去办灯坏那单": "没有找到", "我手上有几单": "您手上", "帮我看看那个": "您是想",
    "开会的事定了没有": "您是想", "材料报上去了没": "您是想", "明天检查组要来，大家准备一下": "您是想", "名册更新了吗": "您是想",
    "领导让我们把数据报上去": "您是想", "街道领导要看数据": "今天", "社区书记催了": "您是想", "居民又打电话来催了": "您是想", "王阿姨的事解决没": "您是想",
    "信访的人又来了": "您是想", "领导不满意": "您是想", "谁没去办": "您是想", "主任说这单先不办": "您是想", "张主任让你派给王强": "没有找到",
    "居民对我们态度有意见": "您是想", "有没有投诉": "您是想", "这个月收到多少投诉": "本月", "谁会修水电": "派单 单号", "哪个党员有空": "派单 单号",
    "没人接的单有哪些": "等人接", "待认领的有几单": "等人接", "退回来的单有几个": "待派", "大家都收到了吗": "提醒", "提醒没人回": "提醒",
    "群众满意吗": "满意", "上周的呢": "上周", "我们书记问这个月情况": "本月", "陈桥社区怎么样": "社区", "帮我查一下张奶奶的事": "没有找到",
    "小区停水通知发了吗": "您是想", "单子太多了忙不过来": "您是想", "党员接单积极吗": "您是想", "把这两单合并": "您是想", "这单不归我们管": "您是想",
    "给我报一下数": "今天", "情况不太好": "您是想", "纪检要来检查": "您是想", "能不能撤回": "没有可以撤销", "催一下": "没有能催",
}  # fmt: skip


def test_what_is_said_about_work_is_answered_and_never_an_order(talk: Talk) -> None:
    before, wrong = rows(talk), []
    for words, wanted in TALKED.items():
        talk.wait(seconds=5)
        reply = talk.says("办事处甲", words)
        if wanted not in reply or rows(talk) != before:
            wrong.append((words, wanted, reply, rows(talk)))
            before = rows(talk)
    assert not wrong, wrong


NAMED = (
    "三号楼张大妈家灯坏了，她托我说一声", "金色春天5号楼楼道灯不亮", "新锐巷井盖丢了，居民打电话来说的", "李奶奶想请人陪她去医院",
    "金色春天2号楼王大爷家水龙头漏水，他不会用手机",
)  # fmt: skip


@pytest.mark.parametrize("words", NAMED)
def test_a_matter_that_staff_name_is_taken_down(talk: Talk, words: str) -> None:
    code = placed(talk, "陈桥甲", words)
    assert "代录" in talk.replies[-1]
    row = one(talk, code)
    with talk.office.db.reading() as tx:
        assert tx.value(select(persons.c.openid).where(persons.c.id == row.person_id)) is None


def test_a_matter_of_ones_own_stays_ones_own(talk: Talk) -> None:
    code = placed(talk, "陈桥甲", "我家灯泡坏了，金色春天9号楼1单元101，想请人帮忙换一下")
    assert "代录" not in talk.replies[-1]
    assert code in talk.says("陈桥甲", "进度")


def test_unclear_words_are_answered_with_one_question_and_its_numbers(talk: Talk) -> None:
    before = rows(talk)
    assert "1 替居民登记" in talk.says("陈桥甲", "居民说东西坏了")
    assert rows(talk) == before
    assert "待派" in talk.says("陈桥甲", "2")
    assert rows(talk) == before
    talk.says("陈桥甲", "居民说东西坏了")
    assert "已代录" in talk.says("陈桥甲", "1")
    assert rows(talk)[0] == before[0] + 1


def test_residents_and_members_do_not_talk_about_staffs_work(talk: Talk) -> None:
    for who in ("王阿姨", "党员一"):
        for words in ("情况", "还有几单没派", "哪个社区办得慢", "张敏手上有几单"):
            said = talk.says(who, words)
            assert not any(shown in said for shown in ("全街道", "待派 ", "不按人统计"))
