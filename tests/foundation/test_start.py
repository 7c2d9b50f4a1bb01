"""What a web process loads: at its start what the platform and the operator's machines ask for, the rest with the first page."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence

import pytest

from bot.serving.in_parts import InParts
from config.settings import ROOT, Settings
from tests.conftest import ENVIRONMENT
from tests.databases import SQLITE

LATER = (
    "bot.edges", "bot.console", "bot.h5", "bot.services.console.orders.page", "bot.api.orders", "wtforms", "segno", "pydantic",
    "filetype",
)  # fmt: skip
NEVER = (
    "bot.cli",
    "bot.services.backup",
    "alembic",
    "wechatpy",
    "requests",
    "openpyxl",
    "reportlab",
    "PIL",
    "sklearn",
    "prometheus_client",
)
ANSWERS = f"""
import json, sys
from bot.app import create_server
from tests.bench.load import conversations

application = create_server()._application

def ask(method, path, query="", body=b""):
    statuses = []
    environ = {{
        "REQUEST_METHOD": method, "SCRIPT_NAME": "", "PATH_INFO": path, "QUERY_STRING": query, "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1", "REMOTE_ADDR": "127.0.0.1", "CONTENT_LENGTH": str(len(body)),
        "CONTENT_TYPE": "text/xml", "wsgi.version": (1, 0), "wsgi.url_scheme": "http", "wsgi.input": __import__("io").BytesIO(body),
        "wsgi.errors": sys.stderr, "wsgi.multithread": True, "wsgi.multiprocess": True, "wsgi.run_once": False,
    }}
    answer = application(environ, lambda status, *_: statuses.append(status[:3]))
    content = b"".join(answer).decode()
    loaded = [name for name in {LATER + NEVER + ("sqlalchemy.dialects.postgresql",)} if name in sys.modules]
    return [statuses[0], content, loaded]

message = conversations.body("o_start", "帮助", 9_000_000_001)
print(json.dumps([
    ask("GET", "/readyz"),
    ask("POST", "/wechat", conversations.signed({ENVIRONMENT["WECHAT_TOKEN"]!r}, "9000000001"), message),
    ask("GET", "/nowhere"),
    ask("GET", "/console/login"),
    ask("GET", "/api/v1/openapi.json"),
    ask("GET", "/healthz"),
]))
"""


def answers(settings: Settings) -> list[tuple[str, str, list[str]]]:
    """(status, content, modules of LATER and NEVER that are loaded afterwards) of requests to a web process, one after the other."""
    given = {"DATABASE_URL": settings.database, "REDIS_URL": settings.redis, "VAR_DIR": str(settings.var_dir)}
    done = subprocess.run(
        [sys.executable, "-c", ANSWERS], cwd=ROOT, env={**os.environ, **ENVIRONMENT, **given}, capture_output=True,
        text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return [(status, content, loaded) for status, content, loaded in json.loads(done.stdout)]


@SQLITE
def test_pages_and_api_are_loaded_with_the_first_request_for_them_and_the_command_line_never(
    settings: Settings,
) -> None:
    ready, message, nowhere, page, document, alive = answers(settings)
    assert [each[0] for each in (ready, message, nowhere, page, document, alive)] == [
        "200",
        "200",
        "404",
        "200",
        "200",
        "200",
    ]
    assert "火警119" in message[1]
    assert (ready[2], message[2], nowhere[2]) == ([], [], [])
    assert "登录" in page[1]
    assert page[2] == list(LATER)
    assert "openapi" in json.loads(document[1])


@pytest.mark.parametrize("module", ["workers.__main__", "workers.clock"])
def test_worker_and_clock_load_no_library_for_settings(module: str) -> None:
    code = f"import sys, {module}; print('pydantic' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, "False")


def test_a_worker_that_reads_no_message_loads_no_reader() -> None:
    without = ("bot.understanding", "bot.services.office", "PIL", "opencc", "flask")
    code = f"import sys, workers.__main__; print([name for name in {without} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, "[]")


@pytest.mark.parametrize(
    ("path", "answered"),
    [
        ("/wechat", "small"), ("/readyz", "small"), ("/metrics", "small"), ("/", "small"), ("/h5x", "small"),
        ("/sms/receipts/console", "small"), ("/console", "whole"), ("/console/orders/1", "whole"), ("/h5/", "whole"),
        ("/api/v1/orders", "whole"),
    ],
)  # fmt: skip
def test_the_whole_application_answers_what_people_and_programs_see(path: str, answered: str) -> None:
    loaded: list[str] = []

    def small(_environ: object, _start: object) -> Sequence[bytes]:
        return [b"small"]

    def whole(_environ: object, _start: object) -> Sequence[bytes]:
        return [b"whole"]

    def load() -> object:
        loaded.append(path)
        return whole

    application = InParts(small, load)  # type: ignore[arg-type]
    said = [b"".join(application({"PATH_INFO": path}, print)).decode() for _ in range(2)]
    assert said == [answered, answered]
    assert loaded == ([path] if answered == "whole" else [])
