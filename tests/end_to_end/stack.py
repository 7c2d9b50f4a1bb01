"""A whole installation for a test: the Procfile's processes, once or twice each, and the sandbox as their platform."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import requests
from sqlalchemy import bindparam, update

from bot.services.office import no_nudge, open_office
from bot.store.tables import persons
from config.settings import ROOT, load
from tests.conftest import ENVIRONMENT
from tests.programs import relay
from tests.programs.processes import Processes
from tests.rosters import import_roster
from tests.sandbox import options as sandbox_options
from tests.sandbox.client import Sandbox
from tests.sandbox.server import free_port, running

AES_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
TEMPLATES = {
    "order": {"id": "T-order", "kind": "template",
              "fields": {"character_string1": "code", "thing2": "what", "phrase3": "state", "thing4": "body"}},
    "reminder": {"id": "T-reminder", "kind": "template", "fields": {"thing1": "title", "thing2": "body", "time3": "when"}},
}  # fmt: skip
CODE = re.compile(r"单号[^\d]{0,3}(\d{6,8})")


@dataclass
class Stack(Processes):
    """The running processes, and people talking to them."""

    sandbox: Sandbox = field(kw_only=True)
    workers: int = field(kw_only=True)
    people: dict[str, str] = field(default_factory=dict, kw_only=True)  # openids by name, of those who are bound

    def start_all(self) -> None:
        """Those that do not run yet."""
        if "web" not in self.running:
            self.start_webs()
        for name in (*("worker", "worker2")[: self.workers], "clock"):
            if name not in self.running:
                self.start(name)
        self.eventually(self.ready)

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

    def tokens_for_broadcasts(self, *names: str) -> list[str]:
        """A token that may write, approve and watch broadcasts for each of these people."""
        scopes = ("--scope", "broadcasts:write", "--scope", "broadcasts:approve", "--scope", "broadcasts:read")
        return [self.command("token", "create", name, *scopes, "--as", name).strip() for name in names]

    def reminder_of(self, author: str) -> str:
        """The path of a reminder to the members of one community, by whose token this is; it waits for approval."""
        body = {
            "kind": "reminder", "title": "节前提醒", "body": "请勿收受礼品礼金。",
            "audience": {"role": "党员", "community": "陈桥社区"},
        }  # fmt: skip
        return f"/broadcasts/{self.api('POST', '/broadcasts', author, json=body).json()['id']}"

    def bound_members(self, count: int, *, after: int = 0) -> list[str]:
        """Openids of so many members who are bound already: written at once, since a message each would take minutes.
        `after`: of so many whom an earlier call has bound."""
        names = [f"党员{number:03}" for number in range(after, after + count)]
        rows = [f"党员,{name},139{n:08d},陈桥社区,网格{n % 51 + 1:02d},," for n, name in enumerate(names, after)]
        file = self.settings.var_dir / "members.csv"
        file.write_text("\n".join(["角色,姓名,手机号,社区,网格,支部,技能", *rows]), "utf-8")
        office = open_office(self.settings, no_nudge)
        import_roster(office, file, datetime.now(UTC))
        openids = self.sandbox.new_users(count)
        with office.db.transaction() as tx:
            bound = update(persons).where(persons.c.name == bindparam("who")).values(openid=bindparam("phone"))
            tx.run(bound, [{"who": n, "phone": o} for n, o in zip(names, openids, strict=True)])
        office.db.close()
        return openids


@contextmanager
def installed(
    database: str, redis: str, folder: Path, *, mode: str, webs: int, workers: int, logs: Path | None = None
) -> Iterator[Stack]:  # fmt: skip
    """Everything running; killed at the end if the test did not stop it."""
    ports = [free_port() for _ in range(webs)]
    with ExitStack() as stack:
        address = ("127.0.0.1", ports[0])
        if webs > 1:
            _, address = stack.enter_context(relay.before([("127.0.0.1", port) for port in ports]))
        given: Mapping[str, str] = {
            **ENVIRONMENT, "DATABASE_URL": database, "REDIS_URL": redis, "VAR_DIR": str(folder), "PORT": str(ports[0]),
            "WECHAT_AES_KEY": AES_KEY if mode == "safe" else "", "WECHAT_TEMPLATES": json.dumps(TEMPLATES),
        }  # fmt: skip
        options = sandbox_options.from_environ(
            {**given, "SANDBOX_MODE": mode, "SANDBOX_SERVICE_URL": f"http://{address[0]}:{address[1]}/wechat",
             "SANDBOX_PORT": str(free_port()), "SANDBOX_MARKFAIL_AFTER": os.environ.get("SANDBOX_MARKFAIL_AFTER", "")}
        )  # fmt: skip
        sandbox = stack.enter_context(running(options))
        environ = {
            **os.environ, **given, "WECHAT_API_URL": sandbox.base_url, "WECHAT_OPEN_URL": sandbox.base_url,
            "PUBLIC_URL": f"http://{address[0]}:{address[1]}",
        }  # fmt: skip
        whole = Stack(load(environ), environ, ports, logs=logs, sandbox=sandbox, workers=workers)
        try:
            whole.start_all()
            yield whole
        finally:
            whole.kill_all()
