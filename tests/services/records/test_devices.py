"""A reissued bind code: the old device and an administrator hear of it, and past contacts wait for a confirmation."""

from pathlib import Path

import pytest
from sqlalchemy import select, update

from bot.errors import NotFound
from bot.services.notices import outbox
from bot.services.office import Office
from bot.services.roster import bind_codes
from bot.store.tables import audit, notices, persons
from tests.services import cast
from tests.services.cast import CODE
from tests.talk import Talk, openid

MORE = "街道管理员,办事处乙,13800000107,,,,\n党员,党员甲,13800000201,陈桥社区,网格01,,\n"
PHONE = "13900001111"


@pytest.fixture
def talk(office: Office, tmp_path: Path) -> Talk:
    return cast.enter(office, tmp_path, MORE)


def accepted(talk: Talk, helper: str) -> str:
    code: str = CODE.search(talk.says("王阿姨", f"请人帮我换灯泡，陈桥社区金色春天3号楼2单元501，电话{PHONE}"))[1]  # type: ignore[index]
    talk.says("陈桥甲", f"派单 {code} {helper}")
    if helper.startswith("党员"):
        talk.says(helper, f"接单 {code}")
    return code


def told(office: Office, event: str) -> dict[str | None, str]:
    """openid of each who is told, and the words."""
    query = select(persons.c.openid, notices.c.facts_sealed, notices.c.state).join(notices)
    with office.db.reading() as tx:
        rows = tx.all(query.where(notices.c.event == event))
        return {row.openid: office.texts.say(f"notice.{event}", **tx.open_facts(row.facts_sealed)) for row in rows}


@pytest.mark.parametrize("helper", ["党员甲", "陈桥乙"])
def test_past_contacts_are_hidden_from_the_new_device_until_it_is_confirmed(
    office: Office, talk: Talk, helper: str
) -> None:
    phone = {"党员甲": "13800000201", "陈桥乙": "13800000102"}[helper]
    accepted(talk, helper)
    assert PHONE in talk.says(helper, "我的单")
    assert "换了手机" not in talk.says(helper, "我的单")
    said = talk.says("新手机", f"绑定 {bind_codes.issue_code(office, phone, talk.now)}")
    assert "新手机" in said
    assert PHONE not in said
    shown = talk.says("新手机", "我的单")
    assert (PHONE in shown, "501" in shown, "等街道管理员确认" in shown) == (False, False, True)
    assert helper in talk.says("办事处甲", f"确认换机 {helper}")
    assert PHONE in talk.says("新手机", "我的单")
    with office.db.reading() as tx:
        acts = [row.act for row in tx.all(select(audit).order_by(audit.c.id))]
    assert acts.count("bind.moved") == acts.count("bind.confirmed") == 1


@pytest.mark.parametrize("confirmed", [True, False])
def test_danger_told_on_an_unconfirmed_device_is_at_no_place_of_an_order(
    office: Office, talk: Talk, confirmed: bool
) -> None:
    accepted(talk, "党员甲")
    talk.says("新手机", f"绑定 {bind_codes.issue_code(office, '13800000201', talk.now)}")
    if confirmed:
        talk.says("办事处甲", "确认换机 党员甲")
    said = talk.says("新手机", "老人家里着火了")
    assert "119" in said
    assert "确认后" not in said
    assert ("地点按您手上这一单报的" in said, "金色春天3号楼" in said) == (confirmed, confirmed)


def test_an_order_that_is_accepted_on_the_new_device_shows_its_contact(office: Office, talk: Talk) -> None:
    talk.says("新手机", f"绑定 {bind_codes.issue_code(office, '13800000201', talk.now)}")
    talk.wait(minutes=1)
    code = CODE.search(talk.says("李叔", f"请人帮我换灯泡，陈桥社区金色春天3号楼2单元501，电话{PHONE}"))[1]  # type: ignore[index]
    talk.says("陈桥甲", f"派单 {code} 党员甲")
    talk.says("新手机", f"接单 {code}")
    assert PHONE in talk.says("新手机", "我的单")


def test_the_old_device_and_the_other_administrators_are_told(office: Office, talk: Talk) -> None:
    talk.says("新手机", f"绑定 {bind_codes.issue_code(office, '13800000105', talk.now)}")
    former = told(office, "moved_former")
    assert list(former) == [openid("办事处甲")]
    assert "13800009999" in former[openid("办事处甲")]
    admins = told(office, "moved_admin")
    assert list(admins) == [openid("办事处乙")]
    assert "确认换机 办事处甲" in admins[openid("办事处乙")]


def test_the_first_binding_tells_nobody_and_hides_nothing(office: Office, talk: Talk) -> None:
    assert told(office, "moved_admin") == {}
    with office.db.reading() as tx:
        assert {row.moved_at for row in tx.all(select(persons))} == {None}


def test_nobody_confirms_a_device_of_their_own_nor_one_that_nobody_waits_for(office: Office, talk: Talk) -> None:
    talk.says("新手机", f"绑定 {bind_codes.issue_code(office, '13800000105', talk.now)}")
    assert "另一位" in talk.says("新手机", "确认换机 办事处甲")
    assert "没有等着" in talk.says("办事处乙", "确认换机 陈桥甲")
    assert "没有等着" in talk.says("办事处乙", "确认换机 无此人")
    talk.says("陈桥甲", "确认换机 办事处甲")
    with office.db.reading() as tx:
        assert tx.value(select(persons.c.moved_at).where(persons.c.name == "办事处甲")) is not None


def test_the_operator_vouches_where_no_other_administrator_can(office: Office, talk: Talk) -> None:
    talk.says("新手机", f"绑定 {bind_codes.issue_code(office, '13800000105', talk.now)}")
    bind_codes.confirm_device(office, "13800000105", talk.now)
    with office.db.reading() as tx:
        assert tx.value(select(persons.c.moved_at).where(persons.c.name == "办事处甲")) is None
        assert tx.all(select(audit.c.source).where(audit.c.act == "bind.confirmed")) == [("cli",)]
    with pytest.raises(NotFound):
        bind_codes.confirm_device(office, "13800000105", talk.now)


def test_what_waited_for_the_old_device_and_carries_contact_data_is_not_told_to_the_new_one(
    office: Office, talk: Talk
) -> None:
    accepted(talk, "陈桥乙")
    with office.db.transaction() as tx:
        helper = tx.value(select(persons.c.id).where(persons.c.name == "陈桥乙"))
        mine = (notices.c.person_id == helper, notices.c.event == "assign_handler")
        tx.run(update(notices).where(*mine).values(state="waiting"))
    said = talk.says("新手机", f"绑定 {bind_codes.issue_code(office, '13800000102', talk.now)}")
    assert PHONE not in said
    with office.db.reading() as tx:
        (row,) = tx.all(select(notices).where(*mine))
    assert (row.state, row.reason, row.facts_sealed) == ("failed", "withheld", None)


def test_further_words_of_an_older_order_bring_no_contact_to_the_new_device(office: Office, talk: Talk) -> None:
    code = accepted(talk, "党员甲")
    talk.says("新手机", f"绑定 {bind_codes.issue_code(office, '13800000201', talk.now)}")
    talk.says("王阿姨", f"补充 {code} 电话改成13900002222，3号楼1单元602")
    letters = outbox.exchange(office, [], 50, talk.now)
    shown = [letter.text.replace(code, "") for letter in letters if letter.openid == openid("新手机")]
    assert not [text for text in shown if "13900002222" in text or "602" in text]


def test_the_words_of_a_restricted_matter_wait_for_the_confirmation_too(office: Office, talk: Talk) -> None:
    code = CODE.search(talk.says("王阿姨", "我要举报兰天社区的干部收红包"))[1]  # type: ignore[index]
    talk.says("新手机", f"绑定 {bind_codes.issue_code(office, '13800000106', talk.now)}")
    assert "红包" not in talk.says("新手机", f"受限 {code}")
    talk.says("办事处甲", "确认换机 纪检甲")
    assert "红包" in talk.says("新手机", f"受限 {code}")
