"""Faults, quotas, counters, the wire log, and the program itself."""

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

from tests.sandbox.client import Sandbox
from tests.sandbox.options import Options, from_environ, to_environ
from tests.sandbox.server import ROOT, free_port
from tests.sandbox_tests.conftest import APP_ID, Api

SEND = "message/template/send"


def test_errors_come_in_the_order_given(api: Api, sandbox: Sandbox) -> None:
    user = sandbox.new_user()
    sandbox.set_faults(error_codes={f"/cgi-bin/{SEND}": [-1, 45011]})
    assert [api.notify(user)["errcode"] for _ in range(3)] == [-1, 45011, 0]


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
