"""An alarm on the pages: its advice, telephone buttons for its numbers, and the answers as buttons."""

import re

import pytest
from sqlalchemy import select

from bot.store.tables import history, orders
from tests.h5.conftest import World
from tests.services.cast import CODE

FORM = re.compile(r'name="form" value="([0-9a-f]{32})"')
CALLS = re.compile(r'href="tel:(\d+)"')
BUTTONS = re.compile(r'name="words" value="([^"]+)"')


def told(world: World, words: str, who: str = "王阿姨") -> tuple[str, str]:
    """The page after the form, and the code of the order."""
    browser = world.at(who)
    form = FORM.search(browser.open("/h5/new").get_data(as_text=True))
    assert form
    page = browser.send("/h5/new", form=form[1], words=words).get_data(as_text=True)
    code = CODE.search(page)
    assert code
    return page, code[1]


def test_a_gas_leak_shows_calls_and_answers_at_once_and_on_its_page(world: World) -> None:
    page, code = told(world, "厨房煤气味很大")
    numbers = re.findall(r"\d{3,}", world.office.first_aid("gas", None))
    assert numbers[-1] == "119"
    of_order = world.at("王阿姨").open(f"/h5/orders/{code}").get_data(as_text=True)
    for shown in (page, of_order):
        assert CALLS.findall(shown) == numbers
        assert BUTTONS.findall(shown) == ["安全", "需要帮助"]
    assert 'class="message danger' in page


def test_an_answer_by_button_goes_to_the_alarm_and_makes_no_order(world: World) -> None:
    _, code = told(world, "厨房煤气味很大")
    browser = world.at("王阿姨")
    form = FORM.search(browser.open(f"/h5/orders/{code}").get_data(as_text=True))
    assert form
    answered = browser.send("/h5/new", form=form[1], words="需要帮助").get_data(as_text=True)
    assert "已再次通知" in answered
    with world.office.db.reading() as tx:
        order = tx.first(select(orders).where(orders.c.code == code))
        assert order is not None
        done = [row.action for row in tx.all(select(history).where(history.c.order_id == order.id))]
        count = len(tx.all(select(orders.c.id)))
    assert done[-1] == "append"
    assert count == 1


@pytest.mark.parametrize(
    ("words", "numbers", "answers"),
    [
        ("我不想活了，在金色春天3号楼", ["120", "110", "12356"], ["安全", "需要帮助"]),
        ("我老公拿刀追我", ["110", "12338"], []),
        ("我老公打我", ["110", "12338"], []),
    ],
)
def test_a_restricted_danger_is_called_and_answered_from_its_answer_and_shown_nowhere_else(
    world: World, words: str, numbers: list[str], answers: list[str]
) -> None:
    page, code = told(world, words)
    assert CALLS.findall(page) == numbers
    assert BUTTONS.findall(page) == answers
    for address in (f"/h5/orders/{code}", "/h5/my", "/h5/new"):
        later = world.at("王阿姨").open(address).get_data(as_text=True)
        assert "alarm" not in later
        assert CALLS.findall(later) == []


@pytest.mark.parametrize("words", ["举报王书记收红包", "我老公昨天骂了我一句"])
def test_what_is_restricted_and_no_danger_has_no_call(world: World, words: str) -> None:
    browser = world.at("王阿姨")
    form = FORM.search(browser.open("/h5/new").get_data(as_text=True))
    assert form
    page = browser.send("/h5/new", form=form[1], words=words).get_data(as_text=True)
    assert CALLS.findall(page) == BUTTONS.findall(page) == []


def test_what_is_no_danger_shows_no_alarm(world: World) -> None:
    page, _ = told(world, "楼道灯坏了", "李大爷")
    assert CALLS.findall(page) == []
    assert 'class="message done' in page
    # Nobody else is shown the alarm of an order.
    _, danger = told(world, "厨房煤气味很大", "孙师傅")
    assert world.at("王阿姨").open(f"/h5/orders/{danger}").status_code == 404


def test_a_done_order_waits_for_its_resident_to_whoever_helped(world: World) -> None:
    code = world.done()
    assert "待居民确认" in world.at("党员一").open(f"/h5/orders/{code}").get_data(as_text=True)
    assert "待您确认" in world.at("王阿姨").open(f"/h5/orders/{code}").get_data(as_text=True)
    assert "待居民确认" not in world.talk.says("王阿姨", "进度")
