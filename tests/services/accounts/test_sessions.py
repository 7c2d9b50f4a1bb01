"""Sessions: idle and absolute end, one query, lists, ends, leavers, deletion, another device, retention."""

from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from bot.errors import NotFound
from bot.services.accounts import own_sessions, sessions, setting_up, setup_codes
from bot.services.clock import clockwork
from bot.services.deletion import operator, proof
from bot.services.office import open_office
from bot.services.roster import bind_codes
from bot.store.schema.accounts import accounts, console_codes, console_sessions
from bot.store.tables import audit, roles
from tests.bench.measured.statements import counting
from tests.databases import SQLITE
from tests.rosters import import_roster
from tests.services.accounts.desk import CLIENT, PASSWORD, Desk, refused
from tests.services.cast import CAST
from tests.talk import openid


def test_half_an_hour_without_use_ends_a_session(desk: Desk) -> None:
    desk.has_password("陈桥甲")
    opened = desk.sign_in("陈桥甲")
    for _ in range(3):
        desk.talk.wait(minutes=29)
        assert desk.current(opened) is not None
    desk.talk.wait(minutes=30)
    assert desk.current(opened) is None
    desk.talk.wait(minutes=-20)
    assert desk.current(opened) is None, "it stays ended"
    assert desk.acts("console.out") == [("console.out", f"session {opened.session_id} idle")]


def test_a_page_that_renews_itself_is_no_use_of_a_session(desk: Desk) -> None:
    desk.has_password("陈桥甲")
    opened = desk.sign_in("陈桥甲")
    for _ in range(2):
        desk.talk.wait(minutes=16)
        sessions.current(desk.office, opened.token, desk.talk.now, is_used=False)
    assert desk.current(opened) is None


def test_twelve_hours_end_a_session_that_is_used_all_the_time(desk: Desk) -> None:
    desk.has_password("陈桥甲")
    opened = desk.sign_in("陈桥甲")
    for _ in range(12 * 3 - 1):
        desk.talk.wait(minutes=20)
        assert desk.current(opened) is not None
    desk.talk.wait(minutes=20)
    assert desk.current(opened) is None
    assert desk.acts("console.out") == [("console.out", f"session {opened.session_id} over")]


def test_use_is_written_once_a_minute_and_costs_one_statement_else(desk: Desk) -> None:
    desk.has_password("陈桥甲")
    opened = desk.sign_in("陈桥甲")
    began = desk.talk.now
    desk.talk.wait(seconds=59)
    desk.current(opened)
    assert desk.rows(console_sessions)[0].seen_at == began
    desk.talk.wait(seconds=1)
    desk.current(opened)
    assert desk.rows(console_sessions)[0].seen_at == began + timedelta(minutes=1)
    desk.talk.wait(seconds=30)
    with counting() as counter, closing(open_office(desk.office.settings, desk.office.nudge).db) as db:
        office = replace(desk.office, db=db)
        sessions.current(office, opened.token, desk.talk.now)
        before = counter.total
        sessions.current(office, opened.token, desk.talk.now)
        assert counter.total - before == (1 if db.backend.file_name else 2), "PostgreSQL's BEGIN counts"


def test_an_unknown_token_is_nobodys(desk: Desk) -> None:
    assert sessions.current(desk.office, "", desk.talk.now) is None
    assert sessions.current(desk.office, "x" * 5000, desk.talk.now) is None


def test_the_token_is_not_stored(desk: Desk) -> None:
    desk.has_password("陈桥甲")
    assert desk.sign_in("陈桥甲").token not in str(desk.rows(console_sessions))


def test_signing_out_ends_this_session_alone(desk: Desk) -> None:
    desk.has_password("陈桥甲")
    here, there = desk.sign_in("陈桥甲"), desk.sign_in("陈桥甲")
    sessions.end(desk.office, here.token, desk.talk.now)
    sessions.end(desk.office, here.token, desk.talk.now)
    sessions.end(desk.office, "unknown", desk.talk.now)
    assert desk.current(here) is None
    assert desk.current(there) is not None
    assert desk.acts("console.out") == [("console.out", f"session {here.session_id} out")]


def test_one_sees_and_ends_ones_own_sessions_alone(desk: Desk) -> None:
    for name in ("陈桥甲", "陈桥乙"):
        desk.has_password(name)
    here, there, other = desk.sign_in("陈桥甲"), desk.sign_in("陈桥甲"), desk.sign_in("陈桥乙")
    found = own_sessions.sessions_of(desk.office, here.person_id, desk.talk.now)
    assert [place.session_id for place in found] == [there.session_id, here.session_id]
    assert {(place.address, place.agent) for place in found} == {(CLIENT.address, CLIENT.agent)}
    signed = desk.current(here)
    assert signed is not None
    with pytest.raises(NotFound):
        own_sessions.end_session(desk.office, signed, other.session_id, desk.talk.now, PASSWORD)
    with refused("accounts.proof.wrong"):
        own_sessions.end_session(desk.office, signed, there.session_id, desk.talk.now, "guessed")
    assert desk.current(there) is not None
    own_sessions.end_session(desk.office, signed, there.session_id, desk.talk.now, PASSWORD)
    assert [each and each.person_id for each in map(desk.current, (here, there, other))] == [
        here.person_id, None, other.person_id,
    ]  # fmt: skip
    desk.talk.wait(minutes=31)
    assert own_sessions.sessions_of(desk.office, None, desk.talk.now) == []


@pytest.mark.parametrize("way", ["leave", "import"])
def test_whoever_leaves_the_roster_is_out_at_once_and_has_no_account(desk: Desk, way: str, tmp_path: Path) -> None:
    for name in ("陈桥甲", "陈桥乙"):
        desk.has_password(name)
    opened, other = desk.sign_in("陈桥甲"), desk.sign_in("陈桥乙")
    pending = setup_codes.issue_setup_code(desk.office, opened.person_id, None, desk.talk.now)
    if way == "leave":
        bind_codes.leave(desk.office, "13800000101", desk.talk.now)
    else:
        file = tmp_path / "without.csv"
        file.write_text("".join(line for line in CAST.splitlines(True) if "陈桥甲" not in line), "utf-8")
        import_roster(desk.office, file, desk.talk.now, replace=True)
    assert desk.current(opened) is None
    assert desk.current(other) is not None
    assert desk.is_refused("陈桥甲")
    assert desk.is_refused("13800000101")
    assert opened.person_id not in [row.person_id for row in desk.rows(accounts)]
    assert opened.person_id not in [row.person_id for row in desk.rows(console_codes)]
    assert ("console.out", f"session {opened.session_id} left") in desk.acts("console.out")
    with refused("accounts.code.unknown"):
        setting_up.set_password(desk.office, pending, PASSWORD, desk.talk.now)


def test_whose_roles_are_gone_is_out_even_where_nobody_ended_the_session(desk: Desk) -> None:
    desk.has_password("陈桥甲")
    opened = desk.sign_in("陈桥甲")
    with desk.office.db.transaction() as tx:
        tx.run(roles.delete().where(roles.c.person_id == opened.person_id))
    assert desk.current(opened) is None
    assert desk.is_refused("13800000101")
    assert desk.acts("console.out") == [("console.out", f"session {opened.session_id} left")]


def test_a_deletion_leaves_nothing_of_account_and_sessions(desk: Desk) -> None:
    desk.has_password("陈桥甲")
    opened = desk.sign_in("陈桥甲")
    operator.delete(desk.office, openid("陈桥甲"), desk.talk.now)
    lines = proof.prove(desk.office, openid("陈桥甲"), desk.talk.now)
    tables = {f"table {name}" for name in ("accounts", "console_sessions")}
    assert {line.place: set(line.left) for line in lines if line.place in tables} == {
        name: {"roster"} for name in tables
    }
    bind_codes.leave(desk.office, "13800000101", desk.talk.now)
    assert desk.rows(console_sessions) != []
    operator.delete(desk.office, openid("陈桥甲"), desk.talk.now)
    assert desk.current(opened) is None
    for table in (accounts, console_sessions, console_codes):
        assert desk.rows(table) == []
    assert all(line.is_clean for line in proof.prove(desk.office, openid("陈桥甲"), desk.talk.now))


def test_binding_another_device_ends_all_sessions(desk: Desk) -> None:
    desk.has_password("陈桥甲")
    opened = desk.sign_in("陈桥甲")
    desk.talk.says("新手机", f"绑定 {bind_codes.issue_code(desk.office, '13800000101', desk.talk.now)}")
    assert desk.current(opened) is None
    assert desk.sign_in("陈桥甲"), "the password is still the person's"


def test_old_sessions_and_codes_are_not_kept(desk: Desk) -> None:
    desk.has_password("陈桥甲")
    desk.sign_in("陈桥甲")
    for days, left in ((179, 1), (3, 0)):
        desk.talk.wait(days=days)
        for work in clockwork.sweep(desk.office, desk.talk.now):
            work.do()
        assert [len(desk.rows(table)) for table in (console_sessions, console_codes)] == [left, left]
    assert desk.rows(accounts) != []


@SQLITE
def test_the_command_line_issues_codes_lists_sessions_and_ends_them(desk: Desk, app: Flask) -> None:
    runner = app.test_cli_runner()
    code = runner.invoke(args=["console", "code", "陈桥甲"]).output.strip()
    desk.talk.now = datetime.now(UTC)
    setting_up.set_password(desk.office, code, PASSWORD, desk.talk.now)
    desk.talk.wait(seconds=-2)
    desk.sign_in("陈桥甲")
    listed = runner.invoke(args=["console", "sessions"]).output
    assert "陈桥甲" in listed
    assert CLIENT.address in listed
    assert "1 个登录" in runner.invoke(args=["console", "end", "13800000101"]).output
    assert runner.invoke(args=["console", "sessions"]).output.strip() == "[]"
    for who, said in (("张伟", "手机号"), ("无此人", "没有")):
        done = runner.invoke(args=["console", "code", who])
        assert (done.exit_code, said in done.stderr) == (1, True)
    with desk.office.db.reading() as tx:
        sources = tx.all(
            select(audit.c.act, audit.c.source).where(audit.c.act.startswith("console."), audit.c.source == "cli")
        )
    assert {tuple(row) for row in sources} == {("console.code", "cli"), ("console.out", "cli")}
