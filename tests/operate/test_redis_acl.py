"""Redis with the configuration and the rights of config/deploy: enough for the service, and for nothing else."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import Event

import pytest
from redis import Redis
from redis.exceptions import AuthenticationError, NoPermissionError, ResponseError
from rq import Queue

from bot.services.office import Office, open_office
from bot.services.reports import health, probing, queue_health
from bot.services.work_queue import Nudge
from config.queues import DELIVER_JOB, JOB_OPTIONS, NOTICES, SERIALIZER
from config.settings import ROOT, Settings, load
from tests.conftest import ENVIRONMENT
from tests.programs import servers
from tests.sandbox.server import free_port
from workers.__main__ import OfficeWorker
from workers.wechat.quota import Quota
from workers.wechat.tokens import Tokens

RULES = ROOT / "config" / "deploy" / "redis"
PASSWORD = "replace-this-password"


@contextmanager
def started(tmp_path: Path) -> Iterator[str]:
    """The address of a server started with both files, as the service signs in. Its data stay in the folder."""
    port = free_port()
    shutil.copy(RULES / "users.acl", tmp_path / "users.acl")
    own = (RULES / "wutong.conf").read_text("utf-8").replace("/var/lib/redis", str(tmp_path))
    (tmp_path / "redis.conf").write_text(own.replace("/etc/redis/wutong.acl", str(tmp_path / "users.acl")), "utf-8")
    command = [servers.redis_program(), str(tmp_path / "redis.conf"), "--port", str(port), "--bind", "127.0.0.1"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    url = f"redis://wutong:{PASSWORD}@127.0.0.1:{port}/0"
    servers._wait_for(lambda: servers._answers(url), process)
    try:
        yield url
    finally:
        servers.stop(process)


@pytest.fixture
def secured(tmp_path: Path) -> Iterator[str]:
    with started(tmp_path) as url:
        yield url


@pytest.fixture
def client(secured: str) -> Iterator["Redis"]:
    with Redis.from_url(secured) as redis:
        yield redis


@pytest.fixture
def settings(secured: str, sqlite_template: Path, tmp_path: Path) -> Settings:
    shutil.copy(sqlite_template, tmp_path / "wutong.db")
    return load({**ENVIRONMENT, "REDIS_URL": secured, "VAR_DIR": str(tmp_path)})


@pytest.fixture
def office(settings: Settings) -> Iterator[Office]:
    office = open_office(settings, Nudge(settings.redis))
    yield office
    office.db.close()


def test_the_service_is_ready_and_its_doctor_may_ask(office: Office) -> None:
    assert probing.failing(office, datetime.now(UTC)) == {}
    found = health.redis(office)
    assert (found.user, found.almighty, found.policy, found.appends) == ("wutong", False, "noeviction", True)
    found_queues = queue_health.queues(office)
    assert (found_queues.workers, found_queues.waiting, found_queues.failed) == (0, 0, 0)


def test_what_was_written_in_one_transaction_is_there_after_a_restart(tmp_path: Path) -> None:
    """Redis reads its file as the user `default`: Redis 7.0, which Debian 12 has, leaves out the transactions of one without
    rights. Later servers do not, so the line itself is looked at, too."""
    assert "user default off allkeys allchannels +@all" in (RULES / "users.acl").read_text("utf-8").splitlines()
    with started(tmp_path) as url, Redis.from_url(url) as redis, redis.pipeline(transaction=True) as together:
        together.set("wutong:one", "1").set("wutong:two", "2").execute()
    with started(tmp_path) as url, Redis.from_url(url) as redis:
        assert redis.mget("wutong:one", "wutong:two") == [b"1", b"2"]


def test_the_user_without_a_name_may_not_sign_in(secured: str) -> None:
    address = secured.replace(f"wutong:{PASSWORD}@", "")
    with Redis.from_url(address) as redis, pytest.raises(AuthenticationError):
        redis.ping()
    for password in ("", PASSWORD):
        with (
            Redis.from_url(address, username="default", password=password) as redis,
            pytest.raises(AuthenticationError),
        ):
            redis.ping()


def test_a_nudge_is_a_job_that_a_worker_takes(office: Office, client: "Redis") -> None:
    office.nudge(urgent=True)
    assert queue_health.queues(office).waiting == 1
    queue = Queue(NOTICES, connection=client, serializer=SERIALIZER)
    (job,) = queue.jobs
    assert job.func_name == DELIVER_JOB


def test_a_worker_works_with_these_rights_and_leaves_nothing_behind(office: Office, client: "Redis") -> None:
    queue = Queue(NOTICES, connection=client, serializer=SERIALIZER)
    queue.enqueue("builtins.len", "abc", **JOB_OPTIONS)
    OfficeWorker(client, Event(), Event()).work(burst=True, logging_level="ERROR")
    assert (queue.count, queue_health.queues(office).failed) == (0, 0)


def test_token_and_quotas_are_kept_with_these_rights(client: "Redis") -> None:
    tokens = Tokens(client, "wx1", lambda force: {"access_token": "one" if not force else "two", "expires_in": 7200})
    assert tokens.current() == "one"
    assert tokens.after("one") == "two"
    quota = Quota(client, {"send": {"day": 10, "minute": 5}})
    quota.pause("send", 5.0, "test")
    assert client.get("wutong:token:wx1") == b"two"


@pytest.mark.parametrize(
    "command",
    [
        "FLUSHALL", "FLUSHDB", "CONFIG GET *", "CONFIG SET dir /tmp", "SHUTDOWN NOSAVE", "DEBUG SLEEP 0", "MODULE LIST", "SAVE",
        "REPLICAOF NO ONE", "ACL LIST", "ACL SETUSER x on", "KEYS *", "MONITOR", "CLIENT KILL TYPE normal", "SLOWLOG GET",
        "GET other", "SET other 1", "PUBLISH other x", "PUBLISH rq:pubsub:x {}", "SUBSCRIBE rq:pubsub:x", "PSUBSCRIBE *", "SWAPDB 0 1", "MIGRATE 127.0.0.1 1 wutong:x 0 1",
    ],
)  # fmt: skip
def test_whatever_the_service_does_not_need_is_refused(client: "Redis", command: str) -> None:
    with pytest.raises((NoPermissionError, ResponseError)) as refused:
        client.execute_command(*command.split())  # type: ignore[no-untyped-call]
    assert "permission" in str(refused.value) or "not allowed" in str(refused.value)


@pytest.mark.parametrize("who", ["", "default:x@", "wutong:wrong@"])
def test_nobody_else_gets_in(secured: str, who: str) -> None:
    other = re.sub(r"//.*@", f"//{who}", secured)
    with Redis.from_url(other) as redis, pytest.raises((AuthenticationError, NoPermissionError)):
        redis.get("wutong:probe")
