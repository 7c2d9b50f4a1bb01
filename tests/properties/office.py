"""One office for many examples: each begins with the same database, in which the cast is bound and nothing was said."""

import itertools
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.services.office import Office, open_office
from config.settings import load
from tests.conftest import ENVIRONMENT, CountingNudge
from tests.services import cast
from tests.talk import Talk

MEMBERS = "党员,党员一,13800000111,陈桥社区,网格01,第一支部,\n党员,党员二,13800000112,陈桥社区,网格02,第一支部,\n"


@dataclass
class Fresh:
    """`talk()` is a conversation with an office in which nothing has been said yet."""

    office: Office
    path: Path
    first: Path

    def talk(self) -> Talk:
        self.office.db.close()
        for suffix in ("-wal", "-shm"):
            self.path.with_name(self.path.name + suffix).unlink(missing_ok=True)
        shutil.copy(self.first, self.path)
        return Talk(self.office, _ids=itertools.count(24_000_000_000_000_001))  # none that the cast has used


@contextmanager
def fresh(template: Path, folder: Path) -> Iterator[Fresh]:
    """The office, on SQLite in this folder."""
    path, first = folder / "wutong.db", folder / "first.db"
    shutil.copy(template, path)
    given = {"DATABASE_URL": f"sqlite:///{path}", "REDIS_URL": f"unix://{folder}/none.sock", "VAR_DIR": str(folder)}
    office = open_office(load({**ENVIRONMENT, **given, "MESSAGES_PER_MINUTE": "1000"}), CountingNudge())
    cast.enter(office, folder, MEMBERS)
    office.db.close()
    shutil.copy(path, first)
    yield Fresh(office, path, first)
    office.db.close()
