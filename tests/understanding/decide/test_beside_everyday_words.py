"""Sentences of the fourth round of conversations: dangers that were voted down, everyday words that alarmed, and their like."""

import pytest

from bot.understanding import Reader


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("我家孩子发烧40度抽了 金色春天3号楼1单元101", "medical"), ("孩子烧到40度抽了", "medical"), ("我一个人在家好怕有人撬门", "crime"),
        ("电线掉下来了搭在路上有人差点踩到 花都路", "electric"), ("电线掉下来有人差点踩到", "electric"), ("电线断了拖在地上 小孩差点绊倒", "electric"),
        ("煤气漏了差点出事", "gas"), ("转给警察两万块了，怎么办", "fraud"), ("他说是公安的让我转给安全账户五万", "fraud"), ("120打不通，我爸晕倒了", "medical"),
        ("我不想活了", "suicide"), ("我真想跳楼", "suicide"),
    ],
)  # fmt: skip
def test_a_danger_alarms_whatever_stands_beside_it(reader: Reader, text: str, kind: str) -> None:
    meant = reader.understand(text)
    assert (meant.urgency, meant.danger) == ("U0", kind)


@pytest.mark.parametrize(
    "text",
    [
        "转给公安", "这个不归我们管，转给公安", "转交派出所处理", "我不住502了 你到小区门口找我", "我不住了", "我不住那儿了", "赶不上了，要送孩子",
        "昨天电梯困人了，今天修好没有", "楼下小饭店把煤气罐放在楼道里很危险", "奶奶血糖仪坏了，她有糖尿病，今天没法测", "帮我去银行取五百块钱，卡和密码我给他",
        "广场舞吵死了，我真想跳楼", "听说保安打人被开除", "邻居家着火了已经扑灭了", "💡坏了",
    ],
)  # fmt: skip
def test_everyday_words_do_not(reader: Reader, text: str) -> None:
    assert reader.understand(text).urgency != "U0"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("我家灯不亮了 金色春天5号楼1单元307", "0102"), ("停水什么时候来", "0401"), ("家里灯不亮了", "0102"), ("我家猫卡在树上", "0704"), ("门锁坏了 金色春天5号楼1单元307", "0102"),
        ("楼上漏水 金色春天5号楼1单元307", "0301"), ("307漏水了", "0301"), ("路灯不亮了 陈桥社区5号楼", "0603"),
    ],
)  # fmt: skip
def test_an_address_behind_the_matter_is_none(reader: Reader, text: str, code: str) -> None:
    assert reader.understand(text).category == code


@pytest.mark.parametrize(
    "text",
    ["请问怎么举报干部，打什么电话", "投诉社区工作人员打什么电话", "你们纪检电话多少", "昨天的廉政宣传片真好看，贪官都该抓", "这个不是举报，转给陈桥社区"],
)  # fmt: skip
def test_a_question_about_reports_is_none(reader: Reader, text: str) -> None:
    meant = reader.understand(text)
    assert meant.lane != "restricted"
    assert not meant.sensitive


@pytest.mark.parametrize(
    "text", ["怎么举报书记收红包，打什么电话", "举报村干部贪污", "我要举报陈桥社区主任收钱", "投诉社区工作人员态度恶劣", "纪检的人收了红包，电话打不通"]
)  # fmt: skip
def test_a_report_stays_one(reader: Reader, text: str) -> None:
    assert reader.understand(text).lane == "restricted"


@pytest.mark.parametrize(
    ("text", "kind", "role"),
    [
        ("老人突然晕倒了", "medical", "bystander"), ("他晕倒了快来", "medical", "bystander"), ("我晕倒了快来", "medical", "self"), ("我妈突然晕倒了", "medical", "relative"),
        ("小孩卡住喉咙了脸都紫了", "choking", "relative"), ("孩子被果冻噎住了", "choking", "relative"), ("爷爷吃汤圆卡住了", "choking", "relative"),
        ("电梯卡在5楼了我和我妈在里面", "lift", "self"), ("我妈卡在电梯里了", "lift", "relative"), ("我被锁在卫生间出不来了", "locked_in", "self"),
        ("老公把我锁在卫生间不让出来", "violence", "self"), ("外面有人撬锁我一个人在家好怕", "crime", "self"),
    ],
)  # fmt: skip
def test_who_speaks_and_of_which_case(reader: Reader, text: str, kind: str, role: str) -> None:
    meant = reader.understand(text)
    assert (meant.danger, meant.danger_role) == (kind, role)


@pytest.mark.parametrize(
    "text",
    [
        "打我女儿13900003337",
        "手机停机了，打我女儿13900003337",
        "打我座机3012345",
        "打不通就打我",
        "打不通就打我13900007780",
        "打不通就打我女儿13900007780",
        "打不通再打我",
        "打不通就打我，怕听不见",
        "打不通就打给我",
        "打不通请打我爱人手机",
        "家里灯坏了，打不通就打我",
        "手机停机了，打不通就打我",
        "我女儿电话打不通就打我",
        "到了打我",
        "到了打我电话",
        "师傅到了打我电话",
        "师傅到了打我13900001234",
        "师傅到了给我打电话",
        "有事就打我",
        "有事打我电话",
    ],
)
def test_to_call_somebody_is_no_blow(reader: Reader, text: str) -> None:
    assert reader.tells_of_wrong(text, of_order=True) is None
    assert reader.understand(text).urgency == "U3"


@pytest.mark.parametrize("text", ["他上来就打我", "打了我妈", "打我一巴掌", "他打我女儿"])
def test_a_blow_stays_one(reader: Reader, text: str) -> None:
    assert reader.tells_of_wrong(text, of_order=True) is not None


@pytest.mark.parametrize(
    "text",
    [
        "师傅到了打我一巴掌", "维修师傅到了打我", "网格员到了打我一巴掌", "社区干部有事打我一顿", "师傅打不通就打我", "师傅到了就打我", "书记有事就打我老婆",
        "志愿者到了打我妈一巴掌", "听说主任打人被开除了", "听说社区主任打人被开除", "听说网格员打人被辞退", "听说民警打人被开除了", "听说城管打人被抓", "听说志愿者打人被辞退了",
    ],
)  # fmt: skip
def test_a_blow_by_somebody_who_serves_is_sealed(reader: Reader, text: str) -> None:
    meant = reader.understand(text)
    assert meant.lane == "restricted"
    assert meant.sensitive


@pytest.mark.parametrize(
    "text",
    [
        "打不通就打我一顿",
        "只要打不通就打我",
        "婆婆电话打不通就打我",
        "打不通就打我，我怕",
        "打不通就打我，浑身是伤",
        "打不通就打我 我怕",
        "那个修鞋的到了打我",
        "他有事就打我",
        "到了打我一巴掌",
    ],
)
def test_a_blow_where_a_call_might_stand_is_one(reader: Reader, text: str) -> None:
    assert reader.tells_of_wrong(text, of_order=True) is not None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("我烦死了，想跳楼", "suicide"), ("被他烦死了我想跳楼", "suicide"), ("吵死了我真的想跳楼", "suicide"), ("我家老人说臭死了想跳楼", "suicide"), ("公婆烦死了，我要跳楼", "suicide"),
        ("我累死了想死", "suicide"), ("她一打不通就打我", "violence"), ("老公说电话打不通就打我", "violence"), ("他说打不通就打我，我不敢不接", "violence"), ("老公说，打不通就打我", "violence"),
        ("他喝多了，打不通就打我", "violence"), ("婆婆电话打不通就打我", "violence"), ("只要打不通就打我", "violence"), ("他打不通就打孩子", "child"), ("打不通就打孩子", "child"),
        ("插座冒油烟味", "fire"), ("开关冒油烟味", "fire"), ("插座冒烟味", "fire"), ("开关也冒烟味", "fire"), ("电表箱冒油烟味", "fire"), ("插座里有股烟味", "fire"), ("插排冒烟味", "fire"),
    ],
)  # fmt: skip
def test_a_danger_alarms_in_words_of_every_day(reader: Reader, text: str, kind: str) -> None:
    meant = reader.understand(text)
    assert (meant.urgency, meant.danger) == ("U0", kind)


@pytest.mark.parametrize(
    "text",
    [
        "楼下噪音吵死了我想跳楼", "味道臭死了，真想跳楼", "烦死了", "累死了，想睡觉", "厨房冒油烟味", "楼下饭店冒油烟味", "一股油烟味", "隔壁一股烟味", "家里有股烟味",
        "开关旁边饭店的油烟味好大", "油烟机开关旁有股油烟味", "空调吹出来一股油烟味", "听说保安打人被开除",
    ],
)  # fmt: skip
def test_a_mere_smell_or_complaint_does_not(reader: Reader, text: str) -> None:
    assert reader.understand(text).urgency != "U0"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("邻居触电了", "electric"), ("楼下师傅触电了", "electric"), ("门口有人触电了", "electric"), ("俺家老头子厥过去了", "medical"), ("奶奶背过气去了", "medical"),
        ("俺娘背过气去咧", "medical"), ("我爷爷一口气没上来", "medical"), ("楼上一直传来求救敲管子的声音", "trapped"), ("有人在敲暖气管求救", "trapped"),
        ("地下室有人呼救", "trapped"), ("隔壁好像在搞传销关着人", "crime"), ("传销窝点关了人不让走", "crime"), ("邻居家婴儿哭了一天没人管", "child"),
        ("隔壁小孩一个人在家哭了一整天没人管", "child"), ("厨房轰的一声", "fire"), ("药停了五天了血压两百", "medical"), ("我妈高压到210了，药断了好几天", "medical"),
        ("老人胰岛素用完了两天没打了", "medical"), ("透析三天没做了", "medical"), ("救护车来了，可是电梯坏了抬不下来", "medical"),
        ("我先走一步了，孩子拜托你们", "suicide"), ("我先走一步，别找我", "suicide"), ("刚在看手机，楼下有人跳楼", "suicide"), ("看电视的时候我爸昏过去了", "medical"),
        ("电视里放着节目，突然冒烟了", "fire"), ("我爸没气了", "medical"), ("救命！厨房着火了", "fire"), ("救命，我爸倒在厨房了", "medical"),
        ("我家门锁坏了，锁在家里出不来，我们三个人", "locked_in"), ("我老公把我锁在家里出不来", "violence"), ("她从三楼掉下来了", "medical"),
        ("她要从三楼跳下来", "suicide"), ("老人挂在空调架上了", "trapped"), ("对面楼六楼有个小孩爬到窗户外面了", "trapped"), ("我喝了百草枯", "medical"),
    ],
)  # fmt: skip
def test_a_danger_alarms_in_few_or_other_words(reader: Reader, text: str, kind: str) -> None:
    meant = reader.understand(text)
    assert (meant.urgency, meant.danger) == ("U0", kind)


@pytest.mark.parametrize(
    "text", ["救命！", "救命啊！", "救救我", "救救我家孩子", "求求你们救救我妈", "救命，电梯不动了", "救命我被锁在家里"]
)
def test_a_cry_alarms(reader: Reader, text: str) -> None:
    assert reader.understand(text).urgency == "U0"


@pytest.mark.parametrize(
    "text",
    [
        "救命！我家厨房全是蟑螂", "救命啊我家wifi又断了", "求求你们救救我家的树", "救命，停车位又被占了", "救命啊，楼上又在蹦迪", "救命！快递柜打不开了", "救命啊水龙头关不上",
        "孩子放学了我先走，晚上再来", "老伴叫我，我先走一步", "我先走了哈", "弄好了，我先走一步", "单位叫我，先走一步", "我家打火机没气了", "车胎没气了",
        "昨晚看电视剧，里面的人跳楼了，吓死我了", "刚看了个短视频，有人从桥上跳下去", "手机上看到有人跳桥", "刷抖音看到有人落水", "追剧追到半夜，男主被车撞了", "救护车来了", "120来了，谢谢",
        "昨天邻居触电的事处理好了吗", "小区里有人搞传销发传单", "楼上传来敲管子的声音吵死了", "邻居家婴儿晚上哭得厉害影响休息", "胰岛素快用完了，帮忙买一下", "血压两百该吃什么药",
        "给独居老人装个一键求救", "笑得背过气去了", "打我女儿电话13900001234", "楼上半夜砰的一声，吵死了",
    ],
)  # fmt: skip
def test_everyday_words_that_sound_so_do_not(reader: Reader, text: str) -> None:
    assert reader.understand(text).urgency != "U0"


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("阿婆跌倒喽头上淌血", "relative"), ("俺爹晕死过去了", "relative"), ("老头子倒在地上", "relative"), ("阿公叫不醒", "relative"), ("我那口子叫不醒了", "relative"),
        ("当家的昏过去了", "relative"), ("我晕倒了", "self"), ("头晕得厉害快不行了", "self"), ("我捡到一个小孩，不知道家在哪", "bystander"), ("我在路上看到个走丢的老人", "bystander"),
        ("我迷路了找不到家", "self"), ("放学两个小时了孩子还没到家电话手表关机", "relative"), ("同学天天堵着我要钱，不给就打", "self"), ("她老公又动手了", "bystander"),
        ("我老公又动手了", "self"), ("老人挂在空调架上了", "bystander"),
    ],
)  # fmt: skip
def test_who_speaks_in_words_of_the_village(reader: Reader, text: str, role: str) -> None:
    meant = reader.understand(text)
    assert (meant.urgency, meant.danger_role) == ("U0", role)
