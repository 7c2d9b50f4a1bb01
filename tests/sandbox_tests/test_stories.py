"""A written story told on the phones: by the control API, and steered on the page in a real browser."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
import requests
from playwright.sync_api import Browser, Page, expect

from tests.sandbox.client import Sandbox
from tests.sandbox.options import Options, read_templates
from tests.sandbox.run import TEMPLATES
from tests.sandbox.server import running
from tests.sandbox_tests.test_page import SMALL
from tests.story import FOLDER

START_MS = 120_000  # an office starts with all its processes
STORY = """# 换灯泡
# What is written in English is for those who write stories.
王阿姨: 金色春天3号楼2单元501灯泡坏了，想请人帮忙换一下，电话13800001234
> 单号 {A} | 换灯泡
order {A}: submitted 0102
陈桥甲: 派单 {A} 党员一
> 已邀请 | 没有这句话
! 13800001234
党员一: 接单
> 接单成功
told 王阿姨: 党员一 | {A}
not told 党员二
orders: 1
~ 2 days
"""


@pytest.fixture(scope="module")
def told(options: Options, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    """A sandbox that offers two stories; the service that it stands before is not asked by them."""
    folder = tmp_path_factory.mktemp("stories")
    (folder / "lamp.story").write_text(STORY, "utf-8")
    (folder / "danger.story").write_text((FOLDER / "danger.story").read_text("utf-8"), "utf-8")
    known = replace(
        options, aes_key="a" * 43, mode="safe", deadline=5, templates=read_templates(TEMPLATES), stories=folder
    )
    with running(known) as sandbox:
        yield sandbox


def call(sandbox: Sandbox, method: str, path: str, **body: Any) -> Any:
    answer = requests.request(method, f"{sandbox.base_url}/sandbox/stories{path}", json=body, timeout=60)
    return answer.status_code if answer.status_code != 200 else answer.json()


def now(sandbox: Sandbox) -> dict[str, Any]:
    return dict(call(sandbox, "GET", "/play")["play"])


def until(sandbox: Sandbox, state: str, told: int | None = None) -> dict[str, Any]:
    return sandbox.wait_until(
        lambda: play if (play := now(sandbox))["state"] == state and told in (None, play["told"]) else None,
        START_MS / 1000,
        lambda: str(now(sandbox)),
    )


def test_a_story_is_told_step_by_step_through_the_webhook_and_judged(told: Sandbox) -> None:
    titles = {row["name"]: (row["title"], row["steps"]) for row in call(told, "GET", "/")["stories"]}
    assert titles == {"lamp": ("换灯泡", 3), "danger": ("煤气味、起火：先说打什么电话", 3)}
    assert call(told, "POST", "/play", story="nothing") == 400
    assert call(told, "PATCH", "/play", step=True) == 400
    before = {user["openid"] for user in told.users()}
    begun = call(told, "POST", "/play", story="lamp", playing=False)["play"]
    assert begun["state"] == "preparing"
    play = until(told, "paused")
    assert (play["told"], play["met"], play["missed"]) == (0, 0, 0)
    call(told, "PATCH", "/play", step=True)
    play = told.wait_until(lambda: shown if (shown := now(told))["met"] == 4 else None)
    code = play["lines"][3]["checks"][0]["words"].removeprefix("单号 ")
    assert re.fullmatch(r"\d{7}", code)
    assert [check["words"] for check in play["lines"][4]["checks"]] == ["待受理", "小修小补"]
    resident, member = (play["people"][name] for name in ("王阿姨", "党员一"))
    assert f"单号 {code}" in told.texts(resident, "passive")[-1]
    call(told, "PATCH", "/play", speed=100, playing=True)
    play = until(told, "done", told=3)
    assert [line["state"] for line in play["lines"]] == [
        "told", "told", "told", "met", "met", "told", "missed", "met", "told", "met", "met", "met", "met", "told"
    ]  # fmt: skip
    assert [check["met"] for check in play["lines"][6]["checks"]] == [True, False]
    told.wait_for(resident, "党员一", "template")  # a worker of its own sends the notices
    assert "接单成功" in told.texts(member, "passive")[-1]
    assert code in told.say(member, "我的单").text  # the office stays open
    call(told, "DELETE", "/play")
    assert call(told, "GET", "/play") == {"play": None}
    assert {user["openid"] for user in told.users()} == before


def test_a_story_is_watched_on_the_page(chromium: Browser, told: Sandbox) -> None:
    page, problems, hosts = chromium.new_page(viewport={"width": 1366, "height": 768}), [], set()
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("request", lambda request: hosts.add(request.url.split("/")[2]))
    page.goto(f"{told.base_url}/?people=王阿姨,党员甲")
    expect(page.locator(".phone[aria-label]")).to_have_count(2)
    page.get_by_role("button", name="演故事").click()
    page.get_by_label("找故事").fill("灯泡")
    page.get_by_role("list", name="故事", exact=True).get_by_role("button").press("Enter")
    bar = page.get_by_role("region", name="正在演的故事")
    expect(bar).to_contain_text("正在准备一间空的办事处")
    bar.get_by_label("快慢").select_option(label="慢")
    expect(bar).to_contain_text("第 1 步，共 3 步", timeout=START_MS)
    expect(page.locator("#story-said")).to_contain_text("王阿姨说：金色春天3号楼2单元501灯泡坏了")
    bar.get_by_role("button", name="暂停").click()
    expect(bar).to_contain_text("已暂停 · 第 1 步")
    names = [str(phone.get_attribute("aria-label")) for phone in page.locator(".phone").all()]
    assert names == ["王阿姨的手机", "陈桥甲的手机", "党员一的手机"]
    expect(page.locator(".phone.speaking")).to_have_attribute("aria-label", "王阿姨的手机")
    bar.get_by_role("button", name="走一步").click()
    expect(bar).to_contain_text("1 处不符")
    expect(page.get_by_label("陈桥甲的手机").locator("[data-kind=passive]").last).to_contain_text("已邀请")
    lines = page.get_by_role("list", name="故事的每一句")
    expect(lines.locator(".missed p")).to_have_text(["✓有“已邀请”，符合", "✗没有“没有这句话”，不符"])
    expect(lines.get_by_text("English")).to_have_count(0)
    watch_on_a_telephone(page)
    bar.get_by_role("button", name="收起").click()
    expect(bar).to_be_hidden(timeout=30_000)
    expect(page.locator(".phone")).to_have_count(2)
    assert page.locator(".phone").first.get_attribute("aria-label") == "王阿姨的手机"
    assert "oStory" not in page.url
    assert (problems, hosts) == ([], {told.base_url.split("/")[2]})
    page.close()


def watch_on_a_telephone(page: Page) -> None:
    """The one who speaks is turned to; controls are big enough and nothing is wider than the screen."""
    page.get_by_role("button", name="关闭").click()
    page.set_viewport_size({"width": 390, "height": 800})
    page.get_by_role("button", name="播放").click()
    expect(page.locator("#story-state")).to_contain_text("演完了", timeout=30_000)
    expect(page.locator(".phone:visible")).to_have_attribute("aria-label", "党员一的手机")
    expect(page.locator(".phone:visible [data-kind=passive]").last).to_contain_text("接单成功")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.evaluate(SMALL) == []
    page.set_viewport_size({"width": 1366, "height": 768})


def test_a_story_that_is_stopped_or_begun_again_leaves_nobody_behind(told: Sandbox) -> None:
    first = call(told, "POST", "/play", story="danger", playing=False)["play"]
    second = call(told, "POST", "/play", story="lamp", playing=False)["play"]
    openids = {user["openid"] for user in told.users()}
    assert not openids & set(first["people"].values())
    assert openids >= set(second["people"].values())
    until(told, "paused")
    assert call(told, "PATCH", "/play", stop=True)["play"]["state"] == "stopped"
    call(told, "PATCH", "/play", step=True)
    assert now(told)["told"] == 0
    told.reset()
    assert call(told, "GET", "/play") == {"play": None}
