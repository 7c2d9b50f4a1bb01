"""A whole installation for a test: the Procfile's processes, once or twice each, and the sandbox as their platform."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import requests
from sqlalchemy import bindparam, update

from bot.services import roster
from bot.services.office import open_office
from bot.store.tables import persons
from config.settings import ROOT, Settings, load
from tests import relay
from tests.conftest import ENVIRONMENT
from tests.sandbox import options as sandbox_options
from tests.sandbox.client import Sandbox
from tests.sandbox.server import free_port, running

AES_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
WAIT_SECONDS = 45
TEMPLATES = {
    "order": {"id": "T-order", "kind": "template",
              "fields": {"character_string1": "code", "thing2": "what", "phrase3": "state", "thing4": "body"}},
    "reminder": {"id": "T-reminder", "kind": "template", "fields": {"thing1": "title", "thing2": "body", "time3": "when"}},
}  # fmt: skip
CODE = re.compile(r"单号[^\d]{0,3}(\d{6,8})")


@dataclass
class Stack:
    """The running processes, and people talking to them."""

    settings: Settings
    environ: dict[str, str]
    sandbox: Sandbox
    webs: list[int]
    workers: int
    running: dict[str, "subprocess.Popen[bytes]"] = field(default_factory=dict)

    def start(self, name: str, **environ: str) -> None:
        """`web`, `web2`, `worker`, `worker2` or `clock`."""
        commands = dict(line.split(":", 1) for line in (ROOT / "Procfile").read_text().splitlines())
        with (self.settings.var_dir / f"{name}.log").open("ab") as log:
            self.running[name] = subprocess.Popen(
                ["/bin/sh", "-c", commands[name.rstrip("2")].strip()], cwd=ROOT, env={**self.environ, **environ},
                stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip

    def start_all(self) -> None:
        for number, port in enumerate(self.webs):
            self.start("web2" if number else "web", PORT=str(port))
        for number in range(self.workers):
            self.start("worker2" if number else "worker")
        self.start("clock")
        self.eventually(self._is_ready)

    def kill(self, name: str) -> None:
        """As a power cut would."""
        os.killpg(self.running[name].pid, signal.SIGKILL)
        self.running.pop(name).wait()

    def kill_all(self) -> None:
        for name in list(self.running):
            self.kill(name)

    def stop(self) -> dict[str, int]:
        """Ask all to end; their exit codes."""
        for process in self.running.values():
            os.killpg(process.pid, signal.SIGTERM)
        return {name: process.wait(20) for name, process in self.running.items()}

    def eventually(self, check: Callable[[], object]) -> None:
        deadline = time.monotonic() + WAIT_SECONDS
        while not check():
            logs = "\n".join(f"{name}: {self._log(name)[-1500:]}" for name in self.running)
            assert time.monotonic() < deadline, logs
            time.sleep(0.1)

    def _log(self, name: str) -> str:
        return (self.settings.var_dir / f"{name}.log").read_text()

    def _is_ready(self) -> bool:
        try:
            return all(requests.get(f"http://127.0.0.1:{port}/readyz", timeout=2).ok for port in self.webs)
        except requests.RequestException:
            return False

    # people

    def command(self, *words: str) -> str:
        """What `flask --app bot.app …` prints."""
        flask = [str(Path(sys.executable).parent / "flask"), "--app", "bot.app", *words]
        done = subprocess.run(flask, cwd=ROOT, env=self.environ, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def import_and_bind(self, csv: str) -> dict[str, str]:
        """Openids by name: everybody follows and binds with the code that the import printed."""
        file = self.settings.var_dir / "roster.csv"
        file.write_text(csv, "utf-8")
        rows = json.loads(self.command("roster", "import", str(file), "--json"))
        openids = dict(zip([row["name"] for row in rows], self.sandbox.new_users(len(rows)), strict=True))
        for row in rows:
            said = self.says(openids[row["name"]], f"绑定 {row['bind_code']}")
            assert "绑定成功" in said, said
        return openids

    def says(self, openid: str, words: str) -> str:
        answer = self.sandbox.say(openid, words)
        assert answer.status == "answered", answer
        return answer.text

    def places(self, openid: str, words: str) -> str:
        """Say something that becomes an order; its code."""
        said = self.says(openid, words)
        found = CODE.search(said)
        assert found, said
        return found[1]

    def told(self, openid: str, *words: str, since: int = 0) -> bool:
        """Whether something that holds all these words has reached the phone by itself, by whatever channel."""
        items = self.sandbox.inbox(openid, since)
        return any(item["kind"] != "passive" and all(word in item["text"] for word in words) for item in items)

    def order(self, code: str, token: str) -> dict[str, Any]:
        return dict(self.api("GET", f"/orders/{code}", token).json())

    def api(self, method: str, path: str, token: str, **what: Any) -> requests.Response:
        where, headers = f"http://127.0.0.1:{self.webs[-1]}/api/v1{path}", {"Authorization": f"Bearer {token}"}
        return requests.request(method, where, headers=headers, timeout=10, **what)

    def bound_members(self, count: int) -> list[str]:
        """Openids of so many members who are bound already: written at once, since a message each would take minutes."""
        names = [f"党员{number:05d}" for number in range(count)]
        rows = [f"党员,{name},139{n:08d},陈桥社区,网格{n % 51 + 1:02d},," for n, name in enumerate(names)]
        file = self.settings.var_dir / "members.csv"
        file.write_text("\n".join(["角色,姓名,手机号,社区,网格,支部,技能", *rows]), "utf-8")
        office = open_office(self.settings, lambda: None)
        roster.import_roster(office, file, datetime.now(UTC))
        openids = self.sandbox.new_users(count)
        with office.db.transaction() as tx:
            bound = update(persons).where(persons.c.name == bindparam("who")).values(openid=bindparam("phone"))
            tx.run(bound, [{"who": n, "phone": o} for n, o in zip(names, openids, strict=True)])
        office.db.close()
        return openids


@contextmanager
def installed(database: str, redis: str, folder: Path, *, mode: str, copies: int) -> Iterator[Stack]:
    """Everything running, `copies` of web and worker; killed at the end if the test did not stop it."""
    webs = [free_port() for _ in range(copies)]
    with ExitStack() as stack:
        address = ("127.0.0.1", webs[0])
        if copies > 1:
            _, address = stack.enter_context(relay.before([("127.0.0.1", port) for port in webs]))
        given: Mapping[str, str] = {
            **ENVIRONMENT, "DATABASE_URL": database, "REDIS_URL": redis, "VAR_DIR": str(folder), "PORT": str(webs[0]),
            "WECHAT_AES_KEY": AES_KEY if mode == "safe" else "", "WECHAT_TEMPLATES": json.dumps(TEMPLATES),
        }  # fmt: skip
        options = sandbox_options.from_environ(
            {**given, "SANDBOX_MODE": mode, "SANDBOX_SERVICE_URL": f"http://{address[0]}:{address[1]}/wechat",
             "SANDBOX_PORT": str(free_port())}
        )  # fmt: skip
        sandbox = stack.enter_context(running(options))
        environ = {**os.environ, **given, "WECHAT_API_URL": sandbox.base_url}
        whole = Stack(load(environ), environ, sandbox, webs, copies)
        try:
            whole.start_all()
            yield whole
        finally:
            whole.kill_all()
