"""What was typed is not lost where an act is refused, and nothing that was not done appears as done."""

import re
from typing import Any

import pytest
from sqlalchemy import select

from bot.console.access import COOKIE
from bot.store.tables import orders
from tests.console.conftest import Browser, World
from tests.databases import SQLITE

pytestmark = SQLITE


def opened(world: World, name: str, code: str) -> Browser:
    browser = world.at(name)
    browser.open(f"/console/orders/{code}")
    return browser


def row(world: World, code: str) -> Any:
    with world.office.db.reading() as tx:
        return tx.run(select(orders).where(orders.c.code == code)).one()


@pytest.mark.parametrize("command", ["explain", "refer", "ask"])
def test_words_stay_where_the_command_is_possible_no_more_and_can_be_kept_as_a_note(world: World, command: str) -> None:
    code = world.placed()
    first = opened(world, "陈桥甲", code)
    world.talk.says("陈桥乙", f"转介 {code} 转物业")
    first.send(f"/console/orders/{code}/{command}", words="我打好的一大段话", version=1)
    assert "现在不能这样办了" in first.page
    assert "转物业" in first.page
    form = re.search(r'id="unsent".*?</section>', first.page, re.DOTALL)
    assert form
    assert "我打好的一大段话" in form[0]
    first.send(f"/console/orders/{code}/note", words="我打好的一大段话", version=row(world, code).version)
    assert "我打好的一大段话" in opened(world, "陈桥甲", code).page


def test_words_of_a_correction_stay_where_there_is_nothing_to_correct_any_more(world: World) -> None:
    code = world.placed()
    first = opened(world, "陈桥甲", code)
    world.talk.says("陈桥乙", f"转介 {code} 转物业")
    first.send(f"/console/orders/{code}/correct", part="when", value="周六上午九点以后", version=1)
    form = re.search(r'id="unsent".*?</section>', first.page, re.DOTALL)
    assert form
    assert "周六上午九点以后" in form[0]


def test_words_stand_on_the_page_that_says_the_order_is_somebody_elses(world: World) -> None:
    code = world.placed()
    first = opened(world, "陈桥甲", code)
    second = opened(world, "陈桥乙", code)
    second.send(f"/console/orders/{code}/correct", part="community", value="兰天社区", version=1, sure="transfer")
    answer = first.send(f"/console/orders/{code}/explain", words="我打好的一大段话", version=1)
    assert answer.status_code == 404
    assert "我打好的一大段话" in first.page


def test_a_dispatch_to_nobody_is_refused_and_offers_nothing_to_undo(world: World) -> None:
    code = world.placed()
    browser = opened(world, "陈桥甲", code)
    browser.send(f"/console/orders/{code}/dispatch", version=1)
    assert "请先选派给谁" in browser.page
    assert "data-until" not in browser.page
    assert row(world, code).version == 1


def test_a_note_that_names_nobody_says_so(world: World) -> None:
    code = world.placed()
    browser = opened(world, "陈桥甲", code)
    browser.send(f"/console/orders/{code}/note", words="请@陈桥乙看一下，@王不在也看看", version=1)
    said = re.search(r"“@[^<]*没有对上能看这一单的同事", browser.open(f"/console/orders/{code}").get_data(as_text=True))
    assert said
    assert "王不在" in said[0]
    assert "陈桥乙" not in said[0]


def test_what_volunteers_may_not_claim_offers_no_publication(world: World) -> None:
    lamp, gas = world.placed(), world.placed("李大爷", "陈桥社区金色春天5号楼电梯坏了，电话13900001235")
    assert 'data-do="publish"' in opened(world, "陈桥甲", lamp).page
    assert 'data-do="publish"' not in opened(world, "陈桥甲", gas).page


def test_a_split_is_undone_with_its_button(world: World) -> None:
    code = world.placed()
    browser = opened(world, "陈桥甲", code)
    browser.send(f"/console/orders/{code}/split", words="楼下垃圾没人收", category="0203", version=1)
    browser.open(f"/console/orders/{code}")
    assert "data-until" in browser.page
    assert "回复" not in re.sub("<[^>]+>", "", re.search(r'class="messages".*?</form>', browser.page, re.DOTALL)[0])  # type: ignore[index]
    browser.send(f"/console/orders/{code}/undo")
    with world.office.db.reading() as tx:
        made = tx.run(select(orders).where(orders.c.split_from_id == row(world, code).id)).one()
    assert (made.state, made.outcome) == ("closed", "merged")


def test_the_board_one_came_from_stays_through_every_act(world: World) -> None:
    code = world.placed()
    browser = world.at("陈桥甲")
    back = "/console/?view=all&q=灯"
    browser.open(f"/console/orders/{code}", query_string={"back": back})
    addresses = re.findall(rf'action="(/console/orders/{code}/(?!contact)[^"]*)"', browser.page)
    assert addresses
    assert [each for each in addresses if "back=" not in each] == []
    answer = browser.send(f"/console/orders/{code}/note?back=%2Fconsole%2F%3Fview%3Dall", words="看过", version=1)
    assert "back=/console/?view%3Dall" in answer.location or "back=%2Fconsole%2F%3Fview%3Dall" in answer.location
    browser.open(answer.location)
    assert 'href="/console/?view=all">返回看板' in browser.page


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("orders/{code}/explain", {"words": "我打好的一大段话", "version": 1}), ("intake", {"text": "我打好的一大段话", "place": "5号楼"}),
        ("broadcasts/new", {"title": "端午", "body": "我打好的一大段话", "do": "keep"}), ("bulk", {"words": "我打好的一大段话", "command": "ask"}),
    ],
)  # fmt: skip
def test_what_was_typed_stands_on_the_page_that_says_the_session_has_ended(
    world: World, path: str, fields: dict[str, Any]
) -> None:
    code = world.placed()
    browser = opened(world, "陈桥甲", code)
    browser.client.delete_cookie(COOKIE, path="/console")
    answer = browser.send(f"/console/{path.format(code=code)}", **fields)
    assert answer.status_code == 401
    assert all(
        str(typed) in browser.page
        for name, typed in fields.items()
        if name in ("words", "text", "title", "body", "place")
    )
    assert "/console/login" in browser.page
    assert row(world, code).version == 1


def test_a_form_without_words_goes_to_the_sign_in_and_no_password_is_shown(world: World) -> None:
    code = world.placed()
    browser = opened(world, "陈桥甲", code)
    browser.client.delete_cookie(COOKIE, path="/console")
    assert browser.send(f"/console/orders/{code}/publish", version=1).status_code == 303
    answer = browser.send(
        "/console/account/password", old="旧的密码 2026", password="新的密码 2026", again="新的密码 2026"
    )
    assert "密码 2026" not in answer.get_data(as_text=True)
