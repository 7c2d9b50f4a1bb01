"""The console in Chromium: keys, undoing, two people at one order, a list that renews itself, no violation of WCAG."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, ViewportSize, expect
from sqlalchemy import select

from bot.store.tables import notices
from tests.console.browser.in_browser import DESK, PHONE, Seen, seen
from tests.console.conftest import World
from tests.databases import SQLITE

pytestmark = SQLITE


@pytest.fixture
def shown(world: World, chromium: Browser) -> Iterator[Seen]:
    with seen(world, chromium) as found:
        yield found


def state(page: Page, code: str) -> str:
    page.goto(f"/console/orders/{code}")
    return page.locator(".summary").inner_text()


def test_an_order_is_dispatched_in_three_keys_and_undone_before_anybody_is_told(shown: Seen) -> None:
    code = shown.world.placed()
    page = shown.at("陈桥甲")
    page.goto("/console/")
    page.keyboard.press("j")
    page.keyboard.press("d")
    expect(page.get_by_role("button", name="邀请 党员一")).to_be_focused()
    page.keyboard.press("1")
    expect(page.locator(".message.done")).to_contain_text("已邀请 党员一")
    page.keyboard.press("u")
    expect(page.locator(".message.done")).to_contain_text("还没有人收到")
    assert "待受理" in state(page, code)
    with shown.world.office.db.reading() as tx:
        told = tx.all(select(notices.c.state).where(notices.c.event.in_(("invite_invitee", "undo_invitee"))))
    assert [row.state for row in told] == ["failed"]


def test_new_orders_appear_without_reloading(shown: Seen) -> None:
    page = shown.at("陈桥甲")
    page.clock.install()
    page.goto("/console/")
    expect(page.get_by_text("这里没有单。")).to_be_visible()
    code = shown.world.placed()
    page.clock.run_for(11_000)
    expect(page.get_by_role("link", name=code)).to_be_visible()


def test_several_orders_at_once_answer_each_for_itself(shown: Seen) -> None:
    codes = [
        shown.world.placed(who, f"陈桥社区金色春天{n}号楼楼道灯坏了") for n, who in enumerate(("甲大爷", "乙大爷"), 1)
    ]
    page = shown.at("陈桥甲")
    page.goto("/console/")
    for key in ("j", "x", "j", "x"):
        page.keyboard.press(key)
    page.keyboard.press("r")
    page.get_by_label("内容或原因").fill("转物业维修")
    page.keyboard.press("Enter")
    expect(page.locator(".message.done")).to_have_count(2)
    assert all("已转其他部门" in state(page, code) for code in codes)


def test_whoever_saves_second_sees_what_the_first_one_did(shown: Seen) -> None:
    code = shown.world.placed()
    first, second = shown.at("陈桥甲"), shown.at("陈桥乙")
    for page in (first, second):
        page.goto(f"/console/orders/{code}")
    first.get_by_text("答复", exact=True).first.click()
    first.get_by_label("答复内容（居民会看到）").fill("明天上午来换")
    second.get_by_text("转介", exact=True).first.click()
    second.get_by_label("转给哪个部门、为什么（居民会看到）").fill("转物业")
    first.get_by_role("button", name="答复").click()
    expect(first.locator(".message.done")).to_be_visible()
    second.get_by_role("button", name="转介").click()
    expect(second.locator(".message.refused")).to_contain_text("刚有变动")
    assert "已说明情况" in state(second, code)


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_no_page_has_a_serious_violation_or_is_wider_than_its_window(shown: Seen, size: ViewportSize) -> None:
    code = shown.world.placed()
    page = shown.at("陈桥甲", size)
    for address in (
        "/console/",
        f"/console/orders/{code}",
        "/console/account",
        "/console/password",
        "/console/login",
        "/console/login/chat",
    ):
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 200
        found = Axe().run(page).response["violations"]
        assert [each["id"] for each in found if each["impact"] in ("serious", "critical")] == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert page.title().split(" · ")[0] == page.locator("h1").inner_text().split(" ")[0] or "单号" in page.title()


PAGES = (
    "/console/", "/console/?view=all", "/console/intake", "/console/inbox", "/console/people", "/console/people/import", "/console/figures",
    "/console/answers", "/console/answers/new", "/console/answers/unknown", "/console/audit", "/console/health", "/console/replies",
    "/console/account",
)  # fmt: skip


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["wide", "phone"])
def test_the_lead_s_pages_are_accessible_small_and_named(shown: Seen, size: ViewportSize) -> None:
    code = shown.world.placed()
    shown.world.talk.says("王阿姨", "人工")
    page = shown.at("办事处甲", size)
    for address in (*PAGES, f"/console/inbox/{code}"):
        answer = page.goto(address)
        assert answer is not None
        assert (answer.status, len(answer.body()) < 200_000) == (200, True), address
        found = Axe().run(page).response["violations"]
        assert [each["id"] for each in found if each["impact"] in ("serious", "critical")] == [], address
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
        assert page.title().startswith(page.locator("h1").inner_text().split(" ")[0]), address
        assert page.locator("header [aria-current=page]").count() == 1 or address in ("/console/account",), address


def test_every_key_and_ctrl_k_are_there(shown: Seen) -> None:
    code = shown.world.placed()
    page = shown.at("陈桥甲")
    page.goto("/console/")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="快捷键")).to_contain_text("派单")
    page.keyboard.press("Escape")
    page.keyboard.press("Control+k")
    page.get_by_label("单号、内容、人名、页面").fill("灯泡")
    expect(page.locator("#found")).to_contain_text(code)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=f"单号 {code}")).to_be_visible()
