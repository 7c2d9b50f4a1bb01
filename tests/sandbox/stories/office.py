"""`python -m tests.sandbox.stories.office`: an empty office for one story, with all its processes and data of its own.

It takes the account from the sandbox's environment and nothing else: neither the database nor the Redis of what is being tried out.
Standard output, a JSON line each: {"service": url, "codes": {name: bind code}} when it is ready, then an answer to each line of
standard input: for an order's code the list of what it has (story_orders.py), for "count" how many orders there are. It ends with its standard input.
"""

import json
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Mapping
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import NoReturn

from bot.services.office import Office, no_nudge, open_office
from bot.store import migrate
from config.settings import FIELDS, Settings, load
from tests import story_orders
from tests.programs import servers, signals
from tests.programs.processes import Processes
from tests.rosters import import_roster
from tests.sandbox.options import Options, from_environ, to_environ
from tests.sandbox.run import demo_secrets
from tests.sandbox.server import free_port
from tests.story import CAST

MESSAGES = "600"  # a minute: a story may be told faster than anybody types


def main() -> None:
    """Serve one story until standard input or the process ends."""
    options = from_environ(os.environ)
    for number in signals.ENDING:
        signal.signal(number, _end)
    with ExitStack() as ending:
        with signals.held_back():
            folder = Path(tempfile.mkdtemp(prefix="wutong-"))
            ending.callback(shutil.rmtree, folder, ignore_errors=True)  # the data is thrown away
            redis, url = servers.start_redis(folder)
            ending.callback(servers.stop, redis)
            environ = _environment(options, folder, url)
            processes = Processes(load(environ), environ, [int(environ["PORT"])])
            ending.callback(processes.kill_all)
            ending.callback(_be_deaf)
        _serve(processes, folder)


def _serve(processes: Processes, folder: Path) -> None:
    """Start all, then answer each line of standard input until it closes."""
    office, codes = _opened(processes.settings, folder)
    with signals.held_back():
        processes.start_webs()
        processes.start("worker")
        processes.start("clock")
    processes.eventually(processes.ready)
    _say({"service": f"http://127.0.0.1:{processes.environ['PORT']}/wechat", "codes": codes})
    for line in sys.stdin:
        with office.db.reading() as tx:
            asked = line.strip()
            _say(story_orders.count(tx) if asked == "count" else story_orders.held(tx, asked))


def _end(*_: object) -> NoReturn:
    _be_deaf()
    sys.exit(0)


def _be_deaf() -> None:
    """A second signal does not interrupt the end: it would leave processes behind."""
    for number in signals.ENDING:
        signal.signal(number, signal.SIG_IGN)


def _say(what: object) -> None:
    print(json.dumps(what, ensure_ascii=False), flush=True)


def _environment(options: Options, folder: Path, redis: str) -> dict[str, str]:
    own = {name.upper() for name in FIELDS}
    kept = {name: value for name, value in os.environ.items() if name.removesuffix("_FILE") not in own}
    account = {name: value for name, value in to_environ(options).items() if name.startswith("WECHAT_")}
    return {
        **kept, **demo_secrets(), **account, "WECHAT_AES_KEY": "" if options.mode == "plain" else options.aes_key,
        "WECHAT_API_URL": f"http://{options.host}:{options.port}", "REDIS_URL": redis, "VAR_DIR": str(folder),
        "HOST": "127.0.0.1", "PORT": str(free_port()), "MESSAGES_PER_MINUTE": MESSAGES, "LOG_LEVEL": "WARNING", "TZ": "Asia/Shanghai",
        "SEND_HOURS": "00:00-24:00",
    }  # fmt: skip


def _opened(settings: Settings, folder: Path) -> tuple[Office, Mapping[str, str]]:
    """The office with the people of the stories on its roster, and their bind codes by name."""
    migrate.upgrade(settings.database)
    office = open_office(settings, no_nudge)
    file = folder / "roster.csv"
    file.write_text(CAST, "utf-8")
    rows = import_roster(office, file, datetime.now(UTC), demo=True)
    return office, {row["name"]: row["bind_code"] for row in rows}


if __name__ == "__main__":
    main()
