"""Tokens: what each reaches, when it ends, and the command line that makes, lists and revokes them."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from click.testing import Result
from flask import Flask

from bot import cli
from bot.broadcasts.audience import Audience
from bot.broadcasts.written import Written
from bot.errors import NotAllowed, NotFound
from bot.services import tokens
from bot.services.tokens import SCOPES, Wanted
from bot.store.tables import roles
from tests.api.conftest import NOW, World
from tests.api.test_api import a_broadcast, an_order
from tests.databases import SQLITE
from tests.services import alone

HERE, THERE = "陈桥社区", "花都路社区"
Command = Callable[..., Result]


@pytest.fixture
def command(world: World) -> Command:
    app = Flask("tested")
    app.extensions["office"] = world.office
    cli.register(app)
    return lambda *given: app.test_cli_runner().invoke(args=["token", *given])


def made(world: World, **more: Any) -> dict[str, str]:
    wanted = Wanted(**{"name": "t", "scopes": SCOPES, **more})
    return {"Authorization": f"Bearer {tokens.create(world.office, wanted, datetime.now(UTC))}"}


def two_orders(world: World) -> None:
    who = world.person("王一", "member")
    an_order(world, "1000001", who, community=HERE)
    an_order(world, "1000002", who, community=THERE)
    an_order(world, "1000003", who, community=None)


def codes_of(world: World, token: dict[str, str], query: str = "") -> set[str]:
    page = world.client.get(f"/api/v1/orders?{query}", headers=token).get_json()
    return {order["code"] for order in page["items"]}


def test_a_token_of_one_community_reads_its_orders_alone(world: World) -> None:
    two_orders(world)
    token = made(world, community="陈桥 社区")
    assert codes_of(world, token) == codes_of(world, token, f"community={HERE}") == {"1000001"}
    assert codes_of(world, token, f"community={THERE}") == set()
    statuses = [world.client.get(f"/api/v1/orders/100000{n}", headers=token).status_code for n in (1, 2, 3)]
    assert statuses == [200, 404, 404]
    assert codes_of(world, made(world)) == {"1000001", "1000002", "1000003"}


def test_pages_of_a_community_hold_no_hint_of_the_others(world: World) -> None:
    who = world.person("王一", "member")
    for n in range(6):
        an_order(world, f"100000{n}", who, community=(HERE, THERE)[n % 2], created_at=NOW + timedelta(minutes=n))
    token, seen, cursor = made(world, community=HERE), list[str](), ""
    while cursor is not None:
        page = world.client.get(f"/api/v1/orders?limit=1&cursor={cursor}", headers=token).get_json()
        seen += [order["code"] for order in page["items"]]
        cursor = page["next"]
    assert seen == ["1000004", "1000002", "1000000"]


def test_figures_are_those_of_the_tokens_community(world: World) -> None:
    two_orders(world)
    period = "from=2026-03-01&to=2026-03-31"
    token = made(world, community=HERE)
    answer = world.client.get(f"/api/v1/figures?{period}", headers=token).get_json()
    assert (answer["community"], answer["received"]) == (HERE, 1)
    assert world.client.get(f"/api/v1/figures?{period}&community={HERE}", headers=token).get_json()["received"] == 1
    assert world.client.get(f"/api/v1/figures?{period}&community={THERE}", headers=token).status_code == 403
    assert world.client.get(f"/api/v1/figures?{period}", headers=made(world)).get_json()["received"] == 3


def test_a_matter_is_taken_for_the_tokens_community_whatever_its_words_say(world: World) -> None:
    token = made(world, community=HERE)
    matter = {"text": "花都路社区龙山小区3号楼的路灯坏了", "external_id": "H-1"}
    answer = world.client.post("/api/v1/orders", headers=token, json=matter)
    assert (answer.status_code, answer.get_json()["community"]) == (201, HERE)
    assert world.client.post("/api/v1/orders", headers=token, json={**matter, "community": THERE}).status_code == 403
    assert world.client.post("/api/v1/orders", headers=token, json=matter).status_code == 200


def test_an_external_id_opens_no_order_that_is_out_of_reach(world: World) -> None:
    matter = {"text": "龙山小区3号楼的路灯坏了", "external_id": "H-1", "community": THERE}
    code = world.client.post("/api/v1/orders", headers=made(world), json=matter).get_json()["code"]
    del matter["community"]
    answer = world.client.post("/api/v1/orders", headers=made(world, community=HERE), json=matter)
    assert (answer.status_code, answer.get_json()) == (200, {"code": code})
    another = world.client.post("/api/v1/orders", headers=made(world, name="other"), json=matter)
    assert another.status_code == 201
    assert another.get_json()["code"] != code


def test_an_order_of_a_system_that_was_not_noted_belongs_to_nobody(world: World) -> None:
    an_order(world, "1000001", world.person("王一", "member"), external_id=":H-1", text="别人的事")
    answer = world.client.post("/api/v1/orders", headers=made(world), json={"text": "路灯坏了", "external_id": "H-1"})
    assert answer.status_code == 201
    assert "别人的事" not in answer.text


def test_a_broadcast_of_a_tokens_community_stays_there(world: World) -> None:
    world.person("钱主任", "admin"), world.person("孙主任", "admin")
    for name, where in (("党员甲", HERE), ("党员乙", THERE)):
        world.person(name, "member", community=where)
    token, wide = made(world, stands_for="钱主任", community=HERE), made(world, stands_for="孙主任")
    answer = world.client.post("/api/v1/broadcasts", json=a_broadcast(), headers=token).get_json()
    assert answer["counts"]["recipients"] == 1
    other = a_broadcast(audience={"role": "党员", "community": [HERE, THERE]})
    assert world.client.post("/api/v1/broadcasts", json=other, headers=token).status_code == 403
    to_all = a_broadcast(audience={"role": "党员"})
    number = world.client.post("/api/v1/broadcasts", json=to_all, headers=wide).get_json()["id"]
    for method, where in (("get", f"{number}"), ("post", f"{number}/approve")):
        answer = getattr(world.client, method)(f"/api/v1/broadcasts/{where}", headers=token)
        assert answer.status_code == 404
    assert world.client.get(f"/api/v1/broadcasts/{number}", headers=wide).get_json()["state"] == "review"


def test_staff_of_a_community_read_and_approve_its_broadcasts_and_their_own_alone(world: World) -> None:
    chief = world.person("钱主任", "admin")
    world.person("赵敏", "staff", community=HERE)
    for name, where in (("党员甲", HERE), ("党员乙", THERE)):
        world.person(name, "member", community=where)
    wide, narrow = made(world, stands_for="钱主任"), made(world, stands_for="赵敏")

    def number(headers: dict[str, str], **audience: Any) -> int:
        answer = world.client.post("/api/v1/broadcasts", json=a_broadcast(audience=audience), headers=headers)
        return int(answer.get_json()["id"])

    here, there = number(wide, role="党员", community=HERE), number(wide, role="党员", community=THERE)
    to_all, own = number(wide, role="党员"), number(narrow, role="党员")
    written = Written("reminder", "草稿", "正文", Audience(community=(HERE,)))
    draft = alone.draft(world.office, chief, written, NOW)
    for one, status in ((here, 200), (own, 200), (there, 404), (to_all, 404), (draft, 404)):
        assert world.client.get(f"/api/v1/broadcasts/{one}", headers=narrow).status_code == status
    for one, status in ((there, 404), (to_all, 404), (own, 403), (here, 200)):
        assert world.client.post(f"/api/v1/broadcasts/{one}/approve", headers=narrow).status_code == status
    assert world.client.get(f"/api/v1/broadcasts/{draft}", headers=wide).status_code == 404


def test_a_token_that_stands_for_staff_reaches_their_communities_as_long_as_they_are(world: World) -> None:
    two_orders(world)
    staff = world.person("赵敏", "staff", community=HERE)
    token = made(world, stands_for="赵敏")
    assert codes_of(world, token) == {"1000001"}
    with world.office.db.transaction() as tx:
        tx.run(roles.insert().values(person_id=staff, role="member", skills=[], community=THERE))
    assert codes_of(world, token) == {"1000001"}
    with world.office.db.transaction() as tx:
        tx.run(roles.insert().values(person_id=staff, role="staff", skills=[], community=THERE))
    assert codes_of(world, token) == {"1000001", "1000002"}
    assert world.client.get("/api/v1/figures", headers=token).status_code == 400
    assert world.client.get(f"/api/v1/figures?community={THERE}", headers=token).status_code == 200
    with world.office.db.transaction() as tx:
        tx.run(roles.update().where(roles.c.person_id == staff, roles.c.role == "staff").values(community="兰天社区"))
    assert codes_of(world, token) == set()


@pytest.mark.parametrize(("role", "where"), [("admin", None), ("admin", THERE)])
def test_of_person_and_community_the_smaller_reach_holds(world: World, role: str, where: str | None) -> None:
    two_orders(world)
    world.person("钱主任", role, community=where)
    assert codes_of(world, made(world, stands_for="钱主任", community=HERE)) == {"1000001"}
    assert len(codes_of(world, made(world, stands_for="钱主任"))) == 3
    world.person("赵敏", "staff", community=THERE)
    with pytest.raises(NotAllowed, match="out_of_reach"):
        made(world, stands_for="赵敏", community=HERE)


def test_who_decides_on_no_orders_reads_none_by_a_token_either(world: World) -> None:
    """纪检干部 have neither board nor figures, at the console or in the chat."""
    two_orders(world)
    world.person("周正", "discipline")
    token = made(world, stands_for="周正")
    assert codes_of(world, token) == set()
    assert world.client.get("/api/v1/orders/1000001", headers=token).status_code == 404
    assert world.client.get("/api/v1/figures", headers=token).status_code == 403
    assert world.client.get(f"/api/v1/figures?community={HERE}", headers=token).status_code == 403
    assert world.client.post("/api/v1/orders", json={"text": "路灯坏了"}, headers=token).status_code == 403
    world.person("党员甲", "member", community=HERE)
    assert world.client.post("/api/v1/broadcasts", json=a_broadcast(), headers=token).status_code == 201


def test_a_broadcast_is_read_by_who_wrote_or_may_approve_it(world: World) -> None:
    """As at the console and in the chat: its author, 街道管理员 and 纪检干部; by a token also who was given the approving."""
    for name, role in (("钱主任", "admin"), ("周正", "discipline")):
        world.person(name, role)
    for name in ("赵敏", "吴静", "郑兰"):
        world.person(name, "staff", community=HERE)
    world.person("党员甲", "member", community=HERE)
    author = made(world, stands_for="赵敏")
    number = world.client.post("/api/v1/broadcasts", json=a_broadcast(), headers=author).get_json()["id"]

    def reads(stands_for: str, *scopes: str) -> set[int]:
        token = tokens.create(world.office, Wanted(stands_for, scopes, stands_for=stands_for), datetime.now(UTC))
        headers = {"Authorization": f"Bearer {token}"}
        paths = (f"/api/v1/broadcasts/{number}", f"/api/v1/broadcasts/{number}/text")
        return {world.client.get(path, headers=headers).status_code for path in paths}

    assert reads("吴静", "broadcasts:read") == {404}
    for name in ("赵敏", "钱主任", "周正"):
        assert reads(name, "broadcasts:read") == {200}
    assert reads("郑兰", "broadcasts:read", "broadcasts:approve") == {200}


def test_who_approves_by_api_reads_the_text_and_names_it(world: World) -> None:
    (
        world.person("赵敏", "staff", community=HERE),
        world.person("钱主任", "admin"),
        world.person("党员甲", "member", community=HERE),
    )
    held = {"at": "2099-01-01T09:00:00+08:00", "place": "三楼会议室"}
    hers, his = made(world, stands_for="赵敏"), made(world, stands_for="钱主任")
    later = (datetime.now(world.office.calendar.zone) + timedelta(days=1)).isoformat(timespec="seconds")
    new = a_broadcast(kind="meeting", send_at=later, **held)
    number = world.client.post("/api/v1/broadcasts", json=new, headers=hers).get_json()["id"]
    text = world.client.get(f"/api/v1/broadcasts/{number}/text", headers=his).get_json()
    assert {name: text[name] for name in ("body", "at", "until", "place", "audience", "send_at", "version")} == {
        "body": new["body"], "until": None, **held, "audience": {"role": ["member"], "community": [HERE]},
        "send_at": later, "version": 1,
    }  # fmt: skip
    path, read = f"/api/v1/broadcasts/{number}/approve", {"digest": text["digest"], "version": text["version"]}
    assert world.client.post(path, json={**read, "digest": "0" * 64}, headers=his).status_code == 409
    answer = world.client.post(path, json=read, headers=his)
    assert (answer.status_code, answer.get_json()["state"]) == (200, "scheduled")


def test_a_name_that_two_people_bear_is_refused(world: World) -> None:
    world.person("王伟", "staff", community=HERE)
    world.person("王 伟", "admin")
    with pytest.raises(NotAllowed, match="ambiguous"):
        made(world, stands_for="王伟")
    with pytest.raises(NotFound, match="no_such_person"):
        made(world, stands_for="没有的人")
    world.person("党员甲", "member", community=HERE)
    with pytest.raises(NotFound, match="not_of_office"):
        made(world, stands_for="党员甲")
    with pytest.raises(NotFound, match="no_such_community"):
        made(world, community="别处社区")


def test_a_token_ends_when_it_is_over_and_at_once_when_it_is_revoked(world: World) -> None:
    now = datetime.now(UTC)
    token = tokens.create(world.office, Wanted("t", SCOPES, days=30), now)
    for away, lives in ((timedelta(days=29, hours=23), True), (timedelta(days=30), False), (timedelta(days=99), False)):
        assert (tokens.caller(world.office, token, now + away) is not None) is lives
    headers = {"Authorization": f"Bearer {token}"}
    assert world.client.get("/api/v1/orders", headers=headers).status_code == 200
    kept = made(world, name="other")
    assert tokens.revoke(world.office, "t", now) == 1
    for path in ("orders", "orders/1000001", "figures", "broadcasts/1"):
        assert world.client.get(f"/api/v1/{path}", headers=headers).status_code == 401
    assert world.client.get("/api/v1/orders", headers=kept).status_code == 200
    with pytest.raises(NotFound):
        tokens.revoke(world.office, "t", now)


def test_the_command_line_makes_lists_and_revokes(world: World, command: Command) -> None:
    world.person("钱主任", "admin")
    first = command("create", "hotline", "--scope", "orders:read", "--community", HERE, "--expires", "7")
    second = command("create", "hotline", "--scope", "orders:write", "--as", "钱主任")
    assert (first.exit_code, second.exit_code) == (0, 0)
    rows = json.loads(command("list").stdout)
    assert [(row["name"], row["scopes"], row["as"], row["community"], row["state"]) for row in rows] == [
        ("hotline", ["orders:read"], None, HERE, "valid"), ("hotline", ["orders:write"], "钱主任", None, "valid"),
    ]  # fmt: skip
    assert (rows[0]["expires_at"] or "") > (rows[0]["created_at"] or "")
    for token in (first.stdout.strip(), second.stdout.strip()):
        assert token not in command("list").output
    assert "2" in command("revoke", "hotline").stdout
    assert {row["state"] for row in json.loads(command("list").stdout)} == {"revoked"}
    for wrong in (("revoke", "hotline"), ("revoke", "nobody"), ("create", "a"), ("create", "a", "--scope", "x"),
                  ("create", "a", "--scope", "orders:read", "--expires", "0"),
                  ("create", "a", "--scope", "orders:read", "--community", "别处")):  # fmt: skip
        answer = command(*wrong)
        assert answer.exit_code != 0
        assert "Traceback" not in answer.output


REACH_IS_TESTED_HERE = {
    "GET /orders", "GET /orders/<code>", "POST /orders", "GET /figures", "POST /broadcasts", "GET /broadcasts/<int:number>",
    "POST /broadcasts/<int:number>/approve", "GET /broadcasts/<int:number>/text",
}  # fmt: skip
OPEN = {"GET /openapi.json"}


@SQLITE
def test_every_call_needs_a_scope_and_keeps_to_the_tokens_reach(world: World) -> None:
    """A new call stands in this list once the tests above show what a token of another community gets from it."""
    app = world.client.application
    rules = [rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/api/v1")]
    calls = {
        f"{method} {rule.rule[7:]}": rule for rule in rules for method in (rule.methods or set()) & {"GET", "POST"}
    }
    assert set(calls) == REACH_IS_TESTED_HERE | OPEN
    unguarded = {call for call, rule in calls.items() if not hasattr(app.view_functions[rule.endpoint], "scope")}
    assert unguarded == OPEN
    assert not {method for rule in rules for method in rule.methods or ()} & {"PUT", "PATCH", "DELETE"}
