"""Code is changed under way: the web process reloads, worker and clock restart, and no message is lost or waits longer than the platform does.

Redis is the one of config/deploy with its rights, so this also shows that they are enough for all processes together.
"""

import os
import re
import signal
import threading
import time
from pathlib import Path

import pytest

from config.settings import ROOT
from tests.databases import SQLITE
from tests.end_to_end.stack import CODE, Stack, installed
from tests.operate.test_redis_acl import secured

__all__ = ["secured"]
CAST = "角色,姓名,手机号,社区,网格,支部,技能\n社区工作者,陈桥甲,13800000101,陈桥社区,,,\n"
SECONDS = 5.0
"""The platform waits no longer."""
RESPAWN = re.search(
    r"GRANIAN_RESPAWN_INTERVAL=(\d+)", (ROOT / "config/deploy/systemd/wutong-web.service").read_text("utf-8")
)


def children(pid: int) -> set[int]:
    """The processes that a process has started."""
    found = (Path(f"/proc/{pid}/task/{pid}/children")).read_text().split()
    return {int(child) for child in found}


class Resident(threading.Thread):
    """Says one request after the other until told to stop."""

    def __init__(self, stack: Stack) -> None:
        super().__init__(daemon=True)
        self.stack, self.stopped = stack, threading.Event()
        self.codes: list[str] = []
        self.unanswered: list[str] = []
        self.slowest = 0.0

    def run(self) -> None:
        who = self.stack.sandbox.new_user()
        number = 0
        while not self.stopped.is_set():
            number += 1
            began = time.monotonic()
            answer = self.stack.sandbox.say(who, f"金色春天{number}号楼2单元的灯不亮了，想请人换一下")
            self.slowest = max(self.slowest, time.monotonic() - began)
            found = CODE.search(answer.text)
            if answer.status != "answered" or len(answer.deliveries) > 2:
                self.unanswered.append(str(answer))
            if found:
                self.codes.append(found[1])
            time.sleep(0.05)


@SQLITE
def test_while_all_processes_are_replaced_every_message_is_answered_in_time_and_every_notice_is_sent(
    database_url: str, secured: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert RESPAWN
    monkeypatch.setenv("GRANIAN_RESPAWN_INTERVAL", RESPAWN[1])
    monkeypatch.setenv("MESSAGES_PER_MINUTE", "100000")
    with installed(database_url, secured, tmp_path, mode="plain", webs=1, workers=1) as stack:
        staff = stack.import_and_bind(CAST)["陈桥甲"]
        resident = Resident(stack)
        resident.start()
        before = children(stack.running["web"].pid)
        os.kill(stack.running["web"].pid, signal.SIGHUP)
        stack.eventually(lambda: before and not before & children(stack.running["web"].pid))
        for name in ("worker", "clock"):
            os.killpg(stack.running[name].pid, signal.SIGTERM)
            assert stack.running.pop(name).wait(30) == 0
            stack.start(name)
        time.sleep(1)
        resident.stopped.set()
        resident.join(30)
        assert resident.unanswered == []
        assert len(resident.codes) > 10
        assert resident.slowest < SECONDS
        stack.eventually(lambda: all(stack.told(staff, code) for code in resident.codes))
