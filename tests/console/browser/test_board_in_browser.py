"""The board in Chromium: one stays at the row, a form names its orders, the numbers renew, new orders are told of."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.console.browser.in_browser import Seen, seen
from tests.console.conftest import World
from tests.databases import SQLITE

pytestmark = SQLITE


@pytest.fixture
def shown(world: World, chromium: Browser) -> Iterator[Seen]:
    with seen(world, chromium) as found:
        yield found


def placed(world: World, number: int) -> list[str]:
    """Orders of as many residents, the first at the top of the board."""
    return [world.placed(f"居民{n}", f"陈桥社区金色春天{n}号楼楼道灯坏了") for n in range(1, number + 1)]


def marked(page: Page) -> str:
    return page.locator("tr.here").get_attribute("data-code") or ""


def test_after_an_act_the_next_row_is_marked_and_in_view(shown: Seen) -> None:
    codes = placed(shown.world, 20)
    page = shown.at("陈桥甲")
    page.goto("/console/")
    for _ in range(15):
        page.keyboard.press("j")
    assert marked(page) == codes[14]
    page.keyboard.press("d")
    expect(page.locator("#picked button").first).to_be_focused()
    page.keyboard.press("1")
    expect(page.locator(".message.done")).to_be_in_viewport()
    expect(page.locator(f"tr.here[data-code='{codes[15]}']")).to_be_in_viewport()
    page.keyboard.press("j")
    assert marked(page) == codes[16]


def test_the_form_for_many_is_in_view_at_every_row_and_names_its_orders(shown: Seen) -> None:
    codes = placed(shown.world, 20)
    page = shown.at("陈桥甲")
    page.goto("/console/")
    for _ in range(6):
        page.keyboard.press("j")
    before = page.evaluate("scrollY")
    page.keyboard.press("r")
    expect(page.get_by_label("内容或原因")).to_be_focused()
    expect(page.get_by_label("内容或原因")).to_be_in_viewport()
    expect(page.locator(".bulk legend")).to_contain_text(codes[5])
    assert page.evaluate("scrollY") == before


def test_the_name_of_the_form_for_many_lies_within_it(shown: Seen) -> None:
    placed(shown.world, 20)
    page = shown.at("陈桥甲")
    page.goto("/console/")
    form, name = page.locator(".bulk").bounding_box(), page.locator(".bulk legend").bounding_box()
    assert form is not None
    assert name is not None
    assert form["y"] <= name["y"]
    assert name["y"] + name["height"] <= page.locator(".bulk label").first.bounding_box()["y"] + 1  # type: ignore[index]


def test_the_numbers_renew_and_a_choice_is_not_swept_away(shown: Seen) -> None:
    first = placed(shown.world, 1)[0]
    page = shown.at("陈桥甲")
    page.clock.install()
    page.goto("/console/")
    page.keyboard.press("j")
    page.keyboard.press("x")
    shown.world.placed("新来的", "陈桥社区金色春天9号楼路灯坏了")
    page.clock.run_for(11_000)
    expect(page.locator("#states a", has_text="待受理")).to_contain_text("2")
    expect(page.locator("#list input:checked")).to_have_value(first)
    expect(page.locator("#list tr[data-code]")).to_have_count(1)
    page.get_by_role("link", name="有 1 件新单，点这里看").click()
    expect(page.locator("#list tr[data-code]")).to_have_count(2)


def test_with_nobody_chosen_nothing_is_given_and_the_selection_stays(shown: Seen) -> None:
    code = placed(shown.world, 1)[0]
    page = shown.at("陈桥甲")
    page.goto("/console/")
    page.get_by_label(f"选择 {code}").check()
    page.get_by_role("button", name="派单").click()
    expect(page.locator(".message.refused")).to_contain_text("请先选派给谁")
    expect(page.get_by_role("button", name="撤销")).to_have_count(0)
    expect(page.get_by_label(f"选择 {code}")).to_be_checked()


def test_an_act_that_cannot_be_undone_asks_first(shown: Seen) -> None:
    code = placed(shown.world, 1)[0]
    page = shown.at("陈桥甲")
    page.goto(f"/console/orders/{code}?back=/console/%3Fview%3Dall")
    page.locator("summary", has_text="信访登记").click()
    expect(page.get_by_text("登记了不能撤销")).to_be_visible()
    expect(page.locator(".message.done")).to_have_count(0)
    page.get_by_role("button", name="确定信访登记").click()
    expect(page.locator(".message.done")).to_contain_text("已登记为信访事项")
    page.get_by_role("link", name="返回看板").click()
    page.wait_for_url("**/console/?view=all")
