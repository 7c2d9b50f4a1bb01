"""The chat page in a real browser: speaking, cards, faults, the wire log, and a telephone's width."""

import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from bot.app import create_app as create_service
from config.settings import Settings
from tests.listening import listening
from tests.sandbox.client import Sandbox
from tests.sandbox.options import Options
from tests.sandbox.server import running
from tests.sandbox_tests.conftest import Api, Service, echo, text_reply

RESIDENT = "oSandbox_resident_1_________"
MENU = [
    {"name": "我的", "sub_button": [{"type": "click", "name": "查进度", "key": "进度"}]},
    {"type": "click", "name": "帮助", "key": "帮助"},
]


def first(page: Page) -> Locator:
    return page.locator(".phone").first


def say(phone: Locator, words: str) -> None:
    phone.locator("textarea").fill(words)
    phone.get_by_role("button", name="发送").click()


def extra(phone: Locator, name: str) -> None:
    more = phone.get_by_role("button", name="更多")
    if more.get_attribute("aria-expanded") == "false":
        more.click()
    phone.get_by_role("button", name=name, exact=True).click()


def test_five_people_have_a_phone_and_the_empty_ones_suggest_what_to_say(page: Page) -> None:
    names = [select.input_value() for select in page.locator(".phone .person").all()]
    assert len(set(names)) == 5
    first(page).get_by_role("button", name="高龄补贴怎么办").click()
    expect(first(page).locator(".own .bubble")).to_have_text("高龄补贴怎么办")
    expect(first(page).locator("[data-kind=passive] .bubble")).to_have_text("收到：高龄补贴怎么办")
    expect(first(page).locator(".chip")).to_have_text(["进度", "金色春天3号楼楼道灯不亮"])


def test_what_somebody_writes_is_never_read_as_html(page: Page) -> None:
    say(first(page), "<img src=x onerror=alert(1)><b>粗</b>")
    expect(first(page).locator("[data-kind=passive] .bubble")).to_contain_text("<b>粗</b>")
    expect(first(page).locator(".chat img, .chat b")).to_have_count(0)


def test_phrases_in_a_reply_say_their_words(page: Page, service: Service) -> None:
    link = '请评价：<a href="weixin://bizmsgmenu?msgmenucontent=%E6%BB%A1%E6%84%8F%20123&msgmenuid=7">满意</a>'
    service.answer = lambda fields: text_reply(fields, link)
    say(first(page), "好了吗")
    first(page).get_by_role("button", name="满意", exact=True).click()
    expect(first(page).locator(".own .bubble").last).to_have_text("满意 123")
    deadline = time.monotonic() + 10  # the page shows the bubble before the push is on its way
    while "bizmsgmenuid" not in service.pushed[-1] and time.monotonic() < deadline:
        time.sleep(0.05)
    assert service.pushed[-1]["bizmsgmenuid"] == "7"


def test_cards_and_messages_of_the_account_appear(page: Page, api: Api, sandbox: Sandbox) -> None:
    api.notify(RESIDENT)
    card = first(page).locator("article.card")
    expect(card).to_contain_text("换灯泡")
    expect(card.locator("dt").first).to_have_text("单号")
    say(first(page), "谢谢")
    expect(first(page).locator(".badge")).to_have_text("公众号还可主动发 5 条")
    entries = [{"id": "1", "content": "满意"}, {"id": "2", "content": "不满意"}]
    menu = {"head_content": "办好了吗？", "list": entries, "tail_content": "谢谢"}
    api.post("message/custom/send", {"touser": RESIDENT, "msgtype": "msgmenu", "msgmenu": menu})
    first(page).get_by_role("button", name="不满意").click()
    expect(first(page).locator(".own .bubble").last).to_have_text("不满意")


def test_picture_voice_and_place(page: Page, service: Service) -> None:
    extra(first(page), "图片")
    page.locator("#ask-image").get_by_role("button", name="发送").click()
    expect(first(page).locator("img.picture")).to_have_js_property("naturalWidth", 240)
    extra(first(page), "语音")
    page.get_by_label("说的话").fill("楼道灯不亮")
    page.locator("#ask-voice").get_by_role("button", name="发送").click()
    expect(first(page).locator(".voice")).to_contain_text("楼道灯不亮")
    extra(first(page), "位置")
    page.get_by_label("常用地点").select_option(label="龙山小区")
    page.locator("#ask-location").get_by_role("button", name="发送").click()
    expect(first(page).locator(".place")).to_contain_text("龙山小区")
    assert [row["MsgType"] for row in service.pushed] == ["image", "voice", "location"]
    assert service.pushed[-1]["Label"] == "龙山小区"


def test_the_menu_following_scanning_and_consent(page: Page, api: Api, service: Service, sandbox: Sandbox) -> None:
    phone = first(page)
    expect(phone.locator(".menu")).to_contain_text("还没有菜单")
    api.post("menu/create", {"button": MENU})
    phone.get_by_role("button", name="我的").click()
    phone.get_by_role("button", name="查进度").click()
    expect(phone.locator(".notice")).to_have_text("点了菜单“查进度”")
    extra(phone, "取消关注")
    expect(phone.locator(".badge.bad")).to_have_text("未关注")
    extra(phone, "扫码")
    page.get_by_label("码里的场景值").fill("grid_7")
    page.locator("#ask-scan").get_by_role("button", name="扫码").click()
    expect(phone.locator(".badge.bad")).to_have_count(0)
    extra(phone, "订阅通知")
    page.locator("#ask-consent input").check()
    page.locator("#ask-consent").get_by_role("button", name="好了").click()
    sandbox.wait_until(lambda: service.events("subscribe_msg_popup_event"))
    keys = [(row["Event"], row.get("EventKey")) for row in service.pushed]
    assert keys[:3] == [("CLICK", "进度"), ("unsubscribe", None), ("subscribe", "qrscene_grid_7")]


def test_faults_are_switched_and_seen(page: Page, api: Api, sandbox: Sandbox, service: Service) -> None:
    page.get_by_role("button", name="故障开关").click()
    page.get_by_label("发送时报错").select_option(label="系统繁忙（-1）")
    expect(page.locator("#fault-count")).to_have_text("1")
    assert api.notify(RESIDENT)["errcode"] == -1
    page.get_by_role("button", name="全部恢复正常").click()
    expect(page.locator("#fault-count")).to_be_hidden()
    assert api.notify(RESIDENT)["errcode"] == 0
    service.answer = lambda fields: "<html>"
    say(first(page), "在吗")
    expect(first(page).locator(".notice.fault")).to_have_text("该公众号提供的服务出现故障，请稍后再试")
    page.get_by_role("button", name="通信记录").click()
    line = page.locator("#wire-list li").first
    expect(line).to_contain_text("王阿姨 · 文字 在吗")
    expect(line.locator(".wire-answer")).to_contain_text("回复不合格")
    line.locator("summary").click()
    expect(line.locator("pre").first).to_contain_text("<Content>")


def test_who_comes_for_the_first_time_is_told_what_to_do(page: Page) -> None:
    expect(page.locator("#guide li")).to_have_count(3)
    expect(first(page).locator(".first-step")).to_have_text("这是王阿姨的手机。点一句话试试，或自己写：")
    say(first(page), "在吗")
    expect(first(page).locator(".first-step")).to_be_hidden()
    page.get_by_role("button", name="知道了").click()
    page.reload()
    expect(first(page).locator(".own .bubble")).to_have_text("在吗")
    expect(page.locator("#guide")).to_be_hidden()


def test_a_service_that_does_not_listen_is_named(page: Page, service: Service, sandbox: Sandbox) -> None:
    def slowly(fields: dict[str, Any]) -> str:
        time.sleep(0.7)
        return "success"

    page.get_by_role("button", name="通信记录").click()
    expect(page.locator("#wire-list li")).to_have_count(0)
    service.answer = slowly
    say(first(page), "在吗")
    expect(page.locator("#state.bad")).to_have_text("消息送不到服务，请看“通信记录”")
    expect(page.locator("#wire-list li")).to_have_count(3)  # the platform's last try fails too, before what comes next
    service.answer = echo
    say(first(page), "现在呢")
    expect(page.locator("#state")).to_have_text("已连接 · 明文模式")


# How many phones stand wholly in sight, and how many pixels of the others at most.
SIGHT = """() => {
  const place = document.querySelector("#phones").getBoundingClientRect();
  const widths = [...document.querySelectorAll(".phone")].map(phone => {
    const box = phone.getBoundingClientRect();
    return [Math.min(box.right, place.right) - Math.max(box.left, place.left), box.width];
  });
  const whole = ([seen, width]) => seen >= width - 1;
  return [widths.filter(whole).length, Math.max(0, ...widths.filter(each => !whole(each)).map(([seen]) => seen))];
}"""


def test_only_whole_phones_are_in_sight_and_the_others_are_reached_by_name(page: Page) -> None:
    for width, drawer, whole in ((1366, False, 5), (1280, False, 4), (1280, True, 3)):
        page.set_viewport_size({"width": width, "height": 768})
        if drawer:
            page.get_by_role("button", name="故障开关").click()
        page.wait_for_function(f"({SIGHT})()[0] === {whole}")
        assert page.evaluate(SIGHT)[1] <= 16
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_role("navigation", name="选择手机").get_by_role("button", name="党员乙").click()
    expect(page.get_by_label("党员乙的手机")).to_be_in_viewport(ratio=0.99)


def test_consent_shows_on_the_phone_and_can_be_taken_back(page: Page, sandbox: Sandbox, api: Api) -> None:
    notice = {"touser": RESIDENT, "template_id": "S-order", "data": {"thing1": {"value": "灯修好了"}}}
    for agrees, code in ((True, 0), (False, 43101)):
        extra(first(page), "订阅通知")
        page.locator("#ask-consent input").set_checked(agrees)
        page.locator("#ask-consent").get_by_role("button", name="好了").click()
        expect(first(page).get_by_text("已订阅", exact=True).and_(page.locator(".badge"))).to_have_count(int(agrees))
        assert api.post("message/subscribe/bizsend", notice)["errcode"] == code
    expect(first(page).locator("[data-kind=subscription] .card")).to_contain_text("灯修好了")


def test_another_person_takes_a_phone(page: Page, sandbox: Sandbox) -> None:
    openid = sandbox.new_user(name="赵奶奶")
    sandbox.say(openid, "以前说过的话")
    first(page).locator(".person").select_option(openid)
    expect(first(page).locator(".own .bubble")).to_have_text("以前说过的话")
    page.reload()
    expect(first(page).locator(".own .bubble")).to_have_text("以前说过的话")


def test_a_telephone_shows_one_phone_and_everything_is_big_enough(page: Page, api: Api) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    expect(page.locator(".phone:visible")).to_have_count(1)
    page.get_by_role("navigation", name="选择手机").get_by_role("button", name="党员甲").click()
    expect(page.locator(".phone:visible .person")).to_have_value("oSandbox_member_1___________")
    say(page.locator(".phone:visible"), "待接")
    expect(page.locator(".phone:visible [data-kind=passive] .bubble")).to_have_text("收到：待接")
    api.notify(RESIDENT)
    expect(page.locator("#switcher .dot")).to_have_count(1)
    page.get_by_role("navigation", name="选择手机").get_by_role("button", name="王阿姨").click()
    expect(page.locator("#switcher .dot")).to_have_count(0)
    page.locator(".phone:visible .more").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.evaluate(SMALL) == []


SMALL = """[...document.querySelectorAll("button, select, textarea")].filter((control) => {
  const box = control.getBoundingClientRect();
  return box.width && (box.height < 44 || box.width < 44);
}).map((control) => control.outerHTML)"""


@pytest.fixture
def real(settings: Settings, options: Options) -> Iterator[Sandbox]:
    """A sandbox in front of the service itself."""
    app: Any = create_service(settings)
    with listening(app) as port:
        known = replace(
            options, app_id=settings.wechat_app_id, secret=settings.wechat_app_secret, token=settings.wechat_token,
            service_url=f"http://127.0.0.1:{port}/wechat", deadline=5.0,
        )  # fmt: skip
        with running(known) as sandbox:
            yield sandbox
    app.extensions["office"].db.close()


def test_the_service_itself_answers_on_the_page(chromium: Browser, real: Sandbox) -> None:
    page = chromium.new_page(viewport={"width": 1200, "height": 900})
    page.goto(real.base_url)
    say(first(page), "金色春天3号楼，灯泡坏了，想请人帮忙换一下")
    expect(first(page).locator("[data-kind=passive] .bubble")).to_contain_text("单号")
    assert real.verify()
    page.close()
