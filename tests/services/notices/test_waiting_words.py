"""What waited for somebody who meanwhile may not read it any more is not told: after leaving, giving back, sealing, another device."""

from pathlib import Path

import pytest
from sqlalchemy import select, update

from bot.services.office import Office
from bot.services.roster import bind_codes
from bot.store.tables import notices
from tests.services import cast
from tests.services.cast import CODE
from tests.talk import Talk

KEY = "钥匙在门口第三个花盆下"
PHONE = "13800000201"
MEMBER = f"党员,党员一,{PHONE},陈桥社区,网格01,,水电\n"


@pytest.fixture
def talk(office: Office, tmp_path: Path) -> Talk:
    return cast.enter(office, tmp_path, MEMBER)


def in_hand(talk: Talk) -> str:
    """党员一 has a wish in hand, and the resident has passed on where the key is."""
    found = CODE.search(talk.says("王阿姨", "陈桥社区金色春天3号楼501灯泡坏了想请人换一下，电话13900001234"))
    assert found
    code = found[1]
    talk.says("陈桥甲", f"派单 {code} 党员一")
    talk.says("党员一", f"接单 {code}")
    talk.says("王阿姨", f"转告 {code} {KEY}")
    return code


def put_off(office: Office, *, half: bool) -> None:
    """No channel took them, or one did that does not carry the words."""
    values = {"state": "sent", "taken": 1, "need": 2} if half else {"state": "waiting"}
    with office.db.transaction() as tx:
        tx.run(update(notices).where(notices.c.state == "pending").values(**values))


@pytest.mark.parametrize("half", [False, True])
def test_they_are_told_to_whoever_still_has_the_order(talk: Talk, half: bool) -> None:
    in_hand(talk)
    put_off(talk.office, half=half)
    assert KEY in talk.says("党员一", "帮助")


@pytest.mark.parametrize("half", [False, True])
def test_whoever_gave_the_order_back_reads_them_no_more(talk: Talk, half: bool) -> None:
    code = in_hand(talk)
    put_off(talk.office, half=half)
    assert KEY not in talk.says("党员一", f"退单 {code} 没空")
    assert KEY not in talk.says("党员一", "帮助")


@pytest.mark.parametrize("half", [False, True])
def test_whoever_left_the_roster_is_told_of_nothing_but_own_orders(talk: Talk, half: bool) -> None:
    in_hand(talk)
    own = CODE.search(talk.says("党员一", "陈桥社区金色春天5号楼楼道灯不亮，电话13900001235"))
    assert own
    talk.says("陈桥甲", f"答复 {own[1]} 明天来修")
    put_off(talk.office, half=half)
    bind_codes.leave(talk.office, PHONE, talk.now)
    said = talk.says("党员一", "帮助")
    assert KEY not in said
    assert "明天来修" in said


@pytest.mark.parametrize("half", [False, True])
def test_a_new_device_is_not_told_the_words_of_residents(talk: Talk, half: bool) -> None:
    in_hand(talk)
    put_off(talk.office, half=half)
    assert KEY not in talk.bind("陌生人", PHONE)
    assert KEY not in talk.says("陌生人", "帮助")


@pytest.mark.parametrize("half", [False, True])
def test_words_of_a_matter_that_was_sealed_meanwhile_are_told_to_nobody_else(talk: Talk, half: bool) -> None:
    found = CODE.search(talk.says("李大爷", "陈桥社区金色春天5号楼楼道有人堆杂物，电话13900001236"))
    assert found
    talk.says("李大爷", f"补充 {found[1]} 老板跟里面的人熟")
    put_off(talk.office, half=half)
    assert "受限" in talk.says("办事处甲", f"归类 {found[1]} 1604")
    assert "里面的人熟" not in talk.says("陈桥甲", "帮助")
    with talk.office.db.reading() as tx:
        left = select(notices.c.id).where(notices.c.event == "append_staff", notices.c.facts_sealed.is_not(None))
        assert tx.all(left) == []


def test_what_was_taken_back_is_told_to_whoever_had_it(talk: Talk) -> None:
    found = CODE.search(talk.says("李大爷", "陈桥社区金色春天5号楼楼道灯不亮，电话13900001236"))
    assert found
    talk.says("陈桥甲", f"派单 {found[1]} 陈桥乙")
    with talk.office.db.transaction() as tx:  # 陈桥乙 has heard of it
        tx.run(update(notices).where(notices.c.state == "pending").values(state="sent", taken=notices.c.need))
    talk.says("陈桥甲", "撤销")
    put_off(talk.office, half=False)
    assert f"单号 {found[1]}" in talk.says("陈桥乙", "帮助")
