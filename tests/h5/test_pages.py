"""What each page shows to whom, what it does, and what it refuses."""

import json
import re

import pytest
from sqlalchemy import select

from bot.h5 import access
from bot.store.schema.records import audit
from bot.store.sealed import columns
from bot.store.tables import deletions, inbound, notices, orders, persons
from tests.h5.conftest import World
from tests.services.cast import told_of

FORM = re.compile(r'name="form" value="([0-9a-f]{32})"')
PAGES = ("/h5/my", "/h5/new", "/h5/privacy", "/h5/broadcasts", "/h5/tasks", "/h5/record")


def state(world: World, code: str) -> tuple[str, str | None, int | None]:
    with world.office.db.reading() as tx:
        row = tx.first(select(orders).where(orders.c.code == code))
    assert row is not None
    return row.state, row.outcome, row.rating


def looks(world: World) -> list[tuple[str, str, int | None]]:
    """The looks at contacts through these pages, as the audit has them."""
    with world.office.db.reading() as tx:
        found = tx.all(select(audit).where(audit.c.act == "view.contact", audit.c.source == "h5").order_by(audit.c.id))
    return [(row.act, row.source, row.who_id) for row in found]


def form(page: str) -> str:
    found = FORM.search(page)
    assert found
    return found[1]


def test_every_route_is_in_the_table_and_what_is_not_a_page_is_404(world: World) -> None:
    routes = {rule.endpoint for rule in world.app.url_map.iter_rules() if rule.endpoint.startswith("h5.")}
    assert routes == set(access.ROUTES)
    assert world.at("王阿姨").open("/h5/nothing").status_code == 404


@pytest.mark.parametrize(
    ("who", "open_to"),
    [("王阿姨", 4), ("党员一", 6), ("陈桥甲", 6), ("办事处甲", 6), ("纪检甲", 4)],
)
def test_each_page_is_for_its_roles(world: World, who: str, open_to: int) -> None:
    browser = world.at(who)
    answers = [browser.open(address).status_code for address in PAGES]
    assert answers == [200] * open_to + [404] * (6 - open_to)
    assert browser.open("/h5/").location == ("/h5/tasks" if open_to == 6 else "/h5/my")


@pytest.mark.parametrize("address", [*PAGES, "/h5/", "/h5/orders/1234567"])
def test_nobody_is_sent_to_sign_in(world: World, address: str) -> None:
    answer = world.nobody().open(address)
    assert (answer.status_code, answer.location.split("?")[0]) == (303, "/h5/sign-in")


def test_a_resident_follows_an_order_from_the_list_to_its_story(world: World) -> None:
    code = world.accepted()
    browser = world.at("王阿姨")
    browser.open("/h5/my")
    assert code in browser.page
    assert browser.open(f"/h5/orders/{code}").status_code == 200
    assert "党员一 来帮忙" in browser.page
    assert "灯泡坏了" in browser.page
    assert "显示电话" not in browser.page


@pytest.mark.parametrize("who", ["李大爷", "党员二", "兰天甲", "陈桥甲", "办事处甲", "纪检甲"])
def test_an_order_of_somebody_else_is_404_also_for_every_act(world: World, who: str) -> None:
    code = world.accepted()
    browser = world.at(who)
    browser.open("/h5/new")
    assert browser.open(f"/h5/orders/{code}").status_code == 404
    for command in ("satisfied", "append", "withdraw", "finish", "return", "contact", "nothing"):
        answer = browser.send(f"/h5/orders/{code}/{command}", words="这是别人的单")
        assert answer.status_code == 404, command
    assert state(world, code) == ("accepted", None, None)
    assert looks(world) == []


def test_a_form_without_its_token_is_refused_and_nothing_happens(world: World) -> None:
    code = world.done()
    browser = world.at("王阿姨")
    for address in (
        f"/h5/orders/{code}/satisfied",
        "/h5/new",
        "/h5/privacy/copy",
        "/h5/privacy/delete",
        "/h5/print",
        "/h5/leave",
    ):
        browser.token = "x"
        assert browser.send(address, words="x", form="0" * 32).status_code == 400, address
    helper = world.at("党员一")
    assert helper.send("/h5/duty", command="rest").status_code == 400
    assert state(world, code)[0] == "done"


def test_a_form_that_is_too_old_shows_what_was_written(world: World) -> None:
    browser = world.at("李大爷")
    written = {"words": "楼道灯坏了三天<b>", "place": "金色春天3号楼", "phone": "13800001234"}
    answer = browser.client.post("/h5/new", data={**written, "form": "x" * 32, "csrf_token": "old"})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 400
    assert "楼道灯坏了三天&lt;b&gt;\n金色春天3号楼\n13800001234</textarea>" in page
    with world.office.db.reading() as tx:
        assert tx.all(select(orders.c.id)) == []


def test_a_form_of_somebody_whose_session_is_over_is_refused(world: World) -> None:
    code = world.done()
    browser = world.at("王阿姨")
    browser.open(f"/h5/orders/{code}")
    browser.client.delete_cookie(access.COOKIE, path="/h5")
    assert browser.send(f"/h5/orders/{code}/satisfied").status_code == 401
    assert state(world, code)[0] == "done"


def test_a_resident_confirms(world: World) -> None:
    code = world.done()
    browser = world.at("王阿姨")
    browser.open(f"/h5/orders/{code}")
    assert browser.send(f"/h5/orders/{code}/satisfied").status_code == 303
    assert state(world, code) == ("closed", "confirmed", None)
    assert told_of(world.office, "confirm_handler") == ["党员一"]


def test_a_resident_rates_and_the_helper_reads_the_thanks(world: World) -> None:
    code = world.done()
    browser = world.at("王阿姨")
    browser.open(f"/h5/orders/{code}")
    assert browser.send(f"/h5/orders/{code}/rate", words="很热心").status_code == 400
    assert "请选几星" in browser.page
    assert "很热心" in browser.page  # nothing typed is lost
    assert browser.send(f"/h5/orders/{code}/rate", stars="5", words="很热心").status_code == 303
    assert state(world, code) == ("closed", "confirmed", 5)
    helper = world.at("党员一")
    helper.open("/h5/record")
    assert "帮助过 1 次" in helper.page
    assert "很热心" in helper.page
    other = world.at("党员二")
    other.open("/h5/record")
    assert "帮助过 0 次" in other.page


def test_a_resident_is_not_satisfied_adds_words_and_withdraws(world: World) -> None:
    code = world.done()
    browser = world.at("王阿姨")
    browser.open(f"/h5/orders/{code}")
    assert browser.send(f"/h5/orders/{code}/dissatisfied").status_code == 400
    browser.send(f"/h5/orders/{code}/dissatisfied", words="灯还是不亮")
    assert state(world, code)[0] == "accepted"
    assert browser.send(f"/h5/orders/{code}/append", words="灯座也松了").status_code == 303
    browser.open(f"/h5/orders/{code}")
    assert "灯座也松了" in browser.page
    browser.send(f"/h5/orders/{code}/withdraw", words="自己修好了")
    assert state(world, code) == ("closed", "withdrawn", None)


def test_danger_in_added_words_is_answered_first(world: World) -> None:
    code = world.accepted()
    browser = world.at("王阿姨")
    browser.open(f"/h5/orders/{code}")
    browser.send(f"/h5/orders/{code}/append", words="家里煤气泄漏了，老人晕倒了")
    browser.open("/h5/my")
    with world.office.db.reading() as tx:
        assert tx.value(select(orders.c.id).where(orders.c.urgency == "U0")) is not None


def test_words_that_are_restricted_behind_a_refused_act_are_taken_apart(world: World) -> None:
    code = world.accepted()
    browser = world.at("王阿姨")
    browser.open(f"/h5/orders/{code}")
    answer = browser.send(f"/h5/orders/{code}/satisfied", words="我要举报社区书记收红包")
    assert answer.status_code == 409
    assert "单号" in browser.page
    with world.office.db.reading() as tx:
        lanes = [row.lane for row in tx.all(select(orders.c.lane).order_by(orders.c.id))]
    assert lanes[-1] == "restricted"
    browser.open("/h5/my")
    assert "举报" not in browser.page


def test_a_restricted_order_is_shown_nowhere(world: World) -> None:
    code = world.placed("李大爷", "我要举报陈桥社区书记收红包")
    for who in ("李大爷", "纪检甲", "办事处甲"):
        browser = world.at(who)
        assert browser.open(f"/h5/orders/{code}").status_code == 404
        browser.open("/h5/my")
        assert code not in browser.page
        assert browser.send(f"/h5/orders/{code}/append", words="补充").status_code == 404
    browser = world.at("李大爷")
    browser.open("/h5/privacy")
    assert "红包" not in browser.send("/h5/privacy/copy").get_data(as_text=True)


def test_a_form_becomes_one_order_however_often_it_is_sent(world: World) -> None:
    browser = world.at("李大爷")
    browser.open("/h5/new")
    number = form(browser.page)
    given = {
        "words": "楼道灯坏了三天，晚上看不见",
        "place": "陈桥社区金色春天3号楼2单元",
        "phone": "13900001235",
        "form": number,
    }
    for _ in range(2):
        assert browser.send("/h5/new", **given).status_code == 200
        assert "单号" in browser.page
    with world.office.db.reading() as tx:
        (row,) = tx.all(select(orders).where(orders.c.person_id == world.person("李大爷")))
        assert (row.source, row.community) == ("h5", "陈桥社区")
        kinds = {each.kind for each in tx.all(select(inbound.c.kind).where(inbound.c.key.startswith("h5:")))}
        person = tx.first(select(persons).where(persons.c.id == row.person_id))
    assert kinds == {"page"}
    assert person is not None
    assert (person.chat_until, person.chat_left) == (None, 0)  # a form opens no window of the platform
    browser.open("/h5/my")
    assert row.code in browser.page


def test_a_number_that_nobody_can_call_is_refused_and_what_is_corrected_counts(world: World) -> None:
    browser = world.at("李大爷")
    browser.open("/h5/new")
    number = form(browser.page)
    given = {"words": "楼道灯坏了三天，晚上看不见", "place": "陈桥社区金色春天3号楼2单元", "form": number}
    assert browser.send("/h5/new", phone="123", **given).status_code == 400
    assert "打不通" in browser.page
    assert browser.send("/h5/new", phone="13800001233", **given).status_code == 200
    assert browser.send("/h5/new", phone="１３８００００１２３４", **given).status_code == 200  # back, and corrected
    assert "已补充到单号" in browser.page
    with world.office.db.reading() as tx:
        (row,) = tx.all(select(orders).where(orders.c.person_id == world.person("李大爷")))
        assert columns.text(tx.vault, "orders", "contact_sealed", row) == "13800001234"


def test_a_danger_is_taken_with_a_number_that_nobody_can_call(world: World) -> None:
    browser = world.at("李大爷")
    browser.open("/h5/new")
    assert browser.send("/h5/new", words="我家着火了快来人", phone="123", form=form(browser.page)).status_code == 200
    assert "119" in browser.page.split("<h1>")[1]


def test_the_form_answers_danger_first_and_restricted_words_by_the_door(world: World) -> None:
    browser = world.at("李大爷")
    browser.open("/h5/new")
    browser.send("/h5/new", words="我家着火了快来人", form=form(browser.page))
    assert "119" in browser.page.split("<h1>")[1]
    browser.open("/h5/new")
    browser.send("/h5/new", words="我老公天天打我，我要举报他家暴", form=form(browser.page))
    with world.office.db.reading() as tx:
        found = tx.all(select(orders).where(orders.c.person_id == world.person("李大爷")).order_by(orders.c.id))
    assert found[0].urgency == "U0"
    assert found[-1].lane == "restricted"


@pytest.mark.parametrize("given", [{"words": ""}, {"words": "灯坏了", "form": "no"}, {"words": "灯" * 3001}])
def test_a_form_that_cannot_be_read_keeps_what_was_typed(world: World, given: dict[str, str]) -> None:
    browser = world.at("李大爷")
    browser.open("/h5/new")
    answer = browser.send("/h5/new", **{"place": "金色春天3号楼", "form": form(browser.page), **given})
    assert answer.status_code == 400
    assert "金色春天3号楼" in browser.page
    assert given["words"] in browser.page


def test_markup_in_a_residents_words_is_shown_as_words(world: World) -> None:
    code = world.placed("李大爷", "陈桥社区金色春天3号楼灯坏了<script>alert(1)</script><img src=x onerror=alert(2)>")
    browser = world.at("李大爷")
    browser.open(f"/h5/orders/{code}")
    assert "<script>" not in browser.page
    assert "<img" not in browser.page
    browser.open("/h5/new")
    browser.send("/h5/new", words="<b>灯", place='"><script>', form="bad")
    assert "<script>" not in browser.page


def plain(page: str) -> str:
    """Without times and numbers of orders, which may hold any digits."""
    return re.sub(r'datetime="[^"]*"|(?<!\d)\d{7}(?!\d)', "", page)


def test_a_member_sees_the_need_alone_before_accepting_and_accepts(world: World) -> None:
    code = world.given()
    browser = world.at("党员一")
    for address in ("/h5/tasks", f"/h5/orders/{code}"):
        assert browser.open(address).status_code == 200
        assert code in browser.page
        for secret in ("13900001234", "501", "2单元", "tel:", "显示电话", "map.qq.com"):
            assert secret not in plain(browser.page)
    assert browser.send(f"/h5/orders/{code}/contact").status_code == 404
    assert browser.send(f"/h5/orders/{code}/accept").status_code == 303
    assert state(world, code)[0] == "accepted"
    assert looks(world)[1:] == []


def test_the_contact_appears_after_a_look_on_record_and_the_map_knows_no_room(world: World) -> None:
    code = world.accepted()
    browser = world.at("党员一")
    browser.open(f"/h5/orders/{code}")
    assert "tel:" not in browser.page
    assert "13900001234" not in browser.page
    assert "501" not in plain(browser.page)
    link = re.search(r'href="(https://apis\.map\.qq\.com[^"]+)" rel="noreferrer', browser.page)
    assert link
    assert "501" not in link[1]
    assert browser.send(f"/h5/orders/{code}/contact").status_code == 200
    assert 'href="tel:13900001234"' in browser.page
    assert "501" in browser.page
    assert looks(world) == [("view.contact", "h5", world.person("党员一"))]


def test_who_helps_reads_with_the_contact_what_was_said_before_accepting(world: World) -> None:
    code = world.given()
    world.talk.says("王阿姨", f"补充 {code} 楼道口有条大狗")
    browser = world.at("党员一")
    browser.open(f"/h5/orders/{code}")
    assert "大狗" not in browser.page
    world.talk.says("党员一", f"接单 {code}")
    browser.open(f"/h5/orders/{code}")
    browser.send(f"/h5/orders/{code}/contact")
    assert "后来又说：楼道口有条大狗" in browser.page


def test_the_contact_is_gone_once_the_order_is_closed(world: World) -> None:
    code = world.done()
    world.talk.says("王阿姨", "满意")
    world.talk.wait(days=7)
    browser = world.at("党员一")
    assert browser.open(f"/h5/orders/{code}").status_code == 200
    for secret in ("13900001234", "501", "显示电话", "map.qq.com"):
        assert secret not in plain(browser.page)
    assert browser.send(f"/h5/orders/{code}/contact").status_code == 404
    assert looks(world) == []


def test_a_device_that_was_bound_lately_sees_no_contact_of_older_orders(world: World) -> None:
    from bot.services.roster import bind_codes

    code = world.accepted()
    world.talk.wait(minutes=1)
    world.talk.says("新手机", f"绑定 {bind_codes.issue_code(world.office, '13800000111', world.talk.now)}")
    browser = world.at("新手机")
    assert browser.open(f"/h5/orders/{code}").status_code == 200
    assert "显示电话" not in browser.page
    assert browser.send(f"/h5/orders/{code}/contact").status_code == 404


def test_a_member_declines_gives_back_and_finishes(world: World) -> None:
    browser = world.at("党员一")
    code = world.given()
    browser.open("/h5/tasks")
    assert browser.send(f"/h5/orders/{code}/decline").location == "/h5/tasks"
    assert state(world, code)[0] == "submitted"
    world.talk.says("陈桥甲", f"派单 {code} 党员一")
    browser.send(f"/h5/orders/{code}/accept")
    assert browser.send(f"/h5/orders/{code}/return", words="临时有事").status_code == 303
    assert state(world, code)[0] == "submitted"
    world.talk.says("陈桥甲", f"派单 {code} 党员一")
    browser.send(f"/h5/orders/{code}/accept")
    assert browser.send(f"/h5/orders/{code}/finish", words="换了新灯泡").status_code == 303
    assert state(world, code)[0] == "done"
    assert "tel:" not in browser.page


def test_an_open_wish_is_claimed_by_one_of_two(world: World) -> None:
    code = world.placed()
    world.talk.says("陈桥甲", f"公开 {code}")
    first, second = world.at("党员一"), world.at("党员二")
    world.talk.wait(days=1)
    for browser in (first, second):
        browser.open("/h5/tasks")
    shown = [browser for browser in (first, second) if code in browser.page]
    assert shown
    assert shown[0].send(f"/h5/orders/{code}/accept").status_code == 303
    assert state(world, code)[0] == "accepted"
    late = second if shown[0] is first else first
    assert late.send(f"/h5/orders/{code}/accept").status_code in (303, 404)
    assert state(world, code)[0] == "accepted"


def test_duty_is_switched_off_and_on(world: World) -> None:
    browser = world.at("党员一")
    browser.open("/h5/tasks")
    for command, resting in (("rest", True), ("duty", False)):
        assert browser.send("/h5/duty", command=command).status_code == 303
        with world.office.db.reading() as tx:
            assert tx.value(select(persons.c.resting).where(persons.c.id == world.person("党员一"))) is resting
    assert browser.send("/h5/duty", command="dispatch").status_code == 404


def test_words_are_passed_on_between_both_sides(world: World) -> None:
    code = world.accepted()
    resident, helper = world.at("王阿姨"), world.at("党员一")
    for browser, words in ((resident, "请三点以后来"), (helper, "好的三点半到")):
        browser.open(f"/h5/orders/{code}")
        assert browser.send(f"/h5/orders/{code}/relay", words=words).status_code == 303
    assert told_of(world.office, "relay_handler") == ["党员一"]
    assert told_of(world.office, "relay_resident") == [None]


def test_the_copy_holds_ones_own_data_and_nobody_elses(world: World) -> None:
    code, other = world.accepted(), world.placed("李大爷", "陈桥社区金色春天5号楼下水道堵了")
    browser = world.at("王阿姨")
    browser.open("/h5/privacy")
    answer = browser.send("/h5/privacy/copy")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    found = json.loads(answer.get_data(as_text=True))
    text = json.dumps(found, ensure_ascii=False)
    assert [each["单号"] for each in found["诉求"]] == [code]
    assert "13900001234" in text
    assert "灯泡坏了" in text
    assert other not in text
    assert "下水道" not in text


def test_deletion_is_asked_for_as_in_the_chat(world: World) -> None:
    world.placed()
    browser = world.at("王阿姨")
    browser.open("/h5/privacy")
    number = form(browser.page)
    for _ in range(2):
        assert browser.send("/h5/privacy/delete", form=number).status_code == 200
    with world.office.db.reading() as tx:
        (row,) = tx.all(select(deletions))
        told = tx.all(select(notices).where(notices.c.event == "deletion_asked"))
    assert row.person_id == world.person("王阿姨")
    assert len(told) == 1


def test_large_print_is_kept_in_the_browser(world: World) -> None:
    browser = world.at("王阿姨")
    browser.open("/h5/my")
    assert 'class="large"' not in browser.page
    assert browser.send("/h5/print", size="large", back="/h5/new").location == "/h5/new"
    browser.open("/h5/new")
    assert 'class="large"' in browser.page
    assert browser.send("/h5/print", size="plain", back="https://evil.example/").location == "/h5/"


def test_pages_are_small_and_let_nothing_in_from_elsewhere(world: World) -> None:
    world.accepted()
    browser = world.at("党员一")
    for address in PAGES:
        answer = browser.open(address)
        assert len(answer.data) < 200_000
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert answer.headers["Cache-Control"] == "no-store"
        assert "<script" not in browser.page
        assert " style=" not in browser.page


def test_words_that_are_too_long_are_refused_whole_and_stay_in_the_form(world: World) -> None:
    code = world.accepted()
    browser = world.at("王阿姨")
    browser.open(f"/h5/orders/{code}")
    words = "再说一点" * 300
    assert browser.send(f"/h5/orders/{code}/append", words=words).status_code == 409
    assert "最多 1000 字，现在有 1200 字" in browser.page
    assert words in browser.page


@pytest.mark.parametrize(
    ("who", "command", "chosen", "kept"),
    [
        ("王阿姨", "rate", {"stars": "4"}, 'value="4" required checked'),
        ("党员一", "finish", {"hours": "1.5"}, 'value="1.5" selected'),
    ],
)
def test_a_form_that_is_refused_keeps_its_words_and_what_was_chosen(
    world: World, who: str, command: str, chosen: dict[str, str], kept: str
) -> None:
    code = world.done() if command == "rate" else world.accepted()
    browser = world.at(who)
    browser.open(f"/h5/orders/{code}")
    words = "非常感谢" * 300
    assert browser.send(f"/h5/orders/{code}/{command}", words=words, **chosen).status_code == 409
    assert words in browser.page
    assert kept in browser.page
    assert state(world, code)[2] is None
