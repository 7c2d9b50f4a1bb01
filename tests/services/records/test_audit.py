"""Everything done is on record: who, what, whose, when, from where; nothing on record can be changed unseen."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Executable, delete, func, insert, select, text, update
from sqlalchemy.exc import DBAPIError

from bot.services import tokens
from bot.services.audit import chaining
from bot.services.office import Office
from bot.services.roster import bind_codes
from bot.services.tokens import Wanted
from bot.store.database import Tx
from bot.store.records import chain
from bot.store.records.chain import Head
from bot.store.tables import audit, broadcasts, history, notices, orders, persons
from tests.rosters import import_roster
from tests.services import cast
from tests.services.cast import CODE
from tests.talk import NOON, Talk, openid

CAST = "党员,党员甲,13800000201,陈桥社区,网格01,,\n"


@pytest.fixture
def talk(office: Office, tmp_path: Path) -> Talk:
    return cast.enter(office, tmp_path, CAST)


def recorded(office: Office, *acts: str) -> list[tuple[Any, ...]]:
    """(act, source, name of who, name of whose, has an order, detail), oldest first."""
    with office.db.reading() as tx:
        names = {row.id: row.name or row.openid for row in tx.all(select(persons))}
        rows = tx.all(select(audit).order_by(audit.c.id))
    return [
        (row.act, row.source, names.get(row.who_id), names.get(row.whose_id), row.order_id is not None, row.detail)
        for row in rows
        if not acts or row.act in acts
    ]


def test_a_view_of_contact_data_says_who_what_whose_and_from_where(office: Office, talk: Talk) -> None:
    code = CODE.search(talk.says("王阿姨", "陈桥社区金色春天3号楼灯坏了，电话13900001111"))[1]  # type: ignore[index]
    talk.says("陈桥甲", f"派单 {code} 陈桥乙")
    talk.says("陈桥乙", "我的单")
    assert ("view.notice", "chat", "陈桥乙", openid("王阿姨"), True, None) in recorded(office)
    talk.says("陈桥乙", f"进度 {code}")
    assert {row[:4] for row in recorded(office, "view.contact")} == {
        ("view.contact", "chat", "陈桥乙", openid("王阿姨"))
    }


def test_a_view_of_a_restricted_matter_is_on_record(office: Office, talk: Talk) -> None:
    code = CODE.search(talk.says("王阿姨", "我要举报兰天社区的干部收红包"))[1]  # type: ignore[index]
    talk.says("纪检甲", "受限")
    assert recorded(office, "view.restricted") == []
    talk.says("纪检甲", f"受限 {code}")
    assert recorded(office, "view.restricted") == [("view.restricted", "chat", "纪检甲", openid("王阿姨"), True, None)]
    assert "看了内容" in talk.says("纪检甲", f"受限 {code} 记录")


def test_changes_of_the_roster_binding_and_tokens_are_on_record(office: Office, talk: Talk, tmp_path: Path) -> None:
    entered = recorded(office, "roster.enter")
    assert (len(entered), {row[1] for row in entered}) == (6, {"cli"})
    assert len(recorded(office, "roster.code")) == len(recorded(office, "bind")) == 6
    file = tmp_path / "again.csv"
    file.write_text(cast.CAST, "utf-8")
    import_roster(office, file, talk.now, replace=True)
    assert [row[3] for row in recorded(office, "roster.leave")] == ["党员甲"]
    assert len(recorded(office, "roster.change")) == 5
    bind_codes.leave(office, "13800000101", talk.now)
    assert [row[3] for row in recorded(office, "roster.leave")] == ["党员甲", "陈桥甲"]
    talk.says("路人", "绑定 ABCDEFGH")
    assert [row[:2] for row in recorded(office, "bind.failed")] == [("bind.failed", "chat")]
    tokens.create(office, Wanted("hotline", ["orders:read"], "办事处甲"), talk.now)
    assert recorded(office, "token.create") == [("token.create", "cli", None, "办事处甲", False, "token 1")]
    tokens.create(office, Wanted("hotline", ["orders:read"]), talk.now)
    assert tokens.revoke(office, "hotline", talk.now) == 2
    assert [row[5] for row in recorded(office, "token.revoke")] == ["token 1", "token 2"]


def test_what_another_system_reads_is_on_record_with_its_token(office: Office, talk: Talk, app: Flask) -> None:
    code = CODE.search(talk.says("王阿姨", "陈桥社区路灯不亮"))[1]  # type: ignore[index]
    token = tokens.create(office, Wanted("hotline", ["orders:read"]), talk.now)
    web = app.test_client()
    known = {"Authorization": f"Bearer {token}"}
    assert web.get("/api/v1/orders", headers=known).status_code == 200
    assert web.get(f"/api/v1/orders/{code}", headers=known).status_code == 200
    assert web.get("/api/v1/figures", headers=known).status_code == 403
    restricted = CODE.search(talk.says("李叔", "我要举报兰天社区的干部收红包"))[1]  # type: ignore[index]
    assert web.get(f"/api/v1/orders/{restricted}", headers=known).status_code == 404
    assert web.get("/api/v1/orders?limit=x", headers=known).status_code == 400
    assert web.get("/api/v1/orders", headers={"Authorization": "Bearer nothing"}).status_code == 401
    assert recorded(office, "api") == [
        ("api", "api:hotline", None, None, False, "list_orders 1"),
        ("api", "api:hotline", None, openid("王阿姨"), True, "get_order"),
        ("api", "api:hotline", None, None, False, "get_figures refused 403"),
        ("api", "api:hotline", None, openid("李叔"), True, "get_order refused 404"),
        ("api", "api:hotline", None, None, False, "list_orders refused 400"),
    ]


def test_what_another_system_hands_in_is_on_record_with_its_order(office: Office, talk: Talk, app: Flask) -> None:
    token = tokens.create(office, Wanted("hotline", ["orders:write", "orders:read"]), talk.now)
    known = {"Authorization": f"Bearer {token}"}
    handed = {"text": "陈桥社区路灯不亮", "community": "陈桥社区", "external_id": "H1"}
    assert app.test_client().post("/api/v1/orders", json=handed, headers=known).status_code == 201
    assert [(row[4], row[5]) for row in recorded(office, "api")] == [(True, "take_order")]


def called(office: Office, app: Flask, now: datetime) -> dict[str, Callable[[], int]]:
    """A call of each route that writes; the status that it is answered with."""
    every = ["orders:write", "broadcasts:write", "broadcasts:approve"]
    hers, his = (tokens.create(office, Wanted(name, every, name), now) for name in ("陈桥甲", "办事处甲"))
    handed = {"text": "陈桥社区路灯不亮", "community": "陈桥社区", "external_id": "H1"}
    broadcast = {
        "kind": "reminder",
        "title": "节前提醒",
        "body": "廉洁过节",
        "audience": {"role": "党员", "community": "陈桥社区"},
    }
    web = app.test_client()

    def post(path: str, token: str, body: dict[str, Any] | None = None) -> int:
        headers = {"Authorization": f"Bearer {token}"}
        return web.post(f"/api/v1/{path}", json=body, headers=headers).status_code

    return {
        "take_order": lambda: post("orders", hers, handed),
        "create_broadcast": lambda: post("broadcasts", hers, broadcast),
        "approve_broadcast": lambda: post("broadcasts/1/approve", his),
    }


def written(office: Office) -> dict[str, int]:
    """How many rows each table has that a call of the API fills."""
    with office.db.reading() as tx:
        return {
            one.name: int(tx.value(select(func.count()).select_from(one)))
            for one in (orders, history, notices, broadcasts)
        }


def test_each_call_that_writes_is_one_row(office: Office, talk: Talk, app: Flask) -> None:
    calls = called(office, app, talk.now)
    writing = {
        rule.endpoint.rpartition(".")[2] for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/") and rule.methods and rule.methods & {"POST", "PUT", "PATCH", "DELETE"}
    }  # fmt: skip
    assert set(calls) == writing
    assert [call() for call in calls.values()] == [201, 201, 200]
    assert [(row[2], row[4], row[5]) for row in recorded(office, "api")] == [
        ("陈桥甲", True, "take_order"),
        ("陈桥甲", False, "create_broadcast broadcast 1"),
        ("办事处甲", False, "approve_broadcast broadcast 1"),
    ]
    assert calls["take_order"]() == 200
    assert [(row[4], row[5]) for row in recorded(office, "api")[3:]] == [(True, "take_order")]


def test_a_call_that_cannot_be_recorded_neither_reads_nor_writes(office: Office, talk: Talk, app: Flask) -> None:
    talk.says("王阿姨", "陈桥社区路灯不亮")
    calls = called(office, app, talk.now)
    assert calls.pop("create_broadcast")() == 201  # which the last call would approve
    with office.db.transaction() as tx:
        tx.run(text(REFUSING[tx.dialect]))
    app.config["PROPAGATE_EXCEPTIONS"] = False
    token = tokens.create(office, Wanted("hotline", ["orders:read"]), talk.now)
    known, web, before = {"Authorization": f"Bearer {token}"}, app.test_client(), written(office)
    assert web.get("/api/v1/orders", headers=known).status_code == 500
    assert web.get("/api/v1/orders/none", headers=known).status_code == 404
    assert [call() for call in calls.values()] == [500, 500]
    assert written(office) == before
    assert len(recorded(office, "api")) == 1
    with office.db.reading() as tx:
        assert tx.value(select(broadcasts.c.state)) == "review"


REFUSING = {  # the audit takes no row of a call
    "sqlite": "CREATE TRIGGER no_calls BEFORE INSERT ON audit WHEN NEW.act = 'api' BEGIN SELECT RAISE(ABORT, 'x'); END",
    "postgresql": "ALTER TABLE audit ADD CONSTRAINT no_calls CHECK (act <> 'api') NOT VALID",
}


def test_rows_hold_ids_and_no_word_name_or_number(office: Office, talk: Talk) -> None:
    talk.says("王阿姨", "陈桥社区金色春天3号楼灯坏了，我姓王，电话13900001111")
    with office.db.reading() as tx:
        shown = str([tuple(row) for row in tx.all(select(audit))])
    for word in ("王", "13900001111", "陈桥", "灯", "13800000101", openid("王阿姨")):
        assert word not in shown


def test_nothing_on_record_can_be_changed_or_deleted_before_or_after_it_is_chained(office: Office, talk: Talk) -> None:
    statements: list[Executable] = [
        update(audit).values(who_id=9),
        update(audit).values(act="view.file"),
        delete(audit),
    ]
    if office.db.url.get_backend_name() == "postgresql":
        statements.append(text("TRUNCATE audit"))
    for _ in range(2):
        for statement in statements:
            with pytest.raises(DBAPIError, match="append-only"), office.db.transaction() as tx:
                tx.run(statement)
        chaining.extend(office)
    with pytest.raises(DBAPIError, match="append-only"), office.db.transaction() as tx:
        tx.run(update(audit).values(hash="0" * 64))


def test_what_was_done_is_chained_and_the_chain_is_whole(office: Office, talk: Talk) -> None:
    number = len(recorded(office))
    assert chaining.verify(office).unchained == number
    assert chaining.extend(office) == number
    assert chaining.extend(office) == 0
    first = chaining.verify(office)
    assert (first.head.number, first.unchained, first.broken) == (number, 0, None)
    talk.says("路人", "绑定 ABCDEFGH")
    chaining.extend(office)
    assert chaining.verify(office, first.head).broken is None


def without_triggers(tx: Tx) -> None:
    """As somebody does who owns the database."""
    if tx.dialect == "postgresql":
        tx.run(text("ALTER TABLE audit DISABLE TRIGGER ALL"))
        return
    for name in ("audit_append_only", "audit_not_deleted"):
        tx.run(text(f"DROP TRIGGER {name}"))


FORGERIES = {
    "another person": (update(audit).where(audit.c.id == 3).values(who_id=77), 3),
    "another time": (update(audit).where(audit.c.id == 3).values(at=datetime(2026, 1, 1, tzinfo=UTC)), 3),
    "from elsewhere": (update(audit).where(audit.c.id == 4).values(source="clock"), 4),
    "a row taken out": (delete(audit).where(audit.c.id == 3), 4),
    "the first row taken out": (delete(audit).where(audit.c.id == 1), 2),
    "a hash of its own": (update(audit).where(audit.c.id == 3).values(hash="f" * 64), 3),
}


@pytest.mark.parametrize("forgery", FORGERIES)
def test_a_forged_row_is_the_first_broken_one(office: Office, talk: Talk, forgery: str) -> None:
    statement, row = FORGERIES[forgery]
    chaining.extend(office)
    with office.db.transaction() as tx:
        without_triggers(tx)
        tx.run(statement)
    broken = chaining.verify(office).broken
    assert broken is not None
    assert broken[0] == row


LAST = select(audit.c.id).order_by(audit.c.id.desc()).limit(5).scalar_subquery()
HIDDEN: dict[str, Executable] = {
    "the last rows": delete(audit).where(audit.c.id.in_(LAST)),
    "all rows": delete(audit),
    "rows un-chained": update(audit).where(audit.c.id > 4).values(number=None, hash=None, who_id=7),
    "all rows un-chained": update(audit).values(number=None, hash=None, who_id=7),
    "a row before the first": insert(audit).values(id=-5, at=NOON, act="backup", source="cli"),
}


@pytest.mark.parametrize("hidden", HIDDEN)
def test_what_is_cut_off_un_chained_or_put_in_is_found_before_and_after_the_clock_chains_again(
    office: Office, talk: Talk, hidden: str
) -> None:
    chaining.extend(office)
    file = office.settings.var_dir / "audit.head"
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.read_text("ascii").strip() == str(chaining.newest(office))
    with office.db.transaction() as tx:
        without_triggers(tx)
        tx.run(HIDDEN[hidden])
    assert chaining.verify(office).broken is not None
    for _ in range(2):
        talk.says("路人", "绑定 ABCDEFGH")
        chaining.extend(office)
        assert chaining.verify(office).broken is not None


def test_a_long_chain_is_verified_from_where_the_last_check_ended(office: Office, talk: Talk) -> None:
    chaining.extend(office)
    first = chaining.verify_soon(office, talk.now, 0)
    assert (first.after, first.broken) == (0, None)
    talk.says("路人", "绑定 ABCDEFGH")
    chaining.extend(office)
    again = chaining.verify_soon(office, talk.now, 0)
    assert (again.after, again.broken) == (first.head.number, None)
    assert again.head.number > first.head.number
    assert again.head == chaining.verify(office).head


@pytest.mark.parametrize(
    ("change", "seen"),
    [
        (delete(audit).where(audit.c.id == 3), True),  # a verified row that is gone
        (
            update(audit).where(audit.c.id == select(func.max(audit.c.id)).scalar_subquery()).values(who_id=77),
            True,
        ),  # a new one
        (update(audit).where(audit.c.id == 3).values(who_id=77), False),  # for the check of the whole chain
    ],
)
def test_of_a_long_chain_the_older_rows_are_counted(office: Office, talk: Talk, change: Executable, seen: bool) -> None:
    chaining.extend(office)
    assert chaining.verify(office, now=talk.now).broken is None
    talk.says("路人", "绑定 ABCDEFGH")
    chaining.extend(office)
    with office.db.transaction() as tx:
        without_triggers(tx)
        tx.run(change)
    assert (chaining.verify_soon(office, talk.now, 0).broken is not None) == seen
    assert chaining.verify(office, now=talk.now).broken is not None


def test_a_head_noted_elsewhere_must_still_be_in_the_chain(office: Office, talk: Talk) -> None:
    chaining.extend(office)
    noted = chaining.verify(office).head
    assert chaining.verify(office, noted).broken is None
    assert chaining.verify(office, Head(1, "0" * 64)).broken is not None
    assert chaining.verify(office, Head(noted.number + 1, noted.hash)).broken is not None


def test_a_row_may_wait_for_its_link_for_minutes_alone(office: Office, talk: Talk) -> None:
    chaining.extend(office)
    talk.says("路人", "绑定 ABCDEFGH")
    assert chaining.verify(office, now=talk.now + timedelta(minutes=9)).broken is None
    broken = chaining.verify(office, now=talk.now + timedelta(minutes=11)).broken
    assert broken is not None
    assert "waited" in broken[1]


def test_a_chain_that_was_made_without_the_key_is_broken(office: Office, talk: Talk) -> None:
    """Whoever owns the database alone cannot write the chain anew."""
    with office.db.transaction() as tx:
        tx.run(insert(audit).values(at=NOON, act="backup", source="cli"))
    chaining.extend(office)
    forger = type(office.db)(office.settings.database, type(office.db.vault)([b"x" * 32]), office.db.box)
    forger.vault.use_index_key(lambda: None)
    with office.db.transaction() as tx:
        without_triggers(tx)
        tx.run(update(audit).values(number=None, hash=None, who_id=1))
    with forger.transaction() as tx:
        chain.extend(tx)
    forger.close()
    broken = chaining.verify(office).broken
    assert broken is not None
    assert broken[0] == 1


def test_the_command_names_the_first_broken_row_and_exits_with_1(office: Office, talk: Talk, app: Flask) -> None:
    runner = app.test_cli_runner()
    chaining.extend(office)
    whole = runner.invoke(args=["audit", "verify"])
    assert whole.exit_code == 0
    head = whole.output.split("head ")[1].strip()
    assert runner.invoke(args=["audit", "verify", "--head", head]).exit_code == 0
    with office.db.transaction() as tx:
        without_triggers(tx)
        tx.run(update(audit).where(audit.c.id == 2).values(whose_id=99))
    broken = runner.invoke(args=["audit", "verify"])
    assert (broken.exit_code, "audit row 2 is broken" in broken.output) == (1, True)
