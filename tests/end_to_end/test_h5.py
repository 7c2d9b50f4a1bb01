"""A telephone opens a page: the web process asks WeChat, a worker learns who it is, and the page is shown."""

import re
import time
from urllib.parse import quote

import requests

from tests.end_to_end.stack import Stack


def test_a_resident_signs_in_through_web_and_worker(stack: Stack) -> None:
    openid = stack.sandbox.new_user(name="王阿姨")
    code = stack.places(openid, "陈桥社区金色春天3号楼2单元501灯泡坏了，想请人帮忙换一下")
    with requests.Session() as phone:
        phone.trust_env = False
        asked = phone.get(f"{stack.settings.public}/h5/orders/{code}", timeout=10)
        assert asked.url.startswith(stack.sandbox.base_url)
        assert "state=" in asked.url
        page = phone.get(f"{asked.url.split('#')[0]}&sandbox_openid={quote(openid)}", timeout=10)
        began = time.monotonic()
        while page.headers.get("Refresh") and time.monotonic() - began < 15:
            time.sleep(0.2)
            page = phone.get(page.url, timeout=10)
    assert page.status_code == 200
    assert page.url == f"{stack.settings.public}/h5/orders/{code}"
    assert re.search(rf"<h1>单号 {code}</h1>", page.text)
    assert time.monotonic() - began < 5
