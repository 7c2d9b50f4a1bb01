"""A report without the word for it, in messages and in every text beside an order; what only sounds like one passes."""

from pathlib import Path

import pytest

from bot.services.office import Office
from tests.databases import SQLITE
from tests.services import cast, everywhere
from tests.services.cast import CODE, told_of
from tests.services.restricted.test_typed_text import BULB, nobody_else_learns_it, state_of
from tests.talk import Talk

pytestmark = SQLITE  # what is tested is how words are read

MARK = "鹅卵石"
REPORTS = [
    "书记威胁我说再告就停我低保", "陈桥社区，张敏让她老公冒充志愿者领补贴", "陈桥社区 张敏推了我一把", "主任发黄色短信给我", "刘洋把安置房指标卖了", "网格员让我交五十块才给登记",
    "社区医生收回扣", "城管收了摊贩的保护费", "志愿者老要单独跟我女儿在一起", "志愿者翻我抽屉", "志愿者来了以后我家存折不见了", "王强借了我两万块不还", "张敏把我的事到处说",
    "书记上班时间打麻将", "慰问金到我手上少了两百", "因为我投诉过，现在什么都不给我办", "他帮我洗澡的时候弄得我很不舒服", "选举的时候挨家送油拉票", "不让我上访，派人看着我",
    # neighbours of these
    "街道那个科长打了我爸一拳", "村支书把集体的车开回自家用", "居委会的大姐说不给钱就不给开证明", "义工趁我妈不注意把金镯子拿走了", "师傅进门就往我身上贴", "社工约我晚上去宾馆",
    "干部子女全进了公益岗", "民警吓唬我不许再去上访", "楼长把我家信息卖给贷款公司", "社区大厅的人上班斗地主", "志愿者关上门跟我孙女待了一个钟头", "发的大米被网格员自己留下一半",
    "孙敏把我推下台阶", "领导晚上叫女社工去他房间", "办低保要先请书记吃饭", "窗口那个男的冲我吐口水", "书 记 收 了 我 的 钱", "書記收了我兩條煙",
]  # fmt: skip
REASONS = [
    "张敏收了我两条中华才派人", "修灯的师傅趁我不注意抱我", "张敏说给两百块钱才派人来", "办个证明要我五百块", "揍我", "王强上门的时候对我毛手毛脚", "完事了他还问我要两百块红包",
    "他进门就抱我", "她拿走了我妈的金耳环", "塞给他一包烟才肯修", "张口就要三百", "师傅一直往我身上靠", "他骂我是狗还打我", "刘洋叫我转五百给他",
]  # fmt: skip
PREYED_ON = [
    "有人拿糖骗小孩去家里", "这女的是拐来的", "她被卖到这里来的", "老太太尿床被儿媳骂，几天不给换", "老人被儿女扔在家里没人管，几天没吃饭", "孩子没爹没妈一个人在家三天了", "让未成年人去KTV上班",
    "有个男的拿玩具哄小孩上车", "陌生人给孩子糖要带他走", "隔壁老人被儿子锁屋里饿了三天", "小保姆用开水烫老人", "爷爷摸孙女下身", "楼下那女的说她是被人贩子卖来的",
]  # fmt: skip
ORDINARY = [
    "刘书记来慰问我们，送了米和油", "志愿者小王帮我修好了，真是太感谢了", "张敏说让我找你们", "主任，今天几点开会", "社区的人一直没来", "他打我电话好几次没接到", "老人要塞红包，我没收",
    "志愿者帮我拿了两箱牛奶上楼", "志愿者抱着孩子下楼，辛苦了", "志愿者陪孩子玩了一下午", "师傅把旧灯管收走了", "师傅帮忙把门修好了，一分钱没收", "师傅说零件要五十块，让我自己买",
    "社区组织收旧衣服", "网格员小李每周都来看我妈，真好", "民警帮我找回了老人", "高龄补贴发到哪张卡", "低保评议结果什么时候公示", "孩子没人管，想报托管班", "独居老人没人管，社区能不能上门看看",
    "老人没人照顾，想申请养老院", "公车站牌倒了", "党费交到哪里", "想给老人买个防褥疮床垫", "王强修好了，很专业", "表扬刘洋拾金不昧", "孩子把自己的钥匙锁在屋里了，现在在门口等",
    "他家的狗咬了我的鞋", "人家没收我的烟", "师傅带了徒弟来，两个人一起修", "小朋友想和志愿者一起种树", "楼上小孩跑来跑去",
]  # fmt: skip


@pytest.mark.parametrize("words", [*REPORTS, *PREYED_ON])
def test_whoever_does_what_in_a_message_is_a_matter_of_the_box(talk: Talk, words: str) -> None:
    talk.says("王阿姨", f"{words}，{MARK}")
    nobody_else_learns_it(talk)


@pytest.mark.parametrize("words", [*REPORTS, *REASONS, *PREYED_ON])
def test_a_reason_that_says_so_reopens_the_order_and_stands_nowhere(talk: Talk, words: str) -> None:
    code = CODE.findall(talk.says("王阿姨", BULB))[0]
    talk.says("陈桥甲", f"派单 {code} 我")
    talk.says("陈桥甲", f"完成 {code} 换好了")
    said = talk.says("王阿姨", f"不满意 {code} {words}，{MARK}")
    assert state_of(talk, code) == "submitted"
    assert len(set(CODE.findall(said)) - {code}) == 1
    nobody_else_learns_it(talk)


@pytest.mark.parametrize(
    "command", ["补充 {code} {words}", "退单 {code} {words}", "完成 {code} {words}", "评价 {code} 1 {words}"]
)
@pytest.mark.parametrize("words", [*REASONS[:4], REPORTS[0], PREYED_ON[0]])
def test_every_text_beside_an_order_loses_them(talk: Talk, command: str, words: str) -> None:
    code = CODE.findall(talk.says("王阿姨", BULB))[0]
    talk.says("陈桥甲", f"派单 {code} 我")
    if command.startswith("评价"):
        talk.says("陈桥甲", f"完成 {code} 换好了")
    who = "王阿姨" if command.startswith(("补充", "评价")) else "陈桥甲"
    talk.says(who, command.format(code=code, words=f"{words}，{MARK}"))
    nobody_else_learns_it(talk)


@pytest.mark.parametrize("words", ORDINARY)
def test_what_only_sounds_like_it_needs_no_box(office: Office, words: str) -> None:
    read = office.understand(words)
    assert not office.reader.accusations.accuses(words, of_order=True)
    assert not office.reader.accusations.preys(words)
    assert read.danger is None


def test_a_helper_who_may_be_meant_by_he_does_not_see_it_though_of_the_discipline_staff(
    office: Office, tmp_path: Path
) -> None:
    talk = cast.enter(office, tmp_path, "纪检干部,纪检乙,13800000107,,,,\n社区工作者,纪检乙,13800000107,陈桥社区,,,\n")
    code = CODE.findall(talk.says("王阿姨", BULB))[0]
    talk.says("纪检乙", f"派单 {code} 我")
    talk.says("纪检乙", f"完成 {code} 换好了")
    talk.says("王阿姨", f"不满意 {code} 他收了我两百块，{MARK}")
    assert MARK not in everywhere.heard(talk, "纪检乙")
    assert MARK in everywhere.heard(talk, "纪检甲")
    assert "纪检乙" not in told_of(office, "place_restricted")
