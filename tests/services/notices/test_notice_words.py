"""Every kind of notice for everybody told: in its own words, about which order, and what can be answered."""

import re
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import select, update

from bot import texts
from bot.orders.lifecycle import ACTIONS, TELL, State
from bot.services.notices.words.facts import WITH_CONTACT, facts
from bot.services.notices.words.opening import opened
from bot.services.office import Office
from bot.store import orders
from bot.store.database import Tx
from bot.store.sending import notices as store
from bot.store.tables import notices
from bot.store.tables import orders as table
from config.settings import CONFIG_DIR
from tests.services.orders.test_acting import Scene
from tests.talk import NOON

PREPARED = (
    "relay_handler", "relay_resident", "relay_staff", "reschedule_resident", "reschedule_handler", "reschedule_invitee",
    "reschedule_staff", "no_show_handler", "no_show_staff",
)  # fmt: skip
EVENTS = tuple(
    [f"{action}_{kind}" for action in ACTIONS for kind in TELL[action] if action != "place"]
    + ["place_staff", "place_duty", "place_danger", "place_restricted", *PREPARED]
)
NOTE = "明天下午三点来，要找我打13700001111"
PHONE = re.compile(r"1[3-9]\d{9}")
# The last word in a matter, or a word of thanks: nobody has to answer.
SAYS_ALL = ("_former", "erase_staff", "withdraw_staff", "join_staff", "confirm_handler", "register_resident")
ANSWER = re.compile(r"回复|直接说|打电话|按预案")
EMPTY = re.compile(
    r"[：，（“、](?=[。，）”]|$)|：\n(?:还有|有疑问|直接|要回话|需要|可以|请按|愿意|看经过)|[{}]|None|（）|\n\n"
)


@pytest.fixture
def told(office: Office) -> Iterator[Any]:
    """Puts one kind of notice about an order into words."""
    with office.db.transaction() as tx:
        scene = Scene(office, tx, State.ACCEPTED)
        change(tx, scene.order.id, wanted_when="明天上午", petition_due_at=NOON, step_due_at=NOON.replace(hour=5))

        def word(event: str, note: str | None = NOTE, by: str = "党员一", **columns: Any) -> Any:
            if columns:
                change(tx, scene.order.id, **columns)
            order = orders.by_id(tx, scene.order.id)
            known = facts(office, tx, order, event, NOON, by, note)
            store.write(tx, [order.person_id], event, now=NOON, order_id=order.id, facts=known)
            return opened(office, tx, newest(tx))

        yield SimpleNamespace(word=word, code=scene.order.code, office=office)


def newest(tx: Tx) -> Any:
    """The notice that was written last, as a worker sees it."""
    query = select(*store.SEEN).select_from(store.JOINED).order_by(notices.c.id.desc())
    return tx.first(query.limit(1))


def change(tx: Tx, order_id: int, **columns: Any) -> None:
    tx.run(update(table).where(table.c.id == order_id).values(**columns))


def test_every_notice_says_what_happened_to_which_order_and_what_can_be_answered(told: Any) -> None:
    wrong = []
    for event in EVENTS:
        letter = told.word(event)
        assert letter.broken is None, (event, letter.broken)
        said = letter.text
        faults = {
            "no order": told.code not in said,
            "empty": bool(EMPTY.search(said)) or not letter.brief,
            "no answer": not event.endswith(SAYS_ALL) and not ANSWER.search(said),
            "long": len(said) > 240 or len(letter.brief) > 20,
            "number": event not in WITH_CONTACT and not event.startswith(("append_handler", "split_handler", *IN_FULL)) and bool(PHONE.search(said)),
            "catalogue": not event.endswith(("_staff", "_leaders", "_duty", "_danger", "_restricted")) and "小修小补" in said,
        }  # fmt: skip
        wrong += [(event, fault, said) for fault, found in faults.items() if found]
    assert wrong == []


IN_FULL = ("ask_resident", "tell_resident", "extend_resident", "extend_handler", "refer_resident", "reject_resident", "explain_resident", "unmet_resident", "reopen_handler",
           "no_show_handler", "attach_handler", "reschedule_handler", "urge_handler", "instruct_handler")  # fmt: skip


def test_no_two_kinds_for_one_reader_are_in_the_same_words() -> None:
    said = texts.load(CONFIG_DIR).sentences["notice"]
    same = {
        "accept_resident",
        "claim_resident",
        "reject_former",
        "unmet_former",
    }  # what happened is the same for the reader
    kinds = [(event.rsplit("_", 1)[-1], text) for event, text in said.items() if event not in same]
    assert len(kinds) == len(set(kinds))


@pytest.mark.parametrize(
    "event", ["ask_resident", "explain_resident", "reject_resident", "refer_resident", "unmet_resident"]
)
def test_what_staff_write_reaches_its_resident_as_they_wrote_it(told: Any, event: str) -> None:
    answer = "请带身份证到501室，找王小红，或打物业电话 0516-83251234。" * 20
    assert answer in told.word(event, answer).text


@pytest.mark.parametrize("event", ["relay_handler", "relay_resident"])
def test_words_that_are_passed_on_are_whole_but_for_numbers(told: Any, event: str) -> None:
    said = told.word(event, "我在501室等您，王小红，13700001111").text
    assert "我在501室等您，王小红，***********" in said
    assert "直接回复" in said


def test_a_card_for_a_helper_has_place_time_and_contact(told: Any) -> None:
    said = told.word("assign_handler", None).text
    assert [
        line in said
        for line in ("事项：换灯泡", "地点：金色春天3号楼2单元501室", "时间：明天上午", "联系：13900001234")
    ] == [True] * 4


def test_a_card_says_how_to_ask_for_what_nobody_has_said(told: Any) -> None:
    said = told.word("assign_handler", None, place_sealed=None, contact_sealed=None, community=None, estate=None).text
    assert said.count(f"转告 {told.code}") == 2
    assert not EMPTY.search(said)


def test_two_people_are_asked_for_where_the_catalogue_says_so(told: Any) -> None:
    assert "两个人" not in told.word("invite_invitee").text
    assert "两个人" in told.word("invite_invitee", category="0105").text
    assert "两个人" in told.word("assign_handler").text


def test_an_invitation_names_rough_place_and_time_and_how_to_say_yes_and_no(told: Any) -> None:
    said = told.word("invite_invitee", None).text
    assert "换灯泡（陈桥社区金色春天，明天上午）" in said
    assert not [
        door for door in ("3号楼", "2单元", "501") if door in re.sub(r"\d{7}", "", said)
    ]  # the number may hold any digits
    assert "“行”" in said
    assert "“没空”" in said


def test_limits_near_are_said_in_minutes(told: Any) -> None:
    assert "离时限还有 60 分钟" in told.word("warn_staff", None).text
    assert "已超过时限 20 分钟" in told.word("escalate_leaders", None, step_due_at=NOON.replace(hour=3, minute=40)).text


def test_what_comes_back_too_often_is_not_called_late(told: Any) -> None:
    assert "超过时限" not in told.word("escalate_leaders", None).text


def test_of_a_restricted_matter_staff_read_only_that_something_waits(told: Any) -> None:
    for event in ("append_staff", "reopen_staff", "withdraw_staff"):
        letter = told.word(event, "孔雀石", lane="restricted", text="")
        assert letter.text == told.office.texts.say("notice.sealed_staff", code=told.code)
        assert "孔雀石" not in "".join(letter.facts.values())


@pytest.mark.parametrize("event", ["warn_staff", "escalate_leaders"])
def test_of_a_restricted_matter_staff_read_how_its_limit_stands(told: Any, event: str) -> None:
    letter = told.word(event, "孔雀石", lane="restricted", text="")
    assert letter.text.startswith(f"受限事项 {told.code}：")
    assert "有新情况" not in letter.text
    assert "孔雀石" not in "".join(letter.facts.values())
