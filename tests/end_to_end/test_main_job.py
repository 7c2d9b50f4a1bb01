"""Point, dispatch, accept, finish, confirm, over the real webhook, queues and platform: who is told what."""

import re
import time
from urllib.parse import quote

import requests
from redis import Redis

from tests.end_to_end.stack import Stack

WISH = "金色春天3号楼2单元501灯泡坏了，想请人帮忙换一下，电话13900001234"


def heard(stack: Stack, openid: str, words: str) -> list[dict[str, str]]:
    """What holds these words and reached the phone by itself."""
    return [item for item in stack.sandbox.inbox(openid) if item["kind"] != "passive" and words in item["text"]]


def test_the_main_job_and_everybody_concerned(stack: Stack) -> None:
    people = stack.people
    resident, other = stack.sandbox.new_users(2)
    token = stack.command("token", "create", "hotline", "--scope", "orders:read").strip()
    staff, one, two = people["陈桥甲"], people["党员一"], people["党员二"]

    code = stack.places(resident, WISH)
    stack.eventually(lambda: stack.told(staff, code))
    assert not stack.told(people["兰天甲"], code)
    assert "1." in stack.says(staff, f"派单 {code}")
    assert "已邀请 党员一" in stack.says(staff, "1")
    stack.eventually(lambda: stack.told(one, code))
    assert not stack.told(one, "13900001234")
    assert not stack.told(one, "单元501")
    assert "13900001234" not in stack.says(one, "待接")
    stack.says(one, "婉拒")
    stack.eventually(lambda: stack.told(staff, code, "党员一", "另派"))
    stack.says(staff, f"公开 {code}")
    stack.eventually(lambda: stack.told(two, code))
    assert "13900001234" in stack.says(two, f"接单 {code}")
    stack.eventually(lambda: stack.told(resident, code, "党员二"))
    assert "没有找到" in stack.says(other, f"进度 {code}")
    stack.says(two, f"完成 {code} 换好了")
    stack.eventually(lambda: stack.told(resident, code, "满意"))
    stack.says(resident, "不满意 还是不亮")
    stack.eventually(lambda: stack.told(two, code, "还是不亮") and stack.told(staff, code, "还是不亮"))
    stack.says(two, f"完成 {code}")
    assert "办结" in stack.says(resident, f"评价 {code} 5 很及时")
    order = stack.order(code, token)
    assert (order["state"], order["outcome"], order["rating"], order["solved"]) == ("closed", "confirmed", 5, True)
    assert [line["action"] for line in order["history"]] == [
        "place", "invite", "decline", "publish", "claim", "finish", "reopen", "finish", "confirm", "rate"
    ]  # fmt: skip
    assert [line["note"] for line in order["history"][-2:]] == [None, "很及时"]
    assert "13900001234" not in str(order)


def test_a_resident_signs_in_through_web_and_worker(stack: Stack) -> None:
    """A telephone opens a page: the web process asks WeChat, a worker learns who it is, and the page is shown."""
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


def test_what_ends_an_order_is_told_to_everybody_who_worked_on_it(stack: Stack) -> None:
    people = stack.people
    resident, neighbour = stack.sandbox.new_users(2)
    staff, member = people["兰天甲"], people["党员四"]

    lamp, again = stack.places(resident, "兰天西路的路灯不亮"), stack.places(neighbour, "兰天西路路灯坏了，晚上看不见")
    stack.says(staff, f"派单 {lamp} 兰天乙")
    stack.eventually(lambda: stack.told(people["兰天乙"], lamp) and stack.told(resident, lamp, "兰天乙"))
    stack.says(staff, f"合并 {again} {lamp}")
    stack.eventually(lambda: stack.told(neighbour, again, lamp))
    stack.says(staff, f"催办 {lamp}")
    stack.eventually(lambda: stack.told(people["兰天乙"], lamp, "抓紧"))
    stack.says(staff, f"转介 {lamp} 市政路灯所")
    stack.eventually(lambda: stack.told(resident, "市政路灯所") and stack.told(neighbour, "市政路灯所"))
    stack.eventually(lambda: stack.told(people["兰天乙"], lamp, "不用再办"))

    wish = stack.places(resident, "兰天社区想请人教我用手机")
    stack.says(staff, f"派单 {wish} 党员四")
    stack.eventually(lambda: stack.told(member, wish))
    stack.says(resident, f"撤回 {wish}")
    stack.eventually(lambda: stack.told(member, wish, "撤回") and stack.told(staff, wish, "撤回"))
    assert "已经办结" in stack.says(member, f"接单 {wish}")


def test_danger_reaches_who_is_on_duty_on_two_channels_and_a_picture_is_kept(stack: Stack) -> None:
    people = stack.people
    resident = stack.sandbox.new_user()
    assert "published" in stack.command("menu", "push")
    assert "一句话就行" in stack.sandbox.click(resident, "帮助").text
    said = stack.says(resident, "厨房煤气味很大，金色春天5号楼")
    assert "119" in said
    stack.eventually(lambda: {"template", "kf"} <= {item["kind"] for item in heard(stack, people["陈桥甲"], "煤气")})
    stack.sandbox.send_image(resident)
    media = stack.settings.var_dir / "media"
    stack.eventually(lambda: [*media.rglob("*.png"), *media.rglob("*.jpg")])  # a .part is not whole yet
    kept = next(iter([*media.rglob("*.png"), *media.rglob("*.jpg")]))
    assert kept.read_bytes()[:4] in (b"\x89PNG", b"\xff\xd8\xff\xe0")


def test_a_reminder_is_approved_by_another_and_acknowledged_once(stack: Stack) -> None:
    people = stack.people
    author, chief = stack.tokens_for_broadcasts("陈桥甲", "办事处甲")
    body = {"kind": "reminder", "title": "节前提醒", "body": "请勿收受礼品礼金。", "audience": {"role": "党员"}}
    (second,) = stack.tokens_for_broadcasts("纪检甲")
    made = stack.api("POST", "/broadcasts", author, json=body)
    where = f"/broadcasts/{made.json()['id']}"
    assert (made.status_code, stack.api("POST", f"{where}/approve", author).status_code) == (201, 403)
    assert stack.api("POST", f"{where}/approve", chief).json()["state"] == "review"
    assert stack.api("POST", f"{where}/approve", second).json()["state"] in (
        "sending",
        "sent",
    )  # a worker may be faster
    members = [people[name] for name in ("党员一", "党员二", "党员三", "党员四")]
    stack.eventually(lambda: all(stack.told(member, "节前提醒") for member in members))
    stack.eventually(lambda: stack.api("GET", where, author).json()["counts"]["delivered"] == 4)
    for words in ("收到", "知道了"):
        stack.says(members[0], words)
    stack.says(members[1], "已阅")
    counts = stack.api("GET", where, author).json()["counts"]
    assert counts == {"recipients": 4, "sent": 4, "delivered": 4, "waiting": 0, "failed": 0, "acked": 2}
    assert not stack.told(people["陈桥乙"], "节前提醒")


def test_redis_wiped_and_everything_killed_loses_nobodys_word(stack: Stack) -> None:
    people = stack.people
    resident, staff, member = stack.sandbox.new_user(), people["陈桥甲"], people["党员一"]
    stack.sandbox.set_faults(error_rate={"*": {"code": -1, "share": 0.3}}, http_500=0.3)
    code = stack.places(resident, WISH)
    for name in [name for name in stack.running if name.startswith("worker")]:
        stack.kill(name)
    Redis.from_url(stack.settings.redis).flushall()
    stack.says(staff, f"派单 {code} 党员一")
    stack.kill_all()
    Redis.from_url(stack.settings.redis).flushall()
    stack.sandbox.clear_faults()  # what a killed worker held is free again after its lease; nothing else may delay it
    stack.sandbox.set_faults(token_expired="once")
    stack.start_all()
    stack.eventually(lambda: stack.told(staff, code) and stack.told(member, code))
    said = stack.says(member, f"接单 {code}")
    assert "13900001234" in said
    stack.eventually(lambda: stack.told(resident, code, "党员一"))
    for phone, words in ((resident, ""), (staff, code), (member, code)):
        items = [item["text"] for item in heard(stack, phone, words)]
        assert len(items) == len(set(items)), items
    codes = stack.stop()
    assert set(codes.values()) == {0}, codes
