"""The API as other systems meet it."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, insert, select, update

from bot.api import routes as api
from bot.orders.lifecycle import ACTIONS
from bot.orders.rights import rights
from bot.services.orders import actions
from bot.services.orders.actors import Doer
from bot.services.reading.typed_text import own_words
from bot.store import orders as store
from bot.store.tables import broadcasts, history, notices, orders, persons, roles
from tests.api.conftest import NOW, World

PROBLEM = "application/problem+json"


def an_order(world: World, code: str, person_id: int, **values: Any) -> int:
    row = {
        "code": code, "lane": "matter", "category": "0301", "urgency": "U3", "state": "submitted", "source": "chat",
        "person_id": person_id, "text": "电话*********** 楼上漏水", "community": "花都路社区", "estate": "龙山小区",
        "round": 0, "ring": 0, "version": 1, "created_at": NOW, "updated_at": NOW, "is_demo": False,
    }  # fmt: skip
    with world.office.db.transaction() as tx:
        seal = tx.vault.seal
        sealed = {"text_sealed": seal("原文"), "place_sealed": seal("龙山小区3号楼2单元501室")}
        sealed["contact_sealed"] = seal("13800000001")
        key = tx.run(insert(orders).values(**{**row, **sealed, **values})).inserted_primary_key
    assert key is not None
    return int(key[0])


def test_orders_come_newest_first_in_pages_that_miss_and_repeat_none(world: World) -> None:
    token, who = world.token("hotline"), world.person("王一", "member")
    for number in range(5):
        an_order(world, f"100000{number}", who, created_at=NOW + timedelta(minutes=number // 2))
    seen, cursor = [], ""
    while True:
        page = world.client.get(f"/api/v1/orders?limit=2&cursor={cursor}", headers=token).get_json()
        seen += [order["code"] for order in page["items"]]
        if page["next"] is None:
            break
        cursor = page["next"]
    assert seen == ["1000004", "1000003", "1000002", "1000001", "1000000"]


def test_an_order_shows_its_history_but_neither_room_nor_contact(world: World) -> None:
    token, helper = world.token("hotline"), world.person("李四", "member")
    order_id = an_order(world, "1000001", helper, handler_id=helper, state="accepted")
    with world.office.db.transaction() as tx:
        tx.run(insert(history).values(order_id=order_id, at=NOW, action="place", by="居民", state="submitted"))
    answer = world.client.get("/api/v1/orders/1000001", headers=token)
    order = answer.get_json()
    assert order["place"] == "花都路社区龙山小区3号楼"
    assert order["handler"] == {"name": "李四"}
    assert order["created_at"] == "2026-03-02T12:00:00+08:00"
    assert order["history"] == [
        {"at": "2026-03-02T12:00:00+08:00", "action": "place", "by": "居民", "state": "submitted", "note": None}
    ]
    assert "501" not in answer.text
    assert "13800000001" not in answer.text
    assert "contact" not in answer.text


def test_restricted_orders_do_not_exist_for_the_api(world: World) -> None:
    token, who = world.token("hotline"), world.person("王一", "member")
    an_order(world, "1000001", who, lane="restricted")
    assert world.client.get("/api/v1/orders/1000001", headers=token).status_code == 404
    assert world.client.get("/api/v1/orders", headers=token).get_json() == {"items": [], "next": None}


def test_orders_are_filtered_by_state_community_and_time(world: World) -> None:
    token, who = world.token("hotline"), world.person("王一", "member")
    an_order(world, "1000001", who, state="closed")
    an_order(world, "1000002", who, community="陈桥社区")
    an_order(world, "1000003", who, created_at=NOW + timedelta(hours=1))
    for query, codes in [
        ("state=closed", ["1000001"]),
        ("community=陈桥社区", ["1000002"]),
        ("since=2026-03-02T13:00:00+08:00", ["1000003"]),
        ("since=2026-03-02T13:00:00", ["1000003"]),
    ]:
        page = world.client.get(f"/api/v1/orders?{query}", headers=token).get_json()
        assert [order["code"] for order in page["items"]] == codes, query


def test_a_bad_parameter_is_named(world: World) -> None:
    token = world.token("hotline")
    for name, value in [
        ("state", "x"),
        ("since", "gestern"),
        ("cursor", "%%%"),
        ("cursor", "bm8"),
        ("limit", "201"),
        ("z", "1"),
    ]:
        answer = world.client.get("/api/v1/orders", query_string={name: value}, headers=token)
        assert (answer.status_code, answer.content_type) == (400, PROBLEM)
        assert answer.get_json()["errors"][0]["field"] == name


def test_without_a_good_token_there_is_a_challenge(world: World) -> None:
    for headers in ({}, {"Authorization": "Bearer wrong"}, {"Authorization": "Basic x"}):
        answer = world.client.get("/api/v1/orders", headers=headers)
        assert (answer.status_code, answer.content_type) == (401, PROBLEM)
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    answer = world.client.get("/api/v1/orders", headers=world.token("narrow", "broadcasts:read"))
    assert (answer.status_code, answer.content_type) == (403, PROBLEM)


def test_a_token_dies_with_its_persons_last_role(world: World) -> None:
    author = world.person("赵敏", "staff")
    token = world.token("hers", person_id=author)
    assert world.client.get("/api/v1/orders", headers=token).status_code == 200
    with world.office.db.transaction() as tx:
        tx.run(update(roles).where(roles.c.person_id == author).values(role="member"))
    assert world.client.get("/api/v1/orders", headers=token).status_code == 401
    with world.office.db.transaction() as tx:
        tx.run(delete(roles).where(roles.c.person_id == author))
    assert world.client.get("/api/v1/orders", headers=token).status_code == 401


def test_unknown_routes_and_methods_are_problems_too(world: World) -> None:
    assert world.client.get("/api/v2/x").content_type == PROBLEM
    answer = world.client.delete("/api/v1/orders")
    assert (answer.status_code, answer.content_type) == (405, PROBLEM)
    assert "GET" in answer.headers["Allow"]
    assert world.client.get("/elsewhere").content_type != PROBLEM


def a_broadcast(**changes: Any) -> dict[str, Any]:
    return {
        "kind": "reminder",
        "title": "节前提醒",
        "body": "廉洁过节",
        "audience": {"role": "党员", "community": "陈桥社区"},
        **changes,
    }


def test_a_broadcast_is_written_by_one_and_approved_by_another(world: World) -> None:
    author, chief = world.person("赵敏", "staff"), world.person("钱主任", "admin")
    for number in range(3):
        world.person(f"党员{number}", "member", community="陈桥社区")
    hers, his = world.token("hers", person_id=author), world.token("his", person_id=chief)
    answer = world.client.post("/api/v1/broadcasts", json=a_broadcast(), headers=hers)
    made = answer.get_json()
    assert (answer.status_code, made["state"], made["counts"]["recipients"]) == (201, "review", 3)
    path = f"/api/v1/broadcasts/{made['id']}"
    assert world.client.post(f"{path}/approve", headers=hers).status_code == 403
    for _ in range(2):
        approved = world.client.post(f"{path}/approve", headers=his)
        assert (approved.status_code, approved.get_json()["state"]) == (200, "sending")
    assert world.client.get(path, headers=hers).get_json() == {
        "id": made["id"], "kind": "reminder", "title": "节前提醒", "state": "sending", "author": "赵敏",
        "approvers": ["钱主任"], "counts": {"recipients": 3, "sent": 0, "delivered": 0, "waiting": 3, "failed": 0, "acked": 0},
    }  # fmt: skip


def test_who_approves_a_broadcast_is_told_of_the_mass_send_that_it_would_use(world: World) -> None:
    author, chief = world.person("赵敏", "staff"), world.person("钱主任", "admin")
    known = [world.person(f"党员{number}", "member", community="陈桥社区") for number in range(2)]
    with world.office.db.transaction() as tx:
        for one in known:
            tx.run(update(persons).where(persons.c.id == one).values(openid=f"o{one}", mass_month=202001, mass_count=4))
    hers, his = world.token("hers", person_id=author), world.token("his", person_id=chief)
    usual = world.office.adjustable.present
    world.office.adjustable.present = replace(usual, channels=("chat", "mass"))
    made = world.client.post("/api/v1/broadcasts", json=a_broadcast(), headers=hers).get_json()
    path = f"/api/v1/broadcasts/{made['id']}"
    seen = world.client.get(path, headers=his).get_json()
    assert made["mass"] == seen["mass"] == {"people": 2, "turn": 1, "most": 4}
    assert "mass" not in world.client.post(f"{path}/approve", headers=his).get_json()


def test_a_broadcast_to_the_whole_office_needs_two_approvals_of_different_people(world: World) -> None:
    author, chief, other = (
        world.person("赵敏", "staff"),
        world.person("钱主任", "admin"),
        world.person("周正", "discipline"),
    )
    world.person("党员", "member", community="兰天社区")
    hers, his, theirs = (world.token(f"t{one}", person_id=one) for one in (author, chief, other))
    made = world.client.post("/api/v1/broadcasts", json=a_broadcast(audience={"role": "党员"}), headers=hers).get_json()
    path = f"/api/v1/broadcasts/{made['id']}"
    for _ in range(2):
        first = world.client.post(f"{path}/approve", headers=his).get_json()
        assert (first["state"], first["approvers"]) == ("review", ["钱主任"])
    second = world.client.post(f"{path}/approve", headers=theirs).get_json()
    assert (second["state"], second["approvers"]) == ("sending", ["钱主任", "周正"])


def test_an_approval_that_names_another_version_or_digest_is_refused(world: World) -> None:
    author, chief = world.person("赵敏", "staff"), world.person("钱主任", "admin")
    world.person("党员", "member", community="陈桥社区")
    hers, his = world.token("hers", person_id=author), world.token("his", person_id=chief)
    path = f"/api/v1/broadcasts/{world.client.post('/api/v1/broadcasts', json=a_broadcast(), headers=hers).get_json()['id']}"
    for other in ({"version": 2}, {"digest": "0" * 64}):
        answer = world.client.post(f"{path}/approve", json=other, headers=his)
        assert (answer.status_code, answer.content_type) == (409, PROBLEM)
    assert world.client.get(path, headers=his).get_json()["state"] == "review"
    assert world.client.post(f"{path}/approve", json={"version": 1}, headers=his).get_json()["state"] == "sending"


def test_a_broadcast_for_later_waits_with_its_recipients_frozen(world: World) -> None:
    author, chief = world.person("赵敏", "staff"), world.person("钱主任", "admin")
    world.person("党员", "member", community="陈桥社区")
    later = datetime.now(UTC).replace(microsecond=0) + timedelta(days=1)
    body = a_broadcast(send_at=later.isoformat())
    made = world.client.post("/api/v1/broadcasts", json=body, headers=world.token("a", person_id=author)).get_json()
    his = world.token("his", person_id=chief)
    answer = world.client.post(f"/api/v1/broadcasts/{made['id']}/approve", headers=his)
    assert answer.get_json()["state"] == "scheduled"
    with world.office.db.reading() as tx:
        assert [row.due_at for row in tx.all(select(notices.c.due_at))] == [later]


def test_what_is_wrong_with_a_broadcast_is_named(world: World) -> None:
    token = world.token("hers", person_id=world.person("赵敏", "staff"))
    world.person("王一", "member", community="陈桥社区")
    wrong: list[tuple[dict[str, Any], str]] = [
        ({"kind": "x"}, "kind"),
        ({"title": ""}, "title"),
        ({"title": "长" * 101}, "title"),
        ({"body": "长" * 1001}, "body"),
        ({"audience": {}}, "audience"),
        ({"audience": {"role": []}}, "audience.role"),
        ({"audience": {"role": "国王"}}, "audience.role"),
        ({"audience": {"community": "天上社区"}}, "audience"),
        ({"audience": {"community": "陈桥社区", "branch": "第九支部"}}, "audience"),
        ({"audience": {"grid": ""}}, "audience.grid.0"),
        ({"audience": {"planet": "x"}}, "audience.planet"),
        ({"send_at": "morgen"}, "send_at"),
        ({"send_at": "2020-01-01T09:00:00+08:00"}, "send_at"),
        ({"send_at": "2050-01-01T09:00:00+08:00"}, "send_at"),
        ({"title": "\u200b"}, "title"),
        ({"body": "请联系{值班电话}"}, "body"),
        ({"audience": {"names": ["赵敏", "无此人"]}}, "audience.names"),
        ({"at": "2099-01-01T09:00:00+08:00", "place": "三楼"}, "body"),  # of no meeting
        ({"kind": "meeting", "at": "2020-01-01T09:00:00+08:00", "place": "三楼"}, "at"),
        ({"kind": "meeting", "place": "三楼"}, "at"),
        ({"kind": "meeting", "at": "2099-01-01T09:00:00+08:00"}, "place"),
    ]
    for changes, field in wrong:
        answer = world.client.post("/api/v1/broadcasts", json=a_broadcast(**changes), headers=token)
        assert (answer.status_code, answer.content_type) == (422, PROBLEM), changes
        assert answer.get_json()["errors"][0]["field"] == field
    assert world.client.post("/api/v1/broadcasts", data="{", headers=token).status_code == 400
    assert world.client.post("/api/v1/broadcasts", data=b" " * 300_000, headers=token).status_code == 413
    nobody = world.client.post("/api/v1/broadcasts", json=a_broadcast(), headers=world.token("machine"))
    assert (nobody.status_code, nobody.content_type) == (403, PROBLEM)
    assert world.client.get(f"/api/v1/broadcasts/{10**30}", headers=token).status_code == 404


def test_a_meeting_has_time_and_place_or_says_them_in_its_words(world: World) -> None:
    token = world.token("hers", person_id=world.person("赵敏", "staff"))
    world.person("王一", "member", community="陈桥社区")
    held = {"at": "2099-01-01T09:00:00", "until": "2099-01-01T02:00:00Z", "place": "三楼会议室"}
    path = "/api/v1/broadcasts"
    made = world.client.post(path, json=a_broadcast(kind="meeting", **held), headers=token)
    plain = world.client.post(path, json=a_broadcast(kind="meeting"), headers=token)
    assert (made.status_code, plain.status_code) == (201, 201)
    with world.office.db.reading() as tx:
        kept = [
            tx.value(select(broadcasts.c.details).where(broadcasts.c.id == one.get_json()["id"]))
            for one in (made, plain)
        ]
    assert kept == [
        {"at": "2099-01-01T09:00:00+08:00", "until": "2099-01-01T10:00:00+08:00", "place": "三楼会议室"}, None,
    ]  # fmt: skip


def test_every_route_is_described_and_every_description_is_a_route(world: World) -> None:
    app = Flask("routes")
    api.register(app)
    routes = {
        (re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule), method.lower())
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if rule.rule.startswith("/api/v1/")
    }
    document = world.client.get("/api/v1/openapi.json").get_json()
    described = {(path, method) for path, methods in document["paths"].items() for method in methods}
    assert described == routes
    references = set(re.findall(r'"#/components/schemas/(\w+)"', str(document).replace("'", '"')))
    assert references <= set(document["components"]["schemas"])


def test_probes_and_figures_answer(world: World) -> None:
    an_order(world, "1000001", world.person("王一", "member"))
    assert world.client.get("/healthz").status_code == 200
    assert world.client.get("/readyz").get_json() == {"status": "ok", "failing": {}}
    figures = world.client.get("/metrics").text
    assert 'wutong_orders{lane="matter",state="submitted",urgency="U3"} 1.0' in figures
    assert "wutong_kept_messages 0.0" in figures


def test_another_system_hands_in_a_matter_once(world: World) -> None:
    token = world.token("hotline", "orders:write", "orders:read")
    matter = {
        "text": "来电人张三说兰天西路的路灯不亮，电话13900001234", "community": "兰天社区", "place": "兰天西路12号",
        "contact_name": "张三", "contact_phone": "13900001234", "external_id": "H-1", "due_at": "2026-12-01T12:00:00",
    }  # fmt: skip
    first, again = (world.client.post("/api/v1/orders", headers=token, json=matter) for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 200)
    order = first.get_json()
    assert order == again.get_json()
    assert (order["community"], order["due_at"]) == ("兰天社区", "2026-12-01T12:00:00+08:00")
    assert "张三" not in first.text
    assert "13900001234" not in first.text


def test_a_restricted_matter_is_taken_in_but_no_word_of_it_comes_back(world: World) -> None:
    token = world.token("hotline", "orders:write", "orders:read")
    matter = {"text": "兰天社区主任收红包，我要举报", "external_id": "H-2"}
    first, again = (world.client.post("/api/v1/orders", headers=token, json=matter) for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 200)
    order = first.get_json()
    assert list(order) == ["code"]
    assert world.client.get(f"/api/v1/orders/{order['code']}", headers=token).status_code == 404
    assert "restricted" not in world.client.get("/metrics").text


def test_what_is_wrong_with_a_matter_is_named(world: World) -> None:
    token = world.token("hotline", "orders:write")
    for body in ({}, {"text": ""}, {"text": "灯坏了", "community": "天上社区"}, {"text": "灯坏了", "nonsense": "1"}):
        assert world.client.post("/api/v1/orders", headers=token, json=body).status_code == 422


def test_external_ids_belong_to_the_token_name_and_the_history_names_the_system(world: World) -> None:
    first, second = (world.token(name, "orders:write", "orders:read") for name in ("hotline", "grid-system"))
    renewed = world.token("hotline", "orders:write", secret="renewed")
    matter = {"text": "陈桥社区金色春天3栋路灯坏了，明天下午来修", "external_id": "H-9"}
    made = world.client.post("/api/v1/orders", headers=first, json=matter).get_json()
    other = world.client.post("/api/v1/orders", headers=second, json=matter)
    again = world.client.post("/api/v1/orders", headers=renewed, json=matter)
    assert (other.status_code, again.status_code) == (201, 200)
    assert other.get_json()["code"] != made["code"] == again.get_json()["code"]
    assert made["history"][0]["by"] == "hotline"
    assert made["when"] == "明天下午"


@pytest.mark.parametrize(
    ("due", "status"),
    [
        (0, 422),
        (1_764_000_000, 422),
        ("2850-01-01T00:00:00Z", 422),
        ("morgen", 422),
        ("2020-01-01T00:00:00+08:00", 201),
    ],
)
def test_a_limit_is_an_rfc_3339_text_within_ten_years_and_may_be_past(world: World, due: object, status: int) -> None:
    matter = {"text": "陈桥社区路灯坏了", "due_at": due}
    answer = world.client.post("/api/v1/orders", headers=world.token("hotline", "orders:write"), json=matter)
    assert answer.status_code == status


def test_control_characters_are_dropped_from_every_text_and_nothing_left_is_422(world: World) -> None:
    token = world.token("hotline", "orders:write")
    post = {"text": "陈桥社区路灯\u0000坏了\u001d", "place": "3栋\u0007", "contact_name": "张\u0000三"}
    answer = world.client.post("/api/v1/orders", headers=token, json=post)
    assert (answer.status_code, answer.get_json()["text"]) == (201, "陈桥社区路灯坏了")
    assert world.client.post("/api/v1/orders", headers=token, json={"text": "\u0000\u0001"}).status_code == 422


def test_an_empty_since_and_a_foreign_cursor_are_400(world: World) -> None:
    token = world.token("reader", "orders:read")
    for query in ("since=", "cursor=abc", "community=%00&since=nonsense"):
        assert world.client.get(f"/api/v1/orders?{query}", headers=token).status_code == 400
    assert world.client.get("/api/v1/orders?community=%00", headers=token).status_code == 200


def test_the_description_tells_what_is_checked(world: World) -> None:
    described = world.client.get("/api/v1/openapi.json").get_json()
    post = described["paths"]["/api/v1/orders"]["post"]["responses"]
    assert {"200", "201", "422"} <= set(post)
    audience = described["components"]["schemas"]["Audience"]
    assert [part["required"] for part in audience["anyOf"]] == [
        ["role"],
        ["community"],
        ["branch"],
        ["grid"],
        ["names"],
    ]
    parameters = {each["name"]: each["schema"] for each in described["paths"]["/api/v1/orders"]["get"]["parameters"]}
    assert parameters["cursor"]["pattern"] == "^[A-Za-z0-9_-]*$"


def test_history_names_actions_of_the_life_and_never_a_resident(world: World) -> None:
    token, resident = world.token("hotline", "orders:read"), world.person("王一", "member")
    order_id = an_order(world, "1000001", resident)
    staff = Doer(world.person("赵敏", "staff"), "赵敏", rights([("staff", "花都路社区", None)]))
    with world.office.db.transaction() as tx:
        order = store.by_id(tx, order_id)
        changed = actions.perform(
            world.office, tx, order, "append", by=Doer(resident, "王一"), now=NOW, note=own_words("还在漏")
        )
        actions.perform(world.office, tx, changed, "refer", by=staff, now=NOW, note=own_words("物业"))
    lines = world.client.get("/api/v1/orders/1000001", headers=token).get_json()["history"]
    assert [(line["action"], line["by"]) for line in lines] == [("append", "居民"), ("refer", "赵敏")]
    handed_in = {"text": "陈桥社区路灯坏了"}
    made = world.client.post("/api/v1/orders", json=handed_in, headers=world.token("system", "orders:write")).get_json()
    assert [(line["action"], line["by"]) for line in made["history"]] == [("place", "system")]
    assert {"append", "refer", "place"} <= set(ACTIONS)
