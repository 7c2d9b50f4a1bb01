"""Faults, quotas, counters, the wire log, and the program itself."""

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

from tests.sandbox.client import Sandbox
from tests.sandbox.faults import BAD_GATEWAY, LOST, NOT_JSON
from tests.sandbox.options import Options, from_environ, to_environ
from tests.sandbox.server import ROOT, free_port
from tests.sandbox_tests.conftest import APP_ID, Api

SEND = "message/template/send"


def test_errors_come_in_the_order_given(api: Api, sandbox: Sandbox) -> None:
    user = sandbox.new_user()
    sandbox.set_faults(error_codes={f"/cgi-bin/{SEND}": [-1, 45011]})
    assert [api.notify(user)["errcode"] for _ in range(3)] == [-1, 45011, 0]


def test_answers_of_every_kind_are_lined_up(api: Api, sandbox: Sandbox) -> None:
    user, where = sandbox.new_user(), api.address(SEND)
    own = {"errcode": 0, "errmsg": "ok", "msgid": 7}
    sandbox.answer_next(SEND, 45009, BAD_GATEWAY, NOT_JSON)
    sandbox.answer_next(f"/cgi-bin/{SEND}", LOST, own)
    assert api.notify(user)["errcode"] == 45009
    answers = [requests.post(where, b"{}", params={"access_token": api.token}, timeout=5) for _ in range(2)]
    assert [(answer.status_code, answer.text[:6]) for answer in answers] == [(502, "<html>"), (200, "ok")]
    with pytest.raises(requests.RequestException):
        api.notify(user)
    assert api.notify(user) == own
    assert sandbox.sent_to(SEND) == {user: 1}
    assert sandbox.calls(SEND) == 5
    assert api.notify(user)["errcode"] == 0


def test_a_rejected_token_uses_up_no_answer_but_counts_as_a_call(api: Api, sandbox: Sandbox) -> None:
    sandbox.answer_next(SEND, -1)
    assert api.post(SEND, {}, token="no")["errcode"] == 40001
    assert api.notify(sandbox.new_user())["errcode"] == -1
    assert sandbox.calls(SEND) == 2


def test_one_api_may_be_slow(api: Api, sandbox: Sandbox) -> None:
    sandbox.set_faults(latencies={SEND: 400})
    began = time.monotonic()
    api.get("menu/get")
    between = time.monotonic()
    api.notify(sandbox.new_user())
    assert between - began < 0.4 <= time.monotonic() - between


def test_somebody_may_have_been_told_too_often(api: Api, sandbox: Sandbox) -> None:
    user, other = sandbox.new_user(window="message"), sandbox.new_user()
    sandbox.set_faults(too_often=[user])
    sandbox.consent(user, "S-order")
    notice = {"touser": user, "template_id": "S-order", "data": {"thing1": {"value": "灯修好了"}}}
    assert api.post("message/subscribe/bizsend", notice)["errcode"] == 43117
    assert [api.notify(user)["errcode"], api.notify(other)["errcode"], api.say(user, "在")] == [43117, 0, 0]


def test_a_failed_call_is_explained_by_its_request_id(api: Api, sandbox: Sandbox) -> None:
    said = api.notify("nobody")["errmsg"]
    found = api.post("openapi/rid/get", {"rid": said.split("rid: ")[1]})["request"]
    assert '"touser": "nobody"' in found["request_body"]
    assert said in found["response_body"]
    assert (found["client_ip"], len(str(found["invoke_time"]))) == ("127.0.0.1", 10)
    unknown = api.post("openapi/rid/get", {"rid": "00000000-00000000-00000000"})
    assert (unknown["errcode"], api.post("openapi/rid/get", {})["errcode"]) == (76001, 76002)


def test_a_file_of_any_kind_can_be_fetched_and_openids_chosen(api: Api, sandbox: Sandbox) -> None:
    media_id = sandbox.keep_media("image", b"<html>", "a.jpg", "text/html")
    found = requests.get(api.address("media/get"), {"access_token": api.token, "media_id": media_id}, timeout=5)
    assert (found.content, found.headers["Content-Type"]) == (b"<html>", "text/html; charset=utf-8")
    assert sandbox.new_users(["o1", "o2"], window="message") == ["o1", "o2"]
    assert [api.say("o1", "在"), api.say("o2", "在")] == [0, 0]


def test_a_share_of_calls_fails(api: Api, sandbox: Sandbox) -> None:
    user = sandbox.new_user()
    sandbox.set_faults(error_rate={SEND: {"code": -1, "share": 1}})
    assert api.notify(user)["errcode"] == -1
    sandbox.clear_faults()
    assert api.notify(user)["errcode"] == 0


def test_the_server_may_be_broken_or_slow(api: Api, sandbox: Sandbox) -> None:
    sandbox.set_faults(http_500=1)
    assert requests.get(api.address("menu/get"), timeout=5).status_code == 500
    sandbox.set_faults(http_500=0, latency_ms=600)
    with pytest.raises(requests.ReadTimeout):
        requests.get(api.address("menu/get"), timeout=0.3)


def test_an_answer_may_be_lost_after_the_message_was_taken(api: Api, sandbox: Sandbox) -> None:
    user = sandbox.new_user()
    sandbox.set_faults(drop_after_accept=1)
    with pytest.raises(requests.RequestException):
        api.notify(user)
    assert len(sandbox.texts(user)) == 1


def test_windows_shut_and_users_refuse(api: Api, sandbox: Sandbox) -> None:
    user = sandbox.new_user(window="message")
    sandbox.set_faults(close_window=[user])
    assert api.say(user, "在") == 45015
    sandbox.set_faults(close_window=[], block=[user])
    assert api.say(user, "在") == 48002
    sandbox.clear_faults()
    assert api.say(user, "在") == 0


def test_quotas_by_day_and_minute_and_clearing_them(api: Api, sandbox: Sandbox) -> None:
    user = sandbox.new_user()
    sandbox.set_faults(daily_limit={SEND: 2})
    assert [api.notify(user)["errcode"] for _ in range(3)] == [0, 0, 45009]
    quota = api.post("openapi/quota/get", {"cgi_path": f"/cgi-bin/{SEND}"})["quota"]
    assert quota == {"daily_limit": 2, "used": 2, "remain": 0}
    assert api.post("clear_quota", {"appid": APP_ID})["errcode"] == 0
    assert api.notify(user)["errcode"] == 0
    sandbox.set_faults(daily_limit={}, minute_limit={SEND: 1})
    sandbox.advance(61)
    assert [api.notify(user)["errcode"] for _ in range(2)] == [0, 45011]
    assert [api.post("clear_quota", {"appid": APP_ID})["errcode"] for _ in range(10)] == [0] * 9 + [48006]


def test_the_wire_log_shows_both_directions(api: Api, sandbox: Sandbox) -> None:
    user = sandbox.new_user()
    sandbox.say(user, "楼道灯")
    api.say(user, "好的")
    push, call = sandbox.wire()[-2:]
    assert (push["direction"], call["direction"]) == ("push", "api")
    assert "楼道灯" in push["body"]
    assert "收到：楼道灯" in push["answer"]
    assert (call["path"], '"好的"' in call["body"], '"errcode": 0' in call["answer"]) == (
        "/cgi-bin/message/custom/send", True, True,
    )  # fmt: skip
    assert sandbox.wire(since=call["seq"]) == []


def test_unknown_faults_and_kinds_are_refused(sandbox: Sandbox) -> None:
    with pytest.raises(AssertionError, match="unknown fault"):
        sandbox.set_faults(thunder=True)
    answer = requests.post(f"{sandbox.base_url}/sandbox/users/o/say", json={}, timeout=5)
    assert answer.status_code == 400


def test_two_thousand_sends_from_many_threads_are_counted_exactly(api: Api, sandbox: Sandbox) -> None:
    sandbox.set_faults(receipts="lost")
    users = sandbox.new_users(2000)
    with ThreadPoolExecutor(16) as pool:
        codes = list(pool.map(lambda openid: api.notify(openid, client_msg_id="n1")["errcode"], users))
    assert codes == [0] * 2000
    known = sandbox.counters()
    assert (known["sent"], known["duplicates"], known["calls"][SEND]) == (2000, 0, 2000)


def test_options_survive_the_way_through_the_environment(options: Options) -> None:
    assert from_environ(to_environ(options)) == options


def test_the_program_ends_quietly_and_says_what_is_missing(options: Options) -> None:
    environ = {**os.environ, **to_environ(options), "SANDBOX_PORT": str(free_port())}
    program = [sys.executable, "-m", "tests.sandbox"]
    process = subprocess.Popen(program, cwd=ROOT, env=environ, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    there = Sandbox(f"http://127.0.0.1:{environ['SANDBOX_PORT']}")

    def is_up() -> bool:
        try:
            return bool(there.counters())
        except requests.ConnectionError:
            return False

    there.wait_until(is_up)
    taken = subprocess.run(program, cwd=ROOT, env=environ, capture_output=True, text=True, check=False)
    assert (taken.returncode, taken.stderr.count("\n")) == (1, 1)
    assert "is taken" in taken.stderr
    process.send_signal(signal.SIGTERM)
    said, _ = process.communicate(timeout=10)
    there.close()
    assert (process.returncode, said) == (0, b"")
    nameless = subprocess.run(
        program, cwd=ROOT, env={**environ, "WECHAT_TOKEN": ""}, capture_output=True, text=True, check=False
    )
    assert nameless.stderr == "sandbox: WECHAT_TOKEN: is not set\n"
