"""登记 in Chromium: typed with the keyboard alone, one order after the other; a file on a telephone."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, FilePayload, Page, expect

from tests.console.browser.in_browser import DESK, PHONE, Seen, seen
from tests.console.conftest import World
from tests.console.intake.test_intake_file import GOOD, HEADER, excel, lamps
from tests.databases import SQLITE

pytestmark = SQLITE


@pytest.fixture
def shown(world: World, chromium: Browser) -> Iterator[Seen]:
    with seen(world, chromium) as found:
        yield found


def is_well_made(page: Page) -> bool:
    """Whether axe finds nothing serious, and the page is no wider than its window."""
    found = Axe().run(page).response["violations"]
    assert [each["id"] for each in found if each["impact"] in ("serious", "critical")] == []
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def test_one_caller_after_the_other_is_entered_by_the_keyboard(shown: Seen) -> None:
    page = shown.at("陈桥甲")
    page.goto("/console/intake")
    for text in ("楼道灯坏了，晚上看不见", "门口垃圾没人清"):
        expect(page.get_by_label("内容", exact=True)).to_be_focused()
        page.keyboard.type(text)
        for _ in range(2):  # past the community
            page.keyboard.press("Tab")
        page.keyboard.type("金色春天3号楼")
        page.keyboard.press("Enter")
        expect(page.get_by_role("status").first).to_contain_text("已登记，单号")
        expect(page.get_by_label("内容", exact=True)).to_have_value("")
    page.get_by_role("link", name="打开").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("单号")


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_a_file_is_looked_through_and_taken_in(shown: Seen, size: object) -> None:
    page = shown.at("陈桥甲", size)  # type: ignore[arg-type]
    page.goto("/console/intake")
    assert is_well_made(page)
    file: FilePayload = {
        "name": "工单.xlsx",
        "mimeType": "application/zip",
        "buffer": excel(HEADER, GOOD, ("GD-2", "")),
    }
    page.get_by_label("表格文件").set_input_files([file])
    page.get_by_role("button", name="上传核对").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("核对表格")
    assert is_well_made(page)
    page.get_by_role("button", name="登记 1 件").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("登记结果")
    assert is_well_made(page)


def test_a_long_file_goes_on_by_itself(shown: Seen) -> None:
    page = shown.at("陈桥甲")
    page.goto("/console/intake")
    file: FilePayload = {"name": "工单.csv", "mimeType": "text/csv", "buffer": lamps(150)}
    page.get_by_label("表格文件").set_input_files([file])
    page.get_by_role("button", name="上传核对").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("核对表格", timeout=60_000)
    page.get_by_role("button", name="登记 150 件").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("登记结果", timeout=60_000)
    assert page.get_by_role("row").count() == 151
