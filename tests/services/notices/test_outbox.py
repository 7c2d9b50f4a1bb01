"""What a letter says: the whole sentence in a chat, and on a card a line that says what to do next."""

import re
from pathlib import Path

from bot.orders.lifecycle import State
from bot.services.notices import outbox
from bot.services.office import Office
from tests.rosters import import_roster
from tests.services.cast import CAST, CODE, enter, told_of
from tests.services.orders.test_acting import Scene
from tests.talk import NOON, Talk, openid


def test_an_invitation_on_a_card_asks_for_an_answer_and_shows_no_contact(office: Office) -> None:
    with office.db.transaction() as tx:
        Scene(office, tx, State.SUBMITTED).act(office, tx, "invite", note=None)
    (letter,) = [found for found in outbox.exchange(office, [], 10, NOON) if found.row.event == "invite_invitee"]
    assert "接单" in letter.text
    assert "13900001234" not in letter.text + "".join(letter.facts.values())
    assert letter.facts["body"] == office.texts.say("brief.invite_invitee")


def test_a_card_says_first_what_to_do_and_then_somebodys_own_words(office: Office) -> None:
    with office.db.transaction() as tx:
        Scene(office, tx, State.ACCEPTED).act(office, tx, "finish")
    (letter,) = [found for found in outbox.exchange(office, [], 10, NOON) if found.row.event == "finish_resident"]
    assert letter.facts["body"] == office.texts.say("brief.finish_resident") + "：说明"
    assert "满意" in letter.text


def test_a_question_on_a_card_shows_what_is_asked(office: Office) -> None:
    with office.db.transaction() as tx:
        Scene(office, tx, State.SUBMITTED).act(office, tx, "ask", note="几号楼？")
    (letter,) = [found for found in outbox.exchange(office, [], 10, NOON) if found.row.event == "ask_resident"]
    assert letter.facts["body"] == "想问您：几号楼？"


def test_who_has_not_promised_to_come_reads_no_door(office: Office) -> None:
    with office.db.transaction() as tx:
        Scene(office, tx, State.SUBMITTED).act(office, tx, "invite", note=None)
    (letter,) = [found for found in outbox.exchange(office, [], 10, NOON) if found.row.event == "invite_invitee"]
    assert "灯泡坏了" in letter.text
    for part in ("3号楼", "2单元", "501"):
        assert part not in re.sub(r"\d{7}", "", letter.text + letter.facts["what"])  # the number may hold any digits


def test_a_call_for_helpers_is_not_told_once_somebody_has_the_order(talk: Talk, tmp_path: Path) -> None:
    members = "党员,甲一,13800000301,陈桥社区,网格01,,水电\n党员,甲二,13800000302,陈桥社区,网格01,,\n"
    file = tmp_path / "members.csv"
    file.write_text(CAST.splitlines()[0] + "\n" + members, "utf-8")
    import_roster(talk.office, file, talk.now)
    talk.bind("甲一", "13800000301")
    placed = CODE.search(talk.says("李大爷", "金色春天3号楼501厨房灯泡坏了，想请人换一下，电话13900001234"))
    assert placed is not None
    talk.says("陈桥甲", f"公开 {placed[1]}")
    assert set(told_of(talk.office, "publish_members")) == {"甲一", "甲二"}
    talk.says("甲一", f"接单 {placed[1]}")
    assert placed[1] not in talk.bind("甲二", "13800000302")
    assert [
        letter for letter in outbox.exchange(talk.office, [], 50, talk.now) if letter.row.event == "publish_members"
    ] == []


def test_an_invitation_is_not_told_once_somebody_else_is_invited(talk: Talk, tmp_path: Path) -> None:
    members = "党员,甲一,13800000301,陈桥社区,网格01,,水电\n党员,甲二,13800000302,陈桥社区,网格01,,\n"
    file = tmp_path / "members.csv"
    file.write_text(CAST.splitlines()[0] + "\n" + members, "utf-8")
    import_roster(talk.office, file, talk.now)
    talk.bind("甲一", "13800000301")
    talk.bind("甲二", "13800000302")
    placed = CODE.search(talk.says("李大爷", "金色春天3号楼501厨房灯泡坏了，想请人换一下，电话13900001234"))
    assert placed is not None
    talk.says("陈桥甲", f"派单 {placed[1]} 甲一")
    talk.says("陈桥甲", f"派单 {placed[1]} 甲二")
    sent = [one for one in outbox.exchange(talk.office, [], 50, talk.now) if one.row.event == "invite_invitee"]
    assert [(one.facts["code"], one.openid) for one in sent] == [(placed[1], openid("甲二"))]


def letters_of(talk: Talk, event: str) -> list[bool]:
    """Of each notice of this event that is due: whether it counts as withdrawn."""
    found = outbox.exchange(talk.office, [], 50, talk.now)
    return [letter.is_withdrawn for letter in found if letter.row.event == event]


def test_what_is_said_of_an_order_after_it_was_withdrawn_is_told(office: Office, tmp_path: Path) -> None:
    talk = enter(office, tmp_path)
    code = _placed(talk)
    talk.says("李大爷", f"撤回 {code}")
    talk.wait(minutes=1)
    talk.says("李大爷", f"补充 {code} 撤了以后又坏了，请来看看")
    assert letters_of(talk, "append_staff") == [False, False]


def test_what_was_said_before_it_was_withdrawn_is_not_told_any_more(office: Office, tmp_path: Path) -> None:
    talk = enter(office, tmp_path)
    code = _placed(talk)
    talk.wait(minutes=1)
    talk.says("李大爷", f"撤回 {code}")
    assert letters_of(talk, "place_staff") == [True, True]


def _placed(talk: Talk) -> str:
    found = CODE.search(talk.says("李大爷", "金色春天3号楼501灯泡坏了，想请人换一下，电话13900001234"))
    assert found is not None
    return found[1]
