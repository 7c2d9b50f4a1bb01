"""设置 in Chromium: on a desk and on a telephone, by the names of fields and buttons."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.console.browser.in_browser import DESK, PHONE, Seen, seen
from tests.console.browser.test_intake_in_browser import is_well_made
from tests.console.conftest import World
from tests.databases import SQLITE

pytestmark = SQLITE


@pytest.fixture
def shown(world: World, chromium: Browser) -> Iterator[Seen]:
    with seen(world, chromium) as found:
        yield found


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_a_number_a_day_and_a_sentence_are_changed_and_a_change_is_undone(
    shown: Seen, world: World, size: object
) -> None:
    page = shown.at("办事处甲", size)  # type: ignore[arg-type]
    page.goto("/console/settings")
    assert is_well_made(page)
    field = page.get_by_label("一位党员手上最多几件")
    field.fill("99")
    page.get_by_role("button", name="保存时限和数字").click()
    expect(page.get_by_role("alert")).to_contain_text("请填 1 到 20 之间的整数")
    expect(field).to_have_value("99")
    assert is_well_made(page)
    field.fill("4")
    page.get_by_role("button", name="保存时限和数字").click()
    expect(page.get_by_role("status").first).to_contain_text("保存好了")
    page.get_by_label("从哪天").fill("2026-11-02")
    page.get_by_role("button", name="加上这几天").click()
    expect(page.get_by_role("row", name="2026-11-02 放假")).to_be_visible()
    page.locator("summary", has_text="居民道谢").click()
    page.get_by_label("居民道谢").fill("不用谢，再见。")
    page.get_by_role("button", name="保存这句话 居民道谢").click()
    expect(page.get_by_role("row", name="不用谢，再见。")).to_be_visible()
    assert is_well_made(page)
    page.get_by_role("button", name="恢复成改之前 时限和数字").click()
    expect(page.get_by_role("status").first).to_contain_text("已恢复")
    expect(page.get_by_label("一位党员手上最多几件")).to_have_value("3")
    assert world.office.limits.claims_per_member == 3
