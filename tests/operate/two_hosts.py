"""`make hosts`: two hosts by docs/operate.md, each in a network namespace, beside two of PostgreSQL. One is cut off while people
speak, then the database is lost. Needs root, and ip, nginx, haproxy and PostgreSQL's own programs; all ends with this process.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import requests
from sqlalchemy import select

from bot.services.messages import spool
from bot.services.office import no_nudge, open_office
from bot.store import migrate
from bot.store.tables import orders
from config.settings import ROOT, load
from tests.conftest import ENVIRONMENT
from tests.end_to_end.stack import CODE, TEMPLATES, Stack
from tests.operate.programs.nginx import installed, nginx
from tests.programs import servers
from tests.programs.processes import Processes
from tests.sandbox import options as sandbox_options
from tests.sandbox.client import Sandbox
from tests.sandbox.server import running

DEPLOY = ROOT / "config" / "deploy"
HERE, HOSTS, DATABASES = "10.77.0.1", {"a": "10.77.0.11", "b": "10.77.0.12"}, {"db1": "10.77.0.21", "db2": "10.77.0.22"}
FIRST, SECOND = "192.0.2.11", "192.0.2.12"  # as config/deploy calls the hosts
PROGRAMS = ("ip", "nginx", "haproxy", "unshare")
CAST = "角色,姓名,手机号,社区,网格,支部,技能\n社区工作者,陈桥甲,13800000101,陈桥社区,,,\n"
INSIDE = "WUTONG_TWO_HOSTS"
SECONDS = 90.0
LINES = 30  # of each log, where something does not come


def main() -> int:
    """0 where nothing was lost."""
    os.environ["PATH"] += ":/usr/sbin:/sbin"
    missing = [name for name in PROGRAMS if not shutil.which(name)]
    missing += [] if os.geteuid() == 0 else ["root's rights"]
    missing += [] if servers._postgres_programs() else ["PostgreSQL's programs"]
    if missing:
        print(f"hosts: not tried, since this machine lacks {', '.join(missing)}")
        return 1
    if INSIDE not in os.environ:  # a network and mounts of our own, which end with us
        command = ["unshare", "--net", "--mount", "--propagation", "private", sys.executable, "-m", __spec__.name]
        os.execvpe("unshare", command, {**os.environ, INSIDE: "1"})
    with tempfile.TemporaryDirectory(prefix="wth", ignore_cleanup_errors=True) as name, ExitStack() as stack:
        Path(name).chmod(0o755)
        os.chdir(name)
        return _try(stack, Path(name))


def _try(stack: ExitStack, folder: Path) -> int:
    _network()
    databases = {name: _Postgres(name, address, folder) for name, address in DATABASES.items()}
    databases["db1"].first()
    databases["db2"].follow(DATABASES["db1"])
    for each in databases.values():
        stack.callback(each.kill)
    for name, address in HOSTS.items():
        stack.enter_context(_redis(name, address, folder / name))
    stack.enter_context(_sentinel("", HERE, folder / "third"))
    sandbox = stack.enter_context(running(_options()))
    hosts = {name: _host(name, folder, sandbox) for name in HOSTS}
    migrate.upgrade(hosts["a"].settings.database)
    for one in hosts.values():
        stack.callback(one.kill_all)
        for process in ("web", "worker", "clock"):
            one.start(process)
    stack.enter_context(_front(folder / "front"))
    _wait("both hosts to be ready", lambda: all(map(_ready, HOSTS.values())))
    talk = Stack(hosts["a"].settings, hosts["a"].environ, [], sandbox=sandbox, workers=1)
    staff = talk.import_and_bind(CAST)["陈桥甲"]
    resident = _Residents(sandbox)
    stack.callback(resident.stopped.set)
    resident.start()
    _lose("host a, with the master of Redis", talk, staff, resident, lambda: _link("a", "down"))
    _link("a", "up")
    _wait("host a to be ready again", lambda: _ready(HOSTS["a"]))
    _lose("the first PostgreSQL", talk, staff, resident, lambda: _replace(databases))
    resident.stopped.set()
    resident.join(30)
    return _judge(hosts["a"], hosts, talk, staff, resident)


def _lose(what: str, talk: Stack, staff: str, resident: "_Residents", lose: Callable[[], None]) -> None:
    """Print what the loss costs: the slowest answer, and how long until staff hear of an order that was placed afterwards."""
    time.sleep(3)
    said, began = len(resident.said), time.monotonic()
    lose()
    _wait("the next order", lambda: any(one.code for one in resident.said[said + 1 :]))
    code = next(one.code for one in resident.said[said + 1 :] if one.code)
    placed = time.monotonic()
    _wait(f"staff to hear of {code}", lambda: talk.told(staff, code))
    told = time.monotonic()
    time.sleep(3)
    slowest = max(one.seconds for one in resident.said[said:])
    print(
        f"hosts: without {what}: slowest answer {slowest:.1f} s, an order after {placed - began:.1f} s, "
        f"staff told of it {told - placed:.1f} s later", flush=True,
    )  # fmt: skip


def _judge(one: Processes, hosts: dict[str, Processes], talk: Stack, staff: str, resident: "_Residents") -> int:
    """Every message answered in time, every order there and told, no spool with anything in it."""
    wrong = [f"{said} was not answered in time" for said in resident.said if not said.in_time]
    codes = {said.code for said in resident.said if said.code}
    for host in hosts.values():
        office = open_office(host.settings, no_nudge)
        _wait("the spool to be replayed", lambda office=office: not spool.waiting(office))  # type: ignore[misc]
        office.db.close()
    office = open_office(one.settings, no_nudge)
    with office.db.reading() as tx:
        placed = {row.code for row in tx.all(select(orders.c.code))}
    office.db.close()
    wrong += [f"order {code} is lost" for code in codes - placed]
    if len(placed) != len(resident.said):
        wrong.append(f"{len(resident.said)} requests, {len(placed)} orders")
    _wait("staff to hear of every order", lambda: all(talk.told(staff, code) for code in placed))
    kept = sum(not said.code for said in resident.said)
    print(f"hosts: {len(resident.said)} requests, {kept} of them answered from the spool; {len(wrong)} violations")
    for line in wrong:
        print(f"hosts: {line}")
    return 1 if wrong else 0


@dataclass(frozen=True, slots=True)
class _Said:
    words: str
    status: str
    code: str
    seconds: float
    in_time: bool


@dataclass
class _Residents(threading.Thread):
    """One after the other asks for something, until told to stop."""

    sandbox: Sandbox
    said: list[_Said] = field(default_factory=list)
    stopped: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        super().__init__(daemon=True)

    __hash__ = threading.Thread.__hash__

    def run(self) -> None:
        while not self.stopped.wait(0.1):
            who = self.sandbox.new_user()
            words, began = f"金色春天{len(self.said) + 1}号楼2单元的灯不亮了，想请人换一下", time.monotonic()
            answer = self.sandbox.say(who, words)
            found, seconds = CODE.search(answer.text), time.monotonic() - began
            in_time = answer.status == "answered" and len(answer.deliveries) <= 2
            self.said.append(_Said(words, answer.status, found[1] if found else "", seconds, in_time))


# the network and what stands in it


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True, text=True)


def _in(name: str) -> tuple[str, ...]:
    """What begins a command in that namespace; none for this process' own."""
    return ("ip", "netns", "exec", name) if name else ()


def _network() -> None:
    """A bridge with this process on it as platform and third machine, and a namespace for each host."""
    _run("mount", "-t", "tmpfs", "tmpfs", "/run")
    _run("ip", "link", "set", "lo", "up")
    _run("ip", "link", "add", "br0", "type", "bridge")
    _run("ip", "address", "add", f"{HERE}/24", "dev", "br0")
    _run("ip", "link", "set", "br0", "up")
    for name, address in {**HOSTS, **DATABASES}.items():
        _run("ip", "netns", "add", name)
        _run("ip", "link", "add", f"v{name}", "type", "veth", "peer", "name", "eth0", "netns", name)
        _run("ip", "link", "set", f"v{name}", "master", "br0", "up")
        _run(*_in(name), "ip", "address", "add", f"{address}/24", "dev", "eth0")
        _run(*_in(name), "ip", "link", "set", "eth0", "up")
        _run(*_in(name), "ip", "link", "set", "lo", "up")


def _link(name: str, state: str) -> None:
    """As if the cable were pulled, or plugged in again."""
    _run("ip", "link", "set", f"v{name}", state)


def _wait(what: str, check: Callable[[], object]) -> None:
    deadline = time.monotonic() + SECONDS
    while not check():
        if time.monotonic() > deadline:
            for log in sorted(Path().glob("**/*.log")):
                print(f"--- {log}", *log.read_text("utf-8", "replace").splitlines()[-LINES:], sep="\n")
            sys.exit(f"hosts: waited {SECONDS:.0f} s for {what}")
        time.sleep(0.1)


def _ready(address: str) -> bool:
    try:
        return requests.get(f"http://{address}:8000/readyz", timeout=2).ok
    except requests.RequestException:
        return False


@contextmanager
def _program(name: str, *command: str) -> Iterator[None]:
    """Runs there until the end, in this process' folder."""
    with Path(f"{Path(command[0]).name}-{name or 'third'}-{len(list(Path().iterdir()))}.log").open("wb") as log:
        process = subprocess.Popen([*_in(name), *command], stdout=log, stderr=log, start_new_session=True)
    try:
        yield
    finally:
        servers.stop(process)


def _file(folder: Path, source: str, **other: str) -> str:
    """A file of config/deploy in this folder, with the hosts' addresses here and `other` in place of what it says."""
    content = (DEPLOY / source).read_text("utf-8")
    for old, new in {**other, FIRST: HOSTS["a"], SECOND: HOSTS["b"]}.items():
        content = content.replace(old, new)
    (folder / Path(source).name).write_text(content, "utf-8")
    return content


@contextmanager
def _redis(name: str, address: str, folder: Path) -> Iterator[None]:
    """Redis with a Sentinel and HAProxy, as the files say."""
    folder.mkdir()
    users = _file(folder, "redis/users.acl") + _file(folder, "redis/two-hosts.acl")
    (folder / "wutong.acl").write_text(users, "utf-8")
    paths = {"/etc/redis/wutong.acl": str(folder / "wutong.acl"), "/var/lib/redis": str(folder)}
    conf = _file(folder, "redis/wutong.conf", **paths) + _file(
        folder, "redis/two-hosts.conf", **{f"bind {FIRST}": f"bind {address}"}
    )
    (folder / "redis.conf").write_text(conf if name == "a" else conf.replace("# replicaof", "replicaof"), "utf-8")
    _file(folder, "haproxy/redis.cfg")
    with ExitStack() as stack:
        stack.enter_context(_program(name, servers.redis_program(), str(folder / "redis.conf")))
        stack.enter_context(_sentinel(name, address, folder))
        stack.enter_context(_program(name, "haproxy", "-f", str(folder / "redis.cfg")))
        yield


@contextmanager
def _sentinel(name: str, address: str, folder: Path) -> Iterator[None]:
    folder.mkdir(exist_ok=True)
    _file(folder, "redis/sentinel.conf", **{f"bind {FIRST}": f"bind {address}"})
    with _program(name, servers.redis_program(), str(folder / "sentinel.conf"), "--sentinel"):
        yield


@dataclass
class _Postgres:
    """A server in its namespace."""

    name: str
    address: str
    folder: Path
    process: "subprocess.Popen[bytes] | None" = None

    @property
    def _data(self) -> Path:
        return self.folder / self.name / "data"

    def _as_postgres(self, program: str, *words: str) -> list[str]:
        programs = servers._postgres_programs()
        assert programs is not None
        return [
            *_in(self.name),
            "setpriv",
            "--reuid=postgres",
            "--regid=postgres",
            "--clear-groups",
            str(programs / program),
            *words,
        ]

    def first(self) -> None:
        self._prepare()
        _run(
            *self._as_postgres(
                "initdb", "-D", str(self._data), "-U", "wutong", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"
            )
        )
        with (self._data / "pg_hba.conf").open("a") as rules:
            rules.write("host all all 10.77.0.0/24 trust\nhost replication all 10.77.0.0/24 trust\n")
        self._start("-c", "synchronous_commit=on", "-c", "synchronous_standby_names=*")

    def follow(self, first: str) -> None:
        self._prepare()
        _run(
            *self._as_postgres("pg_basebackup", "-h", first, "-U", "wutong", "-D", str(self._data), "-R", "-c", "fast")
        )
        self._start()

    def promote(self) -> None:
        _run(*self._as_postgres("pg_ctl", "promote", "-D", str(self._data)))

    def kill(self) -> None:
        if self.process is not None:
            servers.stop(self.process)

    def _prepare(self) -> None:
        (self.folder / self.name).mkdir()
        shutil.chown(self.folder / self.name, "postgres")

    def _start(self, *words: str) -> None:
        options = ["-D", str(self._data), "-k", str(self.folder / self.name), "-c", f"listen_addresses={self.address}"]
        self.process = subprocess.Popen(
            self._as_postgres("postgres", *options, *words), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            start_new_session=True,
        )  # fmt: skip
        ready = self._as_postgres("pg_isready", "-h", self.address, "-U", "wutong", "-q")
        servers._wait_for(lambda: subprocess.run(ready, check=False).returncode == 0, self.process)


def _replace(databases: dict[str, _Postgres]) -> None:
    """The first is cut off; somebody notices, and makes the second the first."""
    _link("db1", "down")
    time.sleep(5)
    databases["db2"].promote()


def _environ() -> dict[str, str]:
    names = ",".join(DATABASES.values())
    database = f"postgresql+psycopg://wutong@/postgres?host={names}&target_session_attrs=read-write"
    (password,) = re.findall(
        r"^user wutong on >(\S+)", (DEPLOY / "redis/users.acl").read_text("utf-8"), flags=re.MULTILINE
    )
    return {
        **ENVIRONMENT, "DATABASE_URL": database, "REDIS_URL": f"redis://wutong:{password}@127.0.0.1:6380/0",
        "WECHAT_API_URL": f"http://{HERE}:8001", "MESSAGES_PER_MINUTE": "100000", "PORT": "8000",
        "WECHAT_TEMPLATES": json.dumps(TEMPLATES),
    }  # fmt: skip


def _options() -> sandbox_options.Options:
    given = {"SANDBOX_HOST": HERE, "SANDBOX_PORT": "8001", "SANDBOX_SERVICE_URL": f"http://{HERE}:8080/wechat"}
    return sandbox_options.from_environ({**_environ(), **given})


def _host(name: str, folder: Path, sandbox: Sandbox) -> Processes:
    """An installation with a VAR_DIR of its own and a folder of files that both have."""
    var_dir = folder / name / "var"
    var_dir.mkdir()
    (folder / "media").mkdir(exist_ok=True)
    (var_dir / "media").symlink_to(folder / "media")
    environ = {**os.environ, **_environ(), "VAR_DIR": str(var_dir), "HOST": HOSTS[name]}
    return Processes(load(environ), environ, [8000], prefix=_in(name))


@contextmanager
def _front(folder: Path) -> Iterator[None]:
    """nginx with both hosts."""
    folder.mkdir()
    words = {
        "server 127.0.0.1:8000 max_fails=0;": "", f"# server {FIRST}": f"server {HOSTS['a']}", f"# server {SECOND}": f"server {HOSTS['b']}",
        "listen 80;": "listen 127.0.0.1:8081;", "listen 443 ssl http2": f"listen {HERE}:8080",
    }  # fmt: skip
    with _program("", nginx(), "-c", str(installed(folder, **words)), "-g", "daemon off;"):
        yield


if __name__ == "__main__":
    sys.exit(main())
