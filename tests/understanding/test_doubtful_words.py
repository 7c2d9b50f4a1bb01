"""Words that may be a danger or an everyday thing: which of them it is, how urgent, and who may read it."""

import pytest

from bot.understanding import Reader


@pytest.mark.parametrize(
    "text",
    ["我在卫生间躲着", "我躲在厕所里，他在外面砸门", "我藏在卫生间", "在厕所躲着", "我在厕所躲着，不敢出去", "我躲卫生间里了", "我躲在衣柜里", "我们躲在房间里"],
)  # fmt: skip
def test_who_hides_hides_from_somebody(reader: Reader, text: str) -> None:
    read = reader.understand(text)
    assert (read.urgency, read.danger, read.danger_role) == ("U0", "violence", "self")


@pytest.mark.parametrize("text", ["我把自己锁在卫生间了，不想活了", "我在卫生间割腕了", "我躲在卫生间吃了一瓶安眠药"])
def test_who_hides_to_die_is_heard(reader: Reader, text: str) -> None:
    assert reader.understand(text).danger == "suicide"


@pytest.mark.parametrize(
    "text", ["猫在卫生间躲着不出来", "我家狗躲在床底下不吃东西", "我躲在卫生间抽烟", "孩子躲在卫生间不肯洗澡"]
)
def test_an_animal_that_hides_alarms_nobody(reader: Reader, text: str) -> None:
    assert reader.understand(text).urgency != "U0"


@pytest.mark.parametrize(
    "text",
    ["楼上吵死了我想跳楼", "楼上天天吵，我都想跳楼了", "楼上装修吵死了真想跳楼", "吵得我都要跳楼了", "楼上漏水漏得我想跳楼", "隔壁狗叫得我想上吊", "广场舞吵死了，我真想跳楼", "闹得我恨不得跳楼", "烦得我想跳楼"],
)  # fmt: skip
def test_wishing_to_jump_is_never_ordinary(reader: Reader, text: str) -> None:
    assert reader.understand(text).urgency <= "U1"


@pytest.mark.parametrize(
    "text",
    [
        "物业费贵得想跳楼",
        "这个物业费涨得我想跳楼",
        "商场搞跳楼价，喇叭太吵",
        "他开玩笑说要跳楼，大家都笑了",
        "想学跳楼梯操",
    ],
)
def test_prices_and_jokes_are(reader: Reader, text: str) -> None:
    assert reader.understand(text).urgency == "U3"


@pytest.mark.parametrize(
    "text",
    [
        "降压药快吃完了",
        "我妈的降压药快没了",
        "老人说他的降压药快吃完了",
        "降糖药只剩两天的了",
        "药快用完了，帮我去医院开一点",
    ],
)
def test_medicine_that_will_be_used_up_is_bound_to_a_time(reader: Reader, text: str) -> None:
    read = reader.understand(text)
    assert (read.urgency, read.category) == ("U2", "0104")


@pytest.mark.parametrize(
    "text",
    [
        "降压药吃完了",
        "降压药断了三天了",
        "老人没药吃了",
        "胰岛素快用完了",
        "胰岛素用完了",
        "氧气快用完了",
        "家里米吃完了",
    ],
)
def test_medicine_that_is_used_up_or_that_life_hangs_on_is_urgent(reader: Reader, text: str) -> None:
    assert reader.understand(text).urgency == "U1"


@pytest.mark.parametrize(
    "text",
    ["热水器轰的一声点着了", "热水器轰的一声点着了 金色春天3号楼101", "热水器点火轰一声才着", "燃气热水器点火的时候嘭的一声然后就好了", "燃气灶轰的一下才点着，要不要修", "热水器点火砰砰响"],
)  # fmt: skip
def test_a_burner_that_lights_with_a_bang_is_to_be_repaired(reader: Reader, text: str) -> None:
    read = reader.understand(text)
    assert (read.urgency, read.soon, read.category) == ("U1", "appliance", "0403")


@pytest.mark.parametrize(
    "text", ["热水器轰的一声炸了", "热水器轰的一声着火了", "煤气灶轰的一声点着了，把眉毛烧了", "热水器轰的一声，有煤气味", "厨房轰的一声", "热水器轰的一声"]
)  # fmt: skip
def test_a_bang_alone_or_with_harm_is_a_danger(reader: Reader, text: str) -> None:
    assert reader.understand(text).urgency == "U0"


@pytest.mark.parametrize(
    "text",
    ["老人被锁在屋里", "老人被反锁在屋里了，钥匙丢了", "我奶奶一个人被锁在家里", "爷爷被锁在里面出不来，锅还烧着", "我妈自己锁在屋里打不开门", "老太太被锁在楼道里了", "老人被锁在屋里发病了", "门锁坏了，老人出不来"],
)  # fmt: skip
def test_who_is_locked_in_by_nobody_is_no_secret(reader: Reader, text: str) -> None:
    read = reader.understand(text)
    assert (read.urgency, read.lane) == ("U0", "emergency")
    assert reader.tells_of_wrong(text) is None


@pytest.mark.parametrize(
    "text",
    ["隔壁老人被锁在屋里好几天了", "老人被儿子锁在屋里不给饭吃", "儿媳把老人锁在屋里", "老太太被锁在家里天天哭", "媳妇被锁在屋里", "女人被铁链锁在屋里", "老人被拴在床上"],
)  # fmt: skip
def test_who_is_kept_locked_in_is(reader: Reader, text: str) -> None:
    assert reader.understand(text).lane == "restricted"
    assert reader.tells_of_wrong(text) is not None


@pytest.mark.parametrize(
    "text", ["关爱老人活动什么时候办", "关心老人的志愿者", "大门锁换了老人打不开", "门锁坏了老人自己修好了"]
)
def test_words_with_lock_or_care_beside_the_old_accuse_nobody(reader: Reader, text: str) -> None:
    assert reader.tells_of_wrong(text) is None


@pytest.mark.parametrize(
    "text",
    ["有人在小区放火烧纸", "楼下有人放火烧垃圾", "清明放火烧纸钱没人管", "在阳台放火盆烧纸", "清明有人在楼下烧纸钱"],
)
def test_burning_paper_is_a_nuisance(reader: Reader, text: str) -> None:
    read = reader.understand(text)
    assert (read.urgency, read.lane) == ("U3", "matter")


@pytest.mark.parametrize(
    "text", ["有人放火烧小区的车", "有人放火烧楼", "有人要放火烧我家", "有人在楼道放火", "放火烧纸把草点着了", "有人在小区烧纸钱，火很大", "有人放火"]
)  # fmt: skip
def test_laying_fire_is_a_danger(reader: Reader, text: str) -> None:
    assert reader.understand(text).urgency == "U0"


@pytest.mark.parametrize(
    "text",
    [
        "停水了",
        "停电了",
        "停气了",
        "家里没水了",
        "我家没电了",
        "怎么停水了",
        "突然停电了",
        "小区停电了什么时候来",
        "停电了怎么办",
    ],
)
def test_a_supply_that_is_cut_now_is_urgent(reader: Reader, text: str) -> None:
    read = reader.understand(text)
    assert (read.urgency, read.soon) == ("U1", "cut_off")


@pytest.mark.parametrize(
    "text",
    ["手机没电了", "电动车没电了", "燃气表没电了", "明天停水吗", "停水通知在哪看", "停电的时候电梯会不会困人", "我家又跳闸了，一开空调就没电", "欠费停电了", "老停电"],
)  # fmt: skip
def test_a_battery_a_notice_and_a_bill_are_not(reader: Reader, text: str) -> None:
    assert reader.understand(text).urgency == "U3"
