"""The sandbox shows a short message on the telephone that has its number, in the approved words."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.conftest import ENVIRONMENT
from tests.databases import SQLITE
from tests.sandbox.client import Sandbox
from tests.sandbox.options import Options
from tests.sandbox.server import running
from tests.sandbox.users.cast import RESIDENTS, Person
from tests.workers.conftest import deliver
from tests.workers.sms.conftest import BOTH, NUMBER, TEXTS, add_staff, tell
from workers.resources import Desk

OWNER = Person("oSandbox_with_a_number", "社区小陈", "staff", number=NUMBER)


@pytest.fixture
def sandbox(provider: str) -> Iterator[Sandbox]:
    options = Options(
        app_id=ENVIRONMENT["WECHAT_APP_ID"], secret=ENVIRONMENT["WECHAT_APP_SECRET"], token=ENVIRONMENT["WECHAT_TOKEN"],
        port=0, cast=(*RESIDENTS, OWNER), sms_texts={"T1": TEXTS[provider]},
    )  # fmt: skip
    with running(options) as opened:
        yield opened


@SQLITE
@BOTH
def test_a_short_message_is_seen_on_the_telephone_of_its_number(desk: Desk, sandbox: Sandbox) -> None:
    tell(desk, add_staff(desk))
    deliver(desk)
    words = "【凤凰办事处】凤凰办事处有一条工作通知，请打开服务号查看。"
    assert sandbox.texts(OWNER.openid, "sms") == [words]
    assert sandbox.texts(RESIDENTS[0].openid) == []


@SQLITE
def test_one_that_the_operator_could_not_bring_is_not_seen(desk: Desk, sandbox: Sandbox) -> None:
    sandbox.set_faults(receipts="failed")
    tell(desk, add_staff(desk))
    deliver(desk)
    assert len(sandbox.short_messages(NUMBER)) == 1
    assert sandbox.texts(OWNER.openid) == []


@SQLITE
def test_the_page_shows_the_number_and_the_short_message(desk: Desk, sandbox: Sandbox, chromium: Browser) -> None:
    tell(desk, add_staff(desk))
    deliver(desk)
    page = chromium.new_page()
    page.goto(f"{sandbox.base_url}/?people={OWNER.openid}")
    phone = page.get_by_label("社区小陈的手机")
    expect(phone.locator("[data-kind=sms] .bubble")).to_contain_text("【凤凰办事处】")
    expect(phone.locator("[data-kind=sms] .kind")).to_have_text("短信")
    expect(phone.locator(".badges")).to_contain_text(NUMBER)
    page.close()
