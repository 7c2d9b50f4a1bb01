"""What somebody asked to have deleted is nowhere any more; what the law keeps stays and is named."""

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from redis import Redis
from sqlalchemy import select, update

from bot.services.clock import clockwork
from bot.services.deletion import carrying_out, operator, proof, repeating, tombstones
from bot.services.messages import spool
from bot.services.notices import outbox
from bot.services.office import Office
from bot.store import orders as order_store
from bot.store.broadcasts import people as answers
from bot.store.broadcasts import preferences, written
from bot.store.persons import people
from bot.store.sealed import identity
from bot.store.sending import notices as notice_store
from bot.store.tables import attachments, audit, deletions, history, inbound, notices, orders, persons, sessions
from tests.services import cast
from tests.services.cast import CODE
from tests.talk import NOON, Talk, openid

WHO, PHONE = "王阿姨", "13900001111"
MORE = "党员,党员甲,13800000201,陈桥社区,网格01,,\n"


@pytest.fixture
def talk(office: Office, tmp_path: Path) -> Iterator[Talk]:
    yield cast.enter(office, tmp_path, MORE)
    with Redis.from_url(office.settings.redis) as client:
        client.flushdb()


def code_in(said: str) -> str:
    found = CODE.search(said)
    assert found, said
    return found[1]


def run_clock(office: Office, talk: Talk) -> None:
    for work in clockwork.sweep(office, talk.now):
        work.do()


def left(office: Office, talk: Talk, who: str = WHO) -> set[tuple[str, str | None]]:
    """(place, law) of everything that is left, but records."""
    lines = proof.prove(office, openid(who), talk.now)
    return {(line.place, law) for line in lines for law in line.left if law != "record"}


def everything(office: Office, talk: Talk) -> dict[str, str]:
    """Somebody with an order in each situation, pictures, messages, a session, a spooled message and a key in Redis."""
    codes = {}
    codes["closed"] = code_in(talk.says(WHO, f"请人帮我换灯泡，金色春天3号楼2单元501，电话{PHONE}"))
    talk.says("陈桥甲", f"派单 {codes['closed']} 党员甲")
    talk.says("党员甲", f"接单 {codes['closed']}")
    talk.says("党员甲", f"完成 {codes['closed']} 换好了，打的是{PHONE}")
    talk.says(WHO, f"满意 {codes['closed']}")
    codes["accepted"] = code_in(talk.says(WHO, "另一件"[:0] + "楼道里的路灯也不亮了，天黑看不见"))
    talk.says("陈桥甲", f"派单 {codes['accepted']} 陈桥乙")
    codes["open"] = code_in(talk.says(WHO, "想请人教我用手机挂号"))
    with office.db.transaction() as tx:
        order = order_store.by_code(tx, codes["open"])
        assert order is not None
        row = {"kind": "image", "media_id": "M1", "state": "stored", "path": f"media/{order.id}/1.png", "attempts": 1}
        order_store.attach(
            tx, order_id=order.id, person_id=order.person_id, label_sealed=tx.vault.seal("门口"), created_at=NOON, **row
        )
    file = office.settings.var_dir / "media" / str(order.id) / "1.png"
    file.parent.mkdir(parents=True)
    file.write_bytes(b"png")
    spool.keep(office, "m:9", json.dumps({"openid": openid(WHO), "text": "还有一句"}), NOON)
    with Redis.from_url(office.settings.redis) as client:
        client.set("wutong:other", "nothing of anybody")
    return codes


def test_what_was_given_is_gone_everywhere_once_an_administrator_confirmed(office: Office, talk: Talk) -> None:
    everything(office, talk)
    file = next((office.settings.var_dir / "media").rglob("*.png"))
    for path in spool.waiting(office):
        path.unlink()
    request = code_in(talk.says(WHO, "删除我的信息"))
    assert code_in(talk.says(WHO, "删除我的信息")) == request
    assert "没有等着确认" in talk.says("办事处甲", "确认删除 1234567")
    run_clock(office, talk)
    assert left(office, talk)
    assert "已确认" in talk.says("办事处甲", f"确认删除 {request}")
    run_clock(office, talk)
    assert left(office, talk) == set()
    assert not file.exists()
    with office.db.reading() as tx:
        person = tx.value(select(deletions.c.person_id))
        (row,) = tx.all(select(persons).where(persons.c.id == person))
        mine = tx.all(select(orders).where(orders.c.person_id == person))
    assert (row.openid, row.phone_sealed, row.place_sealed, row.community) == (None, None, None, None)
    assert {(order.state, order.text, order.place_sealed) for order in mine} == {("closed", "", None)}


def test_no_word_of_it_is_left_in_any_column_opened_or_not(office: Office, talk: Talk) -> None:
    codes = everything(office, talk)
    operator.delete(office, openid(WHO), talk.now)
    with office.db.reading() as tx:
        for table in (orders, history, notices, inbound, sessions, attachments, persons):
            for row in tx.all(select(table)):
                for value in row:
                    try:
                        shown = tx.open(value) if isinstance(value, bytes) else str(value)
                    except Exception:  # noqa: BLE001 - a digest is no sealed text
                        continue
                    for word in (PHONE, "灯泡", "路灯", "手机挂号", openid(WHO), "3号楼"):
                        assert word not in (shown or ""), (table.name, word)
    assert codes
    for name in office.settings.var_dir.glob("wutong.db*"):
        assert openid(WHO).encode() not in name.read_bytes()


def test_who_works_on_an_open_order_and_its_staff_are_told_without_a_word_of_it(office: Office, talk: Talk) -> None:
    everything(office, talk)
    operator.delete(office, openid(WHO), talk.now)
    assert cast.told_of(office, "erase_former") == ["陈桥乙"]
    assert "陈桥甲" in cast.told_of(office, "erase_staff")
    with office.db.reading() as tx:
        told = tx.all(select(notices).where(notices.c.event.like("erase%")))
    assert {(row.facts_sealed, row.state) for row in told} == {(None, "pending")}
    letters = [one.text for one in outbox.exchange(office, [], 50, talk.now) if one.row.event.startswith("erase")]
    assert letters
    assert all("请求删除" in text and "None" not in text for text in letters)


def test_an_administrator_is_told_and_only_an_administrator_confirms(office: Office, talk: Talk) -> None:
    code_in(talk.says(WHO, "陈桥社区路灯不亮"))
    request = code_in(talk.says(WHO, "删除我的信息"))
    assert cast.told_of(office, "deletion_asked", "办事处甲") == [request]
    talk.says("陈桥甲", f"确认删除 {request}")
    run_clock(office, talk)
    with office.db.reading() as tx:
        assert tx.value(select(deletions.c.confirmed_at)) is None
        assert tx.value(select(deletions.c.done_at)) is None


def test_it_runs_by_itself_after_15_working_days(office: Office, talk: Talk) -> None:
    talk.says(WHO, "陈桥社区路灯不亮")
    talk.says(WHO, "删除我的信息")
    with office.db.reading() as tx:
        due = tx.value(select(deletions.c.due_at))
    assert due.astimezone(office.calendar.zone).date().isoformat() == "2026-12-15"  # a Tuesday, three weeks later
    talk.now = due - timedelta(minutes=1)
    run_clock(office, talk)
    assert left(office, talk)
    talk.now = due
    run_clock(office, talk)
    assert left(office, talk) == set()


def test_a_registered_petition_and_a_report_stay_by_law_and_what_is_in_hand_is_deleted_when_it_closes(
    office: Office, talk: Talk
) -> None:
    report = code_in(talk.says(WHO, "我要举报兰天社区的干部收红包"))
    talk.says(WHO, "取消")
    violent = code_in(talk.says(WHO, "我老公昨天晚上又打我了"))
    talk.says(WHO, "取消")
    ordinary = code_in(talk.says(WHO, "陈桥社区路灯不亮"))
    operator.delete(office, openid(WHO), talk.now)
    found = left(office, talk)
    assert None not in {law for _, law in found}
    assert {("table sealed_matters", "report"), ("table sealed_matters", "restricted")} <= found
    assert any(place == "table persons" for place, _ in found)
    with office.db.reading() as tx:
        states = {row.code: row.state for row in tx.all(select(orders))}
    assert states[ordinary] == "closed"
    assert states[report] != "closed"
    talk.wait(days=1)
    for code in (violent, report):
        talk.says("纪检甲", f"解释办结 {code} 已处理")
    run_clock(office, talk)
    found = left(office, talk)
    assert ("table sealed_matters", "report") in found
    assert {law for _, law in found} == {"report"}
    with office.db.reading() as tx:
        assert tx.value(select(persons.c.openid).where(persons.c.openid == openid(WHO))) is None


def test_of_somebody_on_the_roster_what_was_given_as_a_resident_goes_and_the_roster_stays(
    office: Office, talk: Talk
) -> None:
    talk.says("党员甲", "兰天社区路灯不亮，电话13900002222")
    operator.delete(office, openid("党员甲"), talk.now)
    found = left(office, talk, "党员甲")
    assert {law for _, law in found} == {"roster"}
    assert "没有" in talk.says("党员甲", "我的单")


@pytest.mark.parametrize("who", ["党员甲", WHO], ids=["on the roster", "with an open order"])
def test_a_reason_of_absence_and_a_consent_go_also_of_somebody_who_stays(office: Office, talk: Talk, who: str) -> None:
    talk.says(who, "陈桥社区金色春天3号楼路灯不亮")
    with office.db.transaction() as tx:
        person = people.find(tx, openid(who))
        assert person is not None
        new = {"kind": "meeting", "title": "题", "body": "文", "audience": {}, "state": "sent"}
        number = written.add(tx, **new, created_at=NOON, is_demo=False).id
        key = identity.of("broadcast_people", "reason_sealed", identity.of_recipient(number, person.id))
        reason = tx.vault.seal("孩子住院", key)
        answers.put(tx, number, person.id, coming=False, reason_sealed=reason, answered_at=NOON)
        preferences.put(tx, person.id, muted=["bulletin"], digest=True, service=True, service_at=NOON)
    if who == WHO:
        talk.says(WHO, "", kind="event", event="unsubscribe")
        with office.db.reading() as tx:
            talk.now = tx.value(select(deletions.c.due_at))
        run_clock(office, talk)
    else:
        operator.delete(office, openid(who), talk.now)
    with office.db.reading() as tx:
        row, wishes = answers.of(tx, number, person.id), preferences.of(tx, person.id)
        assert row is not None
        assert (row.coming, row.reason_sealed) == (False, None)
        if who == WHO:
            assert wishes is None
        else:
            assert wishes is not None
            assert (wishes.muted, wishes.digest, wishes.service, wishes.service_at) == (["bulletin"], True, False, None)
    assert {law for _, law in left(office, talk, who)} == {"open" if who == WHO else "roster"}


def test_unfollowing_starts_it_and_open_matters_go_on_until_they_close(office: Office, talk: Talk) -> None:
    code = code_in(talk.says(WHO, "陈桥社区金色春天3号楼路灯不亮"))
    talk.says(WHO, "", kind="event", event="unsubscribe")
    with office.db.reading() as tx:
        due = tx.value(select(deletions.c.due_at))
    talk.now = due
    run_clock(office, talk)
    assert {law for _, law in left(office, talk)} == {"open"}
    talk.says("陈桥甲", f"解释办结 {code} 已修好")
    talk.wait(minutes=1)
    run_clock(office, talk)
    assert left(office, talk) == set()


def test_who_follows_again_before_it_is_due_keeps_everything(office: Office, talk: Talk) -> None:
    talk.says(WHO, "陈桥社区路灯不亮")
    talk.says(WHO, "", kind="event", event="unsubscribe")
    talk.wait(days=2)
    talk.says(WHO, "", kind="event", event="subscribe")
    with office.db.reading() as tx:
        talk.now = tx.value(select(deletions.c.due_at))
    run_clock(office, talk)
    assert "路灯" in talk.says(WHO, "进度")


def test_who_comes_back_is_new_and_stays_after_a_restore_of_the_deletions(office: Office, talk: Talk) -> None:
    talk.says(WHO, "陈桥社区路灯不亮")
    operator.delete(office, openid(WHO), talk.now)
    talk.wait(minutes=5)
    assert "没有" in talk.says(WHO, "进度")
    code_in(talk.says(WHO, "陈桥社区井盖没了一个"))
    assert repeating.repeat(office, tombstones.known(office), talk.now) == 0
    assert left(office, talk)


def test_rows_of_the_audit_say_who_asked_confirmed_and_that_it_was_done(office: Office, talk: Talk) -> None:
    talk.says(WHO, "陈桥社区路灯不亮")
    request = code_in(talk.says(WHO, "删除我的信息"))
    talk.says("办事处甲", f"确认删除 {request}")
    run_clock(office, talk)
    with office.db.reading() as tx:
        rows = tx.all(select(audit).where(audit.c.act.like("deletion%")).order_by(audit.c.id))
        admin = tx.value(select(persons.c.id).where(persons.c.name == "办事处甲"))
    assert [row.act for row in rows] == ["deletion.asked", "deletion.confirmed", "deletion.done"]
    assert rows[1].who_id == admin
    assert {row.whose_id for row in rows} == {rows[0].who_id}


def test_prove_names_every_place_and_exits_with_1_where_something_is_left(
    office: Office, talk: Talk, app: Flask
) -> None:
    runner = app.test_cli_runner()
    everything(office, talk)
    before = runner.invoke(args=["privacy", "prove", openid(WHO)])
    assert before.exit_code == 1
    for place in ("table orders", "table inbound", "files media", "files spool", "redis keys and queues"):
        assert place in before.output
    assert runner.invoke(args=["privacy", "delete", openid(WHO)]).exit_code == 0
    after = runner.invoke(args=["privacy", "prove", openid(WHO)])
    assert (after.exit_code, "NOT ALLOWED" in after.output) == (0, False)
    assert runner.invoke(args=["privacy", "prove", openid("谁也不是")]).exit_code == 0
    assert runner.invoke(args=["privacy", "delete", openid("谁也不是")]).exit_code == 1


@pytest.mark.parametrize("where", ["redis string", "redis job", "file", "spool", "unknown column", "another session"])
def test_prove_finds_what_a_deletion_overlooked(office: Office, talk: Talk, where: str) -> None:
    import zlib

    talk.says(WHO, "陈桥社区路灯不亮")
    operator.delete(office, openid(WHO), talk.now)
    assert left(office, talk) == set()
    who = openid(WHO)
    with Redis.from_url(office.settings.redis) as client:
        if where == "redis string":
            client.set("wutong:x", f"…{who}…")
        elif where == "redis job":
            client.hset("rq:job:1", mapping={"data": zlib.compress(f"x{who}".encode())})
    if where == "file":
        (office.settings.var_dir / "notes.txt").write_text(f"…{who}")
    elif where == "spool":
        spool.keep(office, "m:77", json.dumps({"openid": who}), NOON)
    with office.db.transaction() as tx:
        if where == "unknown column":
            tx.run(update(orders).values(external_id=f"x{who}"))
        elif where == "another session":
            other = tx.value(select(persons.c.id).where(persons.c.name == "陈桥甲"))
            tx.run(update(sessions).where(sessions.c.person_id == other).values(data_sealed=tx.seal_facts({"r": who})))
            if not tx.all(select(sessions).where(sessions.c.person_id == other)):
                tx.run(sessions.insert().values(person_id=other, data_sealed=tx.seal_facts({"r": who})))
    assert {law for _, law in left(office, talk)} == {None}


def test_an_order_that_arrives_after_the_round_began_is_deleted_too(office: Office, talk: Talk) -> None:
    talk.says(WHO, "陈桥社区路灯不亮")
    request = code_in(talk.says(WHO, "删除我的信息"))
    talk.says("办事处甲", f"确认删除 {request}")
    began = talk.now
    talk.wait(seconds=5)
    late = code_in(talk.says(WHO, "陈桥社区井盖没了一个，很危险"))
    (number,) = carrying_out.due(office, began)
    carrying_out.carry_out(office, number, began)
    with office.db.reading() as tx:
        order = order_store.by_code(tx, late)
        assert order is not None
        assert (order.state, order.text) == ("closed", "")
        assert tx.value(select(persons.c.openid).where(persons.c.id == order.person_id)) is None
    assert left(office, talk) == set()


def test_what_is_newer_than_a_deletion_stays_when_it_runs_again(office: Office, talk: Talk) -> None:
    old = code_in(talk.says(WHO, "陈桥社区金色春天3号楼路灯不亮"))
    talk.says(WHO, "", kind="event", event="unsubscribe")
    with office.db.reading() as tx:
        talk.now = tx.value(select(deletions.c.due_at))
    run_clock(office, talk)
    talk.wait(hours=1)
    new = code_in(talk.says(WHO, "兰天社区水管漏水了"))
    talk.says("陈桥甲", f"解释办结 {old} 已修好")
    talk.wait(minutes=1)
    run_clock(office, talk)
    with office.db.reading() as tx:
        kept, gone = order_store.by_code(tx, new), order_store.by_code(tx, old)
        assert kept is not None
        assert gone is not None
        assert (gone.text, "水管" in kept.text, kept.state != "closed") == ("", True, True)
        assert tx.value(select(persons.c.openid).where(persons.c.id == kept.person_id)) == openid(WHO)


def test_a_restore_repeats_no_deletion_that_the_database_holds(office: Office, talk: Talk) -> None:
    """Of somebody on the roster, the account stays after a deletion, and new orders with it."""
    operator.delete(office, openid("党员甲"), talk.now)
    talk.wait(hours=1)
    new = code_in(talk.says("党员甲", "兰天社区路灯不亮"))
    assert repeating.repeat(office, tombstones.known(office), talk.now) == 0
    with office.db.reading() as tx:
        order = order_store.by_code(tx, new)
        assert order is not None
        assert (order.state != "closed", "路灯" in order.text) == (True, True)


def test_a_tombstone_takes_only_what_is_older_and_confirms_no_later_request(office: Office, talk: Talk) -> None:
    old = code_in(talk.says(WHO, "陈桥社区路灯不亮"))
    talk.wait(minutes=5)
    deleted_at = talk.now
    talk.wait(minutes=5)
    new = code_in(talk.says(WHO, "兰天社区水管漏水了"))
    talk.says(WHO, "删除我的信息")
    with office.db.reading() as tx:
        index = tx.vault.index(openid(WHO))
    assert repeating.repeat(office, {index: deleted_at}, talk.now) == 1
    with office.db.reading() as tx:
        gone, kept = order_store.by_code(tx, old), order_store.by_code(tx, new)
        assert gone is not None
        assert kept is not None
        assert (gone.text, gone.state, "水管" in kept.text, kept.state != "closed") == ("", "closed", True, True)
        (waiting,) = tx.all(select(deletions).where(deletions.c.done_at.is_(None)))
        assert waiting.confirmed_at is None
    assert repeating.repeat(office, {index: deleted_at}, talk.now) == 0


def test_no_key_says_whose_message_it_was(office: Office, talk: Talk) -> None:
    """Neither a new key nor one that an older version made."""
    talk.says(WHO, "陈桥社区路灯不亮")
    who = openid(WHO)
    with office.db.transaction() as tx:
        assert tx.all(select(inbound).where(inbound.c.key.contains(who))) == []
        tx.run(inbound.insert().values(key=f"e:{who}:abc", kind="view_event", received_at=NOON))
        staff = tx.value(select(persons.c.id).where(persons.c.name == "陈桥甲"))
        notice_store.write(tx, [staff], "kept", now=NOON, facts={}, once=f"kept:m:{who}:24000001")
    operator.delete(office, who, talk.now)
    assert left(office, talk) == set()


def test_a_deletion_that_fails_keeps_no_other_from_running(office: Office, talk: Talk) -> None:
    for who in (WHO, "李叔"):
        talk.says(who, "陈桥社区路灯不亮")
        request = code_in(talk.says(who, "删除我的信息"))
        talk.says("办事处甲", f"确认删除 {request}")
    with office.db.transaction() as tx:
        first = tx.value(select(deletions.c.id).order_by(deletions.c.id).limit(1))
        tx.run(update(deletions).where(deletions.c.id == first).values(person_id=999_999))
    steps = [work for work in clockwork.sweep(office, talk.now) if work.about.startswith("deletion ")]
    assert len(steps) == 2
    with pytest.raises(AssertionError):  # its person is not there
        steps[0].do()
    steps[1].do()
    assert left(office, talk, "李叔") == set()


NAME = "麒麟姐"


def cited(office: Office, talk: Talk) -> str:
    """The number of a resident's order that others have spoken of: its helper in an order and a note, a neighbour in an
    order."""
    said = talk.says(WHO, f"请人帮我换灯泡，金色春天3号楼2单元501，联系人{NAME}，电话{PHONE}")
    code = code_in(said)
    with office.db.transaction() as tx:
        order = order_store.by_code(tx, code)
        assert order is not None
        sealed = tx.vault.seal(f"{NAME} {PHONE}", identity.of("orders", "contact_sealed", code))
        tx.run(update(orders).where(orders.c.id == order.id).values(contact_sealed=sealed))
    talk.says("陈桥甲", f"派单 {code} 党员甲")
    talk.says("党员甲", f"接单 {code}")
    talk.says("党员甲", f"完成 {code} 换好了")
    talk.says(WHO, f"满意 {code}")
    talk.wait(hours=3)
    for who, words in (
        ("党员甲", f"金色春天5号楼路灯不亮，和{code}是一回事，{NAME}也说了"),
        ("李大爷", f"金色春天7号楼下水道堵了，和{code}一样"),
    ):
        talk.says(who, words)
    other = code_in(talk.says("李大爷", "兰天社区2号楼楼道灯不亮"))
    talk.says("李大爷", f"补充 {other} 和{code}那单一样")
    return code


def test_others_orders_and_notices_name_neither_the_number_nor_the_name(office: Office, talk: Talk) -> None:
    code = cited(office, talk)
    before = _everything_said(office)
    assert code in before
    assert NAME in before
    operator.delete(office, openid(WHO), talk.now)
    assert left(office, talk) == set()
    after = _everything_said(office)
    assert NAME not in after
    assert not re.search(rf"(?<!\d){code}(?!\d)", after)
    assert "7号楼下水道堵了" in after


def _everything_said(office: Office) -> str:
    """All words of orders, history, notices, sessions and messages, opened. An order's own number aside."""
    found = []
    with office.db.reading() as tx:
        for table in (orders, history, notices, sessions, inbound):
            for row in tx.all(select(table)):
                found += [tx.open(value) or "" for value in row if isinstance(value, bytes)]
                found += [str(getattr(row, name)) for name in ("text", "note") if hasattr(row, name)]
    return "\n".join(found)


@pytest.mark.parametrize("where", ["orders", "history", "notices"])
def test_prove_finds_the_number_in_what_others_said(office: Office, talk: Talk, where: str) -> None:
    code = code_in(talk.says(WHO, "请人帮我换灯泡，金色春天3号楼2单元501"))
    other = code_in(talk.says("李大爷", "兰天社区2号楼楼道灯不亮"))
    operator.delete(office, openid(WHO), talk.now)
    assert left(office, talk) == set()
    for number, is_left in ((f"1{code}", False), (code, True)):
        with office.db.transaction() as tx:
            order = order_store.by_code(tx, other)
            assert order is not None
            if where == "orders":
                tx.run(update(orders).where(orders.c.id == order.id).values(text=f"和{number}一样"))
            elif where == "history":
                tx.run(update(history).where(history.c.order_id == order.id).values(note=f"和{number}一样"))
            else:
                notice_store.write(tx, [order.person_id], "late", now=talk.now, facts={"body": f"和{number}一样"})
        assert left(office, talk) == ({(f"table {where}", None)} if is_left else set())


def test_a_copy_that_somebody_made_of_the_database_is_searched_too(office: Office, talk: Talk) -> None:
    talk.says(WHO, "陈桥社区路灯不亮")
    who = openid(WHO)
    name = Path(office.db.backend.file_name or office.settings.var_dir / "wutong.db").name
    copy = office.settings.var_dir / f"{name}.old"
    copy.write_bytes(f"… {who} …".encode())
    operator.delete(office, who, talk.now)
    assert {place for place, _ in left(office, talk)} == {"files ."}
