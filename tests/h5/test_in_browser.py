"""The pages in Chromium on a telephone: no violation of WCAG, large print, keyboard, no script, no request elsewhere."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from bot.h5.access import COOKIE
from bot.h5.shown import LARGE, PRINT
from tests.databases import SQLITE
from tests.h5.conftest import World
from tests.h5.test_broadcasts import acked, answers, sent
from tests.pages import PHONE, Served, served
from tests.services.cast import CODE

pytestmark = SQLITE

SIZES = """() => [...document.querySelectorAll('main *, nav *, footer *')]
    .filter(each => each.getClientRects().length && [...each.childNodes].some(node => node.nodeType === 3 && node.data.trim()))
    .filter(each => !each.closest('.hidden'))
    .map(each => parseFloat(getComputedStyle(each).fontSize))"""
TARGETS = """() => [...document.querySelectorAll('a, button, summary, input:not([type=hidden]):not([type=radio]):not([type=checkbox]), textarea, select, label.choice')]
    .filter(each => each.getClientRects().length && !each.closest('.skip') && !each.closest('p.soft'))
    .map(each => [each.textContent.trim() || each.name, each.getBoundingClientRect().height, each.getBoundingClientRect().width])
    .filter(each => each[1] < 60 || each[2] < 60)"""


@dataclass
class Seen:
    """The pages as they are served."""

    world: World
    served: Served

    def at(self, name: str, *, large: bool = False) -> Page:
        token = self.world.at(name).client.get_cookie(COOKIE, path="/h5")
        assert token is not None
        return self.served.page({COOKIE: token.value, **({PRINT: LARGE} if large else {})}, "/h5", PHONE)


@pytest.fixture
def shown(world: World, chromium: Browser) -> Iterator[Seen]:
    with served(world.app, chromium) as found:
        yield Seen(world, found)


def addresses(shown: Seen) -> list[tuple[str, str]]:
    """(who, page): each page, and an order in each of its lives."""
    world = shown.world
    done = world.done()
    accepted = world.accepted(resident="李大爷")
    invited = world.given(resident="周奶奶")
    danger = world.placed("孙师傅", "厨房煤气味很大")
    return [
        ("孙师傅", f"/h5/orders/{danger}"),
        ("王阿姨", "/h5/my"), ("王阿姨", "/h5/new"), ("王阿姨", "/h5/privacy"), ("王阿姨", f"/h5/orders/{done}"),
        ("李大爷", f"/h5/orders/{accepted}"), ("党员一", "/h5/tasks"), ("党员一", "/h5/record"), ("党员一", "/h5/card"),
        ("党员一", f"/h5/orders/{accepted}"), ("党员一", f"/h5/orders/{invited}"), ("党员一", f"/h5/orders/{done}"),
        ("党员一", "/h5/broadcasts"), ("王阿姨", "/h5/broadcasts"), ("党员一", f"/h5/broadcasts/{sent(world)}"),
        ("党员一", f"/h5/broadcasts/{sent(world, 'meeting')}"),
    ]  # fmt: skip


@pytest.mark.parametrize("large", [False, True], ids=["plain", "large"])
def test_no_page_has_a_serious_violation_or_is_wider_than_the_telephone(shown: Seen, large: bool) -> None:
    pages = addresses(shown)
    at = {who: shown.at(who, large=large) for who in ("王阿姨", "李大爷", "党员一", "孙师傅")}
    for who, address in pages:
        page = at[who]
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 200, address
        page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        found = Axe().run(page).response["violations"]
        assert [each["id"] for each in found if each["impact"] in ("serious", "critical")] == [], address
        assert "heading-order" not in [each["id"] for each in found], address
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
        assert page.title().split(" · ")[0] == page.locator("h1").inner_text()
        if large:
            assert min(page.evaluate(SIZES)) >= 18, address
            assert page.evaluate(TARGETS) == [], address


def size(page: Page) -> float:
    """Of the text, once the style is there."""
    page.wait_for_load_state("load")
    return float(page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)"))


def test_large_print_is_switched_on_by_its_button(shown: Seen) -> None:
    page = shown.at("王阿姨")
    page.goto("/h5/my")
    before = size(page)
    page.get_by_role("button", name="大字").click()
    expect(page).to_have_url(f"{shown.served.address}/h5/my")
    expect(page.get_by_role("button", name="标准字号")).to_be_visible()
    assert size(page) > before
    page.get_by_role("button", name="标准字号").click()
    expect(page.get_by_role("button", name="大字")).to_be_visible()
    assert size(page) == before


def test_an_order_goes_from_the_form_to_its_rating_by_keyboard_alone(shown: Seen) -> None:
    world = shown.world
    page = shown.at("王阿姨")
    page.goto("/h5/new")
    page.get_by_label("要办什么事").focus()
    page.keyboard.type("灯泡坏了，想请人帮忙换一下")
    page.keyboard.press("Tab")
    page.keyboard.type("陈桥社区金色春天3号楼2单元501")
    for _ in range(4):  # past the time, the telephone and the pictures
        page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="提交")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("单号")
    found = CODE.search(page.get_by_role("status").inner_text())
    assert found
    code = found[1]
    world.talk.says("陈桥甲", f"派单 {code} 党员一")
    helper = shown.at("党员一")
    helper.goto("/h5/tasks")
    helper.get_by_role("button", name=f"接单 {code}").press("Enter")
    helper.get_by_role("button", name="显示电话和门牌号").press("Enter")
    helper.get_by_text("完成", exact=True).press("Enter")
    helper.get_by_label("怎么办好的（可不填）").fill("换好了")
    helper.get_by_role("button", name="提交完成").press("Enter")
    page.goto(f"/h5/orders/{code}")
    page.get_by_text("评几颗星").press("Enter")
    page.get_by_label("5 星").press("Space")
    page.get_by_role("button", name="提交评价").press("Enter")
    expect(page.get_by_text("评价", exact=True)).to_be_visible()
    expect(page.locator(".state").first).to_contain_text("已确认解决")


def test_a_meeting_is_declined_and_accepted_by_keyboard_and_a_reminder_acknowledged_with_one_tap(shown: Seen) -> None:
    world = shown.world
    meeting, reminder = sent(world, "meeting"), sent(world)
    page = shown.at("党员一")
    page.goto("/h5/broadcasts")
    page.locator(f"a[href='/h5/broadcasts/{meeting}']").press("Enter")
    page.get_by_text("请假", exact=True).press("Enter")
    page.get_by_label("不能来的原因").fill("孩子住院")
    page.get_by_role("button", name="提交请假").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("不能参加")
    assert answers(world, meeting)["党员一"] == (False, "孩子住院")
    page.get_by_role("button", name="参加").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("您参加")
    page.goto(f"/h5/broadcasts/{reminder}")
    page.get_by_role("button", name="收到").click()
    expect(page.get_by_text("已回复收到")).to_be_visible()
    assert (acked(world, meeting), acked(world, reminder)) == (1, 1)
