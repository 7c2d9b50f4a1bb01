"""The Procfile's processes for real: web, worker and clock as programs, against a platform over HTTP."""

import hashlib
import itertools
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest
import requests
from redis import Redis

from bot.services import roster
from bot.services.office import open_office
from config.settings import ROOT, Settings, load
from tests.conftest import ENVIRONMENT
from tests.test_stories import CAST
from tests.workers.platform import FakePlatform, serve

WAIT_SECONDS = 45


@dataclass
class Service:
    """The running processes, and people talking to them."""

    settings: Settings
    environ: dict[str, str]
    platform: FakePlatform
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    ids: Iterator[int] = field(default_factory=lambda: itertools.count(25_000_000_000_000_001))

    def start(self, name: str) -> None:
        for line in (ROOT / "Procfile").read_text().splitlines():
            process, command = line.split(":", 1)
            if process == name:
                log = (self.settings.var_dir / f"{name}.log").open("ab")
                shell = ["/bin/sh", "-c", command.strip()]
                self.running[name] = subprocess.Popen(
                    shell, cwd=ROOT, env=self.environ, stdout=log, stderr=log, start_new_session=True
                )
                log.close()

    def kill(self, name: str) -> None:
        """As a power cut would."""
        os.killpg(self.running[name].pid, signal.SIGKILL)
        self.running.pop(name).wait()

    def stop(self) -> list[int]:
        """Ask all to end; their exit codes."""
        for process in self.running.values():
            os.killpg(process.pid, signal.SIGTERM)
        return [process.wait(20) for process in self.running.values()]

    def says(self, who: str, words: str) -> str:
        token, stamp = self.settings.wechat_token, "1764000000"
        signature = hashlib.sha1("".join(sorted([token, stamp, "1"])).encode()).hexdigest()
        xml = (
            f"<xml><ToUserName>gh</ToUserName><FromUserName>{who}</FromUserName><CreateTime>{stamp}</CreateTime>"
            f"<MsgType>text</MsgType><Content><![CDATA[{words}]]></Content><MsgId>{next(self.ids)}</MsgId></xml>"
        )
        query = {"signature": signature, "timestamp": stamp, "nonce": "1"}
        address = f"http://127.0.0.1:{self.settings.port}/wechat"
        return requests.post(address, params=query, data=xml.encode(), timeout=5).text

    def told(self, who: str) -> list[str]:
        """What reached this person by customer-service message."""
        return [body["text"]["content"] for _, body in list(self.platform.sent) if body.get("touser") == who and "text" in body]

    def log_of(self, name: str) -> str:
        return (self.settings.var_dir / f"{name}.log").read_text()


def eventually(check: Callable[[], object], service: Service) -> None:
    deadline = time.monotonic() + WAIT_SECONDS
    while not check():
        logs = "\n".join(service.log_of(name)[-2000:] for name in service.running)
        assert time.monotonic() < deadline, logs
        time.sleep(0.1)


@pytest.fixture
def service(database_url: str, redis_server: str, tmp_path: Path) -> Iterator[Service]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    platform = FakePlatform()
    server = serve(platform)
    given = {
        **ENVIRONMENT, "DATABASE_URL": database_url, "REDIS_URL": redis_server, "VAR_DIR": str(tmp_path), "PORT": str(port),
        "WECHAT_API_URL": f"http://127.0.0.1:{server.server_address[1]}",
    }  # fmt: skip
    Redis.from_url(redis_server).flushall()
    service = Service(load(given), {**os.environ, **given}, platform)
    for name in ("web", "worker", "clock"):
        service.start(name)
    yield service
    for name in list(service.running):
        if service.running[name].poll() is None:
            service.kill(name)
    server.shutdown()
    server.server_close()


def test_the_main_job_reaches_everybody_also_when_redis_is_wiped_and_workers_are_killed(service: Service) -> None:
    eventually(lambda: _is_ready(service), service)
    office = open_office(service.settings, lambda: None)
    (service.settings.var_dir / "cast.csv").write_text(CAST, "utf-8")
    codes = {row["name"]: row["bind_code"] for row in roster.import_roster(office, service.settings.var_dir / "cast.csv", _now())}
    office.db.close()
    for number, name in enumerate(codes):
        assert "绑定成功" in service.says(f"o{number}", f"绑定 {codes[name]}")
    staff, member = "o0", f"o{list(codes).index('党员一')}"
    said = service.says("oResident", "金色春天3号楼2单元501灯泡坏了，想请人帮忙换，电话13900001234")
    found = re.search(r"单号：(\d+)", said)
    assert found, said
    code = found[1]
    eventually(lambda: any(code in words for words in service.told(staff)), service)

    service.kill("worker")
    Redis.from_url(service.settings.redis).flushall()
    assert "已邀请" in service.says(staff, f"派单 {code} 党员一")
    service.start("worker")
    eventually(lambda: any(f"接单 {code}" in words for words in service.told(member)), service)
    assert not any("13900001234" in words for words in service.told(member))

    flask = [str(Path(sys.executable).parent / "flask"), "--app", "bot.app", "menu", "push"]
    pushed = subprocess.run(flask, cwd=ROOT, env=service.environ, capture_output=True, text=True, check=False)
    assert pushed.returncode == 0, pushed.stderr
    assert any(path == "/cgi-bin/menu/create" for path, _ in service.platform.sent)

    Redis.from_url(service.settings.redis).flushall()
    assert "13900001234" in service.says(member, f"接单 {code}")
    eventually(lambda: any(code in words for words in service.told("oResident")), service)
    assert len(service.told("oResident")) == len(set(service.told("oResident")))
    assert service.stop() == [0, 0, 0], {name: service.log_of(name)[-500:] for name in service.running}


def _is_ready(service: Service) -> bool:
    try:
        return requests.get(f"http://127.0.0.1:{service.settings.port}/readyz", timeout=2).ok
    except requests.RequestException:
        return False


def _now() -> datetime:
    return datetime.now(UTC)
