"""Plays the demo on its phones in a real browser, as the manual tells it, and takes the manual's pictures on the way."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect

from tests.docs import demo
from tests.docs.demo import Demo
from tests.docs.png import write_small

WAIT_MS = 20_000
OFFICE_MS = 120_000  # a story has an office of its own, which starts first
PHONE: ViewportSize = {"width": 400, "height": 800}
DESK: ViewportSize = {"width": 1440, "height": 860}
CONSOLE: ViewportSize = {"width": 1366, "height": 768}
CODE = re.compile(r"单号 (\d{7})")
RESIDENT, STAFF, MEMBER, OTHER, ADMIN = "王阿姨", "陈桥甲", "党员03", "党员07", "办事处甲"
OTHER_RESIDENT = "李大爷"
WISH = "金色春天3号楼2单元501灯泡坏了，想请人帮忙换一下，电话13800001234"
STORY = "换灯泡：点单、派单、接单、办好、满意"
REMINDER = "中秋将至，请廉洁过节。不收送礼品礼金，不用公车办私事。"
REMINDER_TITLE = "廉政提醒"
PLACES = {"值班安排": "每天两人", "纪检联系人": "纪检监察室", "联系电话": "0519-80000000"}
TO_NEWEST = "chat => { chat.scrollTop = chat.scrollHeight; }"
# What stands on the page in the chats at this moment: every message that is wholly in sight.
IN_SIGHT = """phone => {
  const chat = phone.querySelector(".chat").getBoundingClientRect();
  const seen = box => box.height > 0 && box.top >= chat.top - 1 && box.bottom <= chat.bottom + 1;
  return [...phone.querySelectorAll(".item")].filter(item => seen(item.getBoundingClientRect())).map(item => item.innerText).join("\\n");
}"""


@dataclass
class Play:
    """The demo, its page at a phone's and at a desk's width, and the pictures by name with what is in sight on each."""

    demo: Demo
    hand: Page
    desk: Page
    office: Page  # the console
    folder: Path
    shown: dict[str, str] = field(default_factory=dict)

    def phone(self, name: str) -> Locator:
        """This person's phone, taken up."""
        self.hand.get_by_role("navigation", name="选择手机").get_by_role("button", name=re.compile(f"^{name}")).click()
        return self.hand.locator(".phone.chosen")

    def says(self, name: str, words: str, *expected: str) -> str:
        """Type it on the phone; the reply, once it holds what is expected."""
        phone = self.phone(name)
        replies = phone.locator("[data-kind=passive] .bubble")
        before = replies.count()
        phone.locator("textarea").fill(words)
        phone.get_by_role("button", name="发送").click()
        expect(replies).to_have_count(before + 1, timeout=WAIT_MS)
        for part in expected:
            expect(replies.last).to_contain_text(part)
        return replies.last.inner_text()

    def told(self, name: str, words: str, kind: str = "template") -> None:
        """Wait until something of itself has reached this phone."""
        arrived = self.phone(name).locator(f"[data-kind={kind}]").filter(has_text=words)
        expect(arrived).not_to_have_count(0, timeout=WAIT_MS)

    def take(self, picture: str, name: str, height: int) -> None:
        """A picture of this person's phone, its newest messages in sight on a screen so high."""
        self.hand.set_viewport_size({"width": PHONE["width"], "height": height})
        phone = self.phone(name)
        phone.locator(".chat").evaluate(TO_NEWEST)
        write_small(self.hand, phone.screenshot(animations="disabled"), self.folder / f"{picture}.png")
        self.shown[picture] = phone.evaluate(IN_SIGHT)
        self.hand.set_viewport_size(PHONE)

    def take_page(self, picture: str, page: Page) -> None:
        """A picture of the whole page."""
        write_small(page, page.screenshot(animations="disabled"), self.folder / f"{picture}.png")
        self.shown[picture] = "\n".join(phone.evaluate(IN_SIGHT) for phone in page.locator(".phone:visible").all())

    def take_console(self, picture: str) -> None:
        """A picture of the console's page."""
        write_small(self.hand, self.office.screenshot(animations="disabled"), self.folder / f"{picture}.png")
        self.shown[picture] = self.office.locator("main").inner_text()


@contextmanager
def played(folder: Path, pictures: Path, chromium: Browser) -> Iterator[Play]:
    """Everything started, played and photographed; the pages stay open for whoever looks at the pictures."""
    with demo.running(folder) as running:
        for name in (STAFF, MEMBER, OTHER, ADMIN, "党员01"):
            running.bind(name)
        hand = chromium.new_page(viewport=PHONE, device_scale_factor=1.5, locale="zh-CN", timezone_id="Asia/Shanghai")
        desk = chromium.new_page(viewport=DESK, locale="zh-CN", timezone_id="Asia/Shanghai")
        for page in (hand, desk):
            page.goto(running.sandbox.base_url)
            expect(page.locator(".phone[aria-label]")).to_have_count(5)
        office = chromium.new_page(viewport=CONSOLE, locale="zh-CN", timezone_id="Asia/Shanghai")
        play = Play(running, hand, desk, office, pictures)
        _main_job(play)
        _reminder(play)
        _emergency(play)
        _console(play)
        _story(play)
        yield play
        for page in (hand, desk, office):
            page.close()


def _main_job(play: Play) -> None:
    """A resident asks for a lamp, staff dispatch it, a member accepts and finishes, the resident confirms."""
    said = play.says(RESIDENT, WISH, "换灯泡", "金色春天3号楼2单元501室")
    found = CODE.search(said)
    assert found, said
    code = found[1]
    play.take("resident", RESIDENT, 760)
    play.told(STAFF, code)
    play.says(STAFF, "待派", code)
    play.says(STAFF, f"派单 {code}", "1. 党员03（同社区·手上没有单）", "3. 党员01（会水电·手上没有单）")
    play.take("dispatch", STAFF, 920)
    play.says(STAFF, "1", "已邀请 党员03")
    play.told(MEMBER, "愿意回复接单")
    play.says(MEMBER, "接单", "接单成功", "501", "13800001234")
    play.take("accept", MEMBER, 1080)
    play.told(STAFF, "党员03已接单")
    expect(play.desk.get_by_label(f"{RESIDENT}的手机")).to_contain_text("党员03来帮忙", timeout=WAIT_MS)
    expect(play.desk.get_by_label(f"{STAFF}的手机")).to_contain_text("党员03已接单", timeout=WAIT_MS)
    play.take_page("sandbox", play.desk)
    play.says(MEMBER, f"完成 {code} 灯泡换好了", "辛苦了")
    play.told(RESIDENT, "灯泡换好了")
    play.says(RESIDENT, "满意", "已办结")
    play.take("confirm", RESIDENT, 810)
    play.told(MEMBER, "居民已确认满意")
    play.take_page("narrow", play.hand)


def _console(play: Play) -> None:
    """Staff sign in to the console and look at the board and at an order."""
    play.says(RESIDENT, "金色春天5号楼楼道灯不亮好几天了", "单号")
    play.says(OTHER_RESIDENT, "金色春天9号楼1单元下水道堵了，往外冒水", "单号")
    page = play.office
    environ = play.demo.environ
    page.goto(f"http://127.0.0.1:{environ['PORT']}/console/")
    page.get_by_label("姓名或手机号").fill(STAFF)
    page.get_by_label("密码").fill(environ["CONSOLE_PASSWORD"])
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("heading", name="看板")).to_be_visible()
    play.take_console("board")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="经过")).to_be_visible()
    play.take_console("order")
    _broadcasts(play)


def _broadcasts(play: Play) -> None:
    """A reminder written at the console with its preview, and how far the one of the chat is."""
    page = play.office
    page.get_by_role("link", name="提醒", exact=True).click()
    page.get_by_role("link", name=re.compile(REMINDER_TITLE)).click()
    expect(page.get_by_role("heading", name="留存材料")).to_be_visible()
    play.take_console("progress")
    page.goto(f"http://127.0.0.1:{play.demo.environ['PORT']}/console/broadcasts/new?template=mid_autumn_national_day")
    for place, words in PLACES.items():
        page.locator(f"[name='fill.{place}']").fill(words)
    page.get_by_role("checkbox", name="陈桥社区").check()
    expect(page.locator("#preview")).to_contain_text("一位审批人同意就发")
    expect(page.locator("#preview .bubble").first).to_contain_text(PLACES["纪检联系人"])
    play.take_console("compose")


def _story(play: Play) -> None:
    """A written conversation is told on phones of its own, and compared with what is written."""
    desk = play.desk
    desk.get_by_role("button", name="演故事").click()
    desk.get_by_role("list", name="故事", exact=True).get_by_role("button", name=STORY).click()
    desk.get_by_label("快慢").select_option(label="很快")
    expect(desk.locator("#story-state")).to_contain_text("演完了", timeout=OFFICE_MS)
    expect(desk.get_by_label("党员一的手机")).to_contain_text("居民已确认满意", timeout=WAIT_MS)
    play.take_page("story", desk)
    play.shown["story"] += desk.get_by_role("region", name="正在演的故事").inner_text()


def _reminder(play: Play) -> None:
    """Written by one, approved by another, acknowledged."""
    play.says(STAFF, "提醒", "廉政提醒")
    play.says(STAFF, REMINDER, "发给谁")
    play.says(STAFF, "陈桥社区党员", "共 16 人", "1. 办事处甲")
    said = play.says(STAFF, "1", "已交 办事处甲 审批")
    number = re.search(r"编号 (\d+)", said)
    assert number, said
    play.take("reminder", STAFF, 1060)
    admin = next(user["openid"] for user in play.demo.sandbox.users() if user["name"] == ADMIN)
    play.demo.sandbox.wait_for(admin, f"批准 {number[1]}", "kf")
    assert "已批准" in play.demo.sandbox.say(admin, f"批准 {number[1]}").text
    play.told(MEMBER, "中秋将至", "kf")
    play.says(MEMBER, "收到", f"已记下您收到第 {number[1]} 号通知")
    play.take("acknowledge", MEMBER, 800)
    play.says(STAFF, f"查看提醒 {number[1]}", "已回复收到 1")


def _emergency(play: Play) -> None:
    """Whom to call comes first; whoever is on duty is told on two channels."""
    play.says(RESIDENT, "厨房煤气味很大，金色春天5号楼", "119", "您现在安全吗")
    play.told(STAFF, "紧急！请马上打电话")
    play.told(STAFF, "请马上打电话联系", "kf")
    play.says(RESIDENT, "1", "请留在安全的地方")
    play.take("emergency", RESIDENT, 960)
    play.told(STAFF, "现在安全")
    play.take("duty", STAFF, 1080)
