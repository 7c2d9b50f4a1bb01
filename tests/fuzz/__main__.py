"""`make fuzz`: a hundred thousand mutated pushes, as many calls of the API as that takes, mutated roster files."""

import os
import sys
import tempfile
from pathlib import Path

import pytest

from bot.app import create_app
from bot.services.office import no_nudge, open_office
from bot.store import migrate
from config.settings import load
from tests.conftest import ENVIRONMENT
from tests.fuzz import rosters, webhook
from tests.wechat.conftest import plain
from tests.wechat.pushing import KEY

PUSHES, FILES = 100_000, 5_000
EXAMPLES = "200"  # of each call of the API
GROWTH = 40.0  # megabytes


def main() -> None:
    """Exit 1 where something was found. `FUZZ=1000` pushes fewer, `SEED` makes another sequence."""
    pushes, seed = int(os.environ.get("FUZZ", PUSHES)), int(os.environ.get("SEED", "0"))
    with tempfile.TemporaryDirectory() as folder:
        found = _webhook(Path(folder), pushes, seed) + _rosters(Path(folder), max(pushes * FILES // PUSHES, 1), seed)
    os.environ["FUZZ_EXAMPLES"] = EXAMPLES
    found += int(pytest.main(["-q", "tests/api/test_described.py"]) != 0)
    sys.exit(1 if found else 0)


def _settings(folder: Path) -> dict[str, str]:
    given = {"VAR_DIR": str(folder), "REDIS_URL": f"unix://{folder}/none.sock", "WECHAT_AES_KEY": KEY}
    return {**ENVIRONMENT, **given, "MESSAGES_PER_MINUTE": "1000000", "LOG_LEVEL": "ERROR"}


def _webhook(folder: Path, number: int, seed: int) -> int:
    settings = load(_settings(folder / "webhook"))
    migrate.upgrade(settings.database)
    app = create_app(settings)
    app.extensions["plain"] = plain(app.extensions["office"])
    return _tell(f"{number} pushes", webhook.run(app, number, seed))


def _rosters(folder: Path, number: int, seed: int) -> int:
    settings = load(_settings(folder / "rosters"))
    migrate.upgrade(settings.database)
    return _tell(f"{number} roster files", rosters.run(open_office(settings, no_nudge), folder, number, seed))


def _tell(what: str, result: webhook.Result) -> int:
    print(f"{what}: {result.answers}, memory {result.grown:+.1f} MB, slowest {result.worst:.2f} s", flush=True)
    for finding in result.findings[:20]:
        print(finding)
    return len(result.findings) + (result.grown > GROWTH)


if __name__ == "__main__":
    main()
