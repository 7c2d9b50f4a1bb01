"""Choosing who has a phone on the page, what waits unread, and what waits below in a chat."""

from playwright.sync_api import Browser, Locator, Page, expect

from tests.sandbox.client import Sandbox
from tests.sandbox_tests.conftest import Api
from tests.sandbox_tests.test_page import RESIDENT, SMALL, say

HIGH = "\n".join("一行" for _ in range(40))
UP = "chat => { chat.scrollTop = 0; }"
AT_END = "chat => chat.scrollHeight - chat.scrollTop - chat.clientHeight < 2"


def open_list(page: Page) -> Locator:
    page.get_by_role("button", name="选人").click()
    return page.get_by_role("list", name="所有人")


def names(page: Page) -> list[str]:
    return [str(phone.get_attribute("aria-label")).removesuffix("的手机") for phone in page.locator(".phone").all()]


def test_people_are_chosen_by_keyboard_and_the_address_keeps_them(
    page: Page, sandbox: Sandbox, chromium: Browser
) -> None:
    page.set_viewport_size({"width": 1366, "height": 768})
    sandbox.say(sandbox.new_user(name="赵奶奶"), "以前说过的话")
    listed = open_list(page)
    expect(listed.get_by_role("listitem")).to_have_text(
        ["王阿姨居民", "社区小陈社区工作者", "党员甲党员", "李大爷居民", "党员乙党员", "赵奶奶居民1 条未读"]
    )
    listed.get_by_label("党员乙").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    expect(page.locator("#announce")).to_have_text("已摆出赵奶奶的手机，现在 6 部")
    expect(page.get_by_label("赵奶奶的手机").locator(".own .bubble")).to_have_text("以前说过的话")
    listed.get_by_label("王阿姨").uncheck()
    expect(page.locator(".phone")).to_have_count(5)
    shown = ["社区小陈", "党员甲", "李大爷", "党员乙", "赵奶奶"]
    assert names(page) == shown
    page.reload()
    expect(page.locator(".phone[aria-label]")).to_have_count(5)
    assert names(page) == shown
    other = chromium.new_page()
    other.goto(page.url)
    expect(other.locator(".phone[aria-label]")).to_have_count(5)
    assert names(other) == shown
    other.close()


def test_a_person_is_found_by_name_or_role_and_a_last_phone_stays(page: Page) -> None:
    listed = open_list(page)
    page.get_by_label("找人").fill("党员")
    expect(listed.get_by_role("listitem")).to_have_count(2)
    page.get_by_label("找人").fill("没有的人")
    expect(page.get_by_text("没有这个人。")).to_be_visible()
    page.get_by_label("找人").fill("")
    for name in ("王阿姨", "李大爷", "党员甲", "党员乙"):
        listed.get_by_label(name).uncheck()
    expect(listed.get_by_label("社区小陈")).to_be_disabled()
    page.get_by_role("button", name="恢复原样").click()
    expect(page.locator(".phone")).to_have_count(5)
    page.keyboard.press("Escape")
    expect(page.locator("#drawer")).to_be_hidden()
    expect(page.get_by_role("button", name="选人")).to_be_focused()


def test_more_than_twelve_phones_are_not_shown(page: Page, sandbox: Sandbox) -> None:
    for number in range(8):
        sandbox.new_user(name=f"邻居{number}")
    listed = open_list(page)
    for number in range(7):
        listed.get_by_label(f"邻居{number}").check()
    expect(page.locator(".phone")).to_have_count(12)
    expect(listed.get_by_label("邻居7")).to_be_disabled()


def test_what_waits_on_a_phone_that_is_not_shown_is_counted(page: Page, api: Api) -> None:
    listed = open_list(page)
    listed.get_by_label("王阿姨").uncheck()
    expect(page.locator(".phone")).to_have_count(4)
    for _ in range(2):
        api.notify(RESIDENT)
    expect(listed.get_by_role("checkbox", name="王阿姨 居民 2 条未读")).to_be_visible()
    expect(page.get_by_role("button", name="选人")).to_have_text("选人2条未读，在没有显示的手机上")
    listed.get_by_label("王阿姨").check()
    expect(listed.get_by_role("checkbox", name="王阿姨 居民", exact=True)).to_be_checked()
    expect(page.locator("#people-count")).to_be_hidden()


def test_a_phone_that_is_not_at_its_end_tells_what_waits_below(page: Page, api: Api) -> None:
    phone = page.get_by_label("王阿姨的手机")
    say(phone, HIGH)
    expect(phone.locator("[data-kind=passive]")).to_have_count(1)
    chat = phone.locator(".chat")
    assert chat.evaluate(AT_END)
    api.notify(RESIDENT)
    expect(phone.locator(".card")).to_have_count(1)
    assert chat.evaluate(AT_END)
    expect(phone.locator(".below")).to_be_hidden()
    chat.evaluate(UP)
    for _ in range(3):
        api.notify(RESIDENT)
    below = phone.get_by_role("button", name="↓ 3 条新消息")
    expect(below).to_be_visible()
    assert chat.evaluate("chat => chat.scrollTop") == 0
    below.click()
    expect(below).to_be_hidden()
    assert chat.evaluate(AT_END)


def test_another_width_leaves_the_newest_in_sight(page: Page) -> None:
    phone = page.get_by_label("王阿姨的手机")
    say(phone, "很长的话" * 150)
    expect(phone.locator("[data-kind=passive]")).to_have_count(1)
    for width in (390, 1366, 700, 1366):
        page.set_viewport_size({"width": width, "height": 768})
        page.wait_for_function(f"({AT_END})(document.querySelector('.phone .chat'))")


def test_a_telephone_chooses_people_too_and_nothing_is_asked_of_other_hosts(page: Page, sandbox: Sandbox) -> None:
    hosts = set()
    page.on("request", lambda request: hosts.add(request.url.split("/")[2]))
    page.set_viewport_size({"width": 390, "height": 800})
    sandbox.new_user(name="赵奶奶")
    page.reload()
    open_list(page).get_by_label("赵奶奶").check()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.evaluate(SMALL) == []
    page.get_by_role("button", name="关闭").click()
    page.get_by_role("navigation", name="选择手机").get_by_role("button", name="赵奶奶").click()
    expect(page.locator(".phone:visible")).to_have_attribute("aria-label", "赵奶奶的手机")
    assert hosts == {sandbox.base_url.split("/")[2]}
