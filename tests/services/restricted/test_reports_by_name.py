"""Reports that name somebody: sealed whole by every door, and the accused learn nothing; what only names somebody passes."""

from pathlib import Path

import pytest
from sqlalchemy import select

from bot.services.intake import Matter, take
from bot.services.office import Office
from bot.services.roster import bind_codes
from bot.store.tables import orders, sealed_matters
from tests.databases import SQLITE
from tests.services import cast, everywhere
from tests.services.cast import CODE, told_of
from tests.services.restricted.test_typed_text import BULB, nobody_else_learns_it
from tests.talk import Talk

pytestmark = SQLITE  # what is tested is how words are read

MARK = "鹅卵石"
PEOPLE = """社区工作者,王建国,13800000201,陈桥社区,,,
网格员,刘晓红,13800000202,陈桥社区,网格01,,
党员,孙志强,13800000203,陈桥社区,网格01,第一支部,
"""
ACCUSED = ("陈桥甲", "陈桥乙", "王建国", "刘晓红", "孙志强")
REPORTS = [
    # with a word for it
    "举报陈桥乙收黑钱", "我要举报王建国，他把小区绿地租出去停车收钱", "举报王建国违建，顶楼加盖", "举报刘晓红把垃圾清运费装自己口袋", "举报张伟收黑钱",
    "举报王建国收黑钱", "我要告王建国", "告发刘晓红", "投诉王建国不干活", "反映一下王建国，天天不上班", "检举刘晓红，低保名额全给了她家亲戚", "揭发你们社区的网格员刘晓红",
    "我要实名检举 陈桥甲 贪污", "举报姓王的收钱", "举报小刘收红包", "投诉老王乱收费", "举报李明偷电", "我要举报王建国他把小区绿地租出去停车收钱", "请查查王建国", "王建国的事我要举报他",
    # without one
    "王建国把维修资金拿去炒股", "王建国要我请他吃饭才肯盖章", "王建国收了我两千块", "刘晓红骂我是乡巴佬", "昨天刘晓红来我家，说不给五百就不登记", "都是王建国害的", "我被刘晓红骗了", "陈桥乙他们几个把慰问品分了",
    "社区王建国指使人砸我车", "王建国开着公家的车接送小孩", "孙志强偷了我家的电动车", "刘晓红拿我的身份证去贷款", "王建国在外面养女人", "王建国搞一言堂", "你们管管刘晓红吧",
    # dialect, typing errors, without marks, in other forms
    "那个王建国太不像话了", "王建国俺去找他三回他都往外撵", "王建国这货就是个吸血鬼", "俺们村王建国把五保户的钱吞了", "王健国收了我两千块", "忘建国收了我两千块", "王*国收钱", "wangjianguo收了我两千块",
    "王 建 国 吃 拿 卡 要", "晓红把发的米扛回家了",
]  # fmt: skip
ORDINARY = [
    "请王建国帮我修一下灯", "谢谢王建国", "谢谢王建国帮我修灯，一分钱没收", "王建国什么时候来", "王建国说下周修", "我叫王建国，家里灯坏了", "我是王建国，水管漏了，楼上太吵", "我和王建国约好周六上午",
    "楼上张伟家漏水", "投诉楼上张伟家半夜吵", "联系人王建国，电话13900001111", "我妈刘晓红腿不好，想请人陪诊", "独居老人王建国需要送餐", "表扬刘晓红，帮我追回了被骗的钱", "刘晓红态度很好",
    "昨天王建国来看过，说要换水管", "听刘晓红说有补贴，怎么申请", "把材料交给刘晓红了", "王建国书记好，我想问低保怎么办", "刘晓红你好，我家下水道堵了", "麻烦通知王建国一声", "举报高空抛物", "举报楼上养鸡",
    "投诉隔壁装修太吵，请王建国来看看", "王建国把灯修好了", "金色春天3号楼501 王建国 13900001234 灯坏了", "老党员孙志强生病住院了，想请人看望", "请转告王建国我明天不在家", "王建国家漏水了", "举报路灯不亮",
    "反映张桂芳老人没人照顾", "王建国打电话来过", "陈桥一号楼灯坏了", "要不要钱，王建国收费吗", "交给王建国就行", "王建国，家里灯坏了",
]  # fmt: skip
OF_STAFF = [
    "已派王建国处理", "王建国已联系物业", "刘晓红负责跟进", "王建国明天上午上门", "让刘晓红去看看", "由王建国负责", "王建国、刘晓红参加", "王建国今天请假，换刘晓红去", "王建国一起换好了", "已与刘晓红核实", "王建国师傅修得很好",
]  # fmt: skip


@pytest.fixture
def talk(office: Office, tmp_path: Path) -> Talk:
    return cast.enter(office, tmp_path, PEOPLE)


def nobody_accused_learns_it(talk: Talk) -> None:
    nobody_else_learns_it(talk)
    for who in ACCUSED:
        assert MARK not in everywhere.heard(talk, who), who


def lanes(talk: Talk) -> list[str]:
    with talk.office.db.reading() as tx:
        return [row.lane for row in tx.all(select(orders.c.lane).order_by(orders.c.id))]


def matters(talk: Talk) -> int:
    with talk.office.db.reading() as tx:
        return len(tx.all(select(sealed_matters.c.order_id)))


@pytest.mark.parametrize("words", REPORTS)
def test_a_message_that_accuses_somebody_by_name_is_one_matter_of_the_box(talk: Talk, words: str) -> None:
    said = talk.says("王阿姨", f"{words}，{MARK}")
    assert CODE.search(said)
    assert lanes(talk) == ["restricted"]
    nobody_accused_learns_it(talk)


@pytest.mark.parametrize("words", REPORTS)
def test_alone_it_is_one_too_and_in_speech(talk: Talk, words: str) -> None:
    assert CODE.search(talk.says("王阿姨", words))
    talk.wait(hours=3)
    assert CODE.search(talk.says("李大爷", words.replace("，", ""), kind="voice"))
    assert set(lanes(talk)) == {"restricted"}


@pytest.mark.parametrize("words", REPORTS[::4])
def test_added_to_an_order_it_is_a_matter_of_its_own(talk: Talk, words: str) -> None:
    code = CODE.findall(talk.says("王阿姨", BULB))[0]
    talk.says("陈桥甲", f"派单 {code} 我")
    talk.says("王阿姨", f"补充 {code} {words}，{MARK}")
    nobody_accused_learns_it(talk)


@pytest.mark.parametrize("words", REPORTS[1::4])
def test_another_system_hands_it_in_sealed(talk: Talk, words: str) -> None:
    take(
        talk.office,
        Matter(f"{words}，{MARK}", "陈桥社区", "3号楼", "周大娘", "13900004321", "E1", None, "hotline"),
        talk.now,
    )
    assert lanes(talk) == ["restricted"]
    nobody_accused_learns_it(talk)


@pytest.mark.parametrize("words", ORDINARY)
def test_what_only_names_somebody_needs_no_box(talk: Talk, words: str) -> None:
    talk.says("王阿姨", words)
    assert matters(talk) == 0


@pytest.mark.parametrize("words", OF_STAFF)
def test_what_staff_say_of_who_does_what_stands_where_it_is_said(talk: Talk, words: str) -> None:
    code = CODE.findall(talk.says("王阿姨", BULB))[0]
    talk.says("陈桥甲", f"派单 {code} 我")
    talk.says("陈桥甲", f"完成 {code} {words}")
    assert matters(talk) == 0
    assert any(words in each for _, each in everywhere.stored(talk.office, talk.office.db.vault))


def test_a_contact_of_that_name_needs_no_box(talk: Talk) -> None:
    take(
        talk.office, Matter("楼道灯不亮", "陈桥社区", "3号楼", "王建国", "13900004321", "E1", None, "hotline"), talk.now
    )
    assert (lanes(talk), matters(talk)) == (["matter"], 0)


HOME = "我住金色春天3号楼2单元501，电话13911112223"
GOES_ON = [
    "我举报陈桥甲吃拿卡要，把公共车位租给亲戚，每月收三百", "举报王建国乱收费，停车费一个月涨到三百，车位还租给外面的人", "王建国贪污维修资金，电梯坏了三个月不修", "我要投诉刘晓红，垃圾堆在楼下没人清运，还收我们的清运费",
    "举报陈桥乙，路灯坏了不修，把换灯的钱报销了", "实名举报王建国，绿地改成停车场收费，楼道堆杂物也不管", "陈桥社区书记收红包，低保申请办不下来，要送礼才给办", "检举刘晓红偷卖救灾物资，棉被大米都拉回家了，家里水管坏了求她三回都不来",
    "陈桥甲打人，把我家门锁砸坏了，还把水管踢漏了",
]  # fmt: skip


@pytest.mark.parametrize("words", GOES_ON)
@pytest.mark.parametrize("marks", ["，", "。", " "])
def test_what_goes_on_about_the_accused_is_never_split_off(talk: Talk, words: str, marks: str) -> None:
    talk.says("王阿姨", f"{words}，{MARK}，{HOME}".replace("，", marks))
    assert lanes(talk) == ["restricted"]
    nobody_accused_learns_it(talk)
    assert told_of(talk.office, "place_staff") == []


@pytest.mark.parametrize(
    "words", ["举报陈桥甲吃拿卡要。另外家里灯泡坏了想请人换一下", "家里灯泡坏了想请人换一下，另外举报陈桥甲吃拿卡要"]
)
def test_what_is_surely_another_matter_is_kept_from_the_same_people(talk: Talk, words: str) -> None:
    said = talk.says("王阿姨", f"{words}，{HOME}")
    with talk.office.db.reading() as tx:
        (other,) = [row.code for row in tx.all(select(orders)) if row.lane != "restricted"]
    assert other in said
    assert told_of(talk.office, "place_staff") == ["办事处甲"]
    for who in ("陈桥甲", "陈桥乙", "王建国"):
        assert "灯泡" not in everywhere.heard(talk, who), who
    assert other in talk.says("办事处甲", "待派")


def test_whoever_is_violent_is_not_offered_the_rest(talk: Talk) -> None:
    talk.says("王阿姨", "孙志强经常打我，他是我老公，家里门锁也坏了，想请人换一下，金色春天8号楼101")
    assert lanes(talk) == ["restricted"]
    assert "门锁" not in everywhere.heard(talk, "孙志强")


@pytest.mark.parametrize("command", ["答复", "不予受理", "解释办结", "未能办成"])
@pytest.mark.parametrize(
    "words", ["举报陈桥乙挪用党费", "王建国把维修资金拿去炒股", "有人举报社区书记收红包", "检举书记"]
)
def test_words_of_staff_that_go_into_the_box_stand_nowhere_else(talk: Talk, command: str, words: str) -> None:
    code = CODE.findall(talk.says("王阿姨", BULB))[0]
    talk.says("陈桥甲", f"派单 {code} 我")
    talk.says("陈桥甲", f"{command} {code} {words}，{MARK}")
    assert matters(talk) == 1
    nobody_else_learns_it(talk)
    assert MARK not in talk.says("王阿姨", f"进度 {code}")


@pytest.mark.parametrize("words", ["请向纪委举报", "您反映的事已转物业", "这类投诉请拨打12345", "建议到派出所报案"])
def test_where_staff_send_a_resident_stands_and_is_no_matter(talk: Talk, words: str) -> None:
    code = CODE.findall(talk.says("王阿姨", BULB))[0]
    talk.says("陈桥甲", f"派单 {code} 我")
    talk.says("陈桥甲", f"解释办结 {code} {words}")
    assert matters(talk) == 0
    assert words in talk.says("陈桥甲", f"进度 {code}")


def test_who_leaves_the_roster_is_nobody_of_it_from_then_on(talk: Talk) -> None:
    office = talk.office
    assert office.reader.accusations.names_somebody("王建国搞一言堂")
    before = office.reader
    assert office.reader is before  # what was read stays remembered
    bind_codes.leave(office, "13800000201", talk.now)
    assert office.reader is not before
    assert not office.reader.accusations.names_somebody("王建国搞一言堂")
