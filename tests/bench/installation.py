"""What the parts stand on: a database that survives a power cut as in production, Redis, and the Procfile's processes."""

import contextlib
import itertools
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import create_engine, make_url

from bot.store import migrate
from tests.bench.load.sizes import SQLITE
from tests.conftest import ENVIRONMENT
from tests.end_to_end.stack import Stack, installed
from tests.programs import servers

_numbers = itertools.count(1)
TOKEN = ENVIRONMENT["WECHAT_TOKEN"]
CAST = """角色,姓名,手机号,社区,网格,支部,技能
社区工作者,陈桥甲,13800000101,陈桥社区,,,
社区工作者,花都路甲,13800000102,花都路社区,,,
社区工作者,兰天甲,13800000103,兰天社区,,,
社区工作者,十三里店甲,13800000104,十三里店社区,,,
街道管理员,办事处甲,13800000105,,,,
纪检干部,纪检甲,13800000106,,,,
党员,党员一,13800000111,陈桥社区,网格01,第一支部,水电
党员,党员二,13800000112,花都路社区,网格02,第一支部,
"""


@dataclass(frozen=True, slots=True)
class Ground:
    """A migrated empty database, a Redis server and a folder. `server`: the first of the database's own processes."""

    database: str
    redis: str
    folder: Path
    server: int | None


@contextmanager
def ground(kind: str) -> Iterator[Ground]:
    """Everything of it ends with the context. Exits with one line where there is no PostgreSQL."""
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="wtb")))
        url, server = stack.enter_context(_database(kind, folder))
        migrate.upgrade(url)
        process, redis = servers.start_redis(folder / "redis")
        stack.callback(servers.stop, process)
        yield Ground(url, redis, folder, server)


@contextmanager
def _database(kind: str, folder: Path) -> Iterator[tuple[str, int | None]]:
    if kind == SQLITE:
        yield f"sqlite:///{folder / 'wutong.db'}", None
        return
    with contextlib.ExitStack() as stack:
        try:
            url = stack.enter_context(servers.postgres(durable=True))
        except (ImportError, OSError) as error:
            sys.exit(f"bench: no PostgreSQL: install it, or set TEST_DATABASE_URL ({error})")
        admin, name = create_engine(url, isolation_level="AUTOCOMMIT"), f"wutong_bench_{os.getpid()}_{next(_numbers)}"
        with admin.connect() as connection:
            connection.exec_driver_sql(f"DROP DATABASE IF EXISTS {name}")
            connection.exec_driver_sql(f"CREATE DATABASE {name}")
            server = int(connection.exec_driver_sql("SELECT pg_backend_pid()").scalar_one())
        try:
            yield make_url(url).set(database=name).render_as_string(hide_password=False), parent_of(server)
        finally:
            with admin.connect() as connection:
                connection.exec_driver_sql(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            admin.dispose()


def parent_of(backend: int) -> int | None:
    """The id of the server's first process; None where the server runs on another machine."""
    folder = Path(f"/proc/{backend}")
    try:
        if not (folder / "comm").read_text().startswith("postgres"):
            return None
        return int((folder / "stat").read_text().rsplit(")", 1)[1].split()[1])
    except OSError:
        return None


@contextmanager
def whole(kind: str, *, workers: int = 1, cast: str = CAST) -> Iterator[tuple[Stack, Ground]]:
    """The Procfile's processes on such a ground, the sandbox as their platform; the people of `cast` are bound."""
    with ground(kind) as base, installed(
        base.database, base.redis, base.folder, mode="plain", webs=1, workers=workers
    ) as stack:  # fmt: skip
        if cast:
            stack.import_and_bind(cast)
        yield stack, base
