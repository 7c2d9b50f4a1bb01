"""What is read beside the start, so that nobody's first message waits until expressions are compiled."""

import os
import subprocess
import sys

from bot.services.office import Office
from bot.services.reading import first_messages
from bot.understanding.lexicon import Rules
from config.settings import ROOT, Settings
from tests.conftest import ENVIRONMENT

COMPILED = """
import re._compiler, sys
from bot.app import create_server
from bot.services.reading import first_messages

office = create_server()._beside.args[0]
compiled = []

def watch(frame, event, _):
    if event == "call" and frame.f_code is re._compiler.compile.__code__:
        compiled.append(len(str(frame.f_locals["p"])))

def characters(read):
    compiled.clear()
    sys.setprofile(watch)
    read()
    sys.setprofile(None)
    return sum(compiled)

first = characters(lambda: first_messages.read(office))
print(first, characters(lambda: office.understand("花都路8栋的电梯坏了，老人下不了楼")))
"""


def test_danger_requests_and_thanks_are_among_what_is_read(office: Office) -> None:
    first_messages.read(office)
    read = [office.understand(text) for text in Rules("first_messages").words["texts"]]
    assert "U0" in {meant.urgency for meant in read}
    assert "request" in {meant.intent for meant in read}
    assert any(meant.lane == "restricted" for meant in read)


def test_a_message_after_it_compiles_little(settings: Settings) -> None:
    given = {"DATABASE_URL": settings.database, "REDIS_URL": settings.redis, "VAR_DIR": str(settings.var_dir)}
    done = subprocess.run(
        [sys.executable, "-c", COMPILED], cwd=ROOT, env={**os.environ, **ENVIRONMENT, **given}, capture_output=True,
        text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    before, after = map(int, done.stdout.split())
    assert before > 50_000
    assert after < 10_000
