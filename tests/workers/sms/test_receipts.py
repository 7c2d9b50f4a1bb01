"""Receipts of short messages: at their secret address, for known serial numbers and numbers alone, or asked for."""

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import requests
from flask import Flask
from sqlalchemy import delete, insert, select, update

from bot.services.notices import outbox
from bot.services.notices.sms_receipts import Report, take
from bot.store.persons import people
from bot.store.schema.sending import attempts, receipts
from bot.store.tables import notices, persons
from config.settings import Settings, load
from tests.conftest import CountingNudge
from tests.databases import POSTGRESQL, SQLITE
from tests.sandbox.client import Sandbox
from tests.workers.conftest import RECEIPT_PATH, deliver, notice, working_for
from tests.workers.sms.conftest import BOTH, NUMBER, add_staff, made, sms_environment, tell
from workers.resources import Desk
from workers.sms.pulling import pull

OTHER = "13900009999"
ASK = {"tencent": "sms/PullSmsSendStatusByPhoneNumber", "aliyun": "sms/QuerySendDetails"}


@pytest.fixture(autouse=True)
def web(
    environment: dict[str, str], provider: str, address: str, web_server: tuple[Flask, int], sandbox: Sandbox
) -> Iterator[None]:
    """The web process works for this test's office."""
    settings = load(environment | sms_environment(provider, address), "web")
    with working_for(web_server[0], settings, nudge=CountingNudge()):
        yield


def eventually(check: Callable[[], object]) -> None:
    until = time.monotonic() + 30
    while not check():
        assert time.monotonic() < until
        time.sleep(0.02)


def arrived(desk: Desk) -> bool:
    """After a round of the clock, which settles a receipt that overtook the answer."""
    outbox.match_receipts(desk, datetime.now(UTC))
    return bool(notice(desk).state == "delivered")


def sent(desk: Desk, sandbox: Sandbox) -> dict[str, Any]:
    """One message that was taken and not reported on."""
    sandbox.set_faults(sms_unreported=True)
    tell(desk, add_staff(desk))
    deliver(desk)
    return sandbox.short_messages()[0]


def receipt(provider: str, one: dict[str, Any], *, arrived: bool = True, **other: Any) -> dict[str, Any]:
    number, serial = other.get("number", one["number"]), other.get("serial", one["serial"])
    if provider == "tencent":
        return {
            "user_receive_time": "2026-11-29 10:00:00", "nationcode": "86", "mobile": number, "sid": serial,
            "report_status": "SUCCESS" if arrived else "FAIL", "errmsg": "DELIVRD" if arrived else "MK:0001",
        }  # fmt: skip
    return {
        "phone_number": number, "success": arrived, "err_code": "DELIVERED" if arrived else "MK:0001", "biz_id": serial,
        "out_id": other.get("context", one["context"]), "send_time": "", "report_time": "", "sms_size": "1",
    }  # fmt: skip


def everything(desk: Desk) -> list[Any]:
    with desk.db.reading() as tx:
        return [tx.all(select(table).order_by(*table.primary_key)) for table in (notices, attempts, receipts, persons)]


def unrecorded(desk: Desk) -> list[dict[str, Any]]:
    """All is as it was before the answer was written down; the rows of the attempts that are gone."""
    with desk.db.transaction() as tx:
        rows = [dict(row._mapping) for row in tx.all(select(attempts))]
        tx.run(delete(attempts))
        tx.run(update(notices).values(state="sending", taken=0))
    return rows


@BOTH
def test_a_receipt_that_comes_by_itself_makes_a_notice_delivered(desk: Desk, sandbox: Sandbox, provider: str) -> None:
    sandbox.set_faults(receipts="")
    tell(desk, add_staff(desk))
    deliver(desk)
    eventually(lambda: arrived(desk))
    assert [row[:2] for row in made(desk)] == [("sms", "delivered")]


@pytest.mark.parametrize(("number", "state"), [(NUMBER, "delivered"), (OTHER, "sent")])
@BOTH
@SQLITE
def test_a_receipt_that_overtakes_the_answer_is_matched_later_and_only_with_its_number(
    number: str, state: str, desk: Desk, sandbox: Sandbox, provider: str
) -> None:
    one = sent(desk, sandbox)
    rows = unrecorded(desk)
    sandbox.push_receipt([receipt(provider, one, number=number)])
    assert len(everything(desk)[2]) == 1
    with desk.db.transaction() as tx:
        tx.run(insert(attempts), rows)
        tx.run(update(notices).values(state="sent", taken=1))
    outbox.match_receipts(desk, datetime.now(UTC))
    assert (notice(desk).state, everything(desk)[2]) == (state, [])


@POSTGRESQL
def test_a_receipt_is_kept_where_the_answer_is_written_down_while_it_is_looked_for(
    desk: Desk, sandbox: Sandbox, provider: str
) -> None:
    one = sent(desk, sandbox)
    rows = unrecorded(desk)

    def told() -> Iterator[Report]:
        with desk.db.transaction() as other:  # the worker is done between two looks of the one who takes the receipt
            other.run(update(notices).values(state="sent", taken=1))
        yield Report((one["serial"],), one["number"], True, "")

    take(desk, told(), datetime.now(UTC))
    assert (notice(desk).state, len(everything(desk)[2])) == ("sent", 1)
    with desk.db.transaction() as tx:
        tx.run(insert(attempts), rows)
    outbox.match_receipts(desk, datetime.now(UTC))
    assert (notice(desk).state, everything(desk)[2]) == ("delivered", [])


@POSTGRESQL
def test_a_receipt_of_a_message_whose_notice_is_sent_once_more_waits_for_it(
    desk: Desk, sandbox: Sandbox, provider: str
) -> None:
    one = sent(desk, sandbox)
    with desk.db.transaction() as tx:
        tx.run(update(notices).values(state="sending"))
    sandbox.push_receipt([receipt(provider, one)])
    outbox.match_receipts(desk, datetime.now(UTC))
    assert len(everything(desk)[2]) == 1
    with desk.db.transaction() as tx:
        tx.run(update(notices).values(state="sent"))
    outbox.match_receipts(desk, datetime.now(UTC))
    assert (notice(desk).state, everything(desk)[2]) == ("delivered", [])


@BOTH
@SQLITE
def test_the_answer_is_what_the_provider_wants_to_hear(desk: Desk, sandbox: Sandbox, provider: str) -> None:
    one = sent(desk, sandbox)
    status, text = sandbox.push_receipt([receipt(provider, one)])
    wanted = {"tencent": {"result": 0, "errmsg": "OK"}, "aliyun": {"code": 0, "msg": "OK"}}
    assert (status, json.loads(text)) == (200, wanted[provider])
    assert notice(desk).state == "delivered"


@BOTH
@SQLITE
def test_a_message_that_did_not_arrive_goes_to_the_next_channel(desk: Desk, sandbox: Sandbox, provider: str) -> None:
    one = sent(desk, sandbox)
    sandbox.push_receipt([receipt(provider, one, arrived=False)])
    assert (notice(desk).state, notice(desk).reason) == ("pending", "failed:MK:0001")
    deliver(desk)
    assert (notice(desk).state, len(sandbox.short_messages())) == ("waiting", 1)
    assert [row[:2] for row in made(desk)] == [("sms", "failed")]


@BOTH
@SQLITE
def test_a_receipt_for_an_unknown_number_or_id_or_a_second_time_changes_nothing(
    desk: Desk, sandbox: Sandbox, provider: str
) -> None:
    one = sent(desk, sandbox)
    before = everything(desk)
    strange = [
        receipt(provider, one, number=OTHER), receipt(provider, one, serial="5000:1", context="n1-1"),
        receipt(provider, one, number=""), receipt(provider, one, serial="", context=""),
        receipt(provider, one, number="1380000123\ud800"),
    ]  # fmt: skip
    for each in strange:
        assert sandbox.push_receipt([each])[0] == 200
    assert everything(desk) == before
    sandbox.push_receipt([receipt(provider, one)])
    after = everything(desk)
    assert after != before
    for arrived in (True, False):
        assert sandbox.push_receipt([receipt(provider, one, arrived=arrived)] * 2)[0] == 200
    assert everything(desk) == after


@pytest.mark.parametrize(("length", "kept"), [(38, 1), (39, 0), (40, 0), (400, 0)])
@BOTH
def test_a_serial_that_is_too_long_to_be_kept_is_left_out_and_the_others_of_its_batch_are_settled(
    length: int, kept: int, desk: Desk, sandbox: Sandbox, provider: str
) -> None:
    one = sent(desk, sandbox)
    tell(desk, add_staff(desk, OTHER))
    with desk.db.transaction() as tx:  # receipts that belong to nothing are kept meanwhile
        tx.run(update(notices).where(notices.c.state == "pending").values(state="sending"))
    serial = "8" * length
    batch = [receipt(provider, one, serial=serial, context=""), {"sid": "1"}, receipt(provider, one)]
    assert sandbox.push_receipt(batch)[0] == 200
    with desk.db.reading() as tx:
        assert [row.message_id for row in tx.all(select(receipts))] == [f"m:{serial}"] * kept
        assert [row.outcome for row in tx.all(select(attempts))] == ["delivered"]


@SQLITE
def test_any_other_address_is_not_found_and_changes_nothing(
    desk: Desk, sandbox: Sandbox, web_server: tuple[Flask, int], settings: Settings
) -> None:
    one, before = sent(desk, sandbox), everything(desk)
    host = f"http://127.0.0.1:{web_server[1]}/sms/receipts"
    for path in (f"{RECEIPT_PATH}x", RECEIPT_PATH[:-1], RECEIPT_PATH.upper(), "", "%E4%B8%AD"):
        assert requests.post(f"{host}/{path}", json=[receipt("tencent", one)], timeout=10).status_code == 404
    assert requests.get(f"{host}/{RECEIPT_PATH}", timeout=10).status_code == 405
    assert everything(desk) == before


@SQLITE
def test_without_a_secret_there_is_no_address(
    desk: Desk, sandbox: Sandbox, web_server: tuple[Flask, int], environment: dict[str, str]
) -> None:
    one, office = sent(desk, sandbox), web_server[0].extensions["office"]
    off = load({name: value for name, value in environment.items() if name != "SMS_RECEIPT_PATH"}, "web")
    web_server[0].extensions["office"] = replace(office, settings=off)
    host = f"http://127.0.0.1:{web_server[1]}/sms/receipts"
    for path in (RECEIPT_PATH, ""):
        assert requests.post(f"{host}/{path}", json=[receipt("tencent", one)], timeout=10).status_code == 404
    web_server[0].extensions["office"] = office
    assert notice(desk).state == "sent"


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400), (b"[", 400), (b"{}", 400), (b"[1]", 400), (b'[{"sid": "1"}]', 400), (b"null", 400), (b"\xff", 400),
        (b"[" * 100_000, 400), (b"[]", 200), (b" " * 300_000, 413), (b"[" + b"{}," * 1001 + b"{}]", 400),
    ],
    ids=["empty", "half", "object", "numbers", "bare", "null", "bytes", "deep", "none", "long", "many"],
)  # fmt: skip
@SQLITE
def test_what_are_no_receipts_is_refused(
    body: bytes, status: int, desk: Desk, web_server: tuple[Flask, int], sandbox: Sandbox
) -> None:
    address = f"http://127.0.0.1:{web_server[1]}/sms/receipts/{RECEIPT_PATH}"
    assert requests.post(address, data=body, timeout=10).status_code == status


@BOTH
@SQLITE
def test_a_person_who_has_read_it_in_a_reply_is_not_written_to_again(
    desk: Desk, sandbox: Sandbox, provider: str
) -> None:
    one = sent(desk, sandbox)
    with desk.db.transaction() as tx:
        known = people.by_id(tx, notice(desk).person_id)
        assert outbox.reply_with_waiting(desk, tx, known, 2000, datetime.now(UTC)).ids
    sandbox.push_receipt([receipt(provider, one, arrived=False)])
    assert notice(desk).state == "delivered"


@BOTH
@pytest.mark.parametrize("arrived", [True, False])
def test_what_has_no_receipt_after_a_while_is_asked_about(
    arrived: bool, desk: Desk, sandbox: Sandbox, provider: str
) -> None:
    sandbox.set_faults(receipts="lost" if arrived else "failed", sms_unreported=True)
    tell(desk, add_staff(desk))
    deliver(desk)
    assert ask(desk, timedelta(minutes=5)) == 0
    assert sandbox.calls(ASK[provider]) == 0
    assert ask(desk, timedelta(minutes=11)) == 0  # the operator has not reported yet
    assert sandbox.calls(ASK[provider]) >= 1
    sandbox.report_all(arrived=arrived)
    assert ask(desk, timedelta(minutes=61)) == 1
    assert notice(desk).state == ("delivered" if arrived else "pending")
    assert ask(desk, timedelta(minutes=362)) == 0


@SQLITE
def test_only_one_worker_asks(desk: Desk, sandbox: Sandbox) -> None:
    sent(desk, sandbox)
    for _ in range(3):
        pull(desk, datetime.now(UTC) + timedelta(minutes=11), stop=lambda: False)
    assert sandbox.calls(ASK["tencent"]) == 1


def ask(desk: Desk, after: timedelta) -> int:
    """Ask as the worker does, so long after now; nobody has asked before within some minutes."""
    desk.redis.delete("wutong:sms:pulling")
    return pull(desk, datetime.now(UTC) + after, stop=lambda: False)


def test_the_number_stands_nowhere_in_what_the_receipts_leave(desk: Desk, sandbox: Sandbox) -> None:
    one = sent(desk, sandbox)
    sandbox.push_receipt([receipt("tencent", one, arrived=False)])
    assert NUMBER not in str(everything(desk))
